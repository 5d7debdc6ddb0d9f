import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { write_archive } from '../verify/src/archive'
import { concat, sha256, text_bytes, to_hex } from '../verify/src/bytes'
import type { Json } from '../verify/src/json'
import { verify_bundle } from '../verify/src/report'
import { sentence_of } from '../verify/src/words'
import { files_of, flip, forge as forge_bundle, relist } from './forged_bundle'

// Two programs in two languages that share nothing say the same of every bundle.

const patience_ms = 120_000
const place = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const golden = new Uint8Array(readFileSync(place('schemas/vectors/bundle_v1.plenum')))

/** A log with other entries, signed again by another key: only following the record finds it out. */
function forge(change: (entry: Json) => void): Uint8Array {
  return forge_bundle(golden, ({ entries }) => entries.forEach(change))
}

/** Changes the body of one entry. */
const at_entry = (seq: number, change: (body: Json) => void) => (entry: Json) => {
  if (entry.seq === seq) change(entry.body as Json)
}

const forgeries: [string, string | null, (entry: Json) => void][] = [
  ['nothing', null, () => undefined],
  [
    'a vote more',
    'tally_wrong',
    at_entry(34, (body) => (body.tally = { ...(body.tally as Json), approve: 7, oppose: 1 })),
  ],
  [
    'another verdict',
    'outcome_wrong',
    at_entry(34, (body) => ((body.outcome as Json).verdict = 'not_passed')),
  ],
  ['another press', 'tally_wrong', at_entry(25, (body) => (body.choice = 'oppose'))],
  ['a press by a stranger', 'cast_not_counted', at_entry(25, (body) => (body.person = 10))],
  ['another rule at opening', 'profile_changed', at_entry(24, (body) => (body.profile_hash = body.text))],
  ['another base', 'base_changed', at_entry(24, (body) => (body.base_members = 8))],
  ['more who left', 'left_wrong', at_entry(34, (body) => (body.left = 1))],
  ['another number', 'entry_misplaced', (entry) => entry.seq === 90 && (entry.seq = 91)],
  ['an earlier time', 'time_backwards', (entry) => entry.seq === 90 && (entry.at = 1)],
  [
    'another founding name',
    'log_start_wrong',
    at_entry(0, (body) => (body.origin = 'plenum.example/other')),
  ],
  ['a secret vote', 'secret_vote_wrong', at_entry(23, (body) => ((body.profile as Json).secrecy = 'secret'))],
]

