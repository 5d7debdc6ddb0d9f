import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CeremonyRecord } from '../src/ballot/key_holders'
import type { Vault } from '../src/ballot/vault'
import { from_hex } from './ballot_days'

// A ceremony as the record holds one: the first of the specification's own.

type Spelled = {
  terms: {
    origin: string
    meeting: string
    attempt: number
    threshold: number
    holders: { name: string; key: string }[]
  }
  commits: string[]
  opens: string[]
  agrees: string[]
  election_key: string
  key_holders_hash: string
  words: string
}

const file = join(__dirname, '../../../schemas/vectors/ceremony.json')
export const ceremonies = (JSON.parse(readFileSync(file, 'utf8')) as { accepted: Spelled[] }).accepted

export function ceremony_record({ terms, commits, opens, agrees } = ceremonies[0]!): CeremonyRecord {
  return {
    origin: terms.origin,
    meeting: from_hex(terms.meeting),
    attempt: terms.attempt,
    threshold: terms.threshold,
    holders: terms.holders.map(({ name, key }, at) => ({
      name,
      key: from_hex(key),
      commit: from_hex(commits[at]!),
      open: from_hex(opens[at]!),
      agree: from_hex(agrees[at]!),
    })),
  }
}

export function made_key({ election_key, key_holders_hash } = ceremonies[0]!) {
  return { election_key: from_hex(election_key), key_holders: from_hex(key_holders_hash) }
}

/** A browser that keeps what it is given; `is_open` false: one that keeps nothing. */
export class MemoryVault implements Vault {
  readonly entries = new Map<string, Uint8Array>()

  constructor(private readonly is_open = true) {}

  async read(name: string): Promise<Uint8Array | null> {
    return this.entries.get(name)?.slice() ?? null
  }

  async write(name: string, bytes: Uint8Array): Promise<boolean> {
    if (this.is_open) this.entries.set(name, bytes.slice())
    return this.is_open
  }

  async erase(name: string): Promise<void> {
    this.entries.delete(name)
  }
}
