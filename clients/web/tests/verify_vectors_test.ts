import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { read_tracker } from '../verify/src/ballot'
import { check_vectors } from '../verify/src/command_line'
import { judge } from '../verify/src/vectors'

// The independent checker on the vectors of the server and of the console.

const patience_ms = 300_000
const place = (name: string) => fileURLToPath(new URL(`../../../schemas/vectors/${name}`, import.meta.url))

const names = ['ballot_browser', 'ballot', 'ceremony', 'share', 'box', 'receipt', 'statement']
for (const name of names.map((one) => `${one}.json`)) {
  const file = place(name)
  describe(name, () => {
    it(
      'holds nothing this program sees otherwise',
      () => {
        const said: string[] = []
        expect(
          check_vectors([file], (line) => said.push(line)),
          said.join('\n'),
        ).toBe(0)
        expect(said.at(-1)).toMatch(/^[1-9][0-9]* passed, 0 failed$/)
      },
      patience_ms,
    )
  })
}

describe('the vector reader', () => {
  const browser = JSON.parse(readFileSync(place('ballot_browser.json'), 'utf8')) as {
    cases: { [name: string]: unknown }[]
  }

  it(
    'sees a verdict that is not so',
    () => {
      const [first] = browser.cases
      const lie = {
        ...browser,
        cases: [
          { ...first, expect: 'credential' },
          { ...first, tracker: 'XXXX' },
        ],
      }
      const wrong = judge(lie).filter(({ expected, found }) => expected !== found)
      expect(wrong.map(({ name }) => name)).toEqual(['abstain', 'abstain: tracker'])
    },
    patience_ms,
  )

  it('says which file it does not know', () => {
    const said: string[] = []
    expect(check_vectors([place('merkle.json')], (line) => said.push(line))).toBe(2)
    expect(check_vectors([place('nothing.json')], (line) => said.push(line))).toBe(2)
    expect(said[0]).toContain('a format this program does not know')
  })
})

describe('trackers', () => {
  it('are read as people type them', () => {
    for (const typed of [
      '01AB-CDEF-GHJK-MNPQ',
      '01abcdefghjkmnpq',
      'oiab cdef ghjk mnpq',
      ' OLAB-CDEF-GHJK-MNPQ ',
    ]) {
      expect(read_tracker(typed)).toBe('01AB-CDEF-GHJK-MNPQ')
    }
    for (const typed of ['', '01AB', '01AB-CDEF-GHJK-MNPU', '01AB-CDEF-GHJK-MNPQ-0']) {
      expect(read_tracker(typed)).toBeNull()
    }
  })
})
