import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Answering } from '../src/ballot/answering'
import { BallotWorker, type WorkerLike } from '../src/ballot/ballot_worker'
import { times, type Point } from '../src/ballot/group'
import type { BallotReply, BallotRequest } from '../src/ballot/messages'
import { ballot_name } from '../src/ballot/receipt'
import { ready, sodium } from '../src/ballot/sodium'
import { context_hash, type VoteContext } from '../src/ballot/terms'
import { Transcript, u32_bytes } from '../src/ballot/transcript'
import type { Vault } from '../src/ballot/vault'
import { digest, prepare, scalar, tree, type Day } from './ballot_days'
import { ceremony_record, made_key, MemoryVault } from './ballot_keys'

// A console's whole part in a secret vote, against a server made of the specification's equations.

/** A worker without a thread: messages are copied as a thread's would be. */
class NearWorker implements WorkerLike {
  private heard: (event: MessageEvent<BallotReply>) => void = () => undefined
  private readonly answering: Answering

  constructor(vault: Vault) {
    this.answering = new Answering(vault)
  }

  postMessage(message: unknown, transfer: Transferable[]): void {
    const request = structuredClone(message, { transfer }) as BallotRequest
    void this.answering.answer(request).then((reply) => {
      this.heard({ data: structuredClone(reply) } as MessageEvent<BallotReply>)
    })
  }

  addEventListener(_kind: 'message', heard: (event: MessageEvent<BallotReply>) => void): void {
    this.heard = heard
  }

  terminate(): void {}
}

const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts))
const server_seed = () => sodium.crypto_sign_seed_keypair(digest('server'))
const where = { member: 'plenum.example 17', sitting: 40 }
const ceremony = ceremony_record()
const build = digest('build')
/** What the days of `prepare('vote', …)` ask: the digest of it stands in their contexts. */
const question = 'vote question'

type Member = {
  worker: BallotWorker
  key: Point
  day: Day
  context: VoteContext
  place: { index: number; path: Uint8Array[] }
  pseudonym: Point
}

/** A member who signed in, and a vote whose list has the voting key on it. */
async function member(vote = 'vote', vault = new MemoryVault()): Promise<Member> {
  const worker = new BallotWorker(new NearWorker(vault))
  await worker.ask('device', where)
  const day = prepare(vote, 4)
  const { election_key, key_holders } = made_key()
  day.context = { ...day.context, origin: ceremony.origin, election_key, key_holders }
  const server_key = server_seed().publicKey
  const signed_in = await worker.ask('sign_in', { person: 17, channel: digest('c'), ceremony, server_key })
  if (!signed_in.ok) throw new Error(signed_in.refusal)
  const key = signed_in.value.registration.slice(1, 33)
  return { worker, key, day, ...listed(day, vote, key) }
}

/** The list of a day with one voting key more. */
function listed(day: Day, vote: string, key: Point) {
  const pseudonym = times(scalar(`${vote} r`), key)
  const list = [...day.list, pseudonym].sort(Buffer.compare)
  const { root, paths } = tree(list)
  const index = list.indexOf(pseudonym)
  const context = { ...day.context, roll_root: root, list_length: list.length }
  return { context, place: { index, path: paths[index]! }, pseudonym }
}

function signed(use: string, one: Member, ballot: Uint8Array, seq: number): Uint8Array {
  const domain = new Transcript(`plenum/${use}/v1`).bytes().slice()
  const fields = join(
    one.context.vote,
    context_hash(one.context),
    one.pseudonym,
    u32_bytes(seq),
    ballot_name(ballot),
  )
  const place = join(digest('box').slice(0, 16), new Uint8Array(8))
  const signature = sodium.crypto_sign_detached(join(domain, fields, place), server_seed().privateKey)
  return join(Uint8Array.of(1), fields, place, signature)
}

const leaf = (kind: number, pseudonym: Point, seq: number, bytes: Uint8Array) =>
  join(Uint8Array.of(kind), pseudonym, u32_bytes(seq), ballot_name(bytes))

/** A proof about some leaves of a box. */
function proof(leaves: Uint8Array[], indices: number[], claimed = leaves.length): Uint8Array {
  const { paths } = tree(leaves)
  const parts = indices.map((at) =>
    join(u32_bytes(at), leaves[at]!, Uint8Array.of(paths[at]!.length), ...paths[at]!),
  )
  return join(u32_bytes(claimed), Uint8Array.of(indices.length), ...parts)
}

