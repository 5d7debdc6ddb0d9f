import type { Found } from './box'
import type { RollPlace } from './roll'
import type { BallotShape } from './shape'
import type { VoteContext } from './terms'
import type { Answer } from './voter'
import type { Registrant } from './voting_key'

// What a page and its ballot worker say to each other. Every request is answered once, in order. Byte strings
// that are secret (`seed`, `choice`) are transferred, so that the page keeps no copy.

export type BallotRequests = {
  /** The device key, from the seed the page unwrapped, or a new one. */
  device: { ask: { seed: Uint8Array | null }; answer: { public_key: Uint8Array } }
  sign_in: {
    ask: {
      registrant: Omit<Registrant, 'device_key'>
      election: { key: Uint8Array; holders: Uint8Array; server_key: Uint8Array }
    }
    answer: { registration: Uint8Array }
  }
  sign_out: { ask: Record<never, never>; answer: null }
  acknowledge: {
    ask: { context: VoteContext; shape: BallotShape; place: RollPlace; build: Uint8Array }
    answer: { context: Uint8Array; signature: Uint8Array }
  }
  press: {
    ask: { vote: Uint8Array; choice: Uint8Array }
    answer: { ballot: Uint8Array; seq: number; tracker: string }
  }
  receive: { ask: { vote: Uint8Array; seq: number; receipt: Uint8Array }; answer: null }
  spoil: { ask: { vote: Uint8Array }; answer: { spoil: Uint8Array; seq: number } }
  open: {
    ask: { vote: Uint8Array; spoil_ok: Uint8Array }
    answer: { ballot: Uint8Array; opening: Uint8Array }
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
