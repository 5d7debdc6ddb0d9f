import { response, Wire } from './ballot'
import { scalar_of_challenge, times_generator, type Point, type Scalar } from './group'
import { Secrets, sodium, wipe, type Randomness } from './sodium'
import { Transcript } from './transcript'

/** Whose voting key it is, and where it was made (docs/ballot_protocol.md 3). */
export type Registrant = {
  origin: string
  meeting: Uint8Array
  person: Uint8Array
  /** Ed25519, of this console. */
  device_key: Uint8Array
  /** 32 bytes the server chose for this session. */
  channel: Uint8Array
}

/** The secret x and PK = x·G. Made at sign-in, wiped at sign-out. */
export class VotingKey {
  private constructor(
    readonly secret: Scalar,
    readonly point: Point,
  ) {}

  static make(randomness: Randomness): VotingKey {
    const wide = randomness(64)
    const secret = sodium.crypto_core_ristretto255_scalar_reduce(wide)
    wipe(wide)
    return new VotingKey(secret, times_generator(secret))
  }

  /** From its kept secret, which is taken over. */
  static of(secret: Scalar): VotingKey {
    return new VotingKey(secret, times_generator(secret))
  }

  wipe(): void {
    wipe(this.secret)
  }
}

/** An Ed25519 key of this console. Made once, wiped when the worker ends. */
export class DeviceKey {
  readonly public_key: Uint8Array
  private readonly secret: Uint8Array

  constructor(seed: Uint8Array) {
    const pair = sodium.crypto_sign_seed_keypair(seed)
    this.public_key = pair.publicKey
    this.secret = pair.privateKey
  }

  sign(message: Uint8Array): Uint8Array {
    return sodium.crypto_sign_detached(message, this.secret)
  }

  wipe(): void {
    wipe(this.secret)
  }
}

/** R, which the proof of possession speaks of. */
function registration(registrant: Registrant, key: Point): Transcript {
  return new Transcript('plenum/voting-key/v1')
    .text(registrant.origin)
    .raw(registrant.meeting)
    .raw(registrant.person)
    .raw(registrant.device_key)
    .raw(registrant.channel)
    .raw(key)
}

/**
 * PK with the proof that its secret is known here, signed by the device: `u8 1 | PK | K | z | signature`.
 * The rest
 * is known to whoever receives it.
 */
export function register(
  registrant: Registrant,
  key: VotingKey,
  device: DeviceKey,
  randomness: Randomness,
): Uint8Array {
  const secrets = new Secrets()
  try {
    const said = registration(registrant, key.point)
    const nonce = secrets.keep(said.nonce(key.secret, 0, randomness))
    const commitment = times_generator(nonce)
    const challenge = scalar_of_challenge(said.raw(commitment).challenge())
    const answer = response(nonce, challenge, key.secret, secrets)
    const signature = device.sign(said.raw(answer).bytes())
    const wire = new Wire(1 + 3 * 32 + 64).put(Uint8Array.of(1)).put(key.point).put(commitment)
    return wire.put(answer).put(signature).done()
  } finally {
    secrets.wipe()
  }
}
