// Two checkers that share nothing look at the same lies: every forged record of a secret vote that the tests
// of plenum-audit hold against it is also shown to the checker of the pages (clients/web/verify).
// PLENUM_AUDIT_TESTS: the test program of the auditor.
import { strict as assert } from 'node:assert'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { load_forger } from './checker.mjs'

const folder = mkdtempSync(join(tmpdir(), 'plenum-forgeries-'))
after(() => rmSync(folder, { recursive: true }))
let lies = []

before(() => {
  const program = process.env.PLENUM_AUDIT_TESTS
  const done = spawnSync(program, ['-t', 'secret_*,console_builds*'], {
    env: { ...process.env, PLENUM_FORGERIES: folder },
    encoding: 'utf8',
  })
  assert.equal(done.status, 0, done.stdout + done.stderr)
  const rows = readFileSync(join(folder, 'lies.tsv'), 'utf8').trimEnd().split('\n')
  lies = rows.map((row) => row.split('\t')).map(([file, what, found]) => ({ file, what, found }))
})

/** What is the auditor's alone to follow: who is on record, and votes with names. */
const not_followed = ['a code issued for nobody on record', 'a console of nobody', 'not secret']

test('the checker of the pages rejects every lie that the auditor rejects', async () => {
  const { verify_bundle } = await load_forger()
  assert.ok(lies.length > 100, `${lies.length} lies`)
  const believed = lies.filter(({ file }) => verify_bundle(readFileSync(join(folder, file))).ok)
  assert.deepEqual(believed.map(({ what }) => what).sort(), not_followed)
})
