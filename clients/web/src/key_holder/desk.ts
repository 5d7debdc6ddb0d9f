import type { Digest, LocalText, Requests } from '../wire/types'

/** What a key holder's device tells the server. */
export type HolderCommand =
  | 'ceremony.join'
  | 'ceremony.commit'
  | 'ceremony.open'
  | 'ceremony.agree'
  | 'ceremony.complain'
  | 'share.give'
  | 'share.state_erased'

/** What it asks. */
export type HolderQuery = 'ceremony.parts' | 'box.read' | 'roll.read' | 'record.prove'

/** What a key holder's part needs of the world. */
export type Desk = {
  /** Sends a command; the server's words when it refused, null when it was done. */
  act<M extends HolderCommand>(method: M, params: Requests[M]['params']): Promise<LocalText | null>
  /** Null when the server does not give it. */
  ask<M extends HolderQuery>(
    method: M,
    params: Requests[M]['params'],
  ): Promise<Requests[M]['result'] | null>
  /** A public document by its digest; whoever asks checks that it is that one. */
  document(digest: Digest): Promise<Uint8Array | null>
  /** Makes the keys last before it returns; false when they may not. */
  keep(): Promise<boolean>
  /** Writes down for the holder what was decided here. */
  note(entry: DiaryEntry): Promise<void>
  /** Milliseconds of a clock that never goes back. */
  now_ms(): number
  /** Seconds UTC. */
  now_s(): number
  /** What is shown has changed. */
  changed(): void
}

/** What a holder reads of a share that was given, beside the ledger in the key file. */
export type DiaryEntry = {
  /** Hex of the vote's record id. */
  vote: string
  number: number
  title: string
  ballots: number
  listed: number
  confirmed: number
  overridden: boolean
  /** Why it was opened although the page would not by itself; empty when nothing spoke against it. */
  reason: string
}
