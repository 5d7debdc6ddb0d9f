import { beforeAll, describe, expect, it } from 'vitest'
import { joined } from '../src/ballot/fields'
import { empty_root } from '../src/ballot/merkle'
import { ready, sodium } from '../src/ballot/sodium'
import { u32_bytes } from '../src/ballot/transcript'
import { cosigned_before, from_plain, to_plain, wipe_keys } from '../src/key_holder/held_keys'
import type { FileVersion, Given, HeldKeys } from '../src/key_holder/held_keys'
import { Holder, type HolderWorld } from '../src/key_holder/holder'
import { KeySeal } from '../src/key_holder/key_file'
import type { HolderState } from '../src/key_holder/messages'
import { digest, hex } from './ballot_days'
import { SmallLog } from './small_log'

// The key file as plenum-trustee writes it, spelled here again from its description
// (clients/trustee/key_file.cpp), and the versions before.

const letters = new TextEncoder()
const origin = 'plenum.example/npc'
const passphrase = () => letters.encode('a passphrase')

function u64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, value, true)
  return bytes
}
const counted = (bytes: Uint8Array) => joined(u32_bytes(bytes.length), bytes)

function given(vote: number, size: number, of = origin): Given {
  const cosignature = {
    size,
    root: digest(`root ${size}`),
    time_s: 1_790_000_000 + size,
    signature: new Uint8Array(64).fill(6),
  }
  return {
    vote: new Uint8Array(16).fill(vote),
    box_root: digest('box root'),
    confirmed: 30,
    overridden: true,
    statement: new Uint8Array(64).fill(5),
    share: new Uint8Array(181).fill(4),
    question: digest('question'),
    first: new Uint8Array(16).fill(2),
    origin: of,
    cosignature,
  }
}

function some_keys(entries = [given(3, 70), given(1, 50)]): HeldKeys {
  const share = {
    origin,
    meeting: new Uint8Array(16).fill(7),
    attempt: 2,
    key_holders: digest('holders'),
    refused_before: 17n,
    share: new Uint8Array(32).fill(9),
  }
  const by_vote = new Map(entries.map((one) => [hex(one.vote), one]))
  return { seed: digest('seed'), writes: 12n, shares: [share], given: by_vote }
}

/** The same in the words of the description. */
function spelled(version: FileVersion, { seed, shares, given: ledger }: HeldKeys): Uint8Array {
  const of_share = shares.flatMap((one) => [
    counted(letters.encode(one.origin)),
    one.meeting,
    u32_bytes(one.attempt),
    one.key_holders,
    version === 1 ? new Uint8Array(0) : u64(one.refused_before),
    one.share,
  ])
  const head = [u32_bytes(shares.length), ...of_share]
  if (version === 1) return joined(seed, ...head)
  const entries = [...ledger.values()].sort((left, right) => Buffer.compare(left.vote, right.vote))
  const of_entry = entries.flatMap((one) => [
    one.vote,
    one.box_root,
    ...(version === 2 ? [] : [one.question, one.first]),
    u32_bytes(one.confirmed),
    Uint8Array.of(1),
    counted(one.statement),
    counted(one.share),
    ...(version < 4
      ? []
      : [
          counted(letters.encode(one.origin)),
          u64(BigInt(one.cosignature.size)),
          one.cosignature.root,
          u64(BigInt(one.cosignature.time_s)),
          counted(one.cosignature.signature),
        ]),
  ])
  return joined(seed, u64(12n), ...head, u32_bytes(entries.length), ...of_entry)
}

/** A file of a version, under the least costs there are. */
function file_of(version: FileVersion, plain: Uint8Array): Uint8Array {
  const [salt, nonce] = [new Uint8Array(16).fill(1), new Uint8Array(24).fill(2)]
  const costs = joined(u64(1n), u64(8192n))
  const head = joined(letters.encode(`plenum/key-file/v${version}`), costs, salt, nonce)
  const key = sodium.crypto_pwhash(32, passphrase(), salt, 1, 8192, sodium.crypto_pwhash_ALG_ARGON2ID13)
  const box = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, head, null, nonce, key)
  return joined(head, box)
}

function before(version: FileVersion, one: Given): Given {
  const none = { size: 0, root: new Uint8Array(32), time_s: 0, signature: new Uint8Array(0) }
  const asked = version === 2 ? { question: new Uint8Array(32), first: new Uint8Array(16) } : {}
  return { ...one, ...asked, origin: '', cosignature: none }
}

beforeAll(() => ready)

