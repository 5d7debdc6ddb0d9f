import { response } from './ballot'
import {
  agreement_of,
  ceremony_id,
  commit_in,
  commitment_of,
  evaluate,
  fields_length,
  fields_of,
  open_fault,
  open_fields,
  open_in,
  possession_statement,
  share_index,
  sealed_share_bytes,
  sign_message,
  type CeremonyOpen,
  type CeremonyStep,
  type CeremonyTerms,
  type Possession,
} from './ceremony'
import { joined } from './fields'
import {
  equal,
  is_scalar,
  scalar_add,
  scalar_multiply,
  scalar_of,
  scalar_of_challenge,
  scalar_reduce,
  times_generator,
  type Point,
  type Scalar,
} from './group'
import { key_of, type ElectionKey } from './key_holders'
import { Secrets, sodium, wipe, type Randomness } from './sodium'
import type { DeviceKey } from './voting_key'

/** Why a ceremony cannot go on. */
export type CeremonyFault =
  'malformed' | 'equivocation' | 'other_commitment' | 'no_possession' | 'wrong_share' | 'other_agreement'

/** `refused` accuses nobody: anybody can send a bad signature. `carrier`: whoever carried it changed it. */
export type Taken = 'ok' | 'refused' | 'carrier'

/** f_i(j) out of its box; null when it does not open or does not fit the coefficients. */
export function open_share(
  sealed: Uint8Array,
  sender: Uint8Array,
  exchange_secret: Uint8Array,
  coefficients: readonly Point[],
  owner: number,
): Scalar | null {
  if (sealed.length !== sealed_share_bytes) return null
  let share: Uint8Array
  try {
    const [nonce, box] = [sealed.slice(0, 24), sealed.slice(24)]
    share = sodium.crypto_box_open_easy(box, nonce, sender, exchange_secret)
  } catch {
    return null
  }
  // A second spelling of the same number would make two holders disagree about what was sent.
  const holds = is_scalar(share) && share.some((byte) => byte !== 0)
  if (holds && equal(times_generator(share), evaluate(coefficients, owner))) return share
  wipe(share)
  return null
}

/**
 * A key holder's part in one ceremony: commit → open → agree → finish (docs/ballot_protocol.md 7). Holds the
 * secrets of the ceremony; gives each message once and always the same bytes. The first thing that is wrong
 * ends it, and `accused` names who did it; a new ceremony starts with a new seat and new secrets.
 */
export class CeremonySeat {
  /** Who ended the ceremony, once somebody did. */
  accused: { holder: number; fault: CeremonyFault } | null = null
  /** Our proof against a wrong share, once there is one. */
  complaint: Uint8Array | null = null

  private readonly sid: Uint8Array
  private readonly secrets = new Secrets()
  private readonly polynomial: Scalar[]
  private readonly exchange_secret: Uint8Array
  private readonly coefficients: Point[]
  private readonly possession: Possession
  private readonly fields: Record<'commit' | 'open' | 'agree', (Uint8Array | null)[]>
  private readonly opens: (CeremonyOpen | null)[]
  private readonly messages: Partial<Record<CeremonyStep, Uint8Array>> = {}
  private sealed: Uint8Array[] = []
  private sum_of_shares: Scalar = new Uint8Array(32)

  /** `number` is ours among the holders, from 1; terms are sound. */
  constructor(
    private readonly terms: CeremonyTerms,
    private readonly number: number,
    private readonly key: DeviceKey,
    private readonly randomness: Randomness,
  ) {
    this.sid = ceremony_id(terms)
    this.polynomial = Array.from({ length: terms.threshold }, () => this.draw_scalar())
    this.coefficients = this.polynomial.map(times_generator)
    this.possession = this.prove()
    this.exchange_secret = this.secrets.keep(randomness(32))
    const nobody = () => terms.holders.map(() => null)
    this.fields = { commit: nobody(), open: nobody(), agree: nobody() }
    this.opens = nobody()
    const commitment = commitment_of(this.sid, number, this.coefficients, this.possession)
    this.say('commit', joined(commitment, sodium.crypto_scalarmult_base(this.exchange_secret)))
  }

  /** Step 1. */
  commit(): Uint8Array {
    return this.messages.commit!
  }

  take_commit(holder: number, message: Uint8Array): Taken {
    const fields = this.admit('commit', holder, message)
    if (typeof fields === 'string') return fields
    if (commit_in(fields) === null) return this.accuse(holder, 'malformed')
    this.fields.commit[holder - 1] = fields
    return 'ok'
  }

  /**
   * Step 2: our opening and, for each other holder in order, the share for that one alone. Null while a
   * commitment is missing: whoever opens first would let the others choose their keys after it.
   */
  open(): { message: Uint8Array; shares: Uint8Array[] } | null {
    if (this.accused !== null || this.fields.commit.includes(null)) return null
    if (this.messages.open === undefined) {
      const others = this.terms.holders.map((_, at) => at + 1).filter((one) => one !== this.number)
      this.sealed = others.map((owner) => this.seal_share_for(owner))
      const share_names = this.sealed.map((share) => sodium.crypto_hash_sha256(share))
      const { coefficients, possession } = this
      this.sum_of_shares = this.evaluate_own(this.number)
      this.opens[this.number - 1] = { coefficients, possession, share_names }
      this.say('open', open_fields({ coefficients, possession, share_names }))
    }
    return { message: this.messages.open!, shares: this.sealed }
  }

