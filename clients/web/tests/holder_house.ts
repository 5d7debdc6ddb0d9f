import { box_ok_message } from '../src/ballot/box'
import { make_ballot } from '../src/ballot/ballot'
import { compare, read_record, root_of_box, type BoxRecord } from '../src/ballot/box_file'
import { joined } from '../src/ballot/fields'
import { times, times_generator, type Point, type Scalar } from '../src/ballot/group'
import { record_id } from '../src/ballot/record_id'
import { ack_message } from '../src/ballot/roll'
import { motion_shape } from '../src/ballot/shape'
import { roll_root } from '../src/ballot/signed_lists'
import { sodium } from '../src/ballot/sodium'
import { make_spoil } from '../src/ballot/spoil'
import { terms_of, type BallotTerms, type VoteContext } from '../src/ballot/terms'
import { Transcript, u32_bytes } from '../src/ballot/transcript'
import { DeviceKey } from '../src/ballot/voting_key'
import type { Desk, DiaryEntry } from '../src/key_holder/desk'
import { to_plain, type HeldKeys } from '../src/key_holder/held_keys'
import { SecretBoxes } from '../src/key_holder/secret_boxes'
import { from_content, to_content } from '../src/wire/content'
import type {
  KeyHoldersView,
  LocalText,
  RecordProof,
  Requests,
  RollAnswer,
  SecretFile,
  SecretVoteView,
  VoteView,
} from '../src/wire/types'
import { digest, scalar, seeded } from './ballot_days'
import { held } from './holder_rooms'
import { SmallLog } from './small_log'
import { a_vote } from './views'

// A secret vote held honestly by nine members, of whom seven pressed and one spoiled, with three key
// holders of
// whom two are needed; and the server's side of it, which a test changes to make it lie.

export type Voter = { device: DeviceKey; secret: Scalar }
export type Signed = { device: Uint8Array; build: Uint8Array; signature: Uint8Array }

/** What a server says and gives of the vote. */
export type Told = {
  keys: KeyHoldersView
  view: VoteView & { secret: SecretVoteView }
  documents: Map<string, Uint8Array>
  files: Map<SecretFile, Uint8Array>
  people: RollAnswer
  /** The answer to record.prove. */
  record: (since: number) => RecordProof | null
}

export const members = 9
export const me = 100
const spoiler = 8
const meeting = 7

type Question = { labels: string[]; shape: object; text: string; v: number }

function spelled(question: Question): Uint8Array {
  const { kind, max, min, options, rows } = question.shape as SecretVoteView['shape']
  const shape = { kind, max, min, options, rows }
  const { labels, text, v } = question
  return new TextEncoder().encode(JSON.stringify({ labels, shape, text, v }))
}

const name_of = (bytes: Uint8Array) => sodium.crypto_hash_sha256(bytes)

function blob(domain: string, head: Uint8Array[], rows: Uint8Array[][]): Uint8Array {
  const sorted = [...rows].sort(([left], [right]) => compare(left!, right!))
  const said = new Transcript(domain).bytes().slice()
  return joined(said, ...head, u32_bytes(rows.length), ...sorted.flat())
}

export class House {
  readonly origin = 'plenum.example/npc'
  readonly ceremony = held('house')
  readonly voters: Voter[]
  readonly list: Point[]
  readonly context: VoteContext
  readonly terms: BallotTerms
  readonly build = digest('console build')
  readonly box: { ballots: BoxRecord[]; spoils: BoxRecord[] }
  /** In the log. */
  readonly opened_at: number
  readonly sealed_at: number
  readonly question: Question
  private readonly generator = scalar('house r')

  constructor(
    pressed = 7,
    readonly confirmed = 9,
    readonly vote = 40,
    readonly log = new SmallLog('plenum.example/npc', 'house', vote + 1),
  ) {
    this.voters = Array.from({ length: members }, (_, at) => this.voter(`house ${at}`))
    this.list = this.voters.map((voter) => this.pseudonym_of(voter)).sort(compare)
    const text = to_content(digest('text put to the vote'))
    this.question = { labels: ['决议', '弃权', '赞成', '反对'], shape: motion_shape, text, v: 1 }
    const { election, record } = this.ceremony
    this.context = {
      origin: this.origin,
      meeting: record.meeting,
      vote: record_id(this.origin, 'vote.prepared', BigInt(vote)),
      round: 2,
      question: name_of(spelled(this.question)),
      rule: digest('rule'),
      roll_root: roll_root(this.list),
      list_length: members,
      key_holders: election.holders,
      election_key: election.key,
      vote_generator: times_generator(this.generator),
    }
    this.terms = terms_of(this.context, motion_shape)!
    const presses = this.voters
      .slice(0, pressed)
      .map((voter, at) => this.ballot(voter, at < 4 ? 1 : at % 3, 100 + at))
    const spoil = make_spoil(this.terms, this.voters[spoiler]!.secret, 300, seeded('spoil'))
    this.box = { ballots: this.sorted(presses), spoils: this.sorted([spoil]) }
    const { opened, sealed } = this.events()
    this.opened_at = log.append('vote.opened', opened)
    log.fill(3)
    this.sealed_at = log.append('ballot_box.sealed', sealed)
    log.fill(2)
  }

