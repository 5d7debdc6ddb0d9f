import { untrack } from 'svelte'
import { member_name } from '../ballot/vault'
import type { Session } from '../session/session.svelte'
import { RequestRefused, type Method } from '../wire/connection'
import type { Requests } from '../wire/types'
import { HolderWorker } from './holder_worker'
import type { KeeperFault } from './keeper'
import type { DeskAnswer, DeskAsk, HolderRequests, HolderState, HolderTrouble } from './messages'

const look_again_ms = 2_000

const nothing_yet: HolderState = {
  is_unlocked: false,
  trouble: null,
  ceremonies: [],
  boxes: [],
  shares: 0,
  given: [],
  is_restored: false,
  is_deceived: false,
  builds: [],
  owed: [],
}

/** The key holder of this page: what the worker knows, and what the page hears for it. */
export class Holding {
  state: HolderState = $state.raw(nothing_yet)
  /** Null while the browser is asked. */
  has_file: boolean | null = $state(null)
  trouble: HolderTrouble | KeeperFault | null = $state(null)
  /** Argon2id takes a second or two. */
  is_busy = $state(false)
  /** Whether the browser promised to keep what is here; null while it is asked. */
  is_lasting: boolean | null = $state(null)

  private readonly worker: HolderWorker
  private is_looking = false

  constructor(private readonly session: Session) {
    this.worker = new HolderWorker(
      (what) => this.serve(what),
      (state) => (this.state = state),
    )
  }

  start(): void {
    $effect.root(() => {
      $effect(() => {
        const { hello } = this.session
        if (hello) untrack(() => void this.begin_line())
      })
    })
    this.session.listen((message) => {
      if (message.method === 'snapshot') void this.tell(message.params)
      if (message.method === 'key_holders.changed') void this.tell({ keys: [message.params.keys] })
      if (message.method === 'vote.changed') void this.tell({ votes: [message.params.vote] })
      if (message.method === 'agenda.changed') void this.tell({ agendas: [message.params.agenda] })
      if (message.method === 'box.progress') void this.worker.ask('progress', { progress: message.params })
    })
    setInterval(() => void this.look_again(), look_again_ms)
    addEventListener('beforeunload', (event) => {
      if (this.state.ceremonies.some(({ is_busy }) => is_busy)) event.preventDefault()
    })
  }

  async create(passphrase: string): Promise<KeeperFault | null> {
    return await this.unlock_by(() => this.worker.ask('create', { passphrase: typed(passphrase) }))
  }

  async unlock(passphrase: string): Promise<KeeperFault | null> {
    return await this.unlock_by(() => this.worker.ask('unlock', { passphrase: typed(passphrase) }))
  }

  async bring(file: Uint8Array, passphrase: string): Promise<KeeperFault | null> {
    return await this.unlock_by(() => this.worker.ask('bring', { file, passphrase: typed(passphrase) }))
  }

  /** The sealed file, for another device. */
  async file(): Promise<Uint8Array | null> {
    return await this.worker.ask('file', {})
  }

  async remove(): Promise<void> {
    if (await this.worker.ask('remove', {})) this.has_file = false
  }

  async give(vote: number, reason: string | null): Promise<void> {
    const root = this.session.chamber.votes[vote]?.secret?.box?.root
    if (root) await this.worker.ask('give', { vote, root, reason })
  }

  /** False when the browser does not keep it. */
  async accept(builds: readonly string[]): Promise<boolean> {
    return (await this.worker.ask('accept', { builds })) === true
  }

  async state_erased(meeting: number): Promise<void> {
    await this.worker.ask('state_erased', { meeting })
  }

  private async unlock_by(work: () => Promise<'done' | KeeperFault>): Promise<KeeperFault | null> {
    this.is_busy = true
    const answer = await work()
    this.is_busy = false
    if (answer !== 'done') return answer
    this.has_file = true
    this.is_lasting = (await navigator.storage?.persist?.()) ?? false
    await this.begin_line()
    return null
  }

  /** After every hello, and once the keys are there: everything that is known is told. */
  private async begin_line(): Promise<void> {
    const { hello, chamber } = this.session
    const me = chamber.me ?? hello?.me
    if (!hello || !me) return
    if (this.has_file === null) {
      const woken = await this.worker.ask('wake', { member: member_name(hello.origin, me.person) })
      if (typeof woken === 'string') this.trouble = woken
      else this.has_file = woken.has_file
    }
    if (!this.state.is_unlocked) return
    const { origin, vkey, seq } = hello
    await this.worker.ask('line', { origin, vkey, me: me.person, entries: seq })
    const { keys, votes, agendas } = this.session.chamber
    const [all_keys, all_votes] = [Object.values(keys), Object.values(votes)]
    await this.tell({ keys: all_keys, votes: all_votes, agendas: Object.values(agendas) })
  }

  private async tell(told: Partial<HolderRequests['told']['ask']>): Promise<void> {
    const { keys = [], votes = [], agendas = [] } = told
    const secret = votes.filter((vote) => vote.secret)
    await this.worker.ask('told', { keys, votes: secret, agendas })
  }

  /** One at a time: verifying may take longer than the pause. */
  private async look_again(): Promise<void> {
    if (this.is_looking || !this.state.is_unlocked) return
    this.is_looking = true
    await this.worker.ask('look_again', {})
    this.is_looking = false
  }

  private async serve({ method, params }: DeskAsk): Promise<DeskAnswer> {
    try {
      return { result: await this.session.question(method, params as Requests[Method]['params'] as never) }
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error
      const { message, data } = error.body
      return { refused: data.reason ?? { zh: message, en: message } }
    }
  }
}

function typed(passphrase: string): Uint8Array {
  return new TextEncoder().encode(passphrase)
}
