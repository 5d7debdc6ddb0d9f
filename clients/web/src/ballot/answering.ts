import type { BallotReply, BallotRequest } from './messages'
import { sodium, system_randomness, wipe } from './sodium'
import { Voter } from './voter'
import { DeviceKey } from './voting_key'

/** The worker's part of the conversation, without the worker: answers one request after another. */
export class Answering {
  private device: DeviceKey | null = null
  private voter: Voter | null = null

  answer(request: BallotRequest): BallotReply {
    return { id: request.id, answer: this.answer_to(request) }
  }

  private answer_to(request: BallotRequest): BallotReply['answer'] {
    if (request.kind === 'device') return { ok: true, value: this.take_device(request.seed) }
    const { device, voter } = this
    if (device === null || voter === null) return { ok: false, refusal: 'not_signed_in' }
    switch (request.kind) {
      case 'sign_in': {
        const registrant = { ...request.registrant, device_key: device.public_key }
        return { ok: true, value: { registration: voter.sign_in(registrant, request.election) } }
      }
      case 'sign_out':
        voter.sign_out()
        return { ok: true, value: null }
      case 'acknowledge':
        return voter.acknowledge(request.context, request.shape, request.place, request.build)
      case 'press':
        return voter.press(request.vote, request.choice)
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

  private take_device(seed: Uint8Array | null): { public_key: Uint8Array } {
    this.voter?.sign_out()
    this.device?.wipe()
    const used = seed ?? sodium.randombytes_buf(32)
    this.device = new DeviceKey(used)
    wipe(used)
    this.voter = new Voter(this.device, system_randomness)
    return { public_key: this.device.public_key }
  }
}