describe('the key file', () => {
  it('has what was cosigned, byte for byte as the program writes it', () => {
    const keys = some_keys()
    expect(hex(to_plain(keys))).toBe(hex(spelled(4, keys)))
    const read = from_plain(to_plain(keys), 4)!
    expect([...read.given.values()]).toEqual([given(1, 50), given(3, 70)])
    expect(read.shares).toEqual(keys.shares)
  })

  it('is read as it was before that, and written anew', () => {
    const keys = some_keys()
    for (const version of [2, 3] as const) {
      const read = from_plain(spelled(version, keys), version)!
      expect(read.writes, `version ${version}`).toBe(12n)
      expect([...read.given.values()]).toEqual(
        [given(1, 50), given(3, 70)].map((one) => before(version, one)),
      )
      expect(cosigned_before(read, origin).size).toBe(0)
      expect(from_plain(to_plain(read), 4)).toEqual(read)
    }
    const first = from_plain(spelled(1, keys), 1)!
    expect([first.writes, first.given.size, first.shares.length]).toEqual([0n, 0, 1])
  })

  it('of one version is none of another', () => {
    const keys = some_keys()
    for (const version of [1, 2, 3, 4] as const)
      for (const other of [1, 2, 3, 4] as const)
        if (other !== version)
          expect(from_plain(spelled(version, keys), other), `${version} ${other}`).toBe(null)
    const cut = to_plain(keys)
    expect(from_plain(cut.slice(0, -1), 4)).toBe(null)
    const endless = some_keys([
      { ...given(1, 50), cosignature: { ...given(1, 50).cosignature, size: 2 ** 60 } },
    ])
    expect(from_plain(spelled(4, endless), 4)).toBe(null)
  })

  it('of version 3 opens with its passphrase, and is sealed as version 4', () => {
    const opened = KeySeal.open(file_of(3, spelled(3, some_keys())), passphrase())
    if (typeof opened === 'string') throw new Error(opened)
    expect(opened.keys.given.size).toBe(2)
    const file = opened.seal.seal(opened.keys)
    expect(new TextDecoder().decode(file.slice(0, 18))).toBe('plenum/key-file/v4')
    const again = KeySeal.open(file, passphrase())
    expect(typeof again === 'string' ? again : again.keys).toEqual(opened.keys)
    expect(KeySeal.open(file_of(3, spelled(4, some_keys())), passphrase())).toBe('no_key_file')
    opened.seal.wipe()
    wipe_keys(opened.keys)
  })

  it('knows the largest checkpoint of each log', () => {
    const keys = some_keys([given(1, 50), given(2, 90), given(3, 70), given(4, 99, 'plenum.example/other')])
    expect(cosigned_before(keys, origin)).toEqual({ origin, size: 90, root: digest('root 90') })
    expect(cosigned_before(keys, 'plenum.example/none')).toMatchObject({ size: 0, root: empty_root() })
  })
})

describe('a holder’s page', () => {
  it('stops when the server is that of another log, by its name or by its key', async () => {
    let state: HolderState | null = null
    const kept = new Map([['key holder me', file_of(4, spelled(4, some_keys([])))]])
    const world: HolderWorld = {
      act: async () => null,
      ask: async () => null,
      document: async () => null,
      shelf: {
        read: async (name) => kept.get(name) ?? null,
        write: async (name, bytes) => kept.set(name, bytes) !== undefined,
        erase: async (name) => kept.delete(name),
      },
      now_ms: () => 0,
      now_s: () => 0,
      claim: async () => true,
      show: (shown) => (state = shown),
    }
    const [log, rekeyed] = [new SmallLog(origin, 'one', 0), new SmallLog(origin, 'other', 0)]
    const other = new SmallLog('plenum.example/other', 'one', 0)
    const troubles: [string, string, string | null][] = [
      [origin, log.vkey, null],
      [origin, rekeyed.vkey, 'other_log'],
      [other.origin, other.vkey, 'other_log'],
      [origin, other.vkey, 'other_log'],
      [origin, log.vkey.replace(/[0-9a-f]\+/, 'x+'), 'other_log'],
    ]
    const line = (name: string, vkey: string) =>
      ({ id: 3, kind: 'line', origin: name, vkey, me: 100, entries: 9 }) as const
    for (const [name, vkey, trouble] of troubles) {
      const holder = new Holder(world)
      await holder.answer({ id: 1, kind: 'wake', member: 'me' })
      await holder.answer({ id: 2, kind: 'unlock', passphrase: passphrase() })
      await holder.answer(line(origin, log.vkey))
      await holder.answer(line(origin, log.vkey))
      expect(state!.trouble).toBe(null)
      await holder.answer(line(name, vkey))
      expect(state!.trouble, vkey).toBe(trouble)
    }
  })
})
