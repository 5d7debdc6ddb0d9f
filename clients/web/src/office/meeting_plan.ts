import { new_request_id } from '../wire/request_id'
import type {
  AgendaRow,
  BodyId,
  CreateMeeting,
  MeetingId,
  Receipt,
  SittingId,
  SpeakingTimes,
} from '../wire/types'
import { threshold } from './rules'
import type { SittingToMake } from './templates'

export type StepMethod =
  | 'body.create'
  | 'meeting.create'
  | 'agenda.import'
  | 'sitting.create'
  | 'speaking_times.set'

/** One request of a plan. Its id stays until the server has answered, whatever happens to the link. */
export interface PlanStep {
  id: string
  method: StepMethod
  /** of the sitting, or the name of the presidium */
  title: string
  state: 'waiting' | 'running' | 'done' | 'refused'
  /** of the sitting made by the step before, where it has its own */
  speaking?: SpeakingTimes
  /** whose sitting it is, where it is not that of the body that meets */
  body?: BodyId | 'new'
}

/** Everything it takes to make a meeting, in order, and how far that has come. Plain data: it is kept. */
export interface MeetingPlan {
  meeting: CreateMeeting
  items: AgendaRow[]
  steps: PlanStep[]
  /** once created */
  meeting_id: MeetingId | null
  /** the newest one created */
  sitting_id: SittingId | null
  /** the presidium, once made */
  presidium_id: BodyId | null
}

function step(method: StepMethod, title = ''): PlanStep {
  return { id: new_request_id(), method, title, state: 'waiting' }
}

/** `presidium` is the name of the one that is made for those sittings that need it. */
export function plan_meeting(
  meeting: CreateMeeting,
  items: AgendaRow[],
  sittings: readonly SittingToMake[],
  presidium: string,
): MeetingPlan {
  const needs_presidium = sittings.some((one) => one.body === 'new')
  const steps = [
    step('meeting.create'),
    ...(items.length > 0 ? [step('agenda.import')] : []),
    ...(needs_presidium ? [step('body.create', presidium)] : []),
    ...sittings.flatMap(steps_for),
  ]
  return { meeting, items, steps, meeting_id: null, sitting_id: null, presidium_id: null }
}

function steps_for({ title, body, speaking }: SittingToMake): PlanStep[] {
  const create = { ...step('sitting.create', title), ...(body === null ? {} : { body }) }
  return speaking ? [create, { ...step('speaking_times.set', title), speaking }] : [create]
}

export function is_done(plan: MeetingPlan): boolean {
  return plan.steps.every((one) => one.state === 'done')
}

/** What a step asks for. A meeting must have been made before anything is put into it. */
export function params_of(plan: MeetingPlan, one: PlanStep): unknown {
  if (one.method === 'meeting.create') return plan.meeting
  const meeting = plan.meeting_id
  if (meeting === null) throw new Error('the meeting comes first')
  switch (one.method) {
    case 'agenda.import':
      return { meeting, items: plan.items }
    case 'body.create':
      return { body_kind: 'presidium', name: one.title, parent: plan.meeting.body }
    case 'speaking_times.set':
      return { sitting: plan.sitting_id, speaking: one.speaking }
    case 'sitting.create':
      return sitting_params(meeting, one.title, one.body === 'new' ? plan.presidium_id : (one.body ?? null))
  }
}

/** A sitting of the body that meets has the quorum of the meeting; an inner one asks for over half. */
export function sitting_params(meeting: MeetingId, title: string, body: BodyId | null) {
  return { meeting, title, ...(body === null ? {} : { body, quorum: threshold('over_half') }) }
}

/** A receipt, or null for a refusal. A link that breaks only makes it wait. */
export type AskStep = (method: StepMethod, params: unknown, id: string) => Promise<Receipt | null>

/**
 * Goes through what is left of a plan until it is done or something is refused; `tell` hears of every change.
 * Running a plan again is harmless: what was asked before is asked under the same id and answered the same.
 * Only what was refused gets a new id, as another attempt.
 */
export async function run_plan(
  begun: MeetingPlan,
  ask: AskStep,
  tell: (plan: MeetingPlan) => void,
): Promise<MeetingPlan> {
  let plan = begun
  const change = (index: number, changes: Partial<PlanStep>, made: Partial<MeetingPlan> = {}) => {
    const steps = plan.steps.map((one, at) => (at === index ? { ...one, ...changes } : one))
    plan = { ...plan, ...made, steps }
    tell(plan)
  }
  for (const [index, one] of begun.steps.entries()) {
    if (one.state === 'done') continue
    const id = one.state === 'refused' ? new_request_id() : one.id
    change(index, { state: 'running', id })
    const receipt = await ask(one.method, params_of(plan, one), id)
    if (!receipt) {
      change(index, { state: 'refused' })
      return plan
    }
    const made =
      one.method === 'meeting.create'
        ? { meeting_id: receipt.seq }
        : one.method === 'sitting.create'
          ? { sitting_id: receipt.seq }
          : one.method === 'body.create'
            ? { presidium_id: receipt.seq }
            : {}
    change(index, { state: 'done' }, made)
  }
  return plan
}

const storage_key = 'plenum.office.plan'

/** The plan under way lives as long as the tab: a reload goes on where it stood. */
export function keep_plan(plan: MeetingPlan | null): void {
  if (plan) sessionStorage.setItem(storage_key, JSON.stringify(plan))
  else sessionStorage.removeItem(storage_key)
}

export function kept_plan(): MeetingPlan | null {
  const text = sessionStorage.getItem(storage_key)
  return text ? JSON.parse(text) : null
}
