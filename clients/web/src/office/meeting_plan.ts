import { new_request_id } from '../wire/request_id'
import type { AgendaRow, CreateMeeting, MeetingId, Receipt, SittingId, SpeakingTimes } from '../wire/types'

export type StepMethod = 'meeting.create' | 'agenda.import' | 'sitting.create' | 'speaking_times.set'

/** One request of a plan. Its id stays until the server has answered, whatever happens to the link. */
export interface PlanStep {
  id: string
  method: StepMethod
  /** the sitting's title */
  title: string
  state: 'waiting' | 'running' | 'done' | 'refused'
  /** of the sitting made by the step before, where it has its own */
  speaking?: SpeakingTimes
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
}

function step(method: StepMethod, title = ''): PlanStep {
  return { id: new_request_id(), method, title, state: 'waiting' }
}

export function plan_meeting(
  meeting: CreateMeeting,
  items: AgendaRow[],
  sittings: readonly string[],
  sitting_times: Readonly<Record<string, SpeakingTimes>> = {},
): MeetingPlan {
  const steps = [step('meeting.create'), ...(items.length > 0 ? [step('agenda.import')] : [])]
  return {
    meeting,
    items,
    steps: [...steps, ...sittings.flatMap((title) => steps_for(title, sitting_times[title]))],
    meeting_id: null,
    sitting_id: null,
  }
}

function steps_for(title: string, speaking: SpeakingTimes | undefined): PlanStep[] {
  const create = step('sitting.create', title)
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
  if (one.method === 'speaking_times.set') return { sitting: plan.sitting_id, speaking: one.speaking }
  return one.method === 'agenda.import' ? { meeting, items: plan.items } : { meeting, title: one.title }
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