describe('the independent checker', () => {
  it('verifies the golden bundle', () => {
    const report = verify_bundle(golden)
    expect(report.findings).toEqual([])
    expect(report.ok).toBe(true)
    expect(report.checks.every(({ state }) => state === 'good')).toBe(true)
    expect(report.votes.map(({ verdict, state }) => verdict ?? state)).toEqual([
      'passed',
      'not_passed',
      'not_passed',
      'not_passed',
      'passed',
      'adopted_no_objection',
      'passed',
      'passed',
      'voided',
      'not_passed',
      'voided',
      'not_passed',
      'prepared',
    ])
  })

  it('writes what it reads', () => {
    expect(Buffer.compare(write_archive(files_of(golden)), golden)).toBe(0)
  })

  it('compares the key with one published elsewhere', () => {
    const { vkey } = verify_bundle(golden)
    expect(verify_bundle(golden, vkey).ok).toBe(true)
    expect(verify_bundle(golden, `${vkey}x`).findings.map(({ name }) => name)).toEqual(['key_not_expected'])
  })

  it.each(forgeries)('sees through a log signed again with %s', (_name, finding, change) => {
    const { findings } = verify_bundle(forge(change))
    const names = findings.map(({ name }) => name)
    if (finding === null) expect(names).toEqual([])
    else expect(names).toContain(finding)
    for (const one of findings) {
      expect(sentence_of(one, 'zh')).toMatch(/[一-龥]/)
      expect(sentence_of(one, 'en')).not.toMatch(/[一-龥]/)
    }
  })

  it(
    'names the first thing that breaks when the list of files was made to fit',
    () => {
      const expected: [RegExp, string][] = [
        [/^blobs\//, 'blob_changed'],
        [/^checkpoint$/, 'checkpoint_unsigned'],
        [/^checkpoints\//, 'history_unsigned'],
        [/^key\.vkey$/, 'key_malformed'],
        [/^tile\/0\//, 'tile_changed'],
      ]
      for (const [path, content] of files_of(golden)) {
        if (path === 'manifest.json' || path.startsWith('tile/entries')) continue
        const changed = relist(new Map(files_of(golden)).set(path, flip(content, content.length >> 1)))
        const name = expected.find(([pattern]) => pattern.test(path))![1]
        expect(
          verify_bundle(changed).findings.map((one) => one.name),
          path,
        ).toContain(name)
      }
    },
    patience_ms,
  )

  it('refuses archives of another form', () => {
    const files = files_of(golden)
    const whole = write_archive(files).slice(0, -65)
    const sealed = (bytes: Uint8Array) => concat([bytes, text_bytes(`${to_hex(sha256(bytes))}\n`)])
    const of_bytes = (bytes: Uint8Array) => verify_bundle(bytes).findings.map(({ name }) => name)
    expect(of_bytes(sealed(whole))).toEqual([])
    expect(of_bytes(new Uint8Array(0))).toEqual(['archive_damaged'])
    expect(of_bytes(whole)).toEqual(['archive_damaged'])
    for (const changed of [
      flip(whole, 105),
      flip(whole, 0),
      whole.slice(512),
      concat([whole, new Uint8Array(512)]),
    ]) {
      expect(of_bytes(sealed(changed))).toEqual(['archive_malformed'])
    }
    const more = new Map(files).set('zzz', text_bytes('x'))
    expect(of_bytes(write_archive(more))).toEqual(['file_unlisted'])
    expect(of_bytes(relist(more))).toEqual(['file_unexpected'])
    const fewer = new Map([...files].filter(([path]) => !path.startsWith('tile/entries')))
    expect(of_bytes(write_archive(fewer))).toEqual(['file_missing'])
    expect(of_bytes(relist(fewer))).toEqual(['file_missing'])
  })
})

const auditor = process.env.PLENUM_AUDIT ?? place('build/release/bin/plenum-audit')
const no_auditor = process.env.PLENUM_AUDIT === undefined && !existsSync(auditor)
if (no_auditor) console.warn(`not compared with plenum-audit, which is not built: ${auditor}`)

describe.skipIf(no_auditor)('plenum-audit and the independent checker agree', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plenum-verify-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  function agree(name: string, archive: Uint8Array): boolean {
    const path = join(folder, 'bundle.plenum')
    writeFileSync(path, archive)
    const { status, error } = spawnSync(auditor, ['verify', path])
    if (error) throw error
    const { ok, findings } = verify_bundle(archive)
    expect({ name, ok }).toEqual({ name, ok: status === 0 })
    expect(findings.length > 0).toBe(!ok)
    return ok
  }

  it('on golden bundles', () => {
    expect(agree('bundle_v1', golden)).toBe(true)
    for (const name of ['empty', 'full', 'lie', 'small']) {
      agree(name, new Uint8Array(readFileSync(place(`tests/fuzz/corpus/bundle/${name}.plenum`))))
    }
  })

  it(
    'on any flipped byte',
    () => {
      for (let at = 3; at < golden.length; at += 1_777)
        expect(agree(`byte ${at}`, flip(golden, at))).toBe(false)
    },
    patience_ms,
  )

  it(
    'on a flipped byte in each file that the list was made to fit',
    () => {
      for (const [path, content] of files_of(golden)) {
        const changed = new Map(files_of(golden)).set(path, flip(content, content.length >> 1))
        agree(path, path === 'manifest.json' ? write_archive(changed) : relist(changed))
      }
    },
    patience_ms,
  )

  it.each(forgeries)('on a log signed again with %s', (name, finding, change) => {
    expect(agree(name, forge(change))).toBe(finding === null)
  })
})
