import { t, type MessageKey } from '../messages/words.svelte'
import type { Session } from '../session/session.svelte'
import type { Method } from '../wire/connection'
import type { BodyId, BodyView, OfficeView, Requests, RosterMember } from '../wire/types'

const roster_page = 1000

/** What the office knows beyond what every screen does, and its way of asking. */
export class Office {
  view: OfficeView | null = $state.raw(null)
  private last_done: { key: MessageKey; values: Record<string, string | number> } | null = $state.raw(null)
  /** What was done last, in the words of the language chosen now. */
  readonly done_words = $derived(this.last_done ? t(this.last_done.key, this.last_done.values) : '')

  constructor(readonly session: Session) {}

  /** Sends a command; a refusal is shown on the page, and the answer is null then. */
  async send<M extends Method>(
    method: M,
    params: Requests[M]['params'],
    id?: string,
  ): Promise<Requests[M]['result'] | null> {
    this.session.refusal = null
    this.forget_done()
    return this.read(method, params, id)
  }

  /** Asks a question the same way; what was said of the last command stays. */
  read<M extends Method>(
    method: M,
    params: Requests[M]['params'],
    id?: string,
  ): Promise<Requests[M]['result'] | null> {
    return this.session.read(method, params, id)
  }

  /** Reads bodies, officers and meetings again. */
  async load(): Promise<void> {
    this.view = (await this.read('office.list', {})) ?? this.view
  }

  done(key: MessageKey, values: Record<string, string | number> = {}): void {
    this.last_done = { key, values }
  }

  forget_done(): void {
    this.last_done = null
  }

  body(id: BodyId | null): BodyView | null {
    return this.view?.bodies.find((body) => body.id === id) ?? null
  }

  /** The whole roster of a body; null when it was refused. */
  async roster(body: BodyId): Promise<RosterMember[] | null> {
    const members: RosterMember[] = []
    for (let total = 1; members.length < total;) {
      const page = await this.read('roster.read', { body, from: members.length, limit: roster_page })
      if (!page) return null
      members.push(...page.members)
      total = page.members.length > 0 ? page.total : 0
    }
    return members
  }
}
