import { ready } from '../ballot/sodium'
import { browser_vault, erase_kept, read_kept } from '../ballot/vault'
import { digest_to_hex } from '../wire/digest'
import type { Digest } from '../wire/types'
import { Holder } from './holder'
import type { DeskAnswer, DeskAsk, FromWorker, HolderRequest, ToWorker } from './messages'

// The seed, the shares and the secrets of a ceremony live in this thread only, and everything is verified
// here, so that the page stays awake meanwhile.

const document_bytes_max = 1024 * 1024
const claim_patience_ms = 3_000 // The page before a reload lets go of its lock a moment later.

const asked = new Map<number, (answer: DeskAnswer) => void>()
let next_ask = 1

function say(message: FromWorker): void {
  self.postMessage(message)
}

function ask_page(what: DeskAsk): Promise<DeskAnswer> {
  const ask = next_ask++
  return new Promise((resolve) => {
    asked.set(ask, resolve)
    say({ kind: 'desk', ask, what })
  })
}

async function fetch_document(digest: Digest): Promise<Uint8Array | null> {
  try {
    const answer = await fetch(`/documents/${digest_to_hex(digest)}`)
    const bytes = answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null
    return bytes !== null && bytes.length <= document_bytes_max ? bytes : null
  } catch {
    return null
  }
}

/** Two pages that each know half of what was given could give twice: one of them works at a time. */
async function claim(member: string): Promise<boolean> {
  const signal = AbortSignal.timeout(claim_patience_ms)
  return await new Promise((resolve) => {
    const hold = () => {
      resolve(true)
      return new Promise<void>(() => {}) // Until this thread ends.
    }
    navigator.locks.request(`plenum key holder ${member}`, { signal }, hold).catch(() => resolve(false))
  })
}

const holder = new Holder({
  async act(method, params) {
    const answer = await ask_page({ method, params })
    return 'refused' in answer ? answer.refused : null
  },
  async ask(method, params) {
    const answer = await ask_page({ method, params })
    return 'refused' in answer ? null : (answer.result as never)
  },
  document: fetch_document,
  shelf: { read: read_kept, write: (name, bytes) => browser_vault.write(name, bytes), erase: erase_kept },
  now_ms: () => performance.now(),
  now_s: () => Math.floor(Date.now() / 1000),
  claim,
  show: (state) => say({ kind: 'state', state }),
})

async function answer(request: HolderRequest): Promise<void> {
  const { id } = request
  try {
    await ready
  } catch {
    return say({ kind: 'answer', id, answer: 'library_failed' })
  }
  // Without these nothing can be kept, or two pages could give twice: HTTPS has them, plain HTTP has not.
  if (!globalThis.crypto?.subtle || !navigator.locks) return say({ kind: 'answer', id, answer: 'insecure' })
  say({ kind: 'answer', id, answer: await holder.answer(request) })
}

let before: Promise<void> = Promise.resolve()

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind !== 'desk') {
    before = before.then(() => answer(data))
    return
  }
  asked.get(data.ask)?.(data.answer)
  asked.delete(data.ask)
})
