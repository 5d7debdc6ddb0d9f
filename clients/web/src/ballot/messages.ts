import type { Found } from './box'
import type { CeremonyRecord } from './key_holders'
import type { RollPlace } from './roll'
import type { BallotShape } from './shape'
import type { VoteContext } from './terms'
import type { Answer, VoteMemory } from './voter'

// What a page and its ballot worker say to each other. Every request is answered once, in order. A choice is
// transferred, so that the page keeps no copy; keys never leave the worker, which keeps them itself.

export type BallotRequests = {
  /**
   * The device key of a member, as kept or new, and what was kept of the sitting: `pinned` is the hash of the
   * key holders, and `words` are its four words, when there is a voting key.
   */
  device: {
    ask: { member: string; sitting: number }
    answer: {
      public_key: Uint8Array
      is_kept: boolean
      pinned: Uint8Array | null
      words: string
      votes: VoteMemory[]
    }
  }
  enroll: {
    ask: { origin: string; person: number; channel: Uint8Array }
    answer: { proof: Uint8Array }
  }
  /** Checks the ceremony and pins the election key it made, then makes the voting key. */
  sign_in: {
    ask: { person: number; channel: Uint8Array; ceremony: CeremonyRecord; server_key: Uint8Array }
    answer: { registration: Uint8Array; holders: Uint8Array; words: string }
  }
  sign_out: { ask: Record<never, never>; answer: null }
  find: { ask: { context: VoteContext; shape: BallotShape }; answer: { pseudonym: Uint8Array } }
  /** `question` is what the screen shows, as ballots are bound to it. */
  acknowledge: {
    ask: {
      context: VoteContext
      shape: BallotShape
      question: string
      place: RollPlace
      build: Uint8Array
    }
    answer: { context: Uint8Array; signature: Uint8Array }
  }
  press: {
    ask: { vote: Uint8Array; question: string; choice: Uint8Array }
    answer: { ballot: Uint8Array; seq: number; tracker: string }
  }
  receive: { ask: { vote: Uint8Array; seq: number; receipt: Uint8Array }; answer: null }
  spoil: { ask: { vote: Uint8Array }; answer: { spoil: Uint8Array; seq: number } }
  open: {
    ask: { vote: Uint8Array; spoil_ok: Uint8Array }
    /** `said` is the choice the numbers of the opening spell. */
    answer: { ballot: Uint8Array; opening: Uint8Array; said: Uint8Array | null }
  }
  confirm: {
    ask: { vote: Uint8Array; root: Uint8Array; proof: Uint8Array }
    answer: { found: Found; signature: Uint8Array }
  }
}

export type BallotRequestKind = keyof BallotRequests

export type BallotRequest = {
  [Kind in BallotRequestKind]: { id: number; kind: Kind } & BallotRequests[Kind]['ask']
}[BallotRequestKind]

export type BallotReply = { id: number; answer: Answer<BallotRequests[BallotRequestKind]['answer']> }
