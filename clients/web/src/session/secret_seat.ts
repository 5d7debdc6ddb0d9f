import type { BallotWorker } from '../ballot/ballot_worker'
import { member_name } from '../ballot/vault'
import type { BallotRefusal, VoteMemory } from '../ballot/voter'
import { ceremony_of } from '../state/key_holders'
import { question_of, spelled } from '../state/marks'
import { context_of, key_of_server, no_part, type OnList, type OwnPart } from '../state/secret_vote'
import { RequestRefused } from '../wire/connection'
import { from_content, to_content } from '../wire/content'
import type {
  HelloAnswer,
  KeyHoldersView,
  MyView,
  Requests,
  SecretVoteView,
  SittingId,
  VoteView,
} from '../wire/types'
import type { Session } from './session.svelte'

export type Asking = Pick<Session, 'question' | 'show_refusal' | 'hello'>

/** Why this console cannot take part in secret votes of its sitting. */
export type SeatTrouble = 'library_failed' | 'ceremony_wrong' | 'code_spent' | 'refused'

/** What a seat tells the screen. */
export interface SeatState {
  trouble: SeatTrouble | null
  /** of the election key as this console computed it from the ceremony; empty before */
  words: string
  has_key: boolean
  /** false: a reload of the page loses the key */
  is_kept: boolean
  parts: Readonly<Record<number, OwnPart>>
}

export const empty_seat: SeatState = { trouble: null, words: '', has_key: false, is_kept: true, parts: {} }

/** Who speaks to whom now. */
export interface Place {
  me: MyView
  hello: HelloAnswer
  keys: KeyHoldersView
}

/** A member's console at one sitting: its worker, and what the server has been told through it. */
export class SecretSeat {
  private device: string | null = null
  private pinned: string | null = null
  private was_keyed = false
  private readonly resumed = new Map<string, VoteMemory>()
  /** Steps that were taken once and are not taken again on the same line. */
  private readonly taken = new Set<string>()
  private state = empty_seat

  constructor(
    private readonly sitting: SittingId,
    private readonly worker: BallotWorker,
    private readonly session: Asking,
    private readonly build: () => Promise<Uint8Array>,
    private readonly changed: (state: SeatState) => void,
  ) {}

  /** Enrols the console and registers the voting key, as far as that is still to be done. */
  async prepare(place: Place): Promise<void> {
    const { me, hello } = place
    if (this.device === null && !(await this.wake(place))) return
    if (me.device !== this.device && this.takes(`enroll ${hello.channel}`)) {
      const channel = from_content(hello.channel)
      const asked = { origin: hello.origin, person: me.person, channel }
      const answer = await this.worker.ask('enroll', asked)
      if (!answer.ok) return this.say({ trouble: 'library_failed' })
      const proof = to_content(answer.value.proof)
      const enrolled = { device: this.device!, channel: hello.channel, proof }
      const trouble = await this.carry_out('console.enroll', enrolled)
      if (trouble !== null) return this.say({ trouble })
      // Whatever was registered by another console has ended with that.
      return await this.register(place)
    }
    const is_keyed = me.keyed_in.includes(this.sitting)
    // The key ended with a sign-out that was over before this console looked.
    if (this.was_keyed && !is_keyed) this.taken.delete(register_step(place))
    this.was_keyed = is_keyed
    if (me.device === this.device && (this.pinned === null || !is_keyed)) await this.register(place)
  }

  /** What this console does by itself in a vote: signs the list, sends again, looks into the box. */
  async tend(vote: VoteView, secret: SecretVoteView, place: Place): Promise<void> {
    if (this.pinned === null) return
    this.recall(vote, secret)
    if (secret.phase === 'called') await this.sign_list(vote, secret, place)
    else if (secret.roll && this.part(vote).list === 'unknown') this.note(vote, { list: 'not_listed' })
    if (secret.phase === 'open') await this.send_again(vote, place)
    // Also when others were quicker and the totals are known: whose ballot is missing shall say so.
    if (secret.phase === 'sealed' || secret.phase === 'opened') await this.look_into_box(vote, secret, place)
  }

  /**
   * Encrypts a choice, spelled as ballot/shape.ts has it, and sends it. Nothing on this side of the worker
   * remembers which it was.
   */
  async press(vote: VoteView, secret: SecretVoteView, choice: Uint8Array): Promise<void> {
    const part = this.part(vote)
    if (part.is_sealing) return
    this.note(vote, { is_sealing: true })
    const answer = await this.worker.ask('press', {
      vote: from_content(secret.vote_id),
      question: spelled(question_of(vote)),
      choice,
    })
    if (!answer.ok) {
      this.note(vote, { is_sealing: false })
      return this.not_listed(vote, answer.refusal)
    }
    const { ballot, seq, tracker } = answer.value
    this.note(vote, { is_sealing: false, sending: tracker, opened: null })
    await this.send(vote, secret, { ballot, seq, tracker }, vote.press === 'last')
  }

