import { Transcript } from './transcript'
import type { DeviceKey } from './voting_key'

/** Whose console it is, and in which session it says so (docs/ballot_protocol.md 3). */
export type EnrolmentTerms = {
  /** Name of the log. */
  origin: string
  /** Record id. */
  person: Uint8Array
  /** 32 bytes the server chose for this session. */
  channel: Uint8Array
}

/** By the device itself: whoever enrols a key holds it. */
export function prove_device(terms: EnrolmentTerms, device: DeviceKey): Uint8Array {
  const said = new Transcript('plenum/console/v1')
    .text(terms.origin)
    .raw(terms.person)
    .raw(device.public_key)
    .raw(terms.channel)
  return device.sign(said.bytes().slice())
}
