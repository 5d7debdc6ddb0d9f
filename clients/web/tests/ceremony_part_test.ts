import { describe, expect, it } from 'vitest'
import { check_ceremony } from '../src/ballot/key_holders'
import { equal } from '../src/ballot/group'
import { record_id } from '../src/ballot/record_id'
import { DeviceKey } from '../src/ballot/voting_key'
import { CeremonyPart } from '../src/key_holder/ceremony_part'
import type { Desk } from '../src/key_holder/desk'
import type { HeldKeys } from '../src/key_holder/held_keys'
import { ceremony_of } from '../src/state/key_holders'
import { from_content, to_content } from '../src/wire/content'
import type { KeyHoldersView, Requests } from '../src/wire/types'
import { digest, seeded } from './ballot_days'

// Three holders' pages make a key over what a server passes on, and are closed or lied to on the way.

const origin = 'plenum.example/npc'
const part_bytes = 72

/** Passes on what holders say, and shows where the ceremony stands. */
class Office {
  readonly parts: string[][] = [[], [], []]
  view: KeyHoldersView = {
    meeting: 7,
    meeting_id: to_content(record_id(origin, 'meeting.created', 7n)),
    attempt: 1,
    threshold: 2,
    phase: 'joining',
    holders: ['甲', '乙', '丙'].map((name, at) => ({
      person: 100 + at,
      name,
      key: null,
      commit: null,
      open: null,
      agree: null,
    })),
    key_holders: null,
  } as unknown as KeyHoldersView

  /** The next step once all have said theirs. */
  go_on(): void {
    const all_have = (what: 'key' | 'commit' | 'open' | 'agree') =>
      this.view.holders.every((holder) => holder[what] !== null)
    if (this.view.phase === 'joining' && all_have('key')) this.view.phase = 'committing'
    if (this.view.phase === 'committing' && all_have('commit')) this.view.phase = 'opening'
    if (this.view.phase === 'opening' && all_have('open')) this.view.phase = 'agreeing'
    if (this.view.phase !== 'agreeing' || !all_have('agree')) return
    this.view.phase = 'made'
    const made = check_ceremony(ceremony_of(origin, this.view))!
    this.view.key_holders = to_content(made.holders)
  }

  begin_again(): void {
    this.view.attempt += 1
    this.view.phase = 'committing'
    for (const holder of this.view.holders) holder.commit = holder.open = holder.agree = null
  }
}

/** One holder's page and its key file. */
class Holder {
  readonly keys: HeldKeys
  readonly key: DeviceKey
  shares_in_file = 0
  can_keep = true
  was_kept_when_agreed = false
  part: CeremonyPart

  constructor(
    readonly office: Office,
    readonly at: number,
  ) {
    const seed = digest(`holder ${at}`)
    this.keys = { seed, writes: 0n, shares: [], given: new Map() }
    this.key = new DeviceKey(seed)
    this.part = this.opened()
  }

  opened(): CeremonyPart {
    const randomness = seeded(`page ${this.at}`)
    return new CeremonyPart(this.keys, this.key, 100 + this.at, origin, this.desk(), randomness, 7)
  }

  async look(): Promise<void> {
    await this.part.take(structuredClone(this.office.view))
  }

  private desk(): Desk {
    const hear = (method: string, params: { key?: string; message?: string; parts?: string }) => {
      const mine = this.office.view.holders[this.at]!
      if (method === 'ceremony.join') mine.key = params.key!
      if (method === 'ceremony.commit') mine.commit = params.message!
      if (method === 'ceremony.open') {
        mine.open = params.message!
        const all = from_content(params.parts!)
        const of = (index: number) => all.slice(index * part_bytes, (index + 1) * part_bytes)
        this.office.parts[this.at] = [to_content(of(0)), to_content(of(1))]
      }
      if (method === 'ceremony.agree') {
        mine.agree = params.message!
        this.was_kept_when_agreed = this.shares_in_file === 1
      }
      return Promise.resolve(null)
    }
    const parts = () =>
      this.office.parts.map((sealed, from) =>
        from === this.at ? '' : sealed[this.at < from ? this.at : this.at - 1]!,
      )
    return {
      act: (method: string, params: object) => hear(method, params),
      ask: () => Promise.resolve({ parts: parts() } as Requests['ceremony.parts']['result']),
      keep: () => {
        if (this.can_keep) this.shares_in_file = this.keys.shares.length
        return Promise.resolve(this.can_keep)
      },
      changed: () => undefined,
    } as unknown as Desk
  }
}

async function room_at(phase: KeyHoldersView['phase']) {
  const office = new Office()
  const holders = [0, 1, 2].map((at) => new Holder(office, at))
  await until(office, holders, phase)
  return { office, holders }
}

async function until(office: Office, holders: Holder[], phase: KeyHoldersView['phase']): Promise<void> {
  for (let round = 0; round < 10 && office.view.phase !== phase; ++round) {
    for (const holder of holders) await holder.look()
    office.go_on()
  }
  expect(office.view.phase).toBe(phase)
}

function is_of_made_key({ keys, office }: Holder): boolean {
  const made = from_content(office.view.key_holders!)
  return keys.shares.length === 1 && equal(keys.shares[0]!.key_holders, made)
}

describe('a key holder', () => {
  it('agrees to nothing before the share stands in the key file', async () => {
    const { holders } = await room_at('made')
    for (const holder of holders) {
      await holder.look()
      expect(holder.was_kept_when_agreed).toBe(true)
      expect(holder.part.report.is_done).toBe(true)
      expect(is_of_made_key(holder)).toBe(true)
    }
  })

  it('has the share when the page was closed after it agreed', async () => {
    const { office, holders } = await room_at('agreeing')
    for (const holder of holders) await holder.look()
    holders[1]!.part = holders[1]!.opened()
    office.go_on()
    for (const holder of holders) {
      await holder.look()
      expect(holder.part.report).toMatchObject({ is_done: true, stop: null })
      expect(is_of_made_key(holder)).toBe(true)
    }
  })

  it('does not agree while the file cannot be written, and then does', async () => {
    const { office, holders } = await room_at('agreeing')
    const holder = holders[2]!
    holder.can_keep = false
    await holder.look()
    expect(holder.part.report).toMatchObject({ is_done: false, stop: 'not_kept' })
    expect(office.view.holders[2]!.agree).toBe(null)
    holder.can_keep = true
    await until(office, holders, 'made')
    await holder.look()
    expect(holder.part.report).toMatchObject({ is_done: true, stop: null })
    expect(is_of_made_key(holder)).toBe(true)
  })

  it('drops the share of a key that was never made', async () => {
    const { office, holders } = await room_at('agreeing')
    await holders[0]!.look()
    expect(holders[0]!.shares_in_file).toBe(1)
    office.begin_again()
    await holders[0]!.look()
    expect(holders[0]!.shares_in_file).toBe(0)
    await until(office, holders, 'made')
    for (const holder of holders) {
      await holder.look()
      expect(is_of_made_key(holder)).toBe(true)
    }
  })

  it('drops the share of another key than the server names', async () => {
    const { office, holders } = await room_at('made')
    office.view.key_holders = to_content(digest('another key'))
    await holders[0]!.look()
    expect(holders[0]!.part.report).toMatchObject({ is_done: false, stop: 'other_key' })
    expect(holders[0]!.shares_in_file).toBe(0)
  })
})