  /** Has the last ballot struck out by the server, and only then opens it. */
  async spoil(vote: VoteView, secret: SecretVoteView): Promise<void> {
    const id = from_content(secret.vote_id)
    const tracker = this.part(vote).received ?? ''
    const made = await this.worker.ask('spoil', { vote: id })
    if (!made.ok) return this.note(vote, { may_spoil: false })
    try {
      const spoil = to_content(made.value.spoil)
      const { receipt } = await this.session.question('ballot.spoil', { vote: vote.id, spoil })
      const opened = await this.worker.ask('open', { vote: id, spoil_ok: from_content(receipt) })
      if (!opened.ok) return this.note(vote, { is_deceived: opened.refusal === 'receipt_wrong' })
      const { ballot, opening, said } = opened.value
      const text = `plenum-opening-1.${to_content(ballot)}.${to_content(opening)}.${receipt}`
      const shown = { tracker, said, text }
      this.note(vote, { is_spoiled: true, may_spoil: false, opened: shown })
    } catch (error) {
      this.refused('ballot.spoil', error)
    }
  }

  forget_opened(vote: VoteView): void {
    this.note(vote, { opened: null })
  }

  /** After sign-out: the keys and all that was sent with them are gone for good. */
  async end(): Promise<void> {
    await this.worker.ask('sign_out', {})
    this.worker.stop()
    this.say(empty_seat)
  }

  private async wake({ me, hello }: Place): Promise<boolean> {
    const asked = { member: member_name(hello.origin, me.person), sitting: this.sitting }
    const answer = await this.worker.ask('device', asked)
    if (!answer.ok) {
      this.say({ trouble: 'library_failed' })
      return false
    }
    const { public_key, is_kept, pinned, words, votes } = answer.value
    this.device = to_content(public_key)
    this.pinned = pinned && to_content(pinned)
    for (const memory of votes) this.resumed.set(to_content(memory.vote), memory)
    this.say({ is_kept, has_key: pinned !== null, words })
    return true
  }

  private async register(place: Place): Promise<void> {
    const { me, hello, keys } = place
    const server_key = key_of_server(hello.vkey)
    if (server_key === null || !this.takes(register_step(place))) return
    const answer = await this.worker.ask('sign_in', {
      person: me.person,
      channel: from_content(hello.channel),
      ceremony: ceremony_of(hello.origin, keys),
      server_key,
    })
    if (!answer.ok) {
      const trouble = answer.refusal === 'ceremony_wrong' ? 'ceremony_wrong' : 'library_failed'
      return this.say({ trouble, has_key: false, words: '' })
    }
    const { holders, words } = answer.value
    const registration = to_content(answer.value.registration)
    const asked = { sitting: this.sitting, channel: hello.channel, registration }
    this.resumed.clear()
    const trouble = await this.carry_out('voting_key.register', asked)
    if (trouble !== null) return this.say({ trouble, has_key: false, words: '' })
    this.pinned = to_content(holders)
    this.say({ trouble: null, has_key: true, words, parts: {} })
  }

  /** What the worker knows of a vote from before the page was loaded. */
  private recall(vote: VoteView, { vote_id }: SecretVoteView): void {
    const memory = this.resumed.get(vote_id)
    if (!memory || this.state.parts[vote.id]) return
    const { newest, confirmed } = memory
    this.note(vote, {
      list: 'signed',
      received: newest?.received ? newest.tracker : null,
      is_spoiled: newest !== null && newest.spoil !== 'none',
      box: confirmed ? 'confirmed' : 'unknown',
    })
  }

  private async sign_list(vote: VoteView, secret: SecretVoteView, { hello }: Place): Promise<void> {
    const context = context_of(hello.origin, secret)
    const { roll } = secret
    const { shape } = question_of(vote)
    if (!context || !roll) return
    if (!this.takes(`list ${vote.id} ${roll.round} ${roll.roll_root} ${hello.channel}`)) return
    this.note(vote, { list: 'unknown' })
    const found = await this.worker.ask('find', { context, shape })
    if (!found.ok) return this.note(vote, { list: listed_as(found.refusal) })
    try {
      const pseudonym = to_content(found.value.pseudonym)
      const asked = { vote: vote.id, round: roll.round, pseudonym }
      const { index, hashes } = await this.session.question('roll.path', asked)
      const place = { index, path: hashes.map(from_content) }
      const build = await this.build()
      const answer = await this.worker.ask('acknowledge', {
        context,
        shape,
        question: spelled(question_of(vote)),
        place,
        build,
      })
      if (!answer.ok) return this.not_listed(vote, answer.refusal)
      await this.session.question('roll.acknowledge', {
        vote: vote.id,
        round: roll.round,
        build: to_content(build),
        signature: to_content(answer.value.signature),
      })
      this.note(vote, { list: 'signed' })
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error
      // Of a round that is over meanwhile too: the next one is looked at as it comes.
      this.note(vote, { list: 'not_listed' })
    }
  }

