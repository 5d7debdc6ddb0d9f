import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CheckpointKeeper, read_checkpoint } from '../src/wire/checkpoint'
import { digest_to_hex, sha256_hex } from '../src/wire/digest'
import { new_request_id } from '../src/wire/request_id'

describe('request ids', () => {
  it('fit the rule of the wire and never repeat', () => {
    const ids = Array.from({ length: 1000 }, new_request_id)
    expect(new Set(ids).size).toBe(1000)
    for (const id of ids) expect(id).toMatch(/^[!-~]{1,64}$/)
  })
})

describe('digests', () => {
  it('are base64url on the wire and hex in addresses', async () => {
    for (let i = 0; i < 50; i++) {
      const hash = createHash('sha256').update(String(i))
      expect(digest_to_hex(hash.copy().digest('base64url'))).toBe(hash.digest('hex'))
    }
    const bytes = new TextEncoder().encode('abc').buffer as ArrayBuffer
    expect(await sha256_hex(bytes)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})

describe('checkpoints', () => {
  const note = (origin: string, size: number) => `${origin}\n${size}\nroot\n\n— ${origin} sig\n`

  function keeper() {
    const stored = new Map<string, string>()
    return new CheckpointKeeper({
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
    })
  }

  it('say the name and the size of the log', () => {
    expect(read_checkpoint(note('plenum.example/1', 42))).toEqual({ origin: 'plenum.example/1', size: 42 })
    for (const bad of ['', 'x', 'x\n-1\n', 'x\n01\n', 'x\nmany\n']) expect(read_checkpoint(bad)).toBeNull()
  })

  it('are kept while they grow, never replaced by an older one', () => {
    const kept = keeper()
    kept.keep(note('a', 10))
    kept.keep(note('a', 12))
    kept.keep(note('a', 11))
    kept.keep('nonsense')
    expect(kept.newest()).toBe(note('a', 12))
  })

  it('of another log take their place', () => {
    const kept = keeper()
    kept.keep(note('a', 10))
    kept.keep(note('b', 3))
    expect(kept.newest()).toBe(note('b', 3))
  })

  it('are done without when the browser forbids storage', () => {
    const forbid = () => {
      throw new Error('forbidden')
    }
    const keeper = new CheckpointKeeper({ getItem: forbid, setItem: forbid })
    keeper.keep(note('a', 10))
    expect(keeper.newest()).toBeNull()
    expect(new CheckpointKeeper(null).newest()).toBeNull()
  })
})
