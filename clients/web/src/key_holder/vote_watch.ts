import type { RollView, SealedBoxView, SecretPhase, SecretVoteView } from '../wire/types'

/** What a server may not do between two things it says of one vote. */
export type WatchFault = 'earlier_round' | 'list_changed' | 'two_lists' | 'two_boxes'

function same<View>(left: View, right: View, fields: (keyof View)[]): boolean {
  return fields.every((field) => left[field] === right[field])
}

const of_roll: (keyof RollView)[] = [
  'round',
  'question',
  'rule',
  'roll_root',
  'list_length',
  'vote_generator',
]
const of_box: (keyof SealedBoxView)[] = ['root', 'file', 'ballots', 'spoils']

export function is_opened(phase: SecretPhase): boolean {
  return phase === 'open' || phase === 'closed' || phase === 'sealed' || phase === 'opened'
}

/**
 * What the server has said of one vote and may not take back: rounds only grow, a list that was called stays
 * as it was, from the opening on no other one comes, and there is one sealed box. A server that shows two is
 * caught before anything is opened, as long as the same page has seen both.
 */
export class VoteWatch {
  private roll: RollView | null = null
  private was_opened = false
  private box: SealedBoxView | null = null

  /** Null when this goes on from what was said before. */
  take({ roll, box, phase }: SecretVoteView): WatchFault | null {
    const fault = roll === null ? null : this.take_roll(roll, phase)
    if (fault !== null) return fault
    if (box === null) return null
    if (this.box !== null && !same(this.box, box, of_box)) return 'two_boxes'
    this.box = box
    return null
  }

  private take_roll(roll: RollView, phase: SecretPhase): WatchFault | null {
    if (this.roll !== null && roll.round < this.roll.round) return 'earlier_round'
    const is_other = this.roll !== null && !same(this.roll, roll, of_roll)
    if (is_other && this.was_opened) return 'list_changed'
    if (is_other && roll.round === this.roll!.round) return 'two_lists'
    this.roll = roll
    this.was_opened ||= is_opened(phase)
    return null
  }
}
