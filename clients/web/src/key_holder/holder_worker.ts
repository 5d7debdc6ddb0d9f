import type {
  DeskAnswer,
  DeskAsk,
  FromWorker,
  HolderRequestKind,
  HolderRequests,
  HolderState,
} from './messages'

/** The page's end of the conversation with its key holder's worker. */
export class HolderWorker {
  private readonly worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  private readonly waiting = new Map<number, (answer: unknown) => void>()
  private next_id = 1

  /** `serve` speaks to the server for it, `show` draws what it tells. */
  constructor(
    private readonly serve: (what: DeskAsk) => Promise<DeskAnswer>,
    private readonly show: (state: HolderState) => void,
  ) {
    this.worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => void this.hear(data))
  }

  /** A passphrase in it is handed over: the page's array is empty afterwards. */
  ask<Kind extends HolderRequestKind>(
    kind: Kind,
    asked: HolderRequests[Kind]['ask'],
  ): Promise<HolderRequests[Kind]['answer']> {
    const id = this.next_id++
    const secret = 'passphrase' in asked ? [asked.passphrase.buffer as ArrayBuffer] : []
    return new Promise((resolve) => {
      this.waiting.set(id, (answer) => resolve(answer as HolderRequests[Kind]['answer']))
      this.worker.postMessage({ id, kind, ...asked }, secret)
    })
  }

  private async hear(message: FromWorker): Promise<void> {
    if (message.kind === 'state') return this.show(message.state)
    if (message.kind === 'answer') {
      this.waiting.get(message.id)?.(message.answer)
      this.waiting.delete(message.id)
      return
    }
    const answer = await this.serve(message.what)
    this.worker.postMessage({ kind: 'desk', ask: message.ask, answer })
  }
}
