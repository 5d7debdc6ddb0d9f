import { ed25519 } from '@noble/curves/ed25519.js'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { from_base64url, Said, sha256, text_bytes, to_base64url } from '../verify/src/bytes'
import { record_id } from '../verify/src/ids'
import type { Json } from '../verify/src/json'
import { verify_bundle } from '../verify/src/report'
import { flip, forge, type Forged } from './forged_bundle'

// Pinned console programs and erased shares in a bundle: two programs that share nothing say the same.

const place = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const golden = new Uint8Array(readFileSync(place('schemas/vectors/bundle_secret_v1.plenum')))

/** The body of the first entry of a kind. */
function first(forged: Forged, kind: string): Json {
  return forged.entries.find((entry) => entry.kind === kind)!.body as Json
}

/** One more entry after the last. */
function append({ entries }: Forged, actor: string, kind: string, body: Json): void {
  const last = entries.at(-1)!
  entries.push({ ...last, actor, body, id: `x${entries.length}`, kind, seq: entries.length })
}

const pin = 'console_builds.pinned'
const origin = 'plenum.example/assembly-2026'
const [meeting, program] = [8, to_base64url(sha256(text_bytes('a console program')))]
const pinned = (builds: string[]) => ({ builds, decided_by: '主任会议', meeting })

/** The first holder's statement, whose key the tests know. */
function erased(forged: Forged): Json {
  const key_holders = first(forged, 'election_key.made').key_holders
  const said = new Said('plenum/share-erased/v1')
    .text(origin)
    .raw(record_id(origin, 'meeting.created', meeting))
    .raw(from_base64url(String(key_holders))!)
    .u32(1)
  const seed = new Uint8Array(32).fill(1, 0, 1)
  const statement = to_base64url(ed25519.sign(said.bytes(), seed))
  return { holder: 13, key_holders, meeting, statement }
}

function end_meeting(forged: Forged): void {
  append(forged, 'chair:11', 'sitting.closed', { sitting: 9 })
  append(forged, 'secretary:1', 'meeting.closed', { meeting })
  append(forged, 'secretary:1', 'meeting.archived', { meeting })
}

const forgeries: [string, string | null, (forged: Forged) => void][] = [
  [
    'programs pinned after the last vote',
    null,
    (forged) => append(forged, 'secretary:1', pin, pinned([program])),
  ],
  [
    'a program pinned twice',
    'builds_wrong',
    (forged) => append(forged, 'secretary:1', pin, pinned([program, program])),
  ],
  [
    'a program pinned while a box waits to be opened',
    'builds_wrong',
    (forged) => {
      const contested = forged.entries.find(({ kind }) => kind === 'box.contested')!
      Object.assign(contested, { actor: 'secretary:1', body: pinned([program]), kind: pin })
    },
  ],
  [
    'a program pinned for a meeting that is over',
    'builds_wrong',
    (forged) => {
      end_meeting(forged)
      append(forged, 'secretary:1', pin, pinned([program]))
    },
  ],
  [
    'a share erased when the meeting is over',
    null,
    (forged) => {
      end_meeting(forged)
      append(forged, 'key_holder:13', 'share.erased', erased(forged))
    },
  ],
  [
    'a share erased before the meeting is over',
    'erasure_wrong',
    (forged) => append(forged, 'key_holder:13', 'share.erased', erased(forged)),
  ],
  [
    'an erasure with a bit of its signature changed',
    'erasure_wrong',
    (forged) => {
      end_meeting(forged)
      const body = erased(forged)
      body.statement = to_base64url(flip(from_base64url(String(body.statement))!, 9))
      append(forged, 'key_holder:13', 'share.erased', body)
    },
  ],
  [
    'one holder’s erasure told as another one’s',
    'erasure_wrong',
    (forged) => {
      end_meeting(forged)
      append(forged, 'key_holder:14', 'share.erased', { ...erased(forged), holder: 14 })
    },
  ],
  [
    'an erasure told twice',
    'erasure_wrong',
    (forged) => {
      end_meeting(forged)
      append(forged, 'key_holder:13', 'share.erased', erased(forged))
      append(forged, 'key_holder:13', 'share.erased', erased(forged))
    },
  ],
]

describe('the independent checker on pinned programs and erased shares', () => {
  it('notices consoles that ran another program than was pinned at the opening', () => {
    const with_pin = (builds: string[]) =>
      forge(golden, ({ entries }) => {
        // The last secret vote is opened after this one, which is not missed.
        const announced = entries.filter(({ kind }) => kind === 'vote.announced').at(-1)!
        Object.assign(announced, { actor: 'secretary:1', body: pinned(builds), kind: pin })
      })
    const told = (builds: string[]) => {
      const { findings, notices } = verify_bundle(with_pin(builds))
      expect(findings).toEqual([])
      return notices.filter(({ name }) => name === 'build_other').map(({ detail }) => detail.en)
    }
    expect(told([program])).toEqual(['5 / 5'])
    const ran = to_base64url(sha256(text_bytes("the console's program")))
    expect(told([program, ran])).toEqual([])
  })

  it.each(forgeries)('sees through %s', (_name, finding, change) => {
    const names = verify_bundle(forge(golden, change)).findings.map(({ name }) => name)
    // What holders cosigned after a change is not this record any more, wherever it was changed.
    const others = names.filter((name) => name !== 'cosignature_wrong')
    expect(others).toEqual(finding === null ? [] : [finding])
  })
})

const auditor = process.env.PLENUM_AUDIT ?? place('build/release/bin/plenum-audit')
const no_auditor = process.env.PLENUM_AUDIT === undefined && !existsSync(auditor)

describe.skipIf(no_auditor)('plenum-audit agrees', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plenum-verify-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each(forgeries)('on %s', (_name, finding, change) => {
    const path = join(folder, 'bundle.plenum')
    writeFileSync(path, forge(golden, change))
    const { status, error } = spawnSync(auditor, ['verify', path])
    if (error) throw error
    expect(status === 0).toBe(finding === null)
  })
})
