import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { tracker_of } from '../verify/src/ballot'
import { read_box } from '../verify/src/box'
import { concat, from_base64url, sha256, text_bytes, to_base64url, to_hex } from '../verify/src/bytes'
import { run } from '../verify/src/command_line'
import { canonical, read_canonical, type Json } from '../verify/src/json'
import { verify_bundle } from '../verify/src/report'
import { tell_tracker } from '../verify/src/tracker'
import { sentence_of } from '../verify/src/words'
import { entries_of, files_of, flip, forge, of_kind, relist, type Forged } from './forged_bundle'

// Secret votes in a bundle: two programs that share nothing look at every ballot and say the same.

const patience_ms = 300_000
const place = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const golden_path = place('schemas/vectors/bundle_secret_v1.plenum')
const golden = new Uint8Array(readFileSync(golden_path))
const ballot_bytes = 501

/** The content of a blob under another one, so named. */
function put_blob({ files }: Forged, digest: unknown, change: (content: Uint8Array) => Uint8Array): string {
  const path = `blobs/${to_hex(from_base64url(String(digest))!)}`
  const content = change(files.get(path)!)
  files.delete(path)
  files.set(`blobs/${to_hex(sha256(content))}`, content)
  return to_base64url(sha256(content))
}

/** The body of the first entry of a kind. */
function first(forged: Forged, kind: string): Json {
  return forged.entries.find((entry) => entry.kind === kind)!.body as Json
}

/** The first vote that consoles decide secretly. */
function secretly_prepared({ entries }: Forged): Json {
  const is_secret = ({ kind, body }: Json) => {
    const { profile } = body as { profile?: { secrecy: string; method: string } }
    return kind === 'vote.prepared' && profile?.secrecy === 'secret' && profile.method === 'console'
  }
  return entries.find(is_secret)!.body as Json
}

