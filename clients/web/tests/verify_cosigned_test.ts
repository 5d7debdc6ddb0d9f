import { ed25519 } from '@noble/curves/ed25519.js'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { concat, Said, sha256, text_bytes, to_base64, to_base64url } from '../verify/src/bytes'
import { canonical, type Json } from '../verify/src/json'
import { hash_of_leaf, Tree } from '../verify/src/merkle'
import { verify_bundle } from '../verify/src/report'
import { give } from '../verify/src/secret_box'
import { nothing_yet, type Desk, type Roll } from '../verify/src/secret_state'
import { motion } from '../verify/src/shape'
import type { Vote } from '../verify/src/vote'
import { sentence_of } from '../verify/src/words'
import { forge, type Forged } from './forged_bundle'

// What key holders signed of the record, as the independent checker reads it.

const path = fileURLToPath(new URL('../../../schemas/vectors/bundle_secret_v1.plenum', import.meta.url))
const golden = new Uint8Array(readFileSync(path))

const origin = 'plenum.example/npc'
const entries = Array.from({ length: 40 }, (_, at) => text_bytes(`entry ${at}`))
const tree = new Tree(entries.map(hash_of_leaf))
const [sealed_at, given_at] = [20, 33]
const secrets = ['one', 'two'].map((name) => sha256(text_bytes(name)))
const keys = secrets.map((secret) => ed25519.getPublicKey(secret))
const [vote_id, context, box_root] = [
  sha256(text_bytes('vote')).slice(0, 16),
  new Uint8Array(64),
  sha256(text_bytes('box')),
]
const share = concat([Uint8Array.of(1), vote_id, box_root, Uint8Array.of(1, 0, 0, 0), new Uint8Array(128)])

type Signed = { size: number; root: Uint8Array; time_s: number }

/** By the first holder, of the record up to `size`. */
function cosigned(size: number, by = 0, of: Partial<Signed & { origin: string }> = {}): Json {
  const said = { origin, size, root: tree.root(size), time_s: 1_790_000_000, ...of }
  const lines = ['cosignature/v1', `time ${said.time_s}`, said.origin, said.size, to_base64(said.root), '']
  const signature = to_base64url(ed25519.sign(text_bytes(lines.join('\n')), secrets[by]!))
  return { size: said.size, root: to_base64url(said.root), time_s: said.time_s, signature }
}

/** What is said of a share of the first holder's that is given with this. */
function told_of(cosignature: unknown): { said: string[]; cosigned: number } {
  const statement = new Said('plenum/share-statement/v1')
    .raw(vote_id, context, box_root)
    .u32(1)
    .u32(9)
    .u32(0)
    .raw(sha256(share))
  const body = {
    vote: 40,
    holder: 7,
    confirmed: 9,
    overridden: false,
    holds: true,
    share: to_base64url(sha256(share)),
    statement: to_base64url(ed25519.sign(statement.bytes(), secrets[0]!)),
    ...(cosignature === undefined ? {} : { cosignature }),
  }
  const terms = { vote: vote_id, context, shape: motion }
  const roll = {
    terms,
    context: { vote: vote_id, list_length: 9 },
    keys: { persons: [7, 8], names: ['王秀英', '李建国'], signing: keys, threshold: 2 },
  } as unknown as Roll
  const box = { root: box_root, seq: sealed_at, ballots: 9, spoils: 0, sums: null }
  const state = { ...nothing_yet(), created: true, roll, box }
  const said: string[] = []
  const tell = (name: string, detail: unknown = '') => void said.push(`${name} ${String(detail)}`)
  const desk = {
    origin,
    kind: 'public',
    seq: given_at,
    root_at: (size: number) => (size <= tree.size ? tree.root(size) : null),
    complain: tell,
    note: tell,
    blob: () => share,
    state_of: () => state,
  } as unknown as Desk
  give(desk, { id: 40, state: 'closed' } as Vote, body)
  expect(state.shares.size).toBe(1)
  return { said, cosigned: state.cosigners.size }
}

describe('a cosignature', () => {
  it('is of the record from the sealed box up to the share', () => {
    for (const size of [sealed_at + 1, sealed_at + 5, given_at])
      expect(told_of(cosigned(size)), String(size)).toEqual({ said: [], cosigned: 1 })
    expect(told_of(undefined)).toEqual({ said: ['share_not_cosigned 王秀英'], cosigned: 0 })
  })

  const at = given_at
  it.each<[string, unknown]>([
    ['before the box was sealed', cosigned(sealed_at)],
    ['of what came after the share', cosigned(given_at + 1)],
    ['of more than there is', cosigned(tree.size, 0, { size: tree.size + 1 })],
    ['of nothing', cosigned(0)],
    ['of another record', cosigned(at, 0, { root: sha256(text_bytes('another')) })],
    ['of an earlier root', cosigned(at, 0, { root: tree.root(at - 1) })],
    ['of another log', cosigned(at, 0, { origin: 'plenum.example/other' })],
    ['by another holder', cosigned(at, 1)],
    ['at another time', { ...cosigned(at), time_s: 1 }],
    ['at no time', { ...cosigned(at, 0, { time_s: 0.5 }) }],
    ['whose size is text', { ...cosigned(at), size: String(at) }],
    ['whose time is text', { ...cosigned(at), time_s: '1790000000' }],
    ['whose root is padded', { ...cosigned(at), root: `${String(cosigned(at).root)}=` }],
    ['whose root is short', { ...cosigned(at), root: 'AAAA' }],
    ['without a signature', { ...cosigned(at), signature: '' }],
    ['whose signature is cut', { ...cosigned(at), signature: String(cosigned(at).signature).slice(4) }],
    ['that is nothing', null],
    ['that is text', canonical(cosigned(at))],
  ])('%s does not hold', (_name, cosignature) => {
    expect(told_of(cosignature)).toEqual({ said: ['cosignature_wrong 王秀英'], cosigned: 0 })
  })
})

describe('a record', () => {
  it('whose last share was not cosigned is verified, and the share is named', () => {
    const bare = forge(golden, ({ entries: all }: Forged) => {
      const last = all.findLast(({ kind }) => kind === 'share.given')!
      delete (last.body as Json).cosignature
    })
    const report = verify_bundle(bare)
    expect(report.ok).toBe(true)
    const notices = report.notices.filter(({ name }) => name === 'share_not_cosigned')
    expect(notices.length).toBe(1)
    expect(sentence_of(notices[0]!, 'zh')).toMatch(/^密钥持有人未签署记录的检查点：/)
    expect(sentence_of(notices[0]!, 'en')).toContain('did not cosign the record')
  })

  it('whose server signs for a holder does not hold', () => {
    const forged = forge(golden, ({ entries: all }: Forged) => {
      const seq = all.findIndex(({ kind }) => kind === 'share.given')
      const before = new Tree(all.slice(0, seq).map((entry) => hash_of_leaf(text_bytes(canonical(entry)))))
      const body = all[seq]!.body as Json
      body.cosignature = {
        size: seq,
        root: to_base64url(before.root()),
        time_s: 1_790_000_000,
        signature: to_base64url(ed25519.sign(text_bytes('anything'), secrets[0]!)),
      }
    })
    const { findings, votes } = verify_bundle(forged)
    // Those that come after it are of the record as it was.
    expect(new Set(findings.map(({ name }) => name))).toEqual(new Set(['cosignature_wrong']))
    expect(sentence_of(findings[0]!, 'zh')).toMatch(/^密钥持有人所签署的检查点不属于本记录，或签名无效/)
    expect(votes.find(({ id }) => id === findings[0]!.vote)!.sound).toBe(false)
  })
})
