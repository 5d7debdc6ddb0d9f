import { beforeAll, describe, expect, it } from 'vitest'
import { from_base64, to_base64 } from '../src/ballot/base64'
import { checkpoint_text, is_same_key, log_key_of, open_checkpoint } from '../src/ballot/checkpoint'
import { cosign, is_cosigned } from '../src/ballot/cosignature'
import { checkpoint_over, read_proof, spell_proof } from '../src/ballot/entry_proof'
import { empty_root, is_consistent } from '../src/ballot/merkle'
import { ready, sodium } from '../src/ballot/sodium'
import { DeviceKey } from '../src/ballot/voting_key'
import { open_checkpoint as independently } from '../verify/src/note'
import { is_cosigned as independently_cosigned } from '../verify/src/statements'
import { digest, hex } from './ballot_days'
import { consistency_of, root_of, signed_note, SmallLog } from './small_log'

// What a log proves of itself, as a key holder's page reads it.

const sizes_max = 20
const leaves = Array.from({ length: sizes_max }, (_, at) => digest(`leaf ${at}`))
const heads = () =>
  Array.from({ length: sizes_max + 1 }, (_, size) => ({ size, root: root_of(leaves.slice(0, size)) }))

beforeAll(() => ready)

describe('a tree', () => {
  it('begins with every smaller one, by its own path and no other', () => {
    const all = heads()
    const wrong = digest('no root of these')
    for (const before of all) {
      for (const now of all.slice(before.size)) {
        const path = consistency_of(before.size, leaves.slice(0, now.size))
        const name = `${before.size} in ${now.size}`
        expect(is_consistent(before, now, path), name).toBe(true)
        expect(is_consistent(before, now, [...path, wrong]), `${name}: one more`).toBe(false)
        const is_empty = before.size === 0 && now.size > 0 // Every tree begins with none.
        expect(is_consistent(before, { ...now, root: wrong }, path), name).toBe(is_empty)
        expect(is_consistent({ ...before, root: wrong }, now, path), `${name}: another before`).toBe(false)
        path.forEach((_, at) => {
          const changed = path.map((hash, of) => (of === at ? wrong : hash))
          expect(is_consistent(before, now, changed), `${name}: hash ${at}`).toBe(false)
          expect(is_consistent(before, now, path.toSpliced(at, 1)), `${name}: without ${at}`).toBe(false)
        })
      }
    }
  })

  it('does not begin with another size, and never with a larger one', () => {
    const all = heads()
    for (const before of all.slice(1)) {
      for (const now of all.slice(before.size + 1)) {
        const path = consistency_of(before.size, leaves.slice(0, now.size))
        for (const size of [before.size - 1, before.size + 1]) {
          if (size === 0 || (size === now.size && path.length === 0)) continue
          expect(is_consistent({ ...before, size }, now, path), `${before.size} in ${now.size}`).toBe(false)
        }
        expect(is_consistent(now, before, path)).toBe(false)
      }
    }
    const odd = { size: -1, root: empty_root() }
    expect(is_consistent(odd, all[3]!, [])).toBe(false)
    expect(is_consistent({ ...odd, size: 0.5 }, all[3]!, [])).toBe(false)
    expect(is_consistent(all[2]!, { ...all[3]!, size: 2 ** 60 }, [leaves[2]!])).toBe(false)
    expect(is_consistent(all[2]!, all[3]!, [leaves[2]!.slice(1)])).toBe(false)
  })
})

describe('an entry', () => {
  it('is proven at its place in logs of every size', () => {
    const log = new SmallLog('plenum.example/npc', 'sizes', sizes_max)
    for (let size = 1; size <= sizes_max; ++size) {
      for (let index = 0; index < size; ++index) {
        const proof = read_proof(log.proof(index, size))!
        expect(proof.entry).toEqual(log.entries[index])
        const checkpoint = checkpoint_over(proof, log.key)
        expect([checkpoint?.size, hex(checkpoint!.root)]).toEqual([size, hex(log.checkpoint(size).root)])
        const other = { ...proof, index: (index + 1) % size }
        if (size > 1) expect(checkpoint_over(other, log.key), `${index} of ${size}`).toBe(null)
        expect(checkpoint_over({ ...proof, entry: proof.entry.slice(1) }, log.key)).toBe(null)
      }
    }
  })

  it('is proven by no text that is spelled otherwise', () => {
    const log = new SmallLog('plenum.example/npc', 'text', 9)
    const proof = read_proof(log.proof(4))!
    const many = { ...proof, hashes: Array(65).fill(proof.hashes[0]) }
    expect(read_proof(spell_proof(many))).toBe(null)
    expect(read_proof(spell_proof({ ...many, hashes: many.hashes.slice(1) }))).not.toBe(null)
    const short = { ...proof, hashes: [proof.hashes[0]!.slice(1)] }
    expect(read_proof(spell_proof(short))).toBe(null)
    for (const index of [-1, 1.5, 2 ** 53]) expect(read_proof(spell_proof({ ...proof, index }))).toBe(null)
  })
})

