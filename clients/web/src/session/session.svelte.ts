import { apply_message, empty_chamber, type ChamberState, type Message } from '../state/chamber'
import { ServerClock } from '../state/clock'
import { may_use, page_of } from '../state/rights'
import {
  Connection,
  RequestRefused,
  type LinkState,
  type Method,
  type Notification,
  type PendingRequest,
} from '../wire/connection'
import type {
  Choice,
  ErrorBody,
  HelloAnswer,
  RefusalCode,
  Requests,
  RollProgress,
  VoteId,
} from '../wire/types'
import { in_words } from '../messages/words.svelte'
import { kept_code, leave } from './access'
import { browser_checkpoints, browser_surroundings } from './browser'

const life_sign_every_ms = 1000

/** A refusal as it is shown: what it was about, the reason, and what to do next. */
export interface ShownRefusal {
  method: string
  reason: string
  next: string
  /** what somebody entitled to may decide to set aside; null where nobody can */
  may_be_set_aside: RefusalCode | null
  /** Asks again with who decided otherwise, and why; null where this page cannot. */
  set_aside: ((by: Decision) => void) | null
}

/** Who decided something, and why. */
export interface Decision {
  decided_by: string
  reason: string
}

export function shown(method: string, body: ErrorBody): ShownRefusal {
  const { reason, next, expected, refusal, may_be_set_aside } = body.data
  return {
    method,
    reason: reason ? in_words(reason) : (expected ?? body.message),
    next: next ? in_words(next) : '',
    may_be_set_aside: refusal && may_be_set_aside ? refusal : null,
    set_aside: null,
  }
}

/** What a page knows and may ask: the connection, turned into values that the screens follow. */
export class Session {
  chamber: ChamberState = $state.raw(empty_chamber)
  link: LinkState = $state('connecting')
  has_snapshot = $state(false)
  pending: readonly PendingRequest[] = $state.raw([])
  refusal: ShownRefusal | null = $state.raw(null)
  /** What the newest hello was answered with: the log, its key, and the channel of this session. */
  hello: HelloAnswer | null = $state.raw(null)
  /** Why the last press of a vote was turned down, by vote. */
  press_refusals: Readonly<Record<number, RefusalCode>> = $state.raw({})
  /** The server's clock, moving four times a second. */
  now_ms = $state(Date.now())
  /** For how long nothing has been heard from the server, by a clock nobody sets. */
  silent_ms = $state(0)

  private heard_at_ms = performance.now()
  private life_sign_sent_ms: number | null = null
  private readonly clock = new ServerClock()
  private readonly connection: Connection
  private readonly listeners = new Set<(message: Notification) => void>()
  private readonly readers = new Set<() => void>()

  constructor(code: string, checkpoints = browser_checkpoints(), surroundings = browser_surroundings) {
    this.connection = new Connection(code, checkpoints, surroundings, {
      link: (state, refusal) => this.link_changed(state, refusal),
      welcome: (answer) => {
        this.heard()
        this.clock.reset()
        this.hello = answer
        this.apply({ method: 'hello.answered', params: answer })
        if (answer.resumed) for (const read of this.readers) read()
      },
      notification: (message) => {
        this.apply(message)
        for (const hear of this.listeners) hear(message)
      },
      pending: (requests) => (this.pending = requests),
    })
  }

  start(): void {
    this.connection.start()
    setInterval(() => {
      this.now_ms = this.clock.now_ms(Date.now())
      this.silent_ms = performance.now() - this.heard_at_ms
    }, 250)
    addEventListener('online', () => this.connection.nudge())
    addEventListener('visibilitychange', () => this.connection.nudge())
  }

  /** Asks once a second for a sign of life, so that a screen nobody touches can tell how old its data is. */
  listen_for_life(): void {
    setInterval(() => {
      if (this.link !== 'open' || this.life_sign_sent_ms !== null) return
      this.life_sign_sent_ms = performance.now()
      this.connection.request('ping', {}).then(
        (pong) => {
          this.life_sign_sent_ms = null
          this.heard()
          this.told_time(pong.at_ms)
        },
        () => (this.life_sign_sent_ms = null), // A "no" is a sign of life too, and the link says so itself.
      )
    }, life_sign_every_ms)
  }

  nudge(): void {
    this.connection.nudge()
  }

  /** Takes the line back after the same person signed in elsewhere. */
  take_back(): void {
    this.connection.start()
  }

