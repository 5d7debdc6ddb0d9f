// The server's part in one secret vote, in front of a FakeServer: it draws the list, checks what the console
// sends by the browser checker's equations, signs receipts and makes the box. And it lies where a test says.
import { createHash, createPrivateKey, createPublicKey, randomBytes, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { vote } from './canned.mjs'
import { load_checker } from './checker.mjs'
import { refusal } from './fake_server.mjs'

const vectors = new URL('../../schemas/vectors/ceremony.json', import.meta.url)
const [made] = JSON.parse(readFileSync(vectors, 'utf8')).accepted
/** What every ballot is bound to beside the text, unless a test asks something else: the canned motion. */
const motion = {
  shape: { kind: 'grid', options: 3, rows: 1, min: 0, max: 1 },
  labels: [vote('').title, '弃权', '赞成', '反对'],
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest()
const spell = (bytes) => Buffer.from(bytes).toString('base64url')
const read = (text) => new Uint8Array(Buffer.from(text, 'base64url'))
const unhex = (text) => Buffer.from(text, 'hex')
const u32 = (number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(number)
  return bytes
}

/** An Ed25519 key from a seed, with its 32 public bytes. */
function signing_key(seed) {
  const der = Buffer.concat([unhex('302e020100300506032b657004220420'), sha256(seed)])
  const secret = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const spelled = createPublicKey(secret).export({ format: 'der', type: 'spki' })
  return { secret, bytes: spelled.subarray(-32) }
}

const no = (name) => ({ error: refusal(1099, name, '不行', '再试') })

export class CannedClerk {
  static async open(server, code, person) {
    const clerk = new CannedClerk()
    Object.assign(clerk, { server, code, checker: await load_checker() })
    clerk.key = signing_key('server')
    server.origin = made.terms.origin
    const key = Buffer.concat([Buffer.of(1), clerk.key.bytes]).toString('base64')
    server.vkey = `${server.origin}+00000000+${key}`
    clerk.person = person
    clerk.begin()
    return clerk
  }

  /** A new vote and a console nobody knows. */
  begin() {
    this.vote_id = randomBytes(16)
    this.box_id = randomBytes(16)
    this.round = 0
    this.asked = motion
    this.ballots = new Map()
    this.spoils = []
    this.kept = { acknowledgements: 0, confirmations: 0, contests: 0, casts: 0 }
    this.lies = {}
    this.voting_key = null
    this.has_spent_code = false
    this.channel = null
    this.tell_me({ device: null, keyed_in: [] }, false)
    this.server.channel = () => (this.channel = randomBytes(32).toString('base64url'))
    Object.assign(this.server.answers, {
      'console.enroll': (params) => this.enroll(params),
      'voting_key.register': (params) => this.register(params),
      'roll.path': (params) => this.path(params),
      'roll.acknowledge': (params) => this.acknowledge(params),
      'ballot.cast': (params) => this.cast(params),
      'ballot.spoil': (params) => this.spoil(params),
      'box.proof': (params) => this.prove(params),
      'box.confirm': (params) => this.confirm(params),
      'box.contest': () => ({ result: this.receipt((this.kept.contests += 1)) }),
    })
  }

  receipt() {
    return { seq: 70, at_ms: 0, leaf: 'A'.repeat(43) }
  }

  tell_me(changes, is_told = true) {
    this.me = { ...(this.me ?? this.server.people.get(this.code)), ...changes }
    this.server.people.set(this.code, this.me)
    if (is_told) this.server.tell('me.changed', { seq: 70, me: this.me })
  }

  /** What everybody hears of the meeting's keys. */
  keys() {
    return {
      meeting: 30,
      meeting_id: spell(unhex(made.terms.meeting)),
      threshold: made.terms.threshold,
      attempt: made.terms.attempt,
      phase: 'made',
      restart: null,
      election_key: spell(unhex(made.election_key)),
      key_holders: spell(unhex(made.key_holders_hash)),
      words: made.words,
      holders: made.terms.holders.map(({ name, key }, at) => ({
        person: 90 + at,
        name,
        key: spell(unhex(key)),
        commit: spell(unhex(made.commits[at])),
        open: spell(unhex(made.opens[at])),
        agree: spell(unhex(made.agrees[at])),
      })),
    }
  }

  enroll({ device, channel, proof }) {
    const { Said, from_hex } = this.checker.bytes
    const person = from_hex(this.person)
    const said = new Said('plenum/console/v1')
      .text(this.server.origin)
      .raw(person, read(device), read(channel))
    const holds = this.checker.group.is_signed(said.bytes(), read(proof), read(device))
    if (!holds || channel !== this.channel) return no('signature_wrong')
    if (this.has_spent_code) return no('code_spent')
    setTimeout(() => this.tell_me({ device, keyed_in: [] }))
    return { result: this.receipt() }
  }

  register({ sitting, channel, registration }) {
    const registrant = {
      origin: this.server.origin,
      meeting: new Uint8Array(unhex(made.terms.meeting)),
      person: this.checker.bytes.from_hex(this.person),
      device_key: read(this.server.requests_of('console.enroll').at(-1)?.params.device ?? this.me.device),
      channel: read(channel),
    }
    const fault = this.checker.list.check_registration(registrant, read(registration))
    if (fault !== null || channel !== this.channel) return no('signature_wrong')
    this.voting_key = read(registration).slice(1, 33)
    setTimeout(() => this.tell_me({ keyed_in: [sitting] }))
    return { result: this.receipt() }
  }

  /** Draws the list of the next round: the console's key and eleven others. */
  call({ text, without_console = false }) {
    const { group, merkle } = this.checker
    const scalar = () => group.modulo(BigInt(`0x${randomBytes(40).toString('hex')}`))
    const r = scalar()
    this.generator = group.times_generator(r).toBytes()
    const others = Array.from({ length: 11 }, () => group.times_generator(scalar()))
    const own = without_console ? [] : [group.parse_point(this.voting_key)]
    this.own = own.map((key) => Buffer.from(group.times(key, r).toBytes()))
    this.list = [...others, ...own].map((key) => group.times(key, r).toBytes()).sort(Buffer.compare)
    this.tree = new merkle.Tree(this.list.map(merkle.hash_of_leaf))
    const { labels, shape } = this.asked
    const question = this.checker.json.canonical({ labels, shape, text, v: 1 })
    this.roll = {
      round: (this.round += 1),
      question: this.server.add_document(question),
      rule: spell(sha256('rule')),
      roll_root: spell(this.tree.root()),
      list_length: this.list.length,
      vote_generator: spell(this.generator),
      without: 0,
    }
    this.context = {
      origin: this.server.origin,
      meeting: unhex(made.terms.meeting),
      vote: new Uint8Array(this.vote_id),
      round: this.round,
      question: read(this.roll.question),
      rule: read(this.roll.rule),
      roll_root: this.tree.root(),
      list_length: this.list.length,
      key_holders: new Uint8Array(unhex(made.key_holders_hash)),
      election_key: new Uint8Array(unhex(made.election_key)),
      vote_generator: this.generator,
    }
    this.terms = this.checker.context.terms_of(this.context, shape)
  }

  /** The secret part of the vote's view. */
  view(phase, changes = {}) {
    return {
      phase,
      meeting_id: spell(unhex(made.terms.meeting)),
      vote_id: spell(this.vote_id),
      shape: this.asked.shape,
      election_key: spell(unhex(made.election_key)),
      key_holders: spell(unhex(made.key_holders_hash)),
      words: made.words,
      threshold: made.terms.threshold,
      with_key: 12,
      without_key: 0,
      roll: phase === 'to_call' ? null : this.roll,
      box_id: ['to_call', 'called'].includes(phase) ? null : spell(this.box_id),
      box: null,
      shredded: false,
      ...changes,
    }
  }

  path({ pseudonym, round }) {
    const index = this.list.findIndex((point) => Buffer.compare(point, read(pseudonym)) === 0)
    if (index < 0 || round !== this.round) return no('not_in_electorate')
    const hashes = this.way(this.list, index).map(spell)
    return { result: { index: this.lies.place ? index ^ 1 : index, hashes } }
  }

  /** The hashes from a leaf to the root, by the definition of RFC 6962. */
  way(leaves, index) {
    if (leaves.length === 1) return []
    let split = 1
    while (split * 2 < leaves.length) split *= 2
    const [left, right] = [leaves.slice(0, split), leaves.slice(split)]
    const { root_of } = this.checker.merkle
    return index < split
      ? [...this.way(left, index), root_of(right)]
      : [...this.way(right, index - split), root_of(left)]
  }

  acknowledge({ round, build, signature }) {
    const message = this.checker.list.ack_of(this.context, read(build))
    const holds = this.checker.group.is_signed(message, read(signature), read(this.me.device))
    if (!holds || round !== this.round) return no('signature_wrong')
    this.build = Buffer.from(read(build)).toString('hex')
    return { result: { kept: (this.kept.acknowledgements += 1) } }
  }

  /** The server's word on a ballot. */
  signed(use, bytes) {
    const { Said, concat } = this.checker.bytes
    const fields = concat([
      this.terms.vote,
      this.terms.context,
      bytes.subarray(17, 53),
      new Uint8Array(sha256(bytes)),
      new Uint8Array(this.box_id),
      new Uint8Array(8),
    ])
    const said = new Said(`plenum/${use}/v1`).raw(fields).bytes()
    const signature = sign(null, said, this.key.secret)
    if (this.lies.receipt) signature[3] ^= 1
    return { result: { receipt: spell(Buffer.concat([Buffer.of(1), fields, signature])) } }
  }

  cast({ ballot }) {
    const bytes = read(ballot)
    this.kept.casts += 1
    if (this.checker.ballot.check_ballot(this.terms, bytes) !== null) return no('ballot_wrong')
    if (this.lies.silence) return null
    this.ballots.set(Buffer.from(bytes).readUInt32LE(49), bytes)
    return this.signed('receipt', bytes)
  }

  spoil({ spoil }) {
    const bytes = read(spoil)
    const ballot = this.ballots.get(Buffer.from(bytes).readUInt32LE(49))
    if (this.checker.box.check_spoil(this.terms, bytes) !== null || !ballot) return no('ballot_wrong')
    this.spoils.push(bytes)
    return this.signed('spoil-ok', ballot)
  }

  /** Seals the box: what of the console's counts, among ballots of nobody. */
  seal() {
    const leaf = (kind, bytes) => Buffer.concat([Buffer.of(kind), bytes.subarray(17, 53), sha256(bytes)])
    const top = Math.max(0, ...this.ballots.keys())
    const spoiled = this.spoils.map((bytes) => Buffer.from(bytes).readUInt32LE(49))
    const own = [...this.spoils.map((bytes) => leaf(2, bytes))]
    if (top > 0 && !spoiled.includes(top) && !this.lies.dropped) own.push(leaf(1, this.ballots.get(top)))
    const others = this.list
      .filter((point) => !this.own.some((one) => one.equals(Buffer.from(point))))
      .slice(0, 8)
      .map((point) => Buffer.concat([Buffer.of(1), point, u32(7), sha256(point)]))
    this.leaves = [...others, ...own].sort(
      (a, b) => Buffer.compare(a.subarray(1, 33), b.subarray(1, 33)) || a[0] - b[0],
    )
    this.box_root = this.checker.merkle.root_of(this.leaves)
    const share = (number, changes) => {
      const name = made.terms.holders[number - 1].name
      return { person: 89 + number, name, number, given: false, wrong: false, overridden: false, ...changes }
    }
    return {
      root: spell(this.box_root),
      file: spell(sha256('box')),
      ballots: this.leaves.filter((one) => one[0] === 1).length,
      spoils: this.spoils.length,
      contested: 0,
      shares: made.terms.holders.map((_, at) => share(at + 1, { given: at === 0 })),
    }
  }

  prove({ pseudonym }) {
    const own = Buffer.from(read(pseudonym))
    const at = this.leaves.findIndex((one) => one[0] === 1 && one.subarray(1, 33).equals(own))
    const before = this.leaves.filter((one) => Buffer.compare(one.subarray(1, 33), own) < 0).length
    const near = at >= 0 ? [at] : [before - 1, before].filter((one) => one >= 0 && one < this.leaves.length)
    const parts = near.map((index) => {
      const path = this.way(this.leaves, index)
      return Buffer.concat([u32(index), this.leaves[index], Buffer.of(path.length), ...path])
    })
    const proof = Buffer.concat([u32(this.leaves.length), Buffer.of(near.length), ...parts])
    const root = this.lies.root ? sha256('another box') : this.box_root
    return { result: { root: spell(root), proof: spell(proof) } }
  }

  confirm({ root, signature }) {
    const message = this.checker.list.box_ok_of(this.terms.vote, this.terms.context, this.box_root)
    const holds = this.checker.group.is_signed(message, read(signature), read(this.me.device))
    if (!holds || root !== spell(this.box_root)) return no('root_differs')
    return { result: { kept: (this.kept.confirmations += 1) } }
  }

  all(count, of) {
    return Array.from({ length: count }, (_, at) => of(at))
  }

  /** Whether what a screen shows as the data of an opened ballot holds, and what it says. */
  opened(text) {
    const [name, ballot, opening, spoil_ok] = text.split('.')
    const bytes = read(ballot)
    const { ballot: ballots, box } = this.checker
    const holds =
      name === 'plenum-opening-1' &&
      ballots.is_opening(this.terms, bytes, read(opening)) &&
      box.check_receipt('spoil-ok', this.terms, bytes, read(spoil_ok), new Uint8Array(this.key.bytes))
    if (!holds) return null
    const numbers = Buffer.from(read(opening))
    const { kind, rows, options } = this.terms.shape
    const value = (at) => numbers.readBigUInt64LE(40 * at)
    if (this.asked === motion) {
      return { 0: 'abstain', 1: 'approve', [this.terms.base]: 'oppose' }[value(0)] ?? null
    }
    // Spelled as consoles spell a choice: a digit a candidate, an option, or an object.
    const { base } = this.terms
    const said = {
      grid: () => this.all(rows, (at) => [0n, 1n, base, base * base].indexOf(value(at))),
      choose: () => this.all(options, (at) => Number(value(at))),
      elect: () => this.all(options, (at) => Number(value(2 * at) + 2n * value(2 * at + 1))),
    }[kind]()
    return said.join('')
  }
}