  /** What stands in the record of the vote and of its box. */
  events() {
    const { view, files } = this.told()
    const acknowledgements = to_content(name_of(files.get('acknowledgements')!))
    const secret = { round: this.context.round, context: to_content(this.terms.context), acknowledgements }
    const { root, file, ballots, spoils } = view.secret.box!
    return {
      opened: { vote: this.vote, present: members, secret },
      sealed: { vote: this.vote, root, ballots, spoils, box: file },
    }
  }

  voter(name: string): Voter {
    return { device: new DeviceKey(digest(`${name} device`)), secret: scalar(`${name} x`) }
  }

  pseudonym_of({ secret }: Voter): Point {
    return times(this.generator, times_generator(secret))
  }

  ballot(voter: Voter, choice: number, seq: number, terms = this.terms): Uint8Array {
    return make_ballot(terms, voter.secret, seq, Uint8Array.of(choice), seeded(`press ${seq}`))!.bytes
  }

  sorted(records: Uint8Array[]): BoxRecord[] {
    return records
      .map((bytes) => read_record(bytes, this.context.vote)!)
      .sort((left, right) => compare(left.pseudonym, right.pseudonym))
  }

  /** The keys of holder 1, as its file holds them. */
  keys(): HeldKeys {
    const { election, shares, record } = this.ceremony
    const share = {
      origin: this.origin,
      meeting: record.meeting,
      attempt: 1,
      key_holders: election.holders,
      refused_before: 0n,
      share: shares[0]!.slice(),
    }
    return { seed: digest('house holder 1'), writes: 1n, shares: [share], given: new Map() }
  }

  acknowledgement({ device }: Voter, context = this.context, build = this.build): Signed {
    return { device: device.public_key, build, signature: device.sign(ack_message(context, build)) }
  }

  confirmation({ device }: Voter, root = root_of_box(this.box)): Signed {
    const signature = device.sign(box_ok_message(this.terms, root))
    return { device: device.public_key, build: this.build, signature }
  }

  // What the parts of a lie are made of: each takes a change over into what is told.

  tell_question(told: Told, question: Question): void {
    const bytes = spelled(question)
    told.view.secret.roll!.question = to_content(name_of(bytes))
    told.documents.set(to_content(name_of(bytes)), bytes)
  }

  tell_list(told: Told, list: Point[]): void {
    told.files.set('list', joined(u32_bytes(list.length), ...list))
    Object.assign(told.view.secret.roll!, {
      roll_root: to_content(roll_root(list)),
      list_length: list.length,
    })
  }

  tell_acknowledgements(told: Told, all: Signed[]): void {
    const rows = all.map(({ device, build, signature }) => [device, build, signature])
    told.files.set('acknowledgements', blob('plenum/acks/v1', [this.terms.context], rows))
  }

  tell_box(told: Told, { ballots, spoils }: House['box']): void {
    const head = joined(new Transcript('plenum/box/v1').bytes().slice(), this.terms.context)
    const records = [ballots, spoils].flatMap((all) => [
      u32_bytes(all.length),
      ...all.map(({ bytes }) => bytes),
    ])
    const file = joined(head, ...records)
    told.files.set('box', file)
    const said = { ballots: ballots.length, spoils: spoils.length, file: to_content(name_of(file)) }
    Object.assign(told.view.secret.box!, said, { root: to_content(root_of_box({ ballots, spoils })) })
  }

  tell_confirmations(told: Told, all: Signed[]): void {
    const rows = all.map(({ device, signature }) => [device, signature])
    const root = from_content(told.view.secret.box!.root)
    told.files.set('confirmations', blob('plenum/box-oks/v1', [this.terms.context, root], rows))
  }

  private keys_view(): KeyHoldersView {
    const { record, election } = this.ceremony
    const holders = record.holders.map(({ name, key, commit, open, agree }, at) => ({
      person: me + at,
      name,
      key: to_content(key),
      commit: to_content(commit),
      open: to_content(open),
      agree: to_content(agree),
    }))
    return {
      meeting,
      meeting_id: to_content(record.meeting),
      threshold: record.threshold,
      attempt: record.attempt,
      phase: 'made',
      holders,
      restart: null,
      election_key: to_content(election.key),
      key_holders: to_content(election.holders),
      words: election.words,
    }
  }

