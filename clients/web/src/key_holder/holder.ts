import { is_same_key, log_key_of } from '../ballot/checkpoint'
import { system_randomness, type Randomness } from '../ballot/sodium'
import type { LogKey } from '../ballot/vkey'
import { DeviceKey } from '../ballot/voting_key'
import type {
  AgendaView,
  BoxProgress,
  Digest,
  KeyHoldersView,
  LocalText,
  MeetingId,
  Requests,
  VoteView,
} from '../wire/types'
import { CeremonyPart } from './ceremony_part'
import type { Desk, DiaryEntry, HolderCommand, HolderQuery } from './desk'
import { hex_of, is_erased, refused_all, wipe_keys, type HeldKeys } from './held_keys'
import { Keeper, type KeeperFault, type Shelf } from './keeper'
import type { HolderRequest, HolderState, HolderTrouble } from './messages'
import { SecretBoxes } from './secret_boxes'

type Asked<Kind extends HolderRequest['kind']> = Extract<HolderRequest, { kind: Kind }>

/** What the worker gives a holder: the page's line to the server, a place to keep things, a clock. */
export type HolderWorld = {
  act<M extends HolderCommand>(method: M, params: Requests[M]['params']): Promise<LocalText | null>
  ask<M extends HolderQuery>(
    method: M,
    params: Requests[M]['params'],
  ): Promise<Requests[M]['result'] | null>
  document(digest: Digest): Promise<Uint8Array | null>
  shelf: Shelf
  now_ms(): number
  now_s(): number
  /** True once no other page of this browser works with this holder's keys. */
  claim(member: string): Promise<boolean>
  show(state: HolderState): void
  randomness?: Randomness
}

/** One key holder at this browser: keys, ceremonies and boxes. Answers one request after another. */
export class Holder {
  private member = ''
  private keeper: Keeper | null = null
  private keys: HeldKeys | null = null
  private key: DeviceKey | null = null
  private log: LogKey | null = null
  private me = 0
  private boxes: SecretBoxes | null = null
  private readonly ceremonies = new Map<MeetingId, CeremonyPart>()
  private diary: DiaryEntry[] = []
  private builds: readonly string[] = []
  private trouble: HolderTrouble | null = null
  private is_restored = false

  constructor(private readonly world: HolderWorld) {}

  async answer(request: HolderRequest): Promise<unknown> {
    const answer = await this.answer_to(request)
    this.show()
    return answer
  }

  private async answer_to(request: HolderRequest): Promise<unknown> {
    switch (request.kind) {
      case 'wake':
        return await this.wake(request)
      case 'create':
        return await this.take(request.passphrase, (keeper, typed) => keeper.create(typed))
      case 'unlock':
        return await this.take(request.passphrase, (keeper, typed) => keeper.open(typed))
      case 'bring':
        return await this.take(request.passphrase, (keeper, typed) => keeper.bring(request.file, typed))
      case 'file':
        return (await this.keeper?.file()) ?? null
      case 'remove':
        return await this.remove()
      case 'line':
        return await this.begin_line(request)
      case 'told':
        return await this.hear(request)
      case 'progress':
        return await this.hear_progress(request.progress)
      case 'look_again':
        await this.boxes?.look_again()
        return 'done'
      case 'give':
        await this.boxes?.give(request.vote, request.root, request.reason)
        return 'done'
      case 'accept':
        return await this.accept(request.builds)
      case 'state_erased':
        await this.boxes?.state_erased(request.meeting)
        return 'done'
    }
  }

  private async wake({ member }: Asked<'wake'>): Promise<unknown> {
    if (this.keeper === null && !(await this.world.claim(member))) {
      this.trouble = 'open_elsewhere'
      return this.trouble
    }
    this.member = member
    this.keeper ??= new Keeper(this.world.shelf, member)
    const has_file = await this.keeper.has_file()
    return typeof has_file === 'string' ? has_file : { has_file }
  }

  private async take(
    passphrase: Uint8Array,
    find: (keeper: Keeper, passphrase: Uint8Array) => Promise<HeldKeys | KeeperFault>,
  ): Promise<'done' | KeeperFault> {
    if (this.keeper === null) return 'no_keys'
    const found = await find(this.keeper, passphrase)
    passphrase.fill(0)
    if (typeof found === 'string') return found
    this.forget()
    this.keys = found
    this.key = new DeviceKey(found.seed)
    this.is_restored = found.shares.some(
      (share) => share.refused_before === refused_all && !is_erased(share),
    )
    this.diary = await this.read_diary()
    this.builds = await this.read_builds()
    return 'done'
  }

  private async remove(): Promise<boolean> {
    const removed = (await this.keeper?.remove()) ?? false
    if (removed) this.forget()
    return removed
  }

  private forget(): void {
    for (const ceremony of this.ceremonies.values()) ceremony.forget()
    this.ceremonies.clear()
    this.boxes = null
    if (this.keys) wipe_keys(this.keys)
    this.keys = null
    this.key?.wipe()
    this.key = null
  }

