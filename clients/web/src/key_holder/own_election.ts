import { equal, times_generator } from '../ballot/group'
import { check_ceremony, type ElectionKey } from '../ballot/key_holders'
import { ceremony_of } from '../state/key_holders'
import type { KeyHoldersView } from '../wire/types'
import type { HeldShare } from './held_keys'

/** The election key of a meeting as this device itself made it, and the holder's place in it. */
export type OwnElection = {
  /** Name of the log. */
  origin: string
  /** Record id. */
  meeting: Uint8Array
  /** Of this holder, from 1. */
  number: number
  keys: ElectionKey
}

/**
 * Recomputes it from the messages of the ceremony, which the server only passes on, and holds it against the
 * hash this device agreed to and the share it keeps. Null when they are not the same: the server shows
 * another key, or the messages of another ceremony.
 */
export function own_election(
  held: HeldShare,
  own_key: Uint8Array,
  view: KeyHoldersView,
): OwnElection | null {
  const ceremony = ceremony_of(held.origin, view)
  const keys = check_ceremony(ceremony)
  if (keys === null || !equal(ceremony.meeting, held.meeting) || !equal(keys.holders, held.key_holders))
    return null
  const number = ceremony.holders.findIndex(({ key }) => equal(key, own_key)) + 1
  const share_key = keys.share_keys[number - 1]
  if (!share_key || !equal(times_generator(held.share), share_key)) return null
  return { origin: held.origin, meeting: held.meeting, number, keys }
}