  private secret_view(): SecretVoteView {
    const { context } = this
    const shares = this.ceremony.record.holders.map(({ name }, at) => {
      const stand = { given: false, wrong: false, overridden: false, cosigned: 0 }
      return { person: me + at, name, number: at + 1, ...stand }
    })
    const roll = {
      round: context.round,
      question: '',
      rule: to_content(context.rule),
      roll_root: '',
      list_length: 0,
      vote_generator: to_content(context.vote_generator),
      without: 0,
    }
    return {
      phase: 'sealed',
      meeting_id: to_content(context.meeting),
      vote_id: to_content(context.vote),
      shape: motion_shape,
      election_key: to_content(context.election_key),
      key_holders: to_content(context.key_holders),
      words: '',
      threshold: 2,
      with_key: members,
      without_key: 0,
      roll,
      box_id: null,
      box: { root: '', file: '', ballots: 0, spoils: 0, contested: 0, shares },
      shredded: false,
    }
  }

  /** What an honest server tells. */
  told(): Told {
    const secret = this.secret_view()
    const { vote: id, question } = this
    const shown = { id, title: '决议', text: question.text, present: members, base_members: members + 1 }
    const view = { ...a_vote({ ...shown, state: 'closed', first_attempt: null }), secret }
    const people = this.voters.map(({ device }, at) => {
      return { person: at + 1, name: `member ${at + 1}`, device: to_content(device.public_key) }
    })
    const told: Told = {
      keys: this.keys_view(),
      view,
      documents: new Map(),
      files: new Map(),
      people: { seq: 0, members: people },
      record: (since) => this.log.prove(this.opened_at, this.sealed_at, since),
    }
    this.tell_question(told, this.question)
    this.tell_list(told, this.list)
    this.tell_acknowledgements(
      told,
      this.voters.map((voter) => this.acknowledgement(voter)),
    )
    this.tell_box(told, this.box)
    this.tell_confirmations(
      told,
      this.voters.slice(0, this.confirmed).map((voter) => this.confirmation(voter)),
    )
    return told
  }
}

/** One holder before what one server tells. */
export class Trial {
  now_ms = 1_000
  now_s = 1_790_000_000
  can_keep = true
  refusal: LocalText | null = null
  page_bytes = 500
  kept = 0
  /** What stands in the key file. */
  file: Uint8Array | null = null
  /** And what did when each share left. */
  files_then: (Uint8Array | null)[] = []
  asked_since: number[] = []
  given: Requests['share.give']['params'][] = []
  stated: Requests['share.state_erased']['params'][] = []
  diary: DiaryEntry[] = []
  before_page: (file: SecretFile, from: number) => void = () => {}
  readonly boxes: SecretBoxes

  constructor(
    house: House,
    public told: Told,
    readonly keys = house.keys(),
    builds: string[] = [],
  ) {
    const key = new DeviceKey(keys.seed)
    this.boxes = new SecretBoxes(keys, key, me, house.log.key, builds, this.desk(), seeded('trial'))
  }

  /** Everything is told once. */
  async begin(): Promise<this> {
    await this.boxes.begin_line(1_000)
    await this.boxes.take_keys(this.told.keys)
    return await this.look()
  }

  async look(): Promise<this> {
    await this.boxes.take_vote(this.told.view)
    return this
  }

  get report() {
    return this.boxes.reports[0]!
  }

  /** The holder presses the button for the box that is shown. */
  async press(reason: string | null = null): Promise<this> {
    await this.boxes.give(this.told.view.id, this.told.view.secret.box!.root, reason)
    return this
  }

  private desk(): Desk {
    return {
      act: async (method, params) => {
        if (method === 'share.state_erased')
          this.stated.push(params as Requests['share.state_erased']['params'])
        else if (method === 'share.give') {
          this.given.push(params as Requests['share.give']['params'])
          this.files_then.push(this.file)
        } else throw new Error(`a holder sent ${method}`)
        return this.refusal
      },
      ask: async (method, params) => this.answer(method, params) as never,
      document: async (wanted) => this.told.documents.get(wanted) ?? null,
      keep: async () => {
        if (!this.can_keep) return false
        this.kept += 1
        this.file = to_plain(this.keys)
        return true
      },
      note: async (entry) => void this.diary.push(entry),
      now_ms: () => this.now_ms,
      now_s: () => this.now_s,
      changed: () => {},
    }
  }

  private answer(method: string, params: unknown): unknown {
    if (method === 'roll.read') return this.told.people
    if (method === 'record.prove') {
      const { since } = params as Requests['record.prove']['params']
      this.asked_since.push(since)
      return this.told.record(since)
    }
    const { file, from } = params as Requests['box.read']['params']
    this.before_page(file, from)
    const whole = this.told.files.get(file)
    if (!whole || from > whole.length) return null
    const content = to_content(whole.slice(from, from + this.page_bytes))
    return { seq: 0, digest: to_content(name_of(whole)), total: whole.length, content }
  }
}