const forgeries: [string, string | null, (forged: Forged) => void][] = [
  ['nothing', null, () => undefined],
  [
    'a console’s proof changed',
    'console_wrong',
    (forged) => {
      const body = first(forged, 'console.enrolled')
      body.proof = to_base64url(flip(from_base64url(String(body.proof))!, 5))
    },
  ],
  [
    'a registration changed',
    'voting_key_wrong',
    (forged) => {
      const body = first(forged, 'voting_key.registered')
      body.registration = put_blob(forged, body.registration, (blob) => flip(blob, 70))
    },
  ],
  [
    'another root of the list',
    'roll_wrong',
    (forged) => {
      const body = first(forged, 'roll.called')
      body.roll_root = body.list
    },
  ],
  [
    'a question about another text',
    'question_wrong',
    (forged) => {
      const body = first(forged, 'roll.called')
      body.question = put_blob(forged, body.question, (blob) => {
        return text_bytes(canonical({ ...read_canonical(blob), text: body.list }))
      })
    },
  ],
  [
    'a question with its options swapped',
    'question_wrong',
    (forged) => {
      const body = first(forged, 'roll.called')
      body.question = put_blob(forged, body.question, (blob) => {
        const question = read_canonical(blob)!
        const [title, abstain, approve, oppose] = question.labels as string[]
        return text_bytes(canonical({ ...question, labels: [title, abstain, oppose, approve] }))
      })
    },
  ],
  [
    'a list that ballots of a motion are said to choose from',
    'question_wrong',
    (forged) => {
      const list = { candidates: [{ name: '甲', person: null }], extra: null, follows: null }
      const ballot = { blank: 'abstain', marks_max: 1, write_in: 'none' }
      const places = { majority: null, places: 1, tie: 'revote' }
      secretly_prepared(forged).list = { ...list, ballot, places, list_kind: 'equal_election' }
    },
  ],
  [
    'a list no console can ask',
    'vote_secret',
    (forged) => {
      const list = { candidates: [{ name: '甲', person: null }], extra: null, follows: null }
      const ballot = { blank: 'abstain', marks_max: 1, write_in: 'allowed' }
      const places = { majority: null, places: 1, tie: 'revote' }
      secretly_prepared(forged).list = { ...list, ballot, places, list_kind: 'equal_election' }
    },
  ],
  [
    'figures of a list in a vote without one',
    'tally_wrong',
    (forged) => {
      const outcome = {
        base: 0,
        elected: [],
        need: 1,
        status: 'complete',
        tied: [],
        tied_places: 0,
        unfilled: 0,
      }
      const counted = { collected: 6, invalid: 0, issued: 7, list: [] }
      first(forged, 'vote.decided').places = { counted, outcome }
    },
  ],
  [
    'a member left out unnamed',
    'roll_members_wrong',
    (forged) => {
      const bodies = forged.entries.filter(({ kind }) => kind === 'roll.called')
      ;(bodies[2]!.body as Json).without = []
    },
  ],
  [
    'an acknowledgement that does not hold',
    'acknowledgements_wrong',
    (forged) => {
      const secret = first(forged, 'vote.opened').secret as Json
      secret.acknowledgements = put_blob(forged, secret.acknowledgements, (blob) => {
        return flip(blob, blob.length - 1)
      })
    },
  ],
  [
    'another context',
    'context_wrong',
    (forged) => {
      const secret = first(forged, 'vote.opened').secret as Json
      secret.context = to_base64url(flip(from_base64url(String(secret.context))!, 0))
    },
  ],
  [
    'a frame of another box',
    'box_out_of_order',
    (forged) => (first(forged, 'box.frame').box = 'ab'.repeat(16)),
  ],
  [
    'a ballot dropped from the box',
    'box_changed',
    (forged) => {
      const body = first(forged, 'ballot_box.sealed')
      body.box = put_blob(forged, body.box, (blob) => {
        const head = 4 + 'plenum/box/v1'.length + 64
        const fewer = new DataView(new ArrayBuffer(4))
        fewer.setUint32(0, Number(body.ballots) - 1, true)
        const count = new Uint8Array(fewer.buffer)
        return concat([blob.subarray(0, head), count, blob.subarray(head + 4 + ballot_bytes)])
      })
    },
  ],
  [
    'a ballot changed',
    'ballot_wrong',
    (forged) => {
      const body = first(forged, 'ballot_box.sealed')
      body.box = put_blob(forged, body.box, (blob) => flip(blob, blob.length - 4 - 1))
    },
  ],
  [
    'a share changed and said to hold',
    'share_wrong',
    (forged) => {
      const body = first(forged, 'share.given')
      body.share = put_blob(forged, body.share, (blob) => flip(blob, blob.length - 1))
    },
  ],
  [
    'more confirmations than a holder said',
    'share_wrong',
    (forged) => (first(forged, 'share.given').confirmed = 6),
  ],
  [
    'a confirmation that does not hold',
    'confirmations_wrong',
    (forged) => {
      const body = first(forged, 'box.confirmed')
      body.confirmations = put_blob(forged, body.confirmations, (blob) => flip(blob, blob.length - 1))
    },
  ],
  [
    'totals off by one',
    'totals_wrong',
    (forged) => {
      const body = first(forged, 'vote.decided')
      const totals = body.totals as { values: number[] }
      totals.values[0]! -= 1
      body.tally = { abstain: 1, approve: 4, not_pressed: 1, oppose: 1 }
    },
  ],
  [
    'one approval more in the tally',
    'tally_wrong',
    (forged) => {
      ;(first(forged, 'vote.decided').tally as Json).approve = 6
    },
  ],
  [
    'one share of the two',
    'totals_wrong',
    (forged) => {
      ;(first(forged, 'vote.decided').totals as { holders: number[] }).holders.pop()
    },
  ],
  [
    'another election key',
    'election_key_wrong',
    (forged) => {
      const body = first(forged, 'election_key.made')
      body.election_key = to_base64url(flip(from_base64url(String(body.election_key))!, 9))
    },
  ],
  [
    'a key destroyed that was never to be',
    'shredding_wrong',
    (forged) => {
      const started = forged.entries.find(({ kind }) => kind === 'box.shred_started')!
      started.kind = 'box.shredded'
    },
  ],
  [
    'a lost key of a sealed box',
    'void_unfounded',
    (forged) => {
      const announced = forged.entries.find(({ kind }) => kind === 'vote.announced')!
      announced.kind = 'vote.voided'
      announced.body = { note: '', reason: 'ballot_key_lost', vote: (announced.body as Json).vote }
    },
  ],
]

/** The ballots of the first sealed box. */
function first_box() {
  const forged = { entries: entries_of(files_of(golden)), files: files_of(golden) }
  const opened = first(forged, 'vote.opened').secret as Json
  const path = `blobs/${to_hex(from_base64url(String(first(forged, 'ballot_box.sealed').box))!)}`
  return read_box(from_base64url(String(opened.context))!, ballot_bytes, forged.files.get(path)!)!
}

