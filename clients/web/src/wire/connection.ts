import { reconnect_delay_ms } from './backoff'
import type { CheckpointKeeper } from './checkpoint'
import { new_request_id } from './request_id'
import { ResumePoint } from './resume_point'
import type { ErrorBody, Hello, HelloAnswer, Notifications, Requests } from './types'

export const wire_protocol = 'plenum.v1'

/** Close code of a server that let the same person in elsewhere. */
const closed_replaced = 4001
const answer_timeout_ms = 10_000
const silence_ms = 10_000
const busy_retry_ms = 1000

/** The request that only wants to hear an answer, whatever it says. */
const life_sign: Method = 'ping'

/** What a person is shown about the link. `refused` and `replaced` end it; all others mend themselves. */
export type LinkState = 'connecting' | 'open' | 'waiting' | 'refused' | 'replaced' | 'stopped'

export type Method = keyof Requests
export type Notification = {
  [M in keyof Notifications]: { method: M; params: Notifications[M] }
}[keyof Notifications]

/** A request that has no answer yet. It is sent again, under the same id, until it has one. */
export interface PendingRequest {
  readonly id: string
  readonly method: string
  readonly params: unknown
}

/** The server's "no" to a request, with its words. */
export class RequestRefused extends Error {
  constructor(readonly body: ErrorBody) {
    super(body.message)
  }
}

/** The part of WebSocket that is used, so that tests can stand in for it. */
export interface SocketLike {
  readonly protocol: string
  onopen: ((event: any) => void) | null
  onmessage: ((event: any) => void) | null
  onclose: ((event: any) => void) | null
  onerror: ((event: any) => void) | null
  send(text: string): void
  close(code?: number): void
}

/** The world outside, replaced in tests. */
export interface Surroundings {
  open_socket(): SocketLike
  now_ms(): number
  random(): number
  set_timer(run: () => void, after_ms: number): unknown
  clear_timer(timer: unknown): void
}

export interface Listener {
  link(state: LinkState, refusal: ErrorBody | null): void
  welcome(answer: HelloAnswer): void
  notification(message: Notification): void
  pending(requests: readonly PendingRequest[]): void
}

interface Queued extends PendingRequest {
  settle(result: unknown): void
  refuse(error: RequestRefused): void
}

/**
 * One person's line to the server: says hello, keeps the line up, and carries each request exactly once
 * into the record however often the line breaks. One request is under way at a time, as the server reads
 * them.
 */
export class Connection {
  private socket: SocketLike | null = null
  private link_state: LinkState = 'stopped'
  private hello_id = ''
  private queue: Queued[] = []
  private under_way = false
  private failures = 0
  private readonly resume = new ResumePoint()
  private timer: unknown = null // Of the one thing waited for: answer, silence, or the next attempt.

  constructor(
    private readonly code: string,
    private readonly checkpoints: CheckpointKeeper,
    private readonly world: Surroundings,
    private readonly listener: Listener,
  ) {}

  start(): void {
    this.dial()
  }

  stop(): void {
    this.hang_up()
    this.change_link('stopped')
  }

  /** Tries at once instead of waiting: the network came back, or the person asked. */
  nudge(): void {
    if (this.link_state === 'waiting') this.dial()
  }

  /** `id` is given by those who may ask the same again later and want the same answer. */
  request<M extends Method>(
    method: M,
    params: Requests[M]['params'],
    id = new_request_id(),
  ): Promise<Requests[M]['result']> {
    return new Promise((resolve, reject) => {
      const settle = (result: unknown) => resolve(result as Requests[M]['result'])
      this.queue.push({ id, method, params, settle, refuse: reject })
      this.tell_pending()
      this.pump()
    })
  }

  private change_link(state: LinkState, refusal: ErrorBody | null = null): void {
    this.link_state = state
    this.listener.link(state, refusal)
  }

  private tell_pending(): void {
    this.listener.pending(
      this.queue.filter((request) => request.method !== life_sign).map((request) => request),
    )
  }

  private wait(after_ms: number, run: () => void): void {
    this.world.clear_timer(this.timer)
    this.timer = this.world.set_timer(run, after_ms)
  }

  private dial(): void {
    this.hang_up()
    this.change_link('connecting')
    const socket = this.world.open_socket()
    this.socket = socket
    socket.onopen = () => this.say_hello()
    socket.onmessage = (event) => this.hear(event.data)
    socket.onclose = (event) => this.lost(event?.code)
    socket.onerror = () => {} // onclose follows, and is where it is dealt with.
    this.wait(answer_timeout_ms, () => this.lost())
  }

  private hang_up(): void {
    this.world.clear_timer(this.timer)
    const socket = this.socket
    this.socket = null
    this.under_way = false
    this.resume.cut()
    if (!socket) return
    socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null
    socket.close()
  }

  private lost(close_code?: number): void {
    this.hang_up()
    // A request made only to hear an answer has done its work.
    this.queue = this.queue.filter((request) => request.method !== life_sign)
    if (close_code === closed_replaced) return this.change_link('replaced')
    this.change_link('waiting')
    this.wait(reconnect_delay_ms(this.failures++, this.world.random), () => this.dial())
  }

  private say_hello(): void {
    this.hello_id = new_request_id()
    const params: Hello = {
      code: this.code,
      since: this.resume.since,
      checkpoint: this.checkpoints.newest(),
    }
    this.send(this.hello_id, 'hello', params)
  }

  private send(id: string, method: string, params: unknown): void {
    this.socket?.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }))
    this.wait(answer_timeout_ms, () => this.lost())
  }

  private pump(): void {
    const next = this.queue[0]
    if (this.link_state !== 'open' || this.under_way) return
    if (!next) return this.wait(silence_ms, () => this.ask_for_life())
    this.under_way = true
    this.send(next.id, next.method, next.params)
  }

  /**
   * Browsers do not tell a page when a link has silently died, and a console that says "connected" must
   * mean it. Whatever the server answers to this is proof of life.
   */
  private ask_for_life(): void {
    const done = () => {}
    this.queue.push({ id: new_request_id(), method: life_sign, params: {}, settle: done, refuse: done })
    this.pump()
  }

  private hear(text: string): void {
    const message = JSON.parse(text)
    if (message.method) {
      const { params } = message
      this.resume.heard(params.seq, this.world.now_ms())
      if (message.method === 'snapshot') this.resume.snapshot(params.seq)
      this.listener.notification(message)
    } else if (message.id === this.hello_id) {
      this.hello_answered(message)
    } else if (message.id === this.queue[0]?.id) {
      this.resume.heard(null, this.world.now_ms())
      this.answered(message)
    }
    if (this.link_state === 'open' && !this.under_way) this.pump()
  }

  private hello_answered(message: { result?: HelloAnswer; error?: ErrorBody }): void {
    const { result, error } = message
    if (error) {
      if (error.data.refusal === 'busy') return this.lost()
      this.hang_up()
      return this.change_link('refused', error)
    }
    if (!result) return
    this.failures = 0
    this.checkpoints.keep(result.checkpoint)
    this.listener.welcome(result)
    this.change_link('open')
  }

  private answered(message: { result?: unknown; error?: ErrorBody }): void {
    this.under_way = false
    const { result, error } = message
    if (error?.data.refusal === 'busy') {
      // Not recorded: the same request goes out again after a moment, under its own id.
      this.under_way = true
      this.wait(busy_retry_ms * (0.5 + this.world.random()), () => {
        this.under_way = false
        this.pump()
      })
      return
    }
    const request = this.queue.shift()!
    this.tell_pending()
    if (error) request.refuse(new RequestRefused(error))
    else request.settle(result)
  }
}