  /** Another's opening and the share it sent us. */
  take_open(holder: number, message: Uint8Array, share: Uint8Array): Taken {
    const fields = this.admit('open', holder, message)
    if (typeof fields === 'string') return fields
    const commit = commit_in(this.fields.commit[holder - 1] ?? new Uint8Array(0))
    if (this.messages.open === undefined || commit === null) return 'refused'
    const open = open_in(this.terms, fields)
    if (open === null) return this.accuse(holder, 'malformed')
    const fault = open_fault(this.sid, holder, commit, open)
    if (fault !== null) return this.accuse(holder, fault)
    const named = open.share_names[share_index(holder, this.number)]!
    if (!equal(sodium.crypto_hash_sha256(share), named)) return 'carrier'
    const { exchange_key } = commit
    const opened = open_share(share, exchange_key, this.exchange_secret, open.coefficients, this.number)
    if (opened === null) {
      this.complain(holder, share)
      return this.accuse(holder, 'wrong_share')
    }
    this.sum_of_shares = scalar_add(this.secrets.keep(this.sum_of_shares), this.secrets.keep(opened))
    this.fields.open[holder - 1] = fields
    this.opens[holder - 1] = open
    return 'ok'
  }

  /**
   * What every holder has to agree to, and x_i, which is the caller's; null while an opening is missing.
   * Whoever agrees says that the share is there: it is kept for good before step 3 is sent.
   */
  made(): { election: ElectionKey; share: Scalar } | null {
    const all = this.all_coefficients()
    if (this.accused !== null || all === null) return null
    const election = key_of(this.terms, all)
    // Both ways to the same point: what we will prove shares with is what everybody computes for us.
    const own = election?.share_keys[this.number - 1]
    if (!election || !own || !equal(times_generator(this.sum_of_shares), own)) return null
    return { election, share: this.sum_of_shares.slice() }
  }

  /** Step 3. Null while an opening is missing. */
  agree(): Uint8Array | null {
    const all = this.all_coefficients()
    if (this.accused !== null || all === null) return null
    if (this.messages.agree === undefined) this.say('agree', agreement_of(this.sid, this.number, all))
    return this.messages.agree!
  }

  take_agree(holder: number, message: Uint8Array): Taken {
    const fields = this.admit('agree', holder, message)
    if (typeof fields === 'string') return fields
    const all = this.all_coefficients()
    if (all === null) return 'refused'
    if (fields.length !== fields_length('agree', this.terms)) return this.accuse(holder, 'malformed')
    if (!equal(fields, agreement_of(this.sid, holder, all))) return this.accuse(holder, 'other_agreement')
    this.fields.agree[holder - 1] = fields
    return 'ok'
  }

  /** The same once all have agreed; null while an agreement is missing. The seat is empty afterwards. */
  finish(): { election: ElectionKey; share: Scalar } | null {
    if (this.fields.agree.includes(null)) return null
    const made = this.made()
    if (made !== null) this.wipe()
    return made
  }

  /** Forgets every secret; nothing goes on after that. */
  wipe(): void {
    this.secrets.keep(this.sum_of_shares)
    this.secrets.wipe()
  }

  private draw_scalar(): Scalar {
    const wide = this.secrets.keep(this.randomness(64))
    return this.secrets.keep(scalar_reduce(wide))
  }

  private prove(): Possession {
    const secret = this.polynomial[0]!
    const said = possession_statement(this.sid, this.number, this.coefficients)
    const nonce = this.secrets.keep(said.nonce(secret, 0, this.randomness))
    const commitment = times_generator(nonce)
    const challenge = scalar_of_challenge(said.raw(commitment).challenge())
    return { commitment, answer: response(nonce, challenge, secret, this.secrets) }
  }

  private say(step: 'commit' | 'open' | 'agree', fields: Uint8Array): void {
    this.fields[step][this.number - 1] = fields
    this.messages[step] = sign_message(this.sid, step, this.number, fields, this.key)
  }

  /** The fields of a message worth reading; `ok` for one we have. */
  private admit(
    step: 'commit' | 'open' | 'agree',
    holder: number,
    message: Uint8Array,
  ): Uint8Array | Taken {
    if (this.accused !== null) return 'refused'
    const key = this.terms.holders[holder - 1]?.key
    const fields = key ? fields_of(this.sid, step, holder, message, key) : null
    if (fields === null) return 'refused'
    const first = this.fields[step][holder - 1] ?? null
    if (first === null) return fields
    return equal(first, fields) ? 'ok' : this.accuse(holder, 'equivocation')
  }

  private accuse(holder: number, fault: CeremonyFault): Taken {
    this.accused = { holder, fault }
    return 'refused'
  }

  private complain(about: number, share: Uint8Array): void {
    const number = new Uint8Array(4)
    new DataView(number.buffer).setUint32(0, about, true)
    const fields = joined(number, share, this.exchange_secret)
    this.complaint = sign_message(this.sid, 'complain', this.number, fields, this.key)
  }

  /** f_i(x), Horner. */
  private evaluate_own(x: number): Scalar {
    return this.polynomial.reduceRight<Scalar>((value, coefficient) => {
      const raised = this.secrets.keep(scalar_multiply(value, scalar_of(BigInt(x))))
      return this.secrets.keep(scalar_add(raised, coefficient))
    }, new Uint8Array(32))
  }

  private seal_share_for(owner: number): Uint8Array {
    const { exchange_key } = commit_in(this.fields.commit[owner - 1]!)!
    const nonce = this.randomness(24)
    const share = this.evaluate_own(owner)
    return joined(nonce, sodium.crypto_box_easy(share, nonce, exchange_key, this.exchange_secret))
  }

  private all_coefficients(): Point[][] | null {
    if (this.opens.includes(null)) return null
    return this.opens.map((open) => open!.coefficients)
  }
}
