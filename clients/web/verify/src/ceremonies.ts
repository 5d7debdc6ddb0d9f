import { concat, equal, from_base64url, Said, to_hex } from './bytes'
import type { Json } from './json'
import { record_id } from './ids'
import { check_transcript, id_of_ceremony, type Ceremony, type Keys } from './key_holders'
import { is_erasure } from './statements'

// The election keys of meetings, made again from the messages on record.

/** The keys of one meeting and who holds them, by number from 1. */
export type MeetingKeys = Keys & {
  threshold: number
  persons: number[]
  /** Ed25519, of their messages and statements. */
  signing: Uint8Array[]
  names: string[]
}

type Running = {
  threshold: number
  persons: number[]
  names: string[]
  keys: Map<number, Uint8Array>
  attempt: number
  said: Map<string, Uint8Array>
  made: MeetingKeys | null
}

const steps = ['ceremony.committed', 'ceremony.opened', 'ceremony.agreed']

/** Follows key ceremonies, so far as the keys they make depend on it. */
export class Ceremonies {
  private readonly running = new Map<number, Running>()
  /** Every key that was made, by meeting and hash. */
  private readonly all = new Map<string, MeetingKeys>()
  private readonly erased = new Set<string>()

  constructor(private readonly origin: string) {}

  /** The keys of a meeting, once they were made. */
  of(meeting: number): MeetingKeys | null {
    return this.running.get(meeting)?.made ?? null
  }

  /** Whether anybody was appointed to hold keys of a meeting. */
  has_holders(meeting: number): boolean {
    return this.running.has(meeting)
  }

  /** False for an erasure its holder did not sign, or told twice. */
  erase(body: Json): boolean {
    const [meeting, person] = [Number(body.meeting), Number(body.holder)]
    const nothing = new Uint8Array(0)
    const key_holders = from_base64url(String(body.key_holders)) ?? nothing
    const name = `${meeting} ${to_hex(key_holders)}`
    const keys = this.all.get(name)
    const at = keys?.persons.indexOf(person) ?? -1
    if (keys === undefined || at < 0 || this.erased.has(`${name} ${person}`)) return false
    this.erased.add(`${name} ${person}`)
    return is_erasure({
      origin: this.origin,
      meeting: record_id(this.origin, 'meeting.created', meeting),
      key_holders,
      holder: at + 1,
      key: keys.signing[at]!,
      signature: from_base64url(String(body.statement)) ?? nothing,
    })
  }

  /** False when the key of this entry is not the one its messages make. */
  take(kind: string, body: Json): boolean {
    const meeting = Number(body.meeting)
    const before = this.running.get(meeting)
    if (kind === 'key_holders.appointed') {
      const holders = body.holders as { person: number; name: string }[]
      this.running.set(meeting, {
        threshold: Number(body.threshold),
        persons: holders.map(({ person }) => person),
        names: holders.map(({ name }) => name),
        keys: new Map(),
        attempt: before === undefined ? 1 : before.attempt + 1,
        said: new Map(),
        made: null,
      })
      return true
    }
    if (before === undefined) return false
    const holder = before.persons.indexOf(Number(body.holder)) + 1
    if (kind === 'ceremony.joined') {
      before.keys.set(holder, from_base64url(String(body.key)) ?? new Uint8Array(0))
    } else if (steps.includes(kind)) {
      before.said.set(`${kind} ${holder}`, from_base64url(String(body.message)) ?? new Uint8Array(0))
    } else if (kind === 'ceremony.failed' || kind === 'ceremony.restarted') {
      before.attempt = Number(body.attempt)
      before.said.clear()
    } else if (kind === 'election_key.made') {
      return this.make(meeting, before, body)
    }
    return true
  }

  private make(meeting: number, running: Running, body: Json): boolean {
    const numbers = running.persons.map((_, at) => at + 1)
    const nothing = new Uint8Array(0)
    const signing = numbers.map((number) => running.keys.get(number) ?? nothing)
    const ceremony: Ceremony = {
      origin: this.origin,
      meeting: record_id(this.origin, 'meeting.created', meeting),
      attempt: running.attempt,
      threshold: running.threshold,
      holders: running.names.map((name, at) => ({ name, key: signing[at]! })),
    }
    const messages = steps.flatMap((step) =>
      numbers.map((number) => running.said.get(`${step} ${number}`) ?? nothing),
    )
    const head = new Said('plenum/ceremony-transcript/v1').raw(id_of_ceremony(ceremony)).bytes()
    const keys = check_transcript(ceremony, concat([head, ...messages]))
    if ('reason' in keys) return false
    const { threshold, persons, names } = running
    running.made = { ...keys, threshold, persons, signing, names }
    this.all.set(`${meeting} ${to_hex(keys.hash)}`, running.made)
    const said = from_base64url(String(body.election_key)) ?? nothing
    const hash = from_base64url(String(body.key_holders)) ?? nothing
    return equal(said, keys.election_key.toBytes()) && equal(hash, keys.hash)
  }
}
