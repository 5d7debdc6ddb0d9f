import { Answering } from './answering'
import type { BallotReply, BallotRequest } from './messages'
import { ready } from './sodium'

// Choices and randomness live in this thread only: the page sends a choice in and gets a ballot back.

const answering = new Answering()

function reply(answered: BallotReply): void {
  self.postMessage(answered)
}

self.addEventListener('message', ({ data }: MessageEvent<BallotRequest>) => {
  ready.then(
    () => reply(answering.answer(data)),
    () => reply({ id: data.id, answer: { ok: false, refusal: 'library_failed' } }),
  )
})
