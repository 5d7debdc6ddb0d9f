import { with_newest } from '../state/suggestions'
import type { Notification } from '../wire/connection'
import type { BodyId, EvaluationRound, PetitionBody, PetitionView, SuggestionView } from '../wire/types'
import type { Session } from './session.svelte'

const page_size = 200

interface Page<View> {
  total: number
  views: View[]
}

/** A list, newest first, that is read page by page and then kept as the server tells of changes. */
abstract class FollowedList<View extends { id: number; body: BodyId }> {
  all: View[] = $state.raw([])
  is_read = $state(false)
  /** What was told while the pages were on their way: it is newer than they are. */
  private told: View[] | null = null

  constructor(
    protected readonly session: Session,
    /** null: what concerns the deputy at this console, of all bodies */
    protected readonly body: BodyId | null,
  ) {}

  protected abstract read_page(from: number): Promise<Page<View> | null>
  /** What a notification says of one of them; null when it is about something else. */
  protected abstract told_by(message: Notification): View | null

  /** Reads now, and again whenever the line is back; the answer ends that. */
  start(): () => void {
    const ends = [
      this.session.when_resumed(() => void this.load()),
      this.session.listen((message) => this.hear(message)),
    ]
    if (this.session.has_snapshot) void this.load()
    return () => ends.forEach((end) => end())
  }

  async load(): Promise<void> {
    this.told = []
    let found: View[] = []
    for (let total = 1; found.length < total;) {
      const page = await this.read_page(found.length)
      if (!page) return
      found.push(...page.views)
      total = page.views.length > 0 ? page.total : 0
    }
    for (const one of this.told ?? []) found = with_newest(found, one)
    this.told = null
    this.all = found
    this.is_read = true
  }

  private hear(message: Notification): void {
    if (message.method === 'snapshot') return void this.load()
    const one = this.told_by(message)
    if (!one || (this.body !== null && this.body !== one.body)) return
    this.told?.push(one)
    this.all = with_newest(this.all, one)
  }
}

/** The suggestions of a body, or those the deputy at this console made or signed. */
export class SuggestionList extends FollowedList<SuggestionView> {
  rounds: EvaluationRound[] = $state.raw([])

  protected async read_page(from: number): Promise<Page<SuggestionView> | null> {
    const page = await this.session.read('suggestions.list', { body: this.body, from, limit: page_size })
    if (!page) return null
    this.rounds = page.rounds
    return { total: page.total, views: page.suggestions }
  }

  protected told_by(message: Notification): SuggestionView | null {
    return message.method === 'suggestion.changed' ? message.params.suggestion : null
  }
}

/** Joint signatures, with the bodies in which they may be opened and how many must sign there. */
export class PetitionList extends FollowedList<PetitionView> {
  bodies: PetitionBody[] = $state.raw([])

  protected async read_page(from: number): Promise<Page<PetitionView> | null> {
    const page = await this.session.read('petitions.list', { body: this.body, from, limit: page_size })
    if (!page) return null
    this.bodies = page.bodies
    return { total: page.total, views: page.petitions }
  }

  protected told_by(message: Notification): PetitionView | null {
    return message.method === 'petition.changed' ? message.params.petition : null
  }
}
