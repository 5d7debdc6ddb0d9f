import { steps, type CeremonyTerms } from '../src/ballot/ceremony'
import { record_id } from '../src/ballot/record_id'
import { CeremonySeat } from '../src/ballot/ceremony_seat'
import { check_ceremony, type CeremonyRecord } from '../src/ballot/key_holders'
import { DeviceKey } from '../src/ballot/voting_key'
import { digest, seeded } from './ballot_days'

// Key holders in a room, as they make an election key.

export type Room = { terms: CeremonyTerms; keys: DeviceKey[]; seats: CeremonySeat[] }

const names = ['王秀英', '李建国', '张敏', '刘洋', '陈静']

/** Holders of `seed`, each at the first step. */
export function seated(seed: string, threshold: number, count: number): Room {
  const keys = Array.from({ length: count }, (_, at) => new DeviceKey(digest(`${seed} holder ${at + 1}`)))
  const holders = keys.map((key, at) => ({ name: names[at]!, key: key.public_key }))
  const origin = 'plenum.example/npc'
  const meeting = record_id(origin, 'meeting.created', 7n)
  const terms = { origin, meeting, attempt: 1, threshold, holders }
  const seats = keys.map((key, at) => new CeremonySeat(terms, at + 1, key, seeded(`${seed} ${at}`)))
  return { terms, keys, seats }
}

/** What everybody passes on to everybody else, with what each was sent in particular. */
export function exchange(room: Room, step: 'commit' | 'open' | 'agree'): void {
  const { seats } = room
  const opened = step === 'open' ? seats.map((seat) => seat.open()!) : []
  seats.forEach((seat, me) => {
    seats.forEach((other, at) => {
      if (at === me) return
      if (step === 'commit') seat.take_commit(at + 1, other.commit())
      else if (step === 'agree') seat.take_agree(at + 1, other.agree()!)
      else seat.take_open(at + 1, opened[at]!.message, opened[at]!.shares[me < at ? me : me - 1]!)
    })
  })
}

export function record_of({ terms, seats }: Room): CeremonyRecord {
  const holders = terms.holders.map((holder, at) => {
    const [commit, open, agree] = [seats[at]!.commit(), seats[at]!.open()!.message, seats[at]!.agree()!]
    return { ...holder, commit, open, agree }
  })
  return { ...terms, holders }
}

/** The whole ceremony: what stands on record, and the share of each holder. */
export function held(seed: string, threshold = 2, count = 3) {
  const room = seated(seed, threshold, count)
  for (const step of ['commit', 'open', 'agree'] as const) exchange(room, step)
  const record = record_of(room)
  const shares = room.seats.map((seat) => seat.finish()!.share)
  return { room, record, election: check_ceremony(record)!, shares }
}

/** The step a message says it is of. */
export function step_of(message: Uint8Array): number {
  return new DataView(message.buffer, message.byteOffset).getUint32(1, true)
}

export const complain_step = steps.complain