describe('the independent checker on secret votes', () => {
  it('verifies a whole meeting and says what is worth knowing', () => {
    const steps: number[] = []
    const report = verify_bundle(golden, null, (done, of) => steps.push(done / of))
    expect(report.findings).toEqual([])
    expect(report.ok).toBe(true)
    expect(report.checks.every(({ state }) => state === 'good')).toBe(true)
    expect(report.notices.map(({ name }) => name)).toEqual([
      'box_contested',
      'share_refused',
      'share_overridden',
    ])
    const secret = report.votes.filter((vote) => vote.secret !== null)
    expect(secret.map(({ tally }) => tally)).toEqual([
      { abstain: 0, approve: 5, not_pressed: 1, oppose: 1 },
      { abstain: 0, approve: 4, not_pressed: 1, oppose: 1 },
      null,
    ])
    expect(secret.map((vote) => vote.secret!.proofs_checked)).toEqual([true, true, false])
    expect(steps.at(-1)).toBe(1)
    expect(steps).toEqual([...steps].sort((a, b) => a - b))
    for (const notice of report.notices) {
      expect(sentence_of(notice, 'zh')).toMatch(/[一-龥]/)
    }
    structuredClone(report) // as the worker sends it
  })

  it('finds the ballot of a tracker', () => {
    const report = verify_bundle(golden)
    const [ballot] = first_box().ballots
    const tracker = tracker_of(ballot!)
    expect(tell_tracker(report, tracker).state).toBe('counted')
    expect(tell_tracker(report, '0000-0000-0000-0000').state).toBe('nowhere')
    const said: string[] = []
    const told = (typed: string) =>
      run(['bundle', golden_path, '--lang', 'zh', '--tracker', typed], (line) => said.push(line))
    expect(told(tracker.toLowerCase())).toBe(0)
    expect(said.join('\n')).toContain('并已计入结果')
    expect(told('0000-0000-0000-0000')).toBe(1)
    expect(told('abc')).toBe(2)
  })

  it('says of a public bundle what it does not show', () => {
    const files = of_kind(files_of(golden), 'public')
    const report = verify_bundle(relist(files, { kind: 'public' }))
    expect(report.findings).toEqual([])
    expect(report.notices.map(({ name }) => name)).toContain('secret_unseen')
    expect(report.checks.find(({ name }) => name === 'secret')!.state).toBe('unseen')
    expect(tell_tracker(report, '0000-0000-0000-0000').state).toBe('no_boxes')
    expect(verify_bundle(relist(files)).ok).toBe(false)
    const marked = verify_bundle(relist(new Map(files_of(golden)), { kind: 'public' }))
    expect(marked.findings.map(({ name }) => name)).toContain('file_unexpected')
  })

  it.each(forgeries)('sees through %s', (_name, finding, change) => {
    const { findings } = verify_bundle(forge(golden, change))
    const names = findings.map(({ name }) => name)
    if (finding === null) expect(names).toEqual([])
    else expect(names).toContain(finding)
    for (const one of findings) {
      expect(sentence_of(one, 'zh')).toMatch(/[一-龥]/)
      // Names stand as they were recorded.
      expect(sentence_of(one, 'en').replace(/[甲乙丙]$/, '')).not.toMatch(/[一-龥]/)
    }
  })
})

const auditor = process.env.PLENUM_AUDIT ?? place('build/release/bin/plenum-audit')
const no_auditor = process.env.PLENUM_AUDIT === undefined && !existsSync(auditor)
if (no_auditor) console.warn(`not compared with plenum-audit, which is not built: ${auditor}`)

describe.skipIf(no_auditor)('plenum-audit and the independent checker agree on secret votes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plenum-verify-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  function agree(name: string, archive: Uint8Array): boolean {
    const path = join(folder, 'bundle.plenum')
    writeFileSync(path, archive)
    const { status, error } = spawnSync(auditor, ['verify', path])
    if (error) throw error
    const { ok } = verify_bundle(archive)
    expect({ name, ok }).toEqual({ name, ok: status === 0 })
    return ok
  }

  it('as they were recorded', () => {
    expect(agree('bundle_secret_v1', golden)).toBe(true)
    const tracker = tracker_of(first_box().ballots[0]!)
    expect(spawnSync(auditor, ['verify', golden_path, '--tracker', tracker]).status).toBe(0)
    expect(spawnSync(auditor, ['verify', golden_path, '--tracker', '0000-0000-0000-0000']).status).toBe(1)
  })

  it(
    'with a flipped byte in each file that the list was made to fit',
    () => {
      for (const [path, content] of files_of(golden)) {
        if (path === 'manifest.json') continue
        const changed = new Map(files_of(golden)).set(path, flip(content, content.length >> 1))
        expect(agree(path, relist(changed))).toBe(false)
      }
    },
    patience_ms,
  )

  it(
    'with any flipped byte',
    () => {
      for (let at = 7; at < golden.length; at += 9_973)
        expect(agree(`byte ${at}`, flip(golden, at))).toBe(false)
    },
    patience_ms,
  )

  it.each(forgeries)('signed again with %s', (name, finding, change) => {
    expect(agree(name, forge(golden, change))).toBe(finding === null)
  })
})
