import { Transcript } from './transcript'
import type { DeviceKey } from './voting_key'

/** Whose share of which election key a statement of erasure is about (docs/ballot_protocol.md 7). */
export type ErasureTerms = {
  /** Name of the log. */
  origin: string
  /** Record id. */
  meeting: Uint8Array
  /** The hash that names the election key and its holders. */
  key_holders: Uint8Array
  /** From 1. */
  holder: number
}

/** By the key the holder's ceremony messages are signed with; the same terms give the same bytes. */
export function sign_erasure(terms: ErasureTerms, key: DeviceKey): Uint8Array {
  const said = new Transcript('plenum/share-erased/v1')
    .text(terms.origin)
    .raw(terms.meeting)
    .raw(terms.key_holders)
    .u32(terms.holder)
  return key.sign(said.bytes().slice())
}
