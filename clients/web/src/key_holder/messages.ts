import type { AgendaView, BoxProgress, KeyHoldersView, LocalText, VoteView } from '../wire/types'
import type { BoxReport } from './box_report'
import type { CeremonyReport } from './ceremony_part'
import type { DiaryEntry, HolderCommand, HolderQuery } from './desk'
import type { Erasure } from './past_meetings'
import type { KeeperFault } from './keeper'

// What a key holder's page and its worker say to each other. Seed, shares and the secrets of a ceremony never
// leave the worker but sealed; a passphrase is handed over and wiped there.

/** Why there is nothing this page can do. */
export type HolderTrouble = 'insecure' | 'open_elsewhere' | 'library_failed' | 'other_log'

export type HolderRequests = {
  /** The holder's device: whether it has a key file. `member` as vault.ts names them. */
  wake: { ask: { member: string }; answer: { has_file: boolean } | KeeperFault | HolderTrouble }
  create: { ask: { passphrase: Uint8Array }; answer: 'done' | KeeperFault }
  unlock: { ask: { passphrase: Uint8Array }; answer: 'done' | KeeperFault }
  bring: { ask: { file: Uint8Array; passphrase: Uint8Array }; answer: 'done' | KeeperFault }
  /** The sealed file, for another device. */
  file: { ask: Record<never, never>; answer: Uint8Array | null }
  /** Takes the file out of this browser. */
  remove: { ask: Record<never, never>; answer: boolean }
  /** A new line to the server: its log, by which key it signs, and how long it is. */
  line: { ask: { origin: string; vkey: string; me: number; entries: number }; answer: 'done' }
  told: {
    ask: { keys: readonly KeyHoldersView[]; votes: readonly VoteView[]; agendas: readonly AgendaView[] }
    answer: 'done'
  }
  progress: { ask: { progress: BoxProgress }; answer: 'done' }
  look_again: { ask: Record<never, never>; answer: 'done' }
  /** The holder's decision to give the share for the box with this root. */
  give: { ask: { vote: number; root: string; reason: string | null }; answer: 'done' }
  /** Hex of the programs consoles may run, as the holder decided; none of them: any, but all the same. */
  accept: { ask: { builds: readonly string[] }; answer: boolean }
  /** The holder signs that the share of a meeting that is over is erased. */
  state_erased: { ask: { meeting: number }; answer: 'done' }
}

export type HolderRequestKind = keyof HolderRequests
export type HolderRequest = {
  [Kind in HolderRequestKind]: { id: number; kind: Kind } & HolderRequests[Kind]['ask']
}[HolderRequestKind]

/** What the holder sees of all of it. */
export type HolderState = {
  is_unlocked: boolean
  trouble: HolderTrouble | null
  ceremonies: CeremonyReport[]
  boxes: BoxReport[]
  /** Meetings with a share here. */
  shares: number
  /** What was given, oldest first; without a diary entry for what was given on another device. */
  given: { vote: string; root: string; confirmed: number; overridden: boolean; diary: DiaryEntry | null }[]
  /** The file came back from a backup: no vote prepared before is opened. */
  is_restored: boolean
  /** The record of a ceremony is not the one this device agreed to. */
  is_deceived: boolean
  /** Hex of the programs the holder accepts. */
  builds: readonly string[]
  /** Shares that are erased and not yet stated to be. */
  owed: Erasure[]
}

/** What the worker asks of the page, which speaks to the server. */
export type DeskAsk = { method: HolderCommand | HolderQuery; params: unknown }
export type DeskAnswer = { result: unknown } | { refused: LocalText }

export type FromWorker =
  | { kind: 'answer'; id: number; answer: unknown }
  | { kind: 'state'; state: HolderState }
  | { kind: 'desk'; ask: number; what: DeskAsk }
export type ToWorker = HolderRequest | { kind: 'desk'; ask: number; answer: DeskAnswer }
