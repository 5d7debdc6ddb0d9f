import { make_ballot, type Ballot } from './ballot'
import { box_ok_message, check_box_proof, type Found } from './box'
import { equal, times, type Point } from './group'
import { ballot_name, is_receipt, tracker_of } from './receipt'
import { ack_message, find_pseudonym, type RollPlace } from './roll'
import { choice_of, type BallotShape } from './shape'
import { sodium, wipe, type Randomness } from './sodium'
import { make_spoil, opening_bytes } from './spoil'
import { terms_of, type BallotTerms, type VoteContext } from './terms'
import { DeviceKey, register, VotingKey, type Registrant } from './voting_key'

/** Why a step was refused; the page has words for each. */
export type BallotRefusal =
  | 'library_failed' // libsodium did not start: an old browser, or a content policy without WebAssembly
  | 'not_signed_in'
  | 'context_malformed' // no vote can have these terms
  | 'key_differs' // not the election key pinned at sign-in
  | 'generator_repeated' // Gv of an earlier vote
  | 'round_repeated' // an earlier or the same round, told otherwise
  | 'question_differs' // ballots would be bound to another question than the screen shows
  | 'not_on_list' // x·Gv does not stand where the server says
  | 'vote_unknown' // not acknowledged here
  | 'vote_over' // confirmed already
  | 'choice_not_allowed'
  | 'nothing_to_spoil'
  | 'receipt_wrong' // not the server's signature over this ballot
  | 'box_differs' // the box does not hold what it must
  | 'root_repeated' // another root was confirmed
  | 'ceremony_wrong' // the election key is not what its holders made

export type Answer<T> = { ok: true; value: T } | { ok: false; refusal: BallotRefusal }

const first_seq_bits = 30
const step_bits = 16
const restart_step = 2 ** 20

/** A ballot as this console remembers it; its randomness only while it may still be spoiled. */
export type Sent = { seq: number; bytes: Uint8Array; received: boolean; spoil: 'none' | 'sent' | 'received' }

type Vote = {
  context: VoteContext
  terms: BallotTerms
  pseudonym: Point
  sent: Sent[]
  last: Ballot | null
  confirmed: Uint8Array | null
  /** The console began anew since the last press. */
  is_restarted: boolean
}

/** What every proof is made for: pinned at sign-in. */
export type Election = { key: Point; holders: Uint8Array; server_key: Uint8Array }

/** What outlives a reload: everything but choices and the randomness of ballots. */
export type KeptVote = Pick<Vote, 'context' | 'sent' | 'confirmed'> & { shape: BallotShape }
export type KeptVoter = {
  voting_key: Uint8Array
  election: Election
  votes: KeptVote[]
  /** Of all rounds, also of those that another followed. */
  generators: string[]
}

/** What a console did in a vote, as its page may know it. */
export type VoteMemory = {
  vote: Uint8Array
  /** The newest ballot; null when there was no press. */
  newest: { seq: number; ballot: Uint8Array; tracker: string; received: boolean; spoil: Sent['spoil'] } | null
  confirmed: boolean
}

function refuse(refusal: BallotRefusal): { ok: false; refusal: BallotRefusal } {
  return { ok: false, refusal }
}

function done<T>(value: T): { ok: true; value: T } {
  return { ok: true, value }
}

function name_of(id: Uint8Array): string {
  return id.join(' ')
}

/**
 * One member's part in the secret votes of a meeting: keys, choices and randomness live here and nowhere
 * else.
 * What it hands out may be seen by everybody, but for an opening, which it gives after the server signed that
 * the ballot does not count.
 */
export class Voter {
  private voting_key: VotingKey | null = null
  private election: Election | null = null
  private readonly votes = new Map<string, Vote>()
  private readonly generators = new Set<string>()

  constructor(
    private readonly device: DeviceKey,
    private readonly randomness: Randomness,
  ) {}

  /** Makes the voting key; the bytes register it. A second sign-in forgets everything of the first. */
  sign_in(registrant: Registrant, election: Election): Uint8Array {
    this.sign_out()
    this.voting_key = VotingKey.make(this.randomness)
    this.election = election
    return register(registrant, this.voting_key, this.device, this.randomness)
  }

  sign_out(): void {
    for (const vote of this.votes.values()) forget_last(vote)
    this.votes.clear()
    this.generators.clear()
    this.voting_key?.wipe()
    this.voting_key = null
    this.election = null
  }

  /** What to keep for the time after a reload; null before sign-in. The key in it is not a copy. */
  kept(): KeptVoter | null {
    if (this.voting_key === null || this.election === null) return null
    const votes = [...this.votes.values()].map(({ context, terms, sent, confirmed }) => {
      return { context, shape: terms.shape, sent, confirmed }
    })
    const generators = [...this.generators]
    return { voting_key: this.voting_key.secret, election: this.election, votes, generators }
  }

