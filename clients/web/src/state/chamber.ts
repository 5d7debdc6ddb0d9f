import type { Notification } from '../wire/connection'
import type {
  AgendaView,
  BoxProgress,
  FloorView,
  HelloAnswer,
  ItemChanged,
  KeyHoldersView,
  MembersChanged,
  MyPress,
  MyView,
  Presence,
  RollProgress,
  SittingView,
  VoteView,
} from '../wire/types'

/** Where a person is, and as of which entry: newer than the page of members it is laid over, or not. */
export interface PresenceChange {
  presence: Presence
  seq: number
}

/** Everything this screen knows, and only what the server has said. Never changed in place. */
export interface ChamberState {
  readonly seq: number
  readonly me: MyView | null
  /** By meeting. */
  readonly agendas: Readonly<Record<number, AgendaView>>
  readonly sittings: Readonly<Record<number, SittingView>>
  /** By sitting. */
  readonly floors: Readonly<Record<number, FloorView>>
  readonly votes: Readonly<Record<number, VoteView>>
  /** The keys of secret votes, by meeting. */
  readonly keys: Readonly<Record<number, KeyHoldersView>>
  /** How many consoles have signed the newest list of a secret vote, by vote. */
  readonly rolls: Readonly<Record<number, RollProgress>>
  /** How many consoles have confirmed a sealed box, by vote. */
  readonly boxes: Readonly<Record<number, BoxProgress>>
  /** By sitting, then by person; only what changed while this page was watching. */
  readonly presence: Readonly<Record<number, Readonly<Record<number, PresenceChange>>>>
}

/** What changes the state: notifications, the answer to hello, and the receipt of a press of one's own. */
export type Message =
  | Notification
  | { method: 'hello.answered'; params: HelloAnswer }
  | { method: 'press.recorded'; params: MyPress }

export const empty_chamber: ChamberState = {
  seq: 0,
  me: null,
  agendas: {},
  sittings: {},
  floors: {},
  votes: {},
  keys: {},
  rolls: {},
  boxes: {},
  presence: {},
}

/** The state after a message. Pure: the same state and message give the same result. */
export function apply_message(state: ChamberState, message: Message): ChamberState {
  switch (message.method) {
    case 'snapshot': {
      const { seq, me, agendas, sittings, floors, votes, keys } = message.params
      return {
        seq,
        me,
        agendas: Object.fromEntries(agendas.map((agenda) => [agenda.meeting, agenda])),
        sittings: by_id(sittings),
        floors: Object.fromEntries(floors.map((floor) => [floor.sitting, floor])),
        votes: by_id(votes),
        keys: Object.fromEntries(keys.map((one) => [one.meeting, one])),
        rolls: {},
        boxes: {},
        presence: {},
      }
    }
    case 'hello.answered':
      // Whatever was pressed is in the answer; the rest follows as snapshot or as changes.
      return { ...state, me: message.params.me }
    case 'agenda.changed': {
      const { seq, agenda } = message.params
      return { ...state, seq: newest(state, seq), agendas: { ...state.agendas, [agenda.meeting]: agenda } }
    }
    case 'item.changed':
      return with_item(state, message.params)
    case 'floor.changed': {
      const { seq, floor } = message.params
      return { ...state, seq: newest(state, seq), floors: { ...state.floors, [floor.sitting]: floor } }
    }
    case 'sitting.changed': {
      const { seq, sitting } = message.params
      return { ...state, seq: newest(state, seq), sittings: { ...state.sittings, [sitting.id]: sitting } }
    }
    case 'counts.changed': {
      const { seq, sitting, counts } = message.params
      const known = state.sittings[sitting]
      if (!known) return state
      return {
        ...state,
        seq: newest(state, seq),
        sittings: { ...state.sittings, [sitting]: { ...known, counts } },
      }
    }
    case 'key_holders.changed': {
      const { seq, keys } = message.params
      return { ...state, seq: newest(state, seq), keys: { ...state.keys, [keys.meeting]: keys } }
    }
    case 'vote.changed': {
      const { seq, vote } = message.params
      return { ...state, seq: newest(state, seq), votes: { ...state.votes, [vote.id]: vote } }
    }
    case 'vote.progress': {
      const { seq, vote, received, present } = message.params
      const known = state.votes[vote]
      // Progress collected while the vote closed may arrive after it; the closed view is complete.
      if (!known || (known.state !== 'open' && known.state !== 'held')) return state
      return {
        ...state,
        seq: newest(state, seq),
        votes: { ...state.votes, [vote]: { ...known, received, present } },
      }
    }
    case 'roll.progress': {
      const { seq, vote } = message.params
      return { ...state, seq: newest(state, seq), rolls: { ...state.rolls, [vote]: message.params } }
    }
    case 'box.progress': {
      const { seq, vote } = message.params
      return { ...state, seq: newest(state, seq), boxes: { ...state.boxes, [vote]: message.params } }
    }
    case 'members.changed':
      return {
        ...state,
        seq: newest(state, message.params.seq),
        presence: with_presence(state, message.params),
      }
    case 'me.changed': {
      const { seq, me } = message.params
      return { ...state, seq: newest(state, seq), me: merge_me(state.me, me, seq) }
    }
    case 'press.recorded':
      return state.me
        ? { ...state, me: { ...state.me, presses: with_press(state.me.presses, message.params) } }
        : state
    default:
      return state // A newer server may tell more than this page knows.
  }
}

function by_id<View extends { id: number }>(views: View[]): Record<number, View> {
  return Object.fromEntries(views.map((view) => [view.id, view]))
}

function newest(state: ChamberState, seq: number): number {
  return Math.max(state.seq, seq)
}

/** An item that is not in the agenda known here came with an agenda that is still on its way. */
function with_item(state: ChamberState, { seq, meeting, item }: ItemChanged): ChamberState {
  const agenda = state.agendas[meeting]
  if (!agenda) return state
  const items = agenda.items.map((known) => (known.id === item.id ? item : known))
  return {
    ...state,
    seq: newest(state, seq),
    agendas: { ...state.agendas, [meeting]: { ...agenda, items } },
  }
}

function with_presence(state: ChamberState, change: MembersChanged) {
  const changed = { ...state.presence[change.sitting] }
  for (const { person, presence } of change.persons) changed[person] = { presence, seq: change.seq }
  return { ...state.presence, [change.sitting]: changed }
}

/** The newer of two presses in the same vote stands. */
function with_press(presses: readonly MyPress[], press: MyPress): MyPress[] {
  const known = presses.find((one) => one.vote === press.vote)
  if (known && known.seq > press.seq) return [...presses]
  return [...presses.filter((one) => one.vote !== press.vote), press]
}

/**
 * A view of oneself was made after `seq` entries. A receipt may have overtaken it: a press it cannot know
 * of yet is kept.
 */
function merge_me(known: MyView | null, fresh: MyView, seq: number): MyView {
  const overtaking = (known?.presses ?? []).filter((press) => press.seq >= seq)
  return { ...fresh, presses: overtaking.reduce(with_press, fresh.presses) }
}
