import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { check_ceremony, type CeremonyRecord } from '../src/ballot/key_holders'
import { person_id, record_id } from '../src/ballot/record_id'
import { prove_device } from '../src/ballot/enrolment'
import { ready, sodium } from '../src/ballot/sodium'
import { DeviceKey } from '../src/ballot/voting_key'
import { digest, from_hex, hex } from './ballot_days'
import { ceremonies, ceremony_record } from './ballot_keys'

const vectors = join(__dirname, '../../../schemas/vectors')
const read = (name: string) => JSON.parse(readFileSync(join(vectors, name), 'utf8'))

type Rejected = { why: string; transcript: string }
type Terms = (typeof ceremonies)[number]['terms']

/** The messages of a transcript of this length; null when its head is another. */
function taken_apart(terms: Terms, transcript: string, head: string): CeremonyRecord | null {
  if (!transcript.startsWith(head)) return null
  const [k, n] = [terms.threshold, terms.holders.length]
  const messages: string[][] = [[], [], []]
  let at = head.length
  for (const [step, fields] of [96, 32 * (k + 2 + n - 1), 64].entries()) {
    for (let i = 0; i < n; ++i, at += 2 * (9 + fields + 64))
      messages[step]!.push(transcript.slice(at, at + 2 * (9 + fields + 64)))
  }
  if (at !== transcript.length) return null
  const [commits, opens, agrees] = messages as [string[], string[], string[]]
  return ceremony_record({ ...ceremonies[0]!, terms, commits, opens, agrees })
}

describe('the election key', () => {
  beforeAll(() => ready)

  it('is what the ceremony made', () => {
    expect(ceremonies.length).toBeGreaterThan(2)
    for (const one of ceremonies) {
      const made = check_ceremony(ceremony_record(one))
      expect(made && [hex(made.key), hex(made.holders), made.words]).toEqual([
        one.election_key,
        one.key_holders_hash,
        one.words,
      ])
    }
  })

  it('is taken from no ceremony in which something is wrong', () => {
    const { rejected, rejected_terms, accepted } = read('ceremony.json') as {
      rejected: Rejected[]
      rejected_terms: Terms
      accepted: { sid: string; terms: Terms }[]
    }
    const sid = accepted.find(({ terms }) => JSON.stringify(terms) === JSON.stringify(rejected_terms))!.sid
    const head = hex(Uint8Array.from([29, 0, 0, 0])) + hex(Buffer.from('plenum/ceremony-transcript/v1')) + sid
    const seen: string[] = []
    for (const { why, transcript } of rejected) {
      const record = taken_apart(rejected_terms, transcript, head)
      if (record === null) continue
      seen.push(why)
      expect(check_ceremony(record), why).toBe(null)
    }
    expect(seen.length).toBeGreaterThanOrEqual(10)
  })

  it('is not taken from one that is not over, or of other holders', () => {
    const whole = ceremony_record()
    const without = (field: 'commit' | 'open' | 'agree') => ({
      ...whole,
      holders: whole.holders.map((one, at) => (at === 1 ? { ...one, [field]: new Uint8Array(0) } : one)),
    })
    for (const field of ['commit', 'open', 'agree'] as const)
      expect(check_ceremony(without(field))).toBe(null)
    expect(check_ceremony({ ...whole, threshold: 1 })).toBe(null)
    expect(check_ceremony({ ...whole, attempt: 2 })).toBe(null)
    expect(check_ceremony({ ...whole, origin: 'plenum.example/other' })).toBe(null)
    const twice = whole.holders.map((one) => ({ ...one, name: '同一个人' }))
    expect(check_ceremony({ ...whole, holders: twice })).toBe(null)
  })
})

describe('names of records', () => {
  beforeAll(() => ready)

  it('are those of the specification', () => {
    const { ids } = read('record_id.json') as {
      ids: { origin: string; kind: string; seq: string; id: string }[]
    }
    expect(ids.length).toBeGreaterThan(3)
    for (const { origin, kind, seq, id } of ids) expect(hex(record_id(origin, kind, BigInt(seq)))).toBe(id)
    expect(person_id('plenum.example', 17)).toEqual(record_id('plenum.example', 'person', 17n))
  })
})

describe('the enrolment of a console', () => {
  beforeAll(() => ready)

  it('is signed by the device over log, member, itself and the session', () => {
    const device = new DeviceKey(digest('device'))
    const [person, channel] = [from_hex('00'.repeat(15) + '17'), digest('channel')]
    const proof = prove_device({ origin: 'plenum.example', person, channel }, device)
    const said = Buffer.concat([
      Buffer.of(17, 0, 0, 0),
      Buffer.from('plenum/console/v1'),
      Buffer.of(14, 0, 0, 0),
      Buffer.from('plenum.example'),
      person,
      device.public_key,
      channel,
    ])
    expect(sodium.crypto_sign_verify_detached(proof, said, device.public_key)).toBe(true)
    expect(sodium.crypto_sign_verify_detached(proof, said.subarray(1), device.public_key)).toBe(false)
  })
})
