import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { is_spoil, read_box, read_record, root_of_box } from '../src/ballot/box_file'
import { is_cosigned } from '../src/ballot/cosignature'
import { check_ceremony } from '../src/ballot/key_holders'
import { is_share, is_statement } from '../src/ballot/share'
import { motion_shape, packing_base, type BallotShape } from '../src/ballot/shape'
import {
  count_acknowledgements,
  count_confirmations,
  read_acknowledgements,
  read_confirmations,
  read_list,
  roll_root,
} from '../src/ballot/signed_lists'
import { ready } from '../src/ballot/sodium'
import { terms_of, type BallotTerms, type VoteContext } from '../src/ballot/terms'
import { CiphertextIndex, verify_ballot, type CheckedBallot } from '../src/ballot/verify'
import { from_hex, hex } from './ballot_days'
import { ceremonies, ceremony_record } from './ballot_keys'

// What a key holder's page checks, on the vectors of the server and of the console, the refused ones
// included.

type Json = Record<string, unknown>

const patience_ms = 120_000
const read = (name: string): Json =>
  JSON.parse(readFileSync(join(__dirname, '../../../schemas/vectors', `${name}.json`), 'utf8'))
const bytes = (one: Json, field: string) => from_hex(String(one[field]))
const list = (one: Json, field: string) => one[field] as Json[]

function context_in(spelled: Json): VoteContext {
  const as_is = ['origin', 'round', 'list_length']
  const fields = Object.entries(spelled).map(([name, value]) => [
    name,
    as_is.includes(name) ? value : from_hex(String(value)),
  ])
  return Object.fromEntries(fields) as VoteContext
}

/** Terms of vectors that name no context but its hash. */
function bare_terms(file: Json, shape: BallotShape, election_key = new Uint8Array(32)): BallotTerms {
  const [vote, context] = [bytes(file, 'vote'), bytes(file, 'context')]
  const vote_generator = file.vote_generator ? bytes(file, 'vote_generator') : new Uint8Array(32)
  return { vote, context, election_key, vote_generator, shape, base: 2 }
}

beforeAll(() => ready)

describe('ballots', () => {
  it(
    'hold or do not, for the reason the specification gives',
    () => {
      const file = read('ballot')
      const votes = new Map(list(file, 'votes').map((vote) => [String(vote.name), vote]))
      const verdict = (one: Json, ballot = String(one.ballot)) => {
        const vote = votes.get(String(one.vote))!
        const terms = terms_of(context_in(vote.context as Json), vote.shape as BallotShape)
        return terms === null ? 'terms' : verify_ballot(from_hex(ballot), terms)
      }
      for (const one of list(file, 'accepted')) {
        const checked = verdict(one)
        expect(typeof checked === 'string' ? checked : checked.seq, String(one.vote)).toBe(one.seq)
      }
      for (const one of list(file, 'rejected')) expect(verdict(one), String(one.why)).toBe(one.fault)
      for (const one of list(file, 'rejected_together')) {
        const index = new CiphertextIndex()
        const added = (one.ballots as string[]).map((ballot) =>
          index.add(verdict(one, ballot) as CheckedBallot),
        )
        expect(added.indexOf(false), String(one.why)).toBe(one.refused)
      }
    },
    patience_ms,
  )

  it(
    'of consoles in a browser, too',
    () => {
      for (const one of list(read('ballot_browser'), 'cases')) {
        const terms = terms_of(context_in(one.context as Json), one.shape as BallotShape)
        const verdict = terms === null ? 'terms' : verify_ballot(bytes(one, 'ballot'), terms)
        expect(typeof verdict === 'string' ? verdict : 'accepted', String(one.name)).toBe(one.expect)
      }
    },
    patience_ms,
  )
})

