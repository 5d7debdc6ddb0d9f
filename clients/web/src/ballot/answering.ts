import { prove_device } from './enrolment'
import { from_kept, to_kept } from './kept_voter'
import { check_ceremony, words_of } from './key_holders'
import type { BallotReply, BallotRequest, BallotRequests } from './messages'
import { person_id } from './record_id'
import { sodium, system_randomness, wipe } from './sodium'
import { device_entry, voter_entry, type Vault } from './vault'
import { Voter } from './voter'
import { DeviceKey } from './voting_key'

type Asked<Kind extends BallotRequest['kind']> = BallotRequests[Kind]['ask']

/** The worker's part of the conversation, without the worker: answers one request after another. */
export class Answering {
  private device: DeviceKey | null = null
  private voter: Voter | null = null
  private kept_as = ''
  private is_kept = false

  constructor(private readonly vault: Vault) {}

  async answer(request: BallotRequest): Promise<BallotReply> {
    const answer = await this.answer_to(request)
    // Kept before anything leaves: what the server may have, the console knows of after a reload too.
    if (request.kind !== 'device' && request.kind !== 'sign_out') await this.keep()
    return { id: request.id, answer }
  }

  private async answer_to(request: BallotRequest): Promise<BallotReply['answer']> {
    if (request.kind === 'device') return { ok: true, value: await this.take_device(request) }
    const { device, voter } = this
    if (device === null || voter === null) return { ok: false, refusal: 'not_signed_in' }
    switch (request.kind) {
      case 'enroll': {
        const person = person_id(request.origin, request.person)
        return { ok: true, value: { proof: prove_device({ ...request, person }, device) } }
      }
      case 'sign_in':
        return this.sign_in(request, device, voter)
      case 'sign_out':
        voter.sign_out()
        await this.vault.erase(this.kept_as)
        return { ok: true, value: null }
      case 'find':
        return voter.find(request.context, request.shape)
      case 'acknowledge':
        return voter.acknowledge(
          request.context,
          request.shape,
          request.question,
          request.place,
          request.build,
        )
      case 'press':
        return voter.press(request.vote, request.question, request.choice)
      case 'receive':
        return voter.receive(request.vote, request.seq, request.receipt)
      case 'spoil':
        return voter.spoil(request.vote)
      case 'open':
        return voter.open(request.vote, request.spoil_ok)
      case 'confirm':
        return voter.confirm(request.vote, request.root, request.proof)
    }
  }

  private async take_device({
    member,
    sitting,
  }: Asked<'device'>): Promise<BallotRequests['device']['answer']> {
    this.voter?.sign_out()
    this.device?.wipe()
    const entry = device_entry(member)
    const kept_seed = await this.vault.read(entry)
    const seed = kept_seed ?? sodium.randombytes_buf(32)
    this.is_kept = kept_seed !== null || (await this.vault.write(entry, seed))
    this.device = new DeviceKey(seed)
    wipe(seed)
    this.voter = new Voter(this.device, system_randomness)
    this.kept_as = voter_entry(member, sitting)
    const kept_bytes = await this.vault.read(this.kept_as)
    const kept = kept_bytes && from_kept(kept_bytes)
    if (kept_bytes) wipe(kept_bytes)
    if (kept) this.voter.resume(kept)
    return {
      public_key: this.device.public_key,
      is_kept: this.is_kept,
      pinned: kept?.election.holders ?? null,
      words: kept ? words_of(kept.election.holders) : '',
      votes: this.voter.memory(),
    }
  }

  private sign_in(asked: Asked<'sign_in'>, device: DeviceKey, voter: Voter): BallotReply['answer'] {
    const { ceremony, channel, server_key } = asked
    const election = check_ceremony(ceremony)
    if (election === null) return { ok: false, refusal: 'ceremony_wrong' }
    const { origin, meeting } = ceremony
    const person = person_id(origin, asked.person)
    const registrant = { origin, meeting, person, channel, device_key: device.public_key }
    const { key, holders, words } = election
    const registration = voter.sign_in(registrant, { key, holders, server_key })
    return { ok: true, value: { registration, holders, words } }
  }

  private async keep(): Promise<void> {
    const kept = this.is_kept ? this.voter?.kept() : null
    if (!kept) return
    const bytes = to_kept(kept)
    await this.vault.write(this.kept_as, bytes)
    wipe(bytes)
  }
}