  /** A log is the one it was by its name and by its key. */
  private async begin_line({ origin, vkey, me, entries }: Asked<'line'>): Promise<'done'> {
    if (this.keys === null || this.key === null) return 'done'
    const log = log_key_of(vkey)
    if (log?.name !== origin || (this.log !== null && !is_same_key(this.log, log))) {
      this.trouble = 'other_log'
      return 'done'
    }
    this.log = log
    this.me = me
    const desk = this.desk()
    const randomness = this.world.randomness ?? system_randomness
    this.boxes ??= new SecretBoxes(this.keys, this.key, me, log, this.builds, desk, randomness)
    await this.boxes.begin_line(entries)
    return 'done'
  }

  /** What cannot be read is not for this page. */
  private async hear({ keys, votes, agendas }: Asked<'told'>): Promise<'done'> {
    for (const view of keys) await readable(() => this.hear_keys(view))
    for (const view of votes) await readable(() => this.hear_vote(view))
    for (const view of agendas) await readable(() => this.hear_agenda(view))
    return 'done'
  }

  private async hear_vote(view: VoteView): Promise<void> {
    if (this.trouble === null) await this.boxes?.take_vote(view)
  }

  private async hear_agenda(view: AgendaView): Promise<void> {
    if (this.trouble === null) await this.boxes?.take_agenda(view)
  }

  private async hear_progress(progress: BoxProgress): Promise<'done'> {
    if (this.trouble === null) await readable(async () => await this.boxes?.take_progress(progress))
    return 'done'
  }

  private async hear_keys(view: KeyHoldersView): Promise<void> {
    const { keys, key, boxes, log } = this
    if (!keys || !key || !boxes || log === null || this.trouble !== null) return
    const { meeting } = view
    if (!view.holders.some(({ person }) => person === this.me)) {
      this.ceremonies.get(meeting)?.forget()
      this.ceremonies.delete(meeting)
      return
    }
    const known = this.ceremonies.get(meeting)
    const randomness = this.world.randomness ?? system_randomness
    const part = known ?? new CeremonyPart(keys, key, this.me, log.name, this.desk(), randomness, meeting)
    this.ceremonies.set(meeting, part)
    if (!boxes.is_over(meeting)) await part.take(view)
    await boxes.take_keys(view)
  }

  private desk(): Desk {
    const { world } = this
    return {
      act: (method, params) => world.act(method, params),
      ask: (method, params) => world.ask(method, params),
      document: (digest) => world.document(digest),
      keep: async () => this.keys !== null && ((await this.keeper?.keep(this.keys)) ?? false),
      note: (entry) => this.write_diary(entry),
      now_ms: () => world.now_ms(),
      now_s: () => world.now_s(),
      changed: () => this.show(),
    }
  }

  private get diary_name(): string {
    return `key diary ${this.member}`
  }

  /** It is there to be read; whether something may be given does not depend on it. */
  private async read_diary(): Promise<DiaryEntry[]> {
    try {
      const bytes = await this.world.shelf.read(this.diary_name)
      return bytes === null ? [] : (JSON.parse(new TextDecoder().decode(bytes)) as DiaryEntry[])
    } catch {
      return []
    }
  }

  private async write_diary(entry: DiaryEntry): Promise<void> {
    this.diary = [...this.diary.filter(({ vote }) => vote !== entry.vote), entry]
    const bytes = new TextEncoder().encode(JSON.stringify(this.diary))
    await this.world.shelf.write(this.diary_name, bytes)
  }

  private get builds_name(): string {
    return `key builds ${this.member}`
  }

  /** What the holder accepts stays on this device. False when it may not stay: then nothing has changed. */
  private async accept(builds: readonly string[]): Promise<boolean> {
    const bytes = new TextEncoder().encode(JSON.stringify(builds))
    if (!(await this.world.shelf.write(this.builds_name, bytes))) return false
    this.builds = builds
    await this.boxes?.accept(builds)
    return true
  }

  /** One that cannot be read accepts no program at all: better asked again than given under any. */
  private async read_builds(): Promise<readonly string[]> {
    const none_known = ['0'.repeat(64)]
    try {
      const bytes = await this.world.shelf.read(this.builds_name)
      return bytes === null ? [] : (JSON.parse(new TextDecoder().decode(bytes)) as string[])
    } catch {
      return none_known
    }
  }

  private show(): void {
    const given = [...(this.keys?.given.values() ?? [])].map((one) => ({
      vote: hex_of(one.vote),
      root: hex_of(one.box_root).slice(0, 8),
      confirmed: one.confirmed,
      overridden: one.overridden,
      diary: this.diary.find(({ vote }) => vote === hex_of(one.vote)) ?? null,
    }))
    this.world.show({
      is_unlocked: this.keys !== null,
      trouble: this.trouble,
      ceremonies: [...this.ceremonies.values()].map(({ report }) => report),
      boxes: this.boxes?.reports ?? [],
      shares: this.keys?.shares.filter((share) => !is_erased(share)).length ?? 0,
      given,
      is_restored: this.is_restored,
      is_deceived: (this.boxes?.deceived_in.length ?? 0) > 0,
      builds: this.builds,
      owed: this.boxes?.owed ?? [],
    })
  }
}

async function readable(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Error)) throw error
  }
}