describe('shares', () => {
  it('hold or do not', () => {
    const file = read('share')
    const share_keys = (file.share_keys as string[]).map(from_hex)
    const [key, threshold] = [bytes(file, 'election_key'), Number(file.threshold)]
    const election = { key, share_keys, threshold, holders: new Uint8Array(32), words: '' }
    const terms = { ...bare_terms(file, motion_shape), box_root: bytes(file, 'box_root') }
    const sums_in = (sums: unknown) =>
      (sums as Json[]).map((sum) => ({ alpha: bytes(sum, 'alpha'), beta: bytes(sum, 'beta') }))
    for (const one of list(file, 'accepted')) {
      const sums = sums_in(one.sums)
      for (const share of one.shares as string[])
        expect(is_share(terms, election, from_hex(share), sums), String(one.name)).toBe(true)
    }
    const sums = sums_in(file.rejected_sums)
    for (const one of list(file, 'rejected'))
      expect(is_share(terms, election, bytes(one, 'bytes'), sums), String(one.why)).toBe(false)
  })

  it('stand beside what their holder said of them', () => {
    const { accepted, rejected } = read('statement').share_statement as Record<string, Json[]>
    const is_said = (one: Json) => {
      const [vote, context, box_root] = [bytes(one, 'vote'), bytes(one, 'ctx'), bytes(one, 'box_root')]
      const said = {
        holder: Number(one.holder),
        confirmed: Number(one.confirmed),
        overridden: one.overridden === true,
        share: bytes(one, 'share_sha256'),
      }
      return is_statement({ vote, context, box_root }, said, bytes(one, 'key'), bytes(one, 'signature'))
    }
    expect(accepted!.map(is_said)).toEqual(accepted!.map(() => true))
    for (const one of rejected!) expect(is_said(one), String(one.why)).toBe(false)
    expect(rejected!.length).toBeGreaterThan(3)
  })

  it('stand beside the record their holder cosigned', () => {
    const { accepted, rejected } = read('statement').cosignature as Record<string, Json[]>
    const holds = (one: Json) => {
      const [root, signature] = [bytes(one, 'root'), bytes(one, 'signature')]
      const cosigned = { size: Number(one.size), root, time_s: Number(one.time_s), signature }
      return is_cosigned(String(one.origin), cosigned, bytes(one, 'key'))
    }
    expect(accepted!.map(holds)).toEqual(accepted!.map(() => true))
    for (const one of rejected!) expect(holds(one), String(one.why)).toBe(false)
    expect(rejected!.length).toBeGreaterThan(3)
  })

  it('are proved with the keys of the ceremony', () => {
    for (const one of ceremonies) {
      const made = check_ceremony(ceremony_record(one))
      expect(made?.share_keys.map(hex)).toEqual((one as unknown as Json).share_keys)
    }
  })
})

describe('the box', () => {
  it('has its root, and any other file is none', () => {
    const file = read('box')
    const terms = bare_terms(file, motion_shape)
    const box = read_box(terms, bytes(file, 'box'))
    expect(box && hex(root_of_box(box))).toBe(file.box_root)
    for (const one of list(file, 'rejected_boxes'))
      expect(read_box(terms, bytes(one, 'bytes')), String(one.why)).toBe(null)
  })

  it('is confirmed by devices of the roll, each once', () => {
    const file = read('box')
    const { roll, rejected, bytes: blob } = file.confirmations as Json
    const [devices, root] = [(roll as string[]).map(from_hex), bytes(file, 'box_root')]
    const terms = bare_terms(file, motion_shape)
    const are_enough = (spelled: string) => {
      const all = read_confirmations(terms, root, from_hex(spelled))
      const count = all && count_confirmations(terms, root, all, devices)
      return count !== null && 3 * count > 2 * devices.length
    }
    expect(are_enough(String(blob))).toBe(true)
    for (const one of rejected as Json[]) expect(are_enough(String(one.bytes)), String(one.why)).toBe(false)
  })
})

describe('the list', () => {
  it('is sorted, whole, and the one of its root', () => {
    const file = read('receipt')
    const { bytes: blob, roll_root: root, rejected } = file.list as Json
    const is_it = (spelled: string) => {
      const points = read_list(from_hex(spelled))
      return points !== null && hex(roll_root(points)) === root
    }
    expect(is_it(String(blob))).toBe(true)
    for (const one of rejected as Json[]) expect(is_it(String(one.bytes)), String(one.why)).toBe(false)
  })

  it('is acknowledged by every device, with a program that is known', () => {
    const file = read('receipt')
    const { blob, rejected, build } = file.acknowledgements as Json
    const context = context_in(file.vote as Json)
    const devices = read_acknowledgements(context, from_hex(String(blob)))!.map(({ device }) => device)
    const is_complete = (spelled: string) => {
      const all = read_acknowledgements(context, from_hex(spelled))
      if (all === null || all.some((one) => hex(one.build) !== build)) return false
      return count_acknowledgements(context, all, devices) === context.list_length
    }
    expect(is_complete(String(blob))).toBe(true)
    for (const one of rejected as Json[])
      expect(is_complete(String(one.bytes)), String(one.why)).toBe(false)
  })

  it('lets only the owner of a pseudonym spoil', () => {
    const file = read('receipt')
    const terms = terms_of(context_in(file.vote as Json), { ...motion_shape })!
    expect(terms.base).toBe(packing_base(5))
    const holds = (spelled: Json) => {
      const record = read_record(bytes(spelled, 'bytes'), terms.vote)
      return record !== null && is_spoil(terms, record)
    }
    const spoil = file.spoil as Json
    expect(holds(spoil)).toBe(true)
    for (const one of spoil.rejected as Json[]) expect(holds(one), String(one.why)).toBe(false)
  })
})