describe('a console in a secret vote', () => {
  beforeAll(() => ready)

  let one: Member
  beforeEach(async () => {
    one = await member()
  })

  const acknowledge = (context = one.context, place = one.place) =>
    one.worker.ask('acknowledge', { context, shape: one.day.shape, question, place, build })

  async function press(choice = 1) {
    const asked = { vote: one.context.vote, question, choice: Uint8Array.of(choice) }
    const answer = await one.worker.ask('press', asked)
    if (!answer.ok) throw new Error(answer.refusal)
    return answer.value
  }

  it('signs that it is on the list, and nothing else than what it was told', async () => {
    const answer = await acknowledge()
    expect(answer).toMatchObject({ ok: true, value: { context: context_hash(one.context) } })
    one = await member()
    const wrong_key = { ...one.context, election_key: one.day.list[0]! }
    expect(await acknowledge(wrong_key)).toMatchObject({ refusal: 'key_differs' })
    const wrong_holders = { ...one.context, key_holders: digest('others') }
    expect(await acknowledge(wrong_holders)).toMatchObject({ refusal: 'key_differs' })
    expect(await acknowledge({ ...one.context, vote_generator: new Uint8Array(32) })).toMatchObject({
      refusal: 'context_malformed',
    })
    const elsewhere = { ...one.place, index: one.place.index ^ 1 }
    expect(await acknowledge(one.context, elsewhere)).toMatchObject({ refusal: 'not_on_list' })
    expect(await acknowledge(one.day.context)).toMatchObject({ refusal: 'not_on_list' })
    expect(await acknowledge({ ...one.context, list_length: 4 })).toMatchObject({ refusal: 'not_on_list' })
  })

  it('neither signs nor votes where another question is asked than the screen shows', async () => {
    const ask = { context: one.context, shape: one.day.shape, place: one.place, build }
    const other = await one.worker.ask('acknowledge', { ...ask, question: 'another question' })
    expect(other).toMatchObject({ refusal: 'question_differs' })
    await acknowledge()
    const choice = Uint8Array.of(1)
    const pressed = { vote: one.context.vote, question: 'another question', choice }
    expect(await one.worker.ask('press', pressed)).toMatchObject({ refusal: 'question_differs' })
  })

  it('takes later rounds of a vote only, and no generator twice', async () => {
    await acknowledge()
    expect(await acknowledge()).toMatchObject({ ok: true })
    const { origin, election_key, key_holders } = one.context
    const later = prepare('vote', 5)
    later.context = { ...later.context, origin, election_key, key_holders }
    const other = listed(later, 'vote', one.key)
    const earlier = { ...other.context, round: 1 }
    expect(await acknowledge(earlier, other.place)).toMatchObject({ refusal: 'round_repeated' })
    const same_generator = { ...other.context, round: 2 }
    expect(await acknowledge(same_generator, other.place)).toMatchObject({ refusal: 'generator_repeated' })
  })

  it('hands the choice over and keeps no copy on the page', async () => {
    await acknowledge()
    const choice = Uint8Array.of(2)
    const answer = await one.worker.ask('press', { vote: one.context.vote, question, choice })
    expect(answer).toMatchObject({ ok: true, value: { ballot: expect.any(Uint8Array) } })
    expect(choice.length).toBe(0)
  })

  it('refuses a choice the question does not have', async () => {
    await acknowledge()
    const ask = (choice: Uint8Array) => one.worker.ask('press', { vote: one.context.vote, question, choice })
    for (const wrong of [Uint8Array.of(3), Uint8Array.of(1, 1), new Uint8Array(0)]) {
      expect(await ask(wrong)).toMatchObject({ refusal: 'choice_not_allowed' })
    }
    const elsewhere = { vote: digest('other').slice(0, 16), question, choice: Uint8Array.of(1) }
    expect(await one.worker.ask('press', elsewhere)).toMatchObject({ refusal: 'vote_unknown' })
  })

  it('makes ballots of one length with a growing seq', async () => {
    await acknowledge()
    const ballots = [await press(0), await press(1), await press(2)]
    expect(new Set(ballots.map(({ ballot }) => ballot.length)).size).toBe(1)
    const [first, second, third] = ballots.map(({ seq }) => seq)
    expect(first).toBeLessThan(2 ** 30)
    expect(second).toBeGreaterThan(first!)
    expect(third).toBeGreaterThan(second!)
    expect(third! - first!).toBeLessThanOrEqual(2 * 2 ** 16)
  })

  it('believes a receipt only when the server signed it for this ballot', async () => {
    await acknowledge()
    const { ballot, seq } = await press()
    const receive = (receipt: Uint8Array) =>
      one.worker.ask('receive', { vote: one.context.vote, seq, receipt })
    const receipt = signed('receipt', one, ballot, seq)
    for (const at of [0, 5, 40, 100, receipt.length - 1]) {
      const changed = receipt.slice()
      changed[at]! ^= 1
      expect(await receive(changed)).toMatchObject({ refusal: 'receipt_wrong' })
    }
    expect(await receive(signed('spoil-ok', one, ballot, seq))).toMatchObject({ refusal: 'receipt_wrong' })
    expect(await receive(receipt)).toMatchObject({ ok: true })
  })

  it('opens a ballot only after the server signed that it does not count, and once', async () => {
    await acknowledge()
    const { ballot, seq } = await press(2)
    const open = (spoil_ok: Uint8Array) => one.worker.ask('open', { vote: one.context.vote, spoil_ok })
    const spoil_ok = signed('spoil-ok', one, ballot, seq)
    expect(await open(spoil_ok)).toMatchObject({ refusal: 'nothing_to_spoil' })
    expect(await one.worker.ask('spoil', { vote: one.context.vote })).toMatchObject({
      ok: true,
      value: { seq },
    })
    expect(await open(signed('receipt', one, ballot, seq))).toMatchObject({ refusal: 'receipt_wrong' })
    const answer = await open(spoil_ok)
    expect(answer).toMatchObject({ ok: true, value: { ballot } })
    if (answer.ok) expect(new DataView(answer.value.opening.buffer).getBigUint64(0, true)).toBe(8n)
    expect(await open(spoil_ok)).toMatchObject({ refusal: 'nothing_to_spoil' })
  })

  describe('after the close', () => {
    const lower = new Uint8Array(32)
    const higher = new Uint8Array(32).fill(255)
    const confirm = (leaves: Uint8Array[], indices: number[], claimed = leaves.length) => {
      const root = tree(leaves).root
      return one.worker.ask('confirm', {
        vote: one.context.vote,
        root,
        proof: proof(leaves, indices, claimed),
      })
    }

    it('confirms the box that holds its ballot, and no second one', async () => {
      await acknowledge()
      const { ballot, seq } = await press()
      await one.worker.ask('receive', {
        vote: one.context.vote,
        seq,
        receipt: signed('receipt', one, ballot, seq),
      })
      const leaves = [
        leaf(1, lower, 1, lower),
        leaf(1, one.pseudonym, seq, ballot),
        leaf(1, higher, 1, lower),
      ]
      expect(await confirm([leaves[0]!, leaves[2]!], [0, 1])).toMatchObject({ refusal: 'box_differs' })
      const other = [leaves[0]!, leaf(1, one.pseudonym, seq, lower), leaves[2]!]
      expect(await confirm(other, [1])).toMatchObject({ refusal: 'box_differs' })
      expect(await confirm(leaves, [1])).toMatchObject({
        ok: true,
        value: { found: { kind: 'present', seq } },
      })
      expect(await confirm(leaves.slice(0, 2), [1])).toMatchObject({ refusal: 'root_repeated' })
      expect(
        await one.worker.ask('press', { vote: one.context.vote, question, choice: Uint8Array.of(1) }),
      ).toMatchObject({
        refusal: 'vote_over',
      })
    })

    it('confirms a box without it when it pressed nothing', async () => {
      const [first, last] = [leaf(1, lower, 1, lower), leaf(1, higher, 1, lower)]
      const cases: [(own_spoil: Uint8Array) => Uint8Array[], number[]][] = [
        [(own_spoil) => [first, own_spoil, last], [0, 1]],
        [() => [last], [0]],
        [() => [first], [0]],
        [() => [], []],
      ]
      for (const [leaves, indices] of cases) {
        one = await member()
        await acknowledge()
        expect(await confirm(leaves(leaf(2, one.pseudonym, 4, lower)), indices)).toMatchObject({
          ok: true,
          value: { found: { kind: 'absent' } },
        })
      }
    })

    it('is not told that it is absent by neighbours that are none', async () => {
      await acknowledge()
      const leaves = [lower, lower, higher, higher].map((point, at) => leaf(1, point, at, lower))
      for (const [indices, claimed] of [[[0, 2]], [[1, 3]], [[0]], [[3], 5], [[2, 1]], [[1]]] as [
        number[],
        number?,
      ][]) {
        expect(await confirm(leaves, indices, claimed)).toMatchObject({ refusal: 'box_differs' })
      }
    })
  })
})

