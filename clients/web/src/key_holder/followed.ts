import type { VoteView } from '../wire/types'
import type { CheckedBox, CheckedRoll } from './box_check'
import { new_report, type BoxReport } from './box_report'
import { VoteWatch } from './vote_watch'

/** One secret vote as a holder's page follows it. */
export type Followed = {
  view: VoteView
  watch: VoteWatch
  roll: CheckedRoll | null
  /** What `roll` was checked of. */
  roll_said: string
  box: CheckedBox | null
  /** By the desk's clock. */
  sealed_seen_ms: number | null
  /** Given, or refused for good. */
  is_done: boolean
  /** On this line. */
  is_sent: boolean
  /** After the server refused it. */
  retry_at_ms: number
  /** The root the holder gives the share for; `reason` when something speaks against it. */
  consent: { root: string; reason: string | null } | null
  report: BoxReport
}

export function new_followed(view: VoteView): Followed {
  return {
    view,
    watch: new VoteWatch(),
    roll: null,
    roll_said: '',
    box: null,
    sealed_seen_ms: null,
    is_done: false,
    is_sent: false,
    retry_at_ms: 0,
    consent: null,
    report: new_report(view),
  }
}
