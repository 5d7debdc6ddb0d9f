import { Answering } from './answering'
import type { BallotReply, BallotRequest } from './messages'
import { ready } from './sodium'
import { browser_vault } from './vault'

// Choices and randomness live in this thread only: the page sends a choice in and gets a ballot back.

const answering = new Answering(browser_vault)
let before: Promise<void> = ready.catch(() => undefined)

function reply(answered: BallotReply): void {
  self.postMessage(answered)
}

async function answer(request: BallotRequest): Promise<void> {
  try {
    await ready
  } catch {
    return reply({ id: request.id, answer: { ok: false, refusal: 'library_failed' } })
  }
  reply(await answering.answer(request))
}

self.addEventListener('message', ({ data }: MessageEvent<BallotRequest>) => {
  before = before.then(() => answer(data))
})
