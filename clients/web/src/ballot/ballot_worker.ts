import type { BallotReply, BallotRequestKind, BallotRequests } from './messages'
import type { Answer } from './voter'

/** What this needs of a Worker. */
export type WorkerLike = {
  postMessage(message: unknown, transfer: Transferable[]): void
  addEventListener(kind: 'message', heard: (event: MessageEvent<BallotReply>) => void): void
  terminate(): void
}

/** The page's end of the conversation with its ballot worker. */
export class BallotWorker {
  private readonly waiting = new Map<number, (reply: BallotReply) => void>()
  private next_id = 1

  constructor(private readonly worker: WorkerLike) {
    worker.addEventListener('message', ({ data }) => {
      this.waiting.get(data.id)?.(data)
      this.waiting.delete(data.id)
    })
  }

  /** In a thread of its own. */
  static start(): BallotWorker {
    return new BallotWorker(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }))
  }

  /** A `choice` in it is handed over: the page's array is empty afterwards. */
  ask<Kind extends BallotRequestKind>(
    kind: Kind,
    asked: BallotRequests[Kind]['ask'],
  ): Promise<Answer<BallotRequests[Kind]['answer']>> {
    const id = this.next_id++
    const secret = 'choice' in asked ? asked.choice : null
    return new Promise((resolve) => {
      this.waiting.set(id, ({ answer }) => resolve(answer as Answer<BallotRequests[Kind]['answer']>))
      this.worker.postMessage({ id, kind, ...asked }, secret === null ? [] : [secret.buffer as ArrayBuffer])
    })
  }

  /** Ends the thread, and every secret with it. */
  stop(): void {
    this.worker.terminate()
  }
}