  /** Goes on from what was kept. No ballot sent before can be opened any more: its randomness is gone. */
  resume({ voting_key, election, votes, generators }: KeptVoter): void {
    this.sign_out()
    this.voting_key = VotingKey.of(voting_key)
    this.election = election
    for (const { context, shape, sent, confirmed } of votes) {
      const terms = terms_of(context, shape)
      if (terms === null) continue
      const pseudonym = times(this.voting_key.secret, context.vote_generator)
      const vote = { context, terms, pseudonym, sent, last: null, confirmed, is_restarted: true }
      this.votes.set(name_of(context.vote), vote)
    }
    for (const generator of generators) this.generators.add(generator)
  }

  /** Of every vote in which this console is on the list. */
  memory(): VoteMemory[] {
    return [...this.votes.values()].map(({ context, sent, confirmed }) => {
      const one = sent.at(-1)
      const newest = one && { ...said_of(one), tracker: tracker_of(one.bytes) }
      return { vote: context.vote, newest: newest ?? null, confirmed: confirmed !== null }
    })
  }

  /** The pseudonym of this member in a round that may be acknowledged: what its place is asked for by. */
  find(context: VoteContext, shape: BallotShape): Answer<{ pseudonym: Point }> {
    const checked = this.check_round(context, shape)
    if (!checked.ok) return checked
    return done({ pseudonym: times(checked.value.voting_key.secret, context.vote_generator) })
  }

  /**
   * Checks a round, also that it asks the `question` on the screen, and signs that this member is on its
   * list. The same round asked again gives the same.
   */
  acknowledge(
    context: VoteContext,
    shape: BallotShape,
    question: string,
    place: RollPlace,
    build: Uint8Array,
  ): Answer<{ context: Uint8Array; signature: Uint8Array }> {
    const checked = this.check_round(context, shape)
    if (!checked.ok) return checked
    if (!asks(context, question)) return refuse('question_differs')
    const { voting_key, terms, is_same } = checked.value
    const pseudonym = find_pseudonym(context, voting_key.secret, place)
    if (pseudonym === null) return refuse('not_on_list')
    this.generators.add(name_of(context.vote_generator))
    const beginning = { sent: [], last: null, confirmed: null, is_restarted: false }
    if (!is_same) this.votes.set(name_of(context.vote), { context, terms, pseudonym, ...beginning })
    return done({ context: terms.context, signature: this.device.sign(ack_message(context, build)) })
  }

  /**
   * The ballot of a press, made for the `question` on the screen: with other names in another order the
   * same bytes would say something else. The choice is wiped, whatever comes of it.
   */
  press(
    vote_id: Uint8Array,
    question: string,
    choice: Uint8Array,
  ): Answer<{ ballot: Uint8Array; seq: number; tracker: string }> {
    try {
      const vote = this.votes.get(name_of(vote_id))
      if (this.voting_key === null || vote === undefined) return refuse('vote_unknown')
      if (vote.confirmed !== null) return refuse('vote_over')
      if (!asks(vote.context, question)) return refuse('question_differs')
      const ballot = make_ballot(
        vote.terms,
        this.voting_key.secret,
        this.next_seq(vote),
        choice,
        this.randomness,
      )
      if (ballot === null) return refuse('choice_not_allowed')
      forget_last(vote)
      vote.last = ballot
      vote.is_restarted = false
      vote.sent.push({ seq: ballot.seq, bytes: ballot.bytes, received: false, spoil: 'none' })
      return done({ ballot: ballot.bytes, seq: ballot.seq, tracker: tracker_of(ballot.bytes) })
    } finally {
      wipe(choice)
    }
  }

  /** The server's receipt for one of the ballots sent. */
  receive(vote_id: Uint8Array, seq: number, receipt: Uint8Array): Answer<null> {
    const { vote, sent } = this.sent_before(vote_id, seq)
    if (vote === undefined || sent === undefined || this.election === null) return refuse('vote_unknown')
    const { server_key } = this.election
    if (!is_receipt('receipt', vote.terms, vote.pseudonym, sent, receipt, server_key))
      return refuse('receipt_wrong')
    sent.received = true
    return done(null)
  }

  /** Asks that the last ballot shall not count, so that it may be opened. */
  spoil(vote_id: Uint8Array): Answer<{ spoil: Uint8Array; seq: number }> {
    const vote = this.votes.get(name_of(vote_id))
    const sent = vote?.sent.at(-1)
    if (this.voting_key === null || vote === undefined) return refuse('vote_unknown')
    if (sent === undefined || vote.last === null || vote.confirmed !== null) return refuse('nothing_to_spoil')
    if (sent.spoil === 'none') sent.spoil = 'sent'
    const spoil = make_spoil(vote.terms, this.voting_key.secret, sent.seq, this.randomness)
    return done({ spoil, seq: sent.seq })
  }