  /** Sends a command; a refusal is shown. True when it was carried out. */
  async ask<M extends Method>(method: M, params: Requests[M]['params']): Promise<boolean> {
    this.refusal = null
    try {
      await this.connection.request(method, params)
      return true
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error
      this.refusal = shown(method, error.body)
      const of = this.refusal.may_be_set_aside
      if (method === 'vote.open' && of) {
        const asked = params as Requests['vote.open']['params']
        const before = asked.overrides ?? []
        this.refusal.set_aside = (by) =>
          void this.ask('vote.open', { ...asked, overrides: [...before, { of, ...by }] })
      }
      return false
    }
  }

  /** Asks a question; throws RequestRefused. */
  question<M extends Method>(
    method: M,
    params: Requests[M]['params'],
    id?: string,
  ): Promise<Requests[M]['result']> {
    return this.connection.request(method, params, id)
  }

  /** Asks a question; a refusal is shown, and the answer is null then. */
  async read<M extends Method>(
    method: M,
    params: Requests[M]['params'],
    id?: string,
  ): Promise<Requests[M]['result'] | null> {
    try {
      return await this.question(method, params, id)
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error
      this.refusal = shown(method, error.body)
      return null
    }
  }

  /** Calls `hear` with every notification from now on; the answer ends that. */
  listen(hear: (message: Notification) => void): () => void {
    this.listeners.add(hear)
    return () => this.listeners.delete(hear)
  }

  /**
   * Calls `read` whenever the line is back without a snapshot: what was read page by page is not told again,
   * so whoever keeps it must ask anew. The answer ends that.
   */
  when_resumed(read: () => void): () => void {
    this.readers.add(read)
    return () => this.readers.delete(read)
  }

  async press(vote: VoteId, choice: Choice): Promise<void> {
    this.refusal = null
    try {
      const receipt = await this.connection.request('vote.cast', { vote, choice })
      this.apply({ method: 'press.recorded', params: { vote, choice, seq: receipt.seq } })
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error
      this.refusal = shown('vote.cast', error.body)
      const { refusal } = error.body.data
      if (refusal) this.press_refusals = { ...this.press_refusals, [vote]: refusal }
    }
  }

  /** The choice on its way for a vote, if any: the newest one. */
  recording(vote: VoteId): Choice | null {
    const casts = this.pending.filter((request) => request.method === 'vote.cast')
    const params = casts.map((request) => request.params as Requests['vote.cast']['params'])
    return params.filter((cast) => cast.vote === vote).at(-1)?.choice ?? null
  }

  /** Of something asked for without a press: shown like any other. */
  show_refusal(method: string, body: ErrorBody): void {
    this.refusal = shown(method, body)
  }

  /** What an answer said of a list that consoles sign, as if it had been told. */
  learn_of_roll(progress: RollProgress): void {
    this.apply({ method: 'roll.progress', params: progress })
  }

  is_pending(...methods: Method[]): boolean {
    return this.pending.some((request) => (methods as string[]).includes(request.method))
  }

  private heard(): void {
    this.heard_at_ms = performance.now()
    this.silent_ms = 0
  }

  /** At once, before anything is drawn: a device a day behind would show a countdown of a day. */
  private told_time(at_ms: number): void {
    this.clock.note(at_ms, Date.now())
    this.now_ms = this.clock.now_ms(Date.now())
  }

  private apply(message: Message): void {
    this.heard()
    const params = message.params as { at_ms?: number }
    if (params.at_ms !== undefined) this.told_time(params.at_ms)
    this.chamber = apply_message(this.chamber, message)
    if (message.method === 'snapshot') this.has_snapshot = true
  }

  private link_changed(state: LinkState, refusal: ErrorBody | null): void {
    this.link = state
    this.life_sign_sent_ms = null // What was asked on another line may never be answered.
    if (state === 'refused' && refusal) leave(shown('hello', refusal))
  }
}

/**
 * The session of a page made for some roles; sends everybody else to where they belong. Null while leaving.
 */
export function open_session(own_page: string): Session | null {
  const code = kept_code()
  if (code === null) {
    leave()
    return null
  }
  const session = new Session(code)
  $effect.root(() => {
    $effect(() => {
      const role = session.chamber.me?.role
      if (role !== undefined && !may_use(role, own_page)) location.replace(page_of(role) ?? '/')
    })
  })
  session.start()
  return session
}
