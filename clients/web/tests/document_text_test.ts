import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { webcrypto } from 'node:crypto'
import { fetch_vote_text } from '../src/session/document_text'
import type { Session } from '../src/session/session.svelte'

// Made by the server's own rules: the private value of this text under the salt of sixteen bytes 0xab.
const text = '任命李四为秘书长。'
const answer = {
  seq: 1,
  media_type: 'text/plain',
  content: '5Lu75ZG95p2O5Zub5Li656eY5Lmm6ZW_44CC',
  salt: 'q6urq6urq6urq6urq6urqw',
}
const digest = 'NQGnSHuXS3KG8lRBcbNOuvhi8qySHXeh5ICyx3yMyjE'
const vote = { item: 32, text: digest, text_is_private: true }

/** A session whose server answers document.read like this. */
function session_with(question: () => Promise<unknown>): Session {
  return { question: vi.fn(question) } as unknown as Session
}

describe('what is put to the vote on a closed item', () => {
  beforeEach(() => void vi.stubGlobal('crypto', webcrypto))
  afterEach(() => void vi.unstubAllGlobals())

  it('is asked for once, and compared with what the record names', async () => {
    const session = session_with(() => Promise.resolve(answer))
    for (let times = 0; times < 2; times++)
      expect(await fetch_vote_text(session, vote)).toEqual({ text, is_genuine: true })
    expect(session.question).toHaveBeenCalledTimes(1)
    expect(session.question).toHaveBeenCalledWith('document.read', { item: 32, document: digest })
  })

  it('is not genuine with other words or another salt', async () => {
    for (const other of [{ content: 'eA' }, { salt: 'AAurq6urq6urq6urq6urqw' }]) {
      const session = session_with(() => Promise.resolve({ ...answer, ...other }))
      expect((await fetch_vote_text(session, vote)).is_genuine).toBe(false)
    }
  })

  it('is asked for again after a refusal, and by the next person at the screen', async () => {
    const refusing = session_with(() => Promise.reject(new Error('no')))
    await expect(fetch_vote_text(refusing, vote)).rejects.toThrow('no')
    await expect(fetch_vote_text(refusing, vote)).rejects.toThrow('no')
    expect(refusing.question).toHaveBeenCalledTimes(2)
  })
})

describe('what is put to the vote on any other item', () => {
  afterEach(() => void vi.unstubAllGlobals())

  it('is fetched as a file', async () => {
    const fetch = vi.fn(() => Promise.resolve(new Response('公开')))
    vi.stubGlobal('fetch', fetch)
    const session = session_with(() => Promise.reject(new Error('not asked')))
    const open = { item: 32, text: digest, text_is_private: false }
    expect((await fetch_vote_text(session, open)).text).toBe('公开')
    expect(fetch).toHaveBeenCalledTimes(1)
  })
})