describe('a console that is loaded anew', () => {
  beforeAll(() => ready)

  async function again(vault: MemoryVault) {
    const worker = new BallotWorker(new NearWorker(vault))
    const answer = await worker.ask('device', where)
    if (!answer.ok) throw new Error(answer.refusal)
    return { worker, ...answer.value }
  }

  async function after_a_press() {
    const vault = new MemoryVault()
    const one = await member('vote', vault)
    const { context, place, day } = one
    await one.worker.ask('acknowledge', { context, shape: day.shape, question, place, build })
    const pressed = await one.worker.ask('press', { vote: context.vote, question, choice: Uint8Array.of(1) })
    if (!pressed.ok) throw new Error(pressed.refusal)
    return { vault, one, ...pressed.value }
  }

  it('has its keys and knows what it sent, byte by byte', async () => {
    const { vault, one, ballot, seq, tracker } = await after_a_press()
    const { worker, is_kept, pinned, votes } = await again(vault)
    expect(is_kept).toBe(true)
    expect(pinned).toEqual(one.context.key_holders)
    expect(votes).toEqual([
      {
        vote: one.context.vote,
        newest: { seq, ballot, tracker, received: false, spoil: 'none' },
        confirmed: false,
      },
    ])
    const receipt = signed('receipt', one, ballot, seq)
    expect(await worker.ask('receive', { vote: one.context.vote, seq, receipt })).toMatchObject({ ok: true })
    expect((await again(vault)).votes[0]?.newest?.received).toBe(true)
    const found = await worker.ask('find', { context: one.context, shape: one.day.shape })
    expect(found).toMatchObject({ ok: true, value: { pseudonym: one.pseudonym } })
  })

  it('jumps with its seq, once, and can open nothing from before', async () => {
    const { vault, one, seq } = await after_a_press()
    const { worker } = await again(vault)
    expect(await worker.ask('spoil', { vote: one.context.vote })).toMatchObject({
      refusal: 'nothing_to_spoil',
    })
    const next = async () => {
      const answer = await worker.ask('press', { vote: one.context.vote, question, choice: Uint8Array.of(0) })
      return answer.ok ? answer.value.seq : -1
    }
    const second = await next()
    expect(second - seq).toBeGreaterThan(2 ** 20)
    expect((await next()) - second).toBeLessThanOrEqual(2 ** 16)
  })

  it('keeps neither a choice nor the randomness of a ballot', async () => {
    const { vault } = await after_a_press()
    const kept = [...vault.entries.entries()].find(([name]) => name.startsWith('voter '))![1]
    const { generators, election, votes, ...rest } = JSON.parse(Buffer.from(kept.subarray(32)).toString())
    expect(rest).toEqual({})
    expect(Object.keys(election).sort()).toEqual(['holders', 'key', 'server_key'])
    expect(generators).toHaveLength(1)
    expect(votes.map((one: object) => Object.keys(one).sort())).toEqual([
      ['confirmed', 'context', 'sent', 'shape'],
    ])
    expect(Object.keys(votes[0].sent[0]).sort()).toEqual(['bytes', 'received', 'seq', 'spoil'])
  })

  it('has nothing left after the sign-out but its device key', async () => {
    const { vault, one } = await after_a_press()
    await one.worker.ask('sign_out', {})
    expect([...vault.entries.keys()]).toEqual([`device ${where.member}`])
    expect(await again(vault)).toMatchObject({ pinned: null, votes: [] })
  })

  it('says when its browser keeps nothing', async () => {
    const { is_kept, pinned } = await again(new MemoryVault(false))
    expect([is_kept, pinned]).toEqual([false, null])
  })

  it('refuses an election key that its holders did not make', async () => {
    const worker = new BallotWorker(new NearWorker(new MemoryVault()))
    await worker.ask('device', where)
    const answer = await worker.ask('sign_in', {
      person: 17,
      channel: digest('c'),
      ceremony: { ...ceremony, attempt: 2 },
      server_key: digest('s'),
    })
    expect(answer).toMatchObject({ refusal: 'ceremony_wrong' })
  })
})

describe('the library of the worker', () => {
  beforeAll(() => ready)

  it('refuses the second spelling of a point', () => {
    const point = sodium.crypto_scalarmult_ristretto255_base(scalar('x'))
    expect(sodium.crypto_core_ristretto255_is_valid_point(point)).toBe(true)
    point[31]! |= 0x80
    expect(sodium.crypto_core_ristretto255_is_valid_point(point)).toBe(false)
  })
})
