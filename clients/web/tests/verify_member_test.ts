import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { from_base64url, sha256, to_base64url, to_hex } from '../verify/src/bytes'
import { run } from '../verify/src/command_line'
import type { Json } from '../verify/src/json'
import { verify_bundle } from '../verify/src/report'
import { tell_tracker } from '../verify/src/tracker'
import { check_title, sentence_of } from '../verify/src/words'
import { files_of, flip, forge, of_kind, relist, type Forged } from './forged_bundle'

// What a member takes home after a meeting: the boxes, in which a tracker is found, and no lists.

const patience_ms = 300_000
const place = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const auditors = new Uint8Array(readFileSync(place('schemas/vectors/bundle_secret_v1.plenum')))
const members = relist(of_kind(files_of(auditors), 'member'), { kind: 'member' })

function first(forged: Forged, kind: string): Json {
  return forged.entries.find((entry) => entry.kind === kind)!.body as Json
}

/** Another box under the entry that sealed the first one. */
function change_box(forged: Forged, change: (content: Uint8Array) => Uint8Array): void {
  const body = first(forged, 'ballot_box.sealed')
  const path = `blobs/${to_hex(from_base64url(String(body.box))!)}`
  const content = change(forged.files.get(path)!)
  forged.files.delete(path)
  forged.files.set(`blobs/${to_hex(sha256(content))}`, content)
  body.box = to_base64url(sha256(content))
}

const forgeries: [string, string[], (forged: Forged) => void][] = [
  ['nothing', [], () => undefined],
  [
    'a byte of a ballot changed in its box',
    ['box_changed', 'ballot_wrong'],
    (forged) => change_box(forged, (content) => flip(content, content.length - 60)),
  ],
  [
    'a box that ends too early',
    ['box_changed'],
    (forged) => change_box(forged, (content) => content.subarray(0, -1)),
  ],
  [
    'another root of the box',
    ['box_changed'],
    (forged) => {
      const body = first(forged, 'ballot_box.sealed')
      body.root = body.box
    },
  ],
  [
    'totals the shares do not open',
    ['totals_wrong'],
    (forged) => {
      const totals = first(forged, 'vote.decided').totals as { values: number[] }
      totals.values = totals.values.map((value) => value + 1)
    },
  ],
]

describe('the independent checker on a member’s bundle', () => {
  it('looks at every ballot, and says what it was not shown', () => {
    const report = verify_bundle(members)
    expect(report.findings).toEqual([])
    expect(report.kind).toBe('member')
    expect(report.has_boxes).toBe(true)
    expect(report.checks.every(({ state }) => state === 'good')).toBe(true)
    expect(report.votes.map(({ secret }) => secret?.proofs_checked)).toEqual([true, true, undefined, false])
    const tallies = verify_bundle(auditors).votes.map(({ tally }) => tally)
    expect(report.votes.map(({ tally }) => tally)).toEqual(tallies)
    const unseen = report.notices.find(({ name }) => name === 'lists_unseen')!
    expect(sentence_of(unseen, 'zh')).toMatch(/名单/)
    expect(check_title('secret', 'member').en).not.toMatch(/lists|confirmations/)
    expect(check_title('secret', 'auditor').en).toMatch(/lists, confirmations/)
  })

  it('finds the tracker of every ballot an auditor finds', () => {
    const report = verify_bundle(members)
    const { trackers } = verify_bundle(auditors)
    expect(trackers.size).toBe(11)
    expect(report.trackers).toEqual(trackers)
    for (const tracker of trackers.keys()) expect(tell_tracker(report, tracker).state).toBe('counted')
    expect(tell_tracker(report, '0000-0000-0000-0000').state).toBe('nowhere')
  })

  it('is no auditor’s bundle, no public one, and none of an unknown kind', () => {
    const names = (kind: string) =>
      verify_bundle(relist(new Map(files_of(members)), { kind })).findings.map(({ name }) => name)
    expect(names('auditor')).toContain('file_missing')
    expect(names('public')).toContain('file_unexpected')
    expect(names('delegate')).toEqual(['manifest_malformed'])
    const filled = verify_bundle(relist(new Map(files_of(auditors)), { kind: 'member' }))
    expect(new Set(filled.findings.map(({ name }) => name))).toEqual(new Set(['file_unexpected']))
  })

  it.each(forgeries)('sees through %s', (_name, expected, change) => {
    const { findings } = verify_bundle(forge(members, change))
    const names = findings.map(({ name }) => name)
    if (expected.length === 0) expect(names).toEqual([])
    else expect(names).toEqual(expect.arrayContaining(expected))
  })
})

const auditor = process.env.PLENUM_AUDIT ?? place('build/release/bin/plenum-audit')
const no_auditor = process.env.PLENUM_AUDIT === undefined && !existsSync(auditor)
if (no_auditor) console.warn(`not compared with plenum-audit, which is not built: ${auditor}`)

describe.skipIf(no_auditor)('plenum-audit and the independent checker agree on a member’s bundle', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plenum-verify-'))
  const path = join(folder, 'bundle.plenum')
  afterAll(() => rmSync(folder, { recursive: true }))

  function agree(name: string, archive: Uint8Array, tracker: string[] = []): boolean {
    writeFileSync(path, archive)
    const { status, error } = spawnSync(auditor, ['verify', path, ...tracker])
    if (error) throw error
    const code = run(['bundle', path, ...tracker], () => undefined)
    expect({ name, code }).toEqual({ name, code: status })
    return code === 0
  }

  it('and on where a ballot is', () => {
    const [tracker] = verify_bundle(members).trackers.keys()
    expect(agree('as it is', members)).toBe(true)
    expect(agree('a ballot', members, ['--tracker', tracker!])).toBe(true)
    expect(agree('no ballot', members, ['--tracker', '0000-0000-0000-0000'])).toBe(false)
  })

  it(
    'with a flipped byte in each file that the list was made to fit, and anywhere',
    () => {
      for (const [name, content] of files_of(members)) {
        if (name === 'manifest.json') continue
        const changed = new Map(files_of(members)).set(name, flip(content, content.length >> 1))
        expect(agree(name, relist(changed))).toBe(false)
      }
      for (let at = 7; at < members.length; at += 19_937)
        expect(agree(`byte ${at}`, flip(members, at))).toBe(false)
    },
    patience_ms,
  )

  it.each(forgeries)('signed again with %s', (name, expected, change) => {
    expect(agree(name, forge(members, change))).toBe(expected.length === 0)
  })
})
