import { beforeAll, describe, expect, it } from 'vitest'
import { CeremonySeat } from '../src/ballot/ceremony_seat'
import { ceremony_id, fields_of, open_fields, open_in, sign_message } from '../src/ballot/ceremony'
import { joined } from '../src/ballot/fields'
import {
  equal,
  identity,
  point_add,
  scalar_multiply,
  scalar_of,
  times_generator,
} from '../src/ballot/group'
import { ready, sodium } from '../src/ballot/sodium'
import { seeded } from './ballot_days'
import { complain_step, exchange, held, record_of, seated, step_of, type Room } from './holder_rooms'

const number_of = (bytes: Uint8Array) => bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n)
const order = 2n ** 252n + 27742317777372353535851937790883648493n

/** λ_i of the holders that take part, at zero. */
function coefficient(i: number, all: number[]): Uint8Array {
  const inverse = (value: bigint) =>
    number_of(sodium.crypto_core_ristretto255_scalar_invert(scalar_of(value)))
  const product = all
    .filter((j) => j !== i)
    .reduce((value, j) => (value * BigInt(j) * inverse(BigInt(j - i))) % order, 1n)
  return scalar_of(product)
}

/** A room in which everybody has committed, and opened. */
function opened(seed: string): Room {
  const room = seated(seed, 2, 3)
  exchange(room, 'commit')
  return room
}

/** Holder 2's opening with other fields, signed by holder 2 as if it were right. */
function reopened(room: Room, change: (fields: Uint8Array) => Uint8Array): Uint8Array {
  const sid = ceremony_id(room.terms)
  const message = room.seats[1]!.open()!.message
  const fields = fields_of(sid, 'open', 2, message, room.keys[1]!.public_key)!
  return sign_message(sid, 'open', 2, change(fields), room.keys[1]!)
}

describe('a key holder’s part in a ceremony', () => {
  beforeAll(() => ready)

  it('makes a key that any k holders, and no fewer, can use', () => {
    for (const [threshold, count] of [
      [2, 2],
      [2, 3],
      [3, 5],
    ] as const) {
      const { election, shares } = held(`${threshold} of ${count}`, threshold, count)
      expect(election.share_keys.map((key, at) => equal(key, times_generator(shares[at]!)))).not.toContain(
        false,
      )
      const some = Array.from({ length: threshold }, (_, at) => count - at)
      const sum = (all: number[]) =>
        all
          .map((i) => times_generator(scalar_multiply(coefficient(i, all), shares[i - 1]!)))
          .reduce(point_add, identity)
      expect(equal(sum(some), election.key)).toBe(true)
      expect(equal(sum(some.slice(1)), election.key)).toBe(false)
    }
  })

  it('says the same bytes again, and does not mind hearing them again', () => {
    const room = opened('again')
    const [first] = room.seats
    const message = first!.open()!.message
    expect(first!.open()!.message).toBe(message)
    expect(first!.take_commit(2, room.seats[1]!.commit())).toBe('ok')
    exchange(room, 'open')
    exchange(room, 'open')
    exchange(room, 'agree')
    expect(record_of(room).holders[0]!.open).toEqual(message)
    expect(first!.finish()).not.toBe(null)
  })

  it('waits for everybody at every step', () => {
    const room = seated('waiting', 2, 3)
    const [first, second, third] = room.seats
    expect(first!.open()).toBe(null)
    first!.take_commit(2, second!.commit())
    expect(first!.open()).toBe(null)
    first!.take_commit(3, third!.commit())
    expect(first!.open()).not.toBe(null)
    expect(first!.agree()).toBe(null)
    expect(first!.finish()).toBe(null)
  })

  it('takes no message of another holder, another ceremony or another step', () => {
    const room = seated('strict', 2, 3)
    const [first, second] = room.seats
    const elsewhere = new CeremonySeat({ ...room.terms, attempt: 2 }, 2, room.keys[1]!, seeded('elsewhere'))
    const changed = second!.commit().slice()
    changed[20]! ^= 1
    for (const message of [elsewhere.commit(), changed, room.seats[2]!.commit(), new Uint8Array(4)])
      expect(first!.take_commit(2, message)).toBe('refused')
    expect(first!.take_open(2, second!.commit(), new Uint8Array(72))).toBe('refused')
    expect(first!.accused).toBe(null)
  })

  it('names who signs two things for one step', () => {
    const room = opened('equivocation')
    const [first] = room.seats
    const other = new CeremonySeat(room.terms, 2, room.keys[1]!, seeded('another secret'))
    expect(first!.take_commit(2, other.commit())).toBe('refused')
    expect(first!.accused).toEqual({ holder: 2, fault: 'equivocation' })
    expect(first!.open()).toBe(null)
  })

  it('names who opens something else than it committed to', () => {
    const room = opened('other opening')
    const [first] = room.seats
    first!.open()
    const message = reopened(room, (fields) => {
      const open = open_in(room.terms, fields)!
      const coefficients = [open.coefficients[0]!, times_generator(scalar_of(7n))]
      return open_fields({ ...open, coefficients })
    })
    const share = room.seats[1]!.open()!.shares[0]!
    expect(first!.take_open(2, message, share)).toBe('refused')
    expect(first!.accused).toEqual({ holder: 2, fault: 'other_commitment' })
    expect(first!.complaint).toBe(null)
    expect(first!.agree()).toBe(null)
  })

  it('blames whoever carried a share that is not the one its sender named', () => {
    const room = opened('carrier')
    const [first, second] = room.seats
    first!.open()
    const { message, shares } = second!.open()!
    const changed = shares[0]!.slice()
    changed[30]! ^= 1
    expect(first!.take_open(2, message, changed)).toBe('carrier')
    expect(first!.accused).toBe(null)
    expect(first!.take_open(2, message, shares[0]!)).toBe('ok')
  })

  it('complains of a share that does not fit, with the proof', () => {
    const room = opened('wrong share')
    const [first] = room.seats
    first!.open()
    const wrong = new Uint8Array(72).fill(3)
    const message = reopened(room, (fields) => {
      const names = 32 * (2 + 2)
      const named = sodium.crypto_hash_sha256(wrong)
      return joined(fields.slice(0, names), named, fields.slice(names + 32))
    })
    expect(first!.take_open(2, message, wrong)).toBe('refused')
    expect(first!.accused).toEqual({ holder: 2, fault: 'wrong_share' })
    const complaint = first!.complaint!
    expect(step_of(complaint)).toBe(complain_step)
    const fields = fields_of(ceremony_id(room.terms), 'complain', 1, complaint, room.keys[0]!.public_key)!
    expect(fields.slice(0, 4)).toEqual(Uint8Array.of(2, 0, 0, 0))
    expect(fields.slice(4, 76)).toEqual(wrong)
    // It tells the key of this ceremony, which is worth nothing from here on.
    expect(sodium.crypto_scalarmult_base(fields.slice(76))).toEqual(
      fields_of(ceremony_id(room.terms), 'commit', 1, first!.commit(), room.keys[0]!.public_key)!.slice(64),
    )
  })

  it('names who agreed to something else', () => {
    const room = opened('agreement')
    exchange(room, 'open')
    const [first] = room.seats
    first!.agree()
    const sid = ceremony_id(room.terms)
    const message = sign_message(sid, 'agree', 2, new Uint8Array(64), room.keys[1]!)
    expect(first!.take_agree(2, message)).toBe('refused')
    expect(first!.accused).toEqual({ holder: 2, fault: 'other_agreement' })
    expect(first!.finish()).toBe(null)
  })
})