  /** The opening of a spoiled ballot, once the server signed that it does not count; and never again. */
  open(
    vote_id: Uint8Array,
    spoil_ok: Uint8Array,
  ): Answer<{ ballot: Uint8Array; opening: Uint8Array; said: Uint8Array | null }> {
    const vote = this.votes.get(name_of(vote_id))
    const sent = vote?.sent.at(-1)
    if (vote === undefined || this.election === null) return refuse('vote_unknown')
    if (sent === undefined || vote.last === null || sent.spoil === 'none') return refuse('nothing_to_spoil')
    const { server_key } = this.election
    if (!is_receipt('spoil-ok', vote.terms, vote.pseudonym, sent, spoil_ok, server_key)) {
      return refuse('receipt_wrong')
    }
    sent.spoil = 'received'
    const opening = opening_bytes(vote.last.opening)
    const said = choice_of(vote.terms.shape, vote.terms.base, vote.last.opening.values)
    forget_last(vote)
    return done({ ballot: sent.bytes, opening, said })
  }

  /**
   * Looks for this console's ballot in the sealed box and signs its root, or says that something is wrong.
   */
  confirm(
    vote_id: Uint8Array,
    root: Uint8Array,
    proof: Uint8Array,
  ): Answer<{ found: Found; signature: Uint8Array }> {
    const vote = this.votes.get(name_of(vote_id))
    if (vote === undefined) return refuse('vote_unknown')
    if (vote.confirmed !== null && !equal(vote.confirmed, root)) return refuse('root_repeated')
    const found = check_box_proof(proof, vote.pseudonym, root)
    if (found === null || !is_as_known(vote, found)) return refuse('box_differs')
    vote.confirmed = root.slice()
    forget_last(vote)
    return done({ found, signature: this.device.sign(box_ok_message(vote.terms, root)) })
  }

  /** Whether this round may be acknowledged; `is_same` when it was already. */
  private check_round(
    context: VoteContext,
    shape: BallotShape,
  ): Answer<{ voting_key: VotingKey; terms: BallotTerms; is_same: boolean }> {
    const { voting_key, election } = this
    if (voting_key === null || election === null) return refuse('not_signed_in')
    const terms = terms_of(context, shape)
    if (terms === null) return refuse('context_malformed')
    const is_pinned =
      equal(context.election_key, election.key) && equal(context.key_holders, election.holders)
    if (!is_pinned) return refuse('key_differs')
    const before = this.votes.get(name_of(context.vote))
    const is_same = before !== undefined && equal(before.terms.context, terms.context)
    if (!is_same && before !== undefined && before.context.round >= context.round)
      return refuse('round_repeated')
    // What was pressed belongs to the round that opened; no other may take its place.
    if (!is_same && before !== undefined && before.sent.length > 0) return refuse('round_repeated')
    if (!is_same && this.generators.has(name_of(context.vote_generator))) return refuse('generator_repeated')
    return done({ voting_key, terms, is_same })
  }

  private sent_before(vote_id: Uint8Array, seq: number): { vote: Vote | undefined; sent: Sent | undefined } {
    const vote = this.votes.get(name_of(vote_id))
    return { vote, sent: vote?.sent.find((one) => one.seq === seq) }
  }

  /**
   * Begins at random below 2^30 and grows by a random step, and by much more once the console began anew; the
   * server never says it.
   */
  private next_seq(vote: Vote): number {
    const drawn = new DataView(this.randomness(4).slice().buffer).getUint32(0, true)
    const before = vote.sent.at(-1)?.seq
    if (before === undefined) return drawn >>> (32 - first_seq_bits)
    return before + 1 + (drawn >>> (32 - step_bits)) + (vote.is_restarted ? restart_step : 0)
  }
}

/** Whether ballots of this round are bound to this question, in its one spelling. */
function asks({ question }: VoteContext, spelled: string): boolean {
  return equal(question, sodium.crypto_hash_sha256(spelled))
}

function said_of({ seq, bytes, received, spoil }: Sent) {
  return { seq, ballot: bytes, received, spoil }
}

/** The randomness of a ballot that can no longer be spoiled here. */
function forget_last(vote: Vote): void {
  for (const drawn of vote.last?.opening.randomness ?? []) wipe(drawn)
  vote.last?.opening.values.fill(0n)
  vote.last = null
}

/**
 * The box must hold the newest ballot the server acknowledged, or one sent after it whose receipt was lost;
 * none
 * only when none was acknowledged, or when the newest was spoiled.
 */
function is_as_known(vote: Vote, found: Found): boolean {
  const newest = vote.sent.reduce(
    (seq, one) => (one.received || one.spoil === 'received' ? one.seq : seq),
    -1,
  )
  const possible = vote.sent.filter((one) => one.seq >= newest)
  if (found.kind === 'absent') return newest === -1 || possible.some((one) => one.spoil !== 'none')
  const held = possible.find((one) => one.seq === found.seq)
  return held !== undefined && held.spoil !== 'received' && equal(ballot_name(held.bytes), found.name)
}