  /** The same bytes, when the page was gone before their receipt came. */
  private async send_again(vote: VoteView, { hello }: Place): Promise<void> {
    const memory = this.resumed.get(vote.secret!.vote_id)
    if (!memory?.newest || memory.newest.received || memory.newest.spoil !== 'none') return
    if (!this.takes(`again ${vote.id} ${hello.channel}`)) return
    this.note(vote, { sending: memory.newest.tracker })
    await this.send(vote, vote.secret!, memory.newest, false)
  }

  private async send(
    vote: VoteView,
    secret: SecretVoteView,
    { ballot, seq, tracker }: { ballot: Uint8Array; seq: number; tracker: string },
    may_spoil: boolean,
  ): Promise<void> {
    const is_newest = () => this.part(vote).sending === tracker
    try {
      const asked = { vote: vote.id, ballot: to_content(ballot) }
      const { receipt } = await this.session.question('ballot.cast', asked)
      const vote_id = from_content(secret.vote_id)
      const answer = await this.worker.ask('receive', { vote: vote_id, seq, receipt: from_content(receipt) })
      if (answer.ok) this.resumed.delete(secret.vote_id)
      if (!is_newest()) return
      if (answer.ok) this.note(vote, { received: tracker, is_spoiled: false, may_spoil, sending: null })
      else this.note(vote, { sending: null, is_deceived: true })
    } catch (error) {
      // The worker made a newer ballot by then: the one before can no longer be opened.
      if (is_newest()) this.note(vote, { sending: null, may_spoil: false })
      this.refused('ballot.cast', error)
    }
  }

  private async look_into_box(vote: VoteView, secret: SecretVoteView, { hello }: Place): Promise<void> {
    const context = context_of(hello.origin, secret)
    const { box } = secret
    const { shape } = question_of(vote)
    const { list, box: found_before } = this.part(vote)
    if (!context || !box || list !== 'signed' || found_before === 'wrong') return
    // A server that began anew asks for confirmations again, as long as it has a use for them.
    if (secret.phase === 'opened' && found_before !== 'unknown') return
    if (!this.takes(`box ${vote.id} ${box.root} ${hello.channel}`)) return
    const found = await this.worker.ask('find', { context, shape })
    if (!found.ok) return this.note(vote, { box: 'unchecked' })
    try {
      const pseudonym = to_content(found.value.pseudonym)
      const { root, proof } = await this.session.question('box.proof', { vote: vote.id, pseudonym })
      const answer = await this.worker.ask('confirm', {
        vote: context.vote,
        root: from_content(root),
        proof: from_content(proof),
      })
      if (!answer.ok || root !== box.root) return await this.contest(vote)
      const signature = to_content(answer.value.signature)
      await this.session.question('box.confirm', { vote: vote.id, root, signature })
      this.note(vote, { box: 'confirmed' })
    } catch (error) {
      this.refused('box.confirm', error)
    }
  }

  private async contest(vote: VoteView): Promise<void> {
    this.note(vote, { box: 'wrong' })
    try {
      await this.session.question('box.contest', { vote: vote.id })
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error // It said so before, or the vote is over.
    }
  }

  /** Null when it was done. */
  private async carry_out<M extends 'console.enroll' | 'voting_key.register'>(
    method: M,
    params: Requests[M]['params'],
  ): Promise<SeatTrouble | null> {
    try {
      await this.session.question(method, params)
      return null
    } catch (error) {
      // What was made for a line that broke is made anew for the next one.
      if (this.session.hello?.channel === params.channel) this.refused(method, error)
      else if (!(error instanceof RequestRefused)) throw error
      const is_spent = error instanceof RequestRefused && error.body.data.refusal === 'code_spent'
      return is_spent ? 'code_spent' : 'refused'
    }
  }

  private refused(method: string, error: unknown): void {
    if (!(error instanceof RequestRefused)) throw error
    this.session.show_refusal(method, error.body)
  }

  /** Why this console takes no part, or that it was asked something else than it shows. */
  private not_listed(vote: VoteView, refusal: BallotRefusal): void {
    if (refusal === 'question_differs') this.note(vote, { is_deceived: true })
    else this.note(vote, { list: listed_as(refusal) })
  }

  /** True the first time only. */
  private takes(step: string): boolean {
    if (this.taken.has(step)) return false
    this.taken.add(step)
    return true
  }

  private part(vote: VoteView): OwnPart {
    return this.state.parts[vote.id] ?? no_part
  }

  private note(vote: VoteView, changes: Partial<OwnPart>): void {
    this.say({ parts: { ...this.state.parts, [vote.id]: { ...this.part(vote), ...changes } } })
  }

  private say(changes: Partial<SeatState>): void {
    this.state = { ...this.state, ...changes }
    this.changed(this.state)
  }
}

function register_step({ hello, keys }: Place): string {
  return `register ${hello.channel} ${keys.key_holders}`
}

function listed_as(refusal: BallotRefusal): OnList {
  if (refusal === 'key_differs') return 'key_differs'
  return refusal === 'not_on_list' || refusal === 'vote_unknown' ? 'not_listed' : 'refused'
}
