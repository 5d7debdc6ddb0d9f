import { Said, text_bytes } from './bytes'
import { is_signed } from './group'
import { spell_checkpoint, type Checkpoint } from './note'

// What a console signs to be enrolled, and a key holder beside a share, of the record and when a share is
// erased (docs/ballot_protocol.md 3 and 7).

export type Enrolment = {
  origin: string
  person: Uint8Array
  channel: Uint8Array
  device: Uint8Array
  proof: Uint8Array
}

export function is_enrolled({ origin, person, channel, device, proof }: Enrolment): boolean {
  const said = new Said('plenum/console/v1').text(origin).raw(person, device, channel)
  return channel.length === 32 && is_signed(said.bytes(), proof, device)
}

export type HolderStatement = {
  vote: Uint8Array
  context: Uint8Array
  box_root: Uint8Array
  /** From 1. */
  holder: number
  confirmed: number
  overridden: boolean
  /** SHA-256 of the share. */
  share: Uint8Array
  key: Uint8Array
  signature: Uint8Array
}

export function is_stated(one: HolderStatement): boolean {
  const said = new Said('plenum/share-statement/v1')
    .raw(one.vote, one.context, one.box_root)
    .u32(one.holder)
    .u32(one.confirmed)
    .u32(one.overridden ? 1 : 0)
    .raw(one.share)
  return is_signed(said.bytes(), one.signature, one.key)
}

export type Cosignature = Checkpoint & {
  /** Seconds UTC, by the clock of whoever signs. */
  time_s: number
  key: Uint8Array
  signature: Uint8Array
}

/** C2SP tlog-cosignature: whoever signs has seen the log as far as this checkpoint. */
export function is_cosigned({ time_s, key, signature, ...checkpoint }: Cosignature): boolean {
  const are_numbers = [checkpoint.size, time_s].every((one) => Number.isSafeInteger(one) && one >= 0)
  const said = `cosignature/v1\ntime ${time_s}\n${spell_checkpoint(checkpoint)}`
  return are_numbers && is_signed(text_bytes(said), signature, key)
}

export type Erasure = {
  origin: string
  meeting: Uint8Array
  /** The hash that names the election key. */
  key_holders: Uint8Array
  /** From 1. */
  holder: number
  key: Uint8Array
  signature: Uint8Array
}

export function is_erasure({ origin, meeting, key_holders, holder, key, signature }: Erasure): boolean {
  const said = new Said('plenum/share-erased/v1').text(origin).raw(meeting, key_holders).u32(holder)
  return signature.length === 64 && is_signed(said.bytes(), signature, key)
}
