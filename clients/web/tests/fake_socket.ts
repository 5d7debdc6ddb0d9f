import { CheckpointKeeper } from '../src/wire/checkpoint'
import { Connection, type LinkState, type Notification, type PendingRequest } from '../src/wire/connection'
import type { ErrorBody, HelloAnswer, RefusalCode } from '../src/wire/types'

/** The server's end of one connection, played by the test. */
export class FakeSocket {
  readonly protocol = 'plenum.v1'
  onopen: ((event: unknown) => void) | null = null
  onmessage: ((event: unknown) => void) | null = null
  onclose: ((event: unknown) => void) | null = null
  onerror: ((event: unknown) => void) | null = null
  readonly sent: { id: string; method: string; params: any }[] = []
  is_closed = false

  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }

  close(): void {
    this.is_closed = true
  }

  /** The newest request. */
  get last() {
    return this.sent.at(-1)!
  }

  say(message: unknown): void {
    this.onmessage?.({ data: JSON.stringify(message) })
  }

  answer(result: unknown): void {
    this.say({ jsonrpc: '2.0', id: this.last.id, result })
  }

  refuse(name: RefusalCode): void {
    const words = { zh: name, en: name }
    const error: ErrorBody = {
      code: 1000,
      message: name,
      data: { refusal: name, reason: words, next: words },
    }
    this.say({ jsonrpc: '2.0', id: this.last.id, error })
  }

  notify(method: string, params: unknown): void {
    this.say({ jsonrpc: '2.0', method, params })
  }

  /** Accepts the connection and answers hello. */
  welcome(changes: Partial<HelloAnswer> = {}): void {
    this.onopen?.({})
    const me = { person: 1, name: '周建国', role: 'delegate', seat: '', present_in: [], presses: [] }
    this.answer({
      protocol: 'plenum.v1',
      origin: 'test',
      vkey: '',
      checkpoint: 'test\n10\nroot\n\n— test x\n',
      seq: 10,
      at_ms: 0,
      me,
      resumed: false,
      ...changes,
    })
  }

  cut(code = 1006): void {
    this.onclose?.({ code })
  }
}

/** A connection in a world whose clock the test moves. */
export class FakeWorld {
  now = 0
  chance = 0.5
  readonly sockets: FakeSocket[] = []
  readonly links: LinkState[] = []
  readonly heard: Notification[] = []
  pending: readonly PendingRequest[] = []
  refusal: ErrorBody | null = null
  readonly stored = new Map<string, string>()
  readonly connection: Connection
  private timer: { run: () => void; at: number } | null = null

  constructor() {
    const storage = {
      getItem: (key: string) => this.stored.get(key) ?? null,
      setItem: (key: string, value: string) => void this.stored.set(key, value),
    }
    const world = {
      open_socket: () => {
        this.sockets.push(new FakeSocket())
        return this.socket
      },
      now_ms: () => this.now,
      random: () => this.chance,
      set_timer: (run: () => void, after_ms: number) => (this.timer = { run, at: this.now + after_ms }),
      clear_timer: () => (this.timer = null),
    }
    this.connection = new Connection('CODE', new CheckpointKeeper(storage), world, {
      link: (state, refusal) => {
        this.links.push(state)
        this.refusal = refusal
      },
      welcome: () => {},
      notification: (message) => this.heard.push(message),
      pending: (requests) => (this.pending = requests),
    })
  }

  get socket(): FakeSocket {
    return this.sockets.at(-1)!
  }

  get link(): LinkState {
    return this.links.at(-1)!
  }

  /** Lets time pass; timers that fall due run in order. */
  pass(ms: number): void {
    const until = this.now + ms
    while (this.timer && this.timer.at <= until) {
      const { run, at } = this.timer
      this.timer = null
      this.now = at
      run()
    }
    this.now = until
  }

  /** Connected, with a snapshot as of entry 10. */
  connected(): this {
    this.connection.start()
    this.socket.welcome()
    this.socket.notify('snapshot', { seq: 10, at_ms: 0, me: {}, sittings: [], votes: [] })
    return this
  }
}
