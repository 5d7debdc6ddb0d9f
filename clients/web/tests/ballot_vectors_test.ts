import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { ready } from '../src/ballot/sodium'
import { ballot_vectors } from './ballot_cases'

const file = fileURLToPath(new URL('../../../schemas/vectors/ballot_browser.json', import.meta.url))

describe('the vectors of the console', () => {
  beforeAll(() => ready)

  // PLENUM_WRITE_VECTORS=1 writes them anew.
  it('are what the console makes', () => {
    const text = `${JSON.stringify(ballot_vectors(), null, 1)}\n`
    if (process.env.PLENUM_WRITE_VECTORS === '1') writeFileSync(file, text)
    expect(readFileSync(file, 'utf8')).toBe(text)
  })
})