describe('a log', () => {
  it('is known by a key whose id is its own', () => {
    const log = new SmallLog('plenum.example/npc', 'key', 1)
    expect(log_key_of(log.vkey)).toEqual(log.key)
    const [name, id, ...key] = log.vkey.split('+')
    const other_id = [name, id!.replace(/^./, (digit) => (digit === '0' ? '1' : '0')), ...key].join('+')
    const none = [
      other_id,
      `x${log.vkey}`,
      `${log.vkey}=`,
      `${log.vkey}\n`,
      log.vkey.slice(0, -4),
      '',
      'a+b+c',
    ]
    for (const vkey of none) expect(log_key_of(vkey), vkey).toBe(null)
    const another = new SmallLog('plenum.example/npc', 'another key', 1)
    expect(is_same_key(log.key, log_key_of(log.vkey)!)).toBe(true)
    expect(is_same_key(log.key, another.key)).toBe(false)
    expect(is_same_key(log.key, { ...log.key, name: 'plenum.example/other' })).toBe(false)
  })

  it('signs notes that both programs read alike', () => {
    const log = new SmallLog('plenum.example/npc', 'notes', 5)
    const stranger = new DeviceKey(digest('a stranger'))
    const { origin, signer } = log
    const text = checkpoint_text(log.checkpoint())
    const good = signed_note(text, origin, signer)
    const line = good.split('\n').at(-2)!
    const other = signed_note(text, 'plenum.example/witness', stranger).split('\n').at(-2)!
    const notes: [string, string, boolean][] = [
      ['as it is', good, true],
      ['beside a stranger', `${good}${other}\n`, true],
      ['after a stranger', `${text}\n${other}\n${line}\n`, true],
      ['twice', `${good}${line}\n`, true],
      ['beside no signature', `${good}hello\n`, false],
      ['beside a signature that is none', `${good}\u2014 someone AAAA\n`, false],
      ['beside one that is cut', `${good}${line.slice(0, -8)}\n`, false],
      ['by a stranger', signed_note(text, origin, stranger), false],
      ['with nothing behind it', `${text}\n`, false],
      ['not a checkpoint', signed_note('hello\n', origin, signer), false],
      ['with a blank line more', signed_note(`${text}\n`, origin, signer), false],
      ['a size below zero', signed_note(text.replace('\n5\n', '\n-5\n'), origin, signer), false],
      ['a size too large', signed_note(text.replace('\n5\n', `\n${2n ** 60n}\n`), origin, signer), false],
      ['a size in hexadecimal', signed_note(text.replace('\n5\n', '\n0x5\n'), origin, signer), false],
      ['a root that is short', signed_note(`${origin}\n5\nAAAA\n`, origin, signer), false],
      ['half of a character', `${good}\u2014 \ud800 AAAAAAAA\n`, false],
    ]
    const key = { ...log.key, id: sodium.from_hex(log.key.id) }
    for (const [name, note, is_good] of notes) {
      expect(open_checkpoint(note, log.key), name).toEqual(is_good ? log.checkpoint() : null)
      if (/\p{Surrogate}/u.test(note)) continue // Which bytes cannot be.
      const read = independently(new TextEncoder().encode(note), key)
      expect(read, name).toEqual(is_good ? log.checkpoint() : null)
    }
    for (const sign of ['\t', '\0', '\r', '\x1f'])
      expect(open_checkpoint(signed_note(`${text.slice(0, -1)}${sign}\n`, origin, signer), log.key)).toBe(
        null,
      )
    const lines = (count: number) => `${text}\n${`${other}\n`.repeat(count)}${line}\n`
    expect(open_checkpoint(lines(99), log.key)).not.toBe(null)
    expect(open_checkpoint(lines(100), log.key)).toBe(null)
  })

  it('is cosigned in words that both programs know', () => {
    const log = new SmallLog('plenum.example/npc', 'cosigned', 6)
    const holder = new DeviceKey(digest('a holder'))
    const cosigned = cosign(log.checkpoint(), 1_790_000_000, holder)
    const { origin } = log
    const changes: [string, object][] = [
      ['nothing', {}],
      ['another size', { size: 5 }],
      ['another root', { root: digest('root') }],
      ['another time', { time_s: 1_790_000_001 }],
      ['no signature', { signature: new Uint8Array(0) }],
      [
        'another signature',
        { signature: cosigned.signature.map((byte, at) => byte ^ (at === 40 ? 1 : 0)) },
      ],
    ]
    for (const [name, change] of changes) {
      const one = { ...cosigned, ...change }
      expect(is_cosigned(origin, one, holder.public_key), name).toBe(name === 'nothing')
      const said = { origin, ...one, key: holder.public_key }
      expect(independently_cosigned(said), name).toBe(name === 'nothing')
    }
    expect(is_cosigned('plenum.example/other', cosigned, holder.public_key)).toBe(false)
    expect(is_cosigned(origin, cosigned, log.key.public_key)).toBe(false)
  })
})

describe('base64', () => {
  it('has one spelling', () => {
    for (const length of [0, 1, 2, 3, 31, 32, 33]) {
      const bytes = digest('bytes and bytes').slice(0, Math.min(length, 32))
      expect(from_base64(to_base64(bytes))).toEqual(bytes)
      expect(to_base64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
    }
    for (const text of [
      'A',
      'AA',
      'AAA',
      'AB==',
      'AAB=',
      'AA-_',
      'AAAA\n',
      ' AAA',
      '====',
      'A===',
      'AA==AAAA',
    ])
      expect(from_base64(text), text).toBe(null)
  })
})
