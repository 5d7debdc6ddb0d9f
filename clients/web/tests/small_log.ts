import { to_base64 } from '../src/ballot/base64'
import { checkpoint_text, type Checkpoint } from '../src/ballot/checkpoint'
import { spell_proof } from '../src/ballot/entry_proof'
import { joined } from '../src/ballot/fields'
import { sodium } from '../src/ballot/sodium'
import type { LogKey } from '../src/ballot/vkey'
import { DeviceKey } from '../src/ballot/voting_key'
import { to_content } from '../src/wire/content'
import type { RecordProof } from '../src/wire/types'
import { canonical } from '../verify/src/json'
import { digest, tree } from './ballot_days'

// A log of few entries, with proofs by the definition of RFC 6962.

const letters = new TextEncoder()

export function root_of(leaves: Uint8Array[]): Uint8Array {
  return tree(leaves).root
}

/** RFC 6962 2.1.2: that the tree over these leaves begins with that over the first `first`. */
export function consistency_of(first: number, leaves: Uint8Array[]): Uint8Array[] {
  const down = (size: number, of: Uint8Array[], is_known: boolean): Uint8Array[] => {
    if (size === of.length) return is_known ? [] : [root_of(of)]
    let split = 1
    while (split * 2 < of.length) split *= 2
    const [left, right] = [of.slice(0, split), of.slice(split)]
    if (size <= split) return [...down(size, left, is_known), root_of(right)]
    return [...down(size - split, right, false), root_of(left)]
  }
  return first === 0 ? [] : down(first, leaves, true)
}

/** The bytes of an entry as a server writes them. */
export function entry_bytes(seq: number, kind: string, body: object): Uint8Array {
  const at = 1_790_000_000_000 + seq
  return letters.encode(canonical({ actor: 'server', at, body, epoch: 1, id: '', kind, seq, v: 1 }))
}

/** A note with one line of signature. */
export function signed_note(text: string, name: string, signer: DeviceKey): string {
  const key = joined(Uint8Array.of(1), signer.public_key)
  const id = sodium.crypto_hash_sha256(joined(letters.encode(`${name}\n`), key)).slice(0, 4)
  return `${text}\n\u2014 ${name} ${to_base64(joined(id, signer.sign(letters.encode(text))))}\n`
}

export class SmallLog {
  readonly entries: Uint8Array[] = []
  readonly signer: DeviceKey
  readonly key: LogKey
  readonly vkey: string

  constructor(
    readonly origin: string,
    seed: string,
    fillers: number,
  ) {
    this.signer = new DeviceKey(digest(`${seed} log key`))
    const key = joined(Uint8Array.of(1), this.signer.public_key)
    const id = sodium.crypto_hash_sha256(joined(letters.encode(`${origin}\n`), key)).slice(0, 4)
    this.key = { name: origin, id: sodium.to_hex(id), public_key: this.signer.public_key }
    this.vkey = `${origin}+${this.key.id}+${to_base64(key)}`
    this.fill(fillers, seed)
  }

  /** The number of the entry. */
  append(kind: string, body: object, seq = this.entries.length): number {
    return this.entries.push(entry_bytes(seq, kind, body)) - 1
  }

  fill(count: number, text = 'and so on'): void {
    for (let left = count; left > 0; --left) this.append('speech.began', { text })
  }

  /** The same up to here; it goes on by itself. */
  copy(size = this.entries.length): SmallLog {
    const other = new SmallLog(this.origin, 'copy', 0)
    Object.assign(other, { signer: this.signer, key: this.key, vkey: this.vkey })
    other.entries.push(...this.entries.slice(0, size))
    return other
  }

  checkpoint(size = this.entries.length): Checkpoint {
    return { origin: this.origin, size, root: root_of(this.entries.slice(0, size)) }
  }

  note(size = this.entries.length): string {
    return signed_note(checkpoint_text(this.checkpoint(size)), this.origin, this.signer)
  }

  proof(index: number, size = this.entries.length, checkpoint = this.note(size)): string {
    const hashes = tree(this.entries.slice(0, size)).paths[index]!
    return spell_proof({ entry: this.entries[index]!, index, hashes, checkpoint })
  }

  /** What a server answers; null for a log that was never so short. */
  prove(opened: number, sealed: number, since: number): RecordProof | null {
    if (since > this.entries.length) return null
    const consistency = consistency_of(since, this.entries).map(to_content)
    return { opened: this.proof(opened), sealed: this.proof(sealed), consistency }
  }
}
