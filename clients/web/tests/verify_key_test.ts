import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { read_vkey, to_vkey } from '../verify/src/note'

/** The key of a log as it publishes it: `name+id+base64`. */
function spelled(name: string, public_key: Uint8Array): string {
  const key = Uint8Array.of(1, ...public_key)
  const id = createHash('sha256').update(`${name}\n`).update(key).digest('hex').slice(0, 8)
  return `${name}+${id}+${Buffer.from(key).toString('base64')}`
}

it('a key is read whatever digits its base64 has', () => {
  for (const byte of [0x00, 0x3e, 0xfb, 0xff]) {
    const text = spelled('plenum.example/log', new Uint8Array(32).fill(byte))
    const key = read_vkey(text)
    expect(key && to_vkey(key), text).toBe(text)
  }
  const text = spelled('plenum.example/log', new Uint8Array(32).fill(0xfb))
  expect(text.split('+').length).toBeGreaterThan(3) // A plus is one of those digits.
  expect(read_vkey(`${text} `)).toBe(null)
  expect(read_vkey(text.replace('plenum', 'p+lenum'))).toBe(null)
})
