import type { LocalText, VoteId, VoteView } from '../wire/types'
import type { BoxFault } from './box_check'
import type { WatchFault } from './vote_watch'

/** How far a holder's page is with one secret vote. */
export type BoxStep =
  | 'new'
  | 'no_record'
  | 'following'
  | 'missing'
  | 'verifying'
  | 'waiting'
  | 'asked'
  | 'ready'
  | 'not_kept'
  | 'sending'
  | 'turned_down'
  | 'given'
  | 'refused'
  | 'called_wrong'
  | 'nothing'
  | 'opened_by_others'

/** Why nothing is given for it, for good. */
export type BoxStop = BoxFault | WatchFault | 'other_box_given' | 'restored' | 'own_share' | 'unreadable'

/** Why the holder has to decide. */
export type BoxReason = 'few_ballots' | 'repeated' | 'few_confirmations'

/** What a holder sees of one secret vote: what was verified here, and what consoles object to. */
export type BoxReport = {
  vote: VoteId
  title: string
  step: BoxStep
  stop: BoxStop | null
  /** Which ballot, or how many are missing. */
  n: number
  reasons: BoxReason[]
  /** Once the list holds, with everybody's acknowledgement. */
  listed: number | null
  /** Hex of the programs consoles ran. */
  builds: string[]
  progress: { done: number; total: number } | null
  /** Once the box holds, with every ballot in it. */
  ballots: number | null
  spoils: number | null
  /** Its first eight hexadecimal digits, to be compared. */
  root: string
  /** Consoles that found in it what they must. */
  confirmed: number | null
  /** Consoles that did not, as the server tells it. */
  contested: number
  /** Entries of the record this holder signed for with its share. */
  cosigned: number | null
  /** The server's words when it turned the share down. */
  refused: LocalText | null
}

/** What is shown of a vote as it was heard last, whatever was done about it. */
export function heard_of({ title, secret }: VoteView): Pick<BoxReport, 'title' | 'contested'> {
  return { title, contested: secret?.box?.contested ?? 0 }
}

export function new_report(view: VoteView): BoxReport {
  return {
    vote: view.id,
    ...heard_of(view),
    step: 'new',
    stop: null,
    n: 0,
    reasons: [],
    listed: null,
    builds: [],
    progress: null,
    ballots: null,
    spoils: null,
    root: '',
    confirmed: null,
    cosigned: null,
    refused: null,
  }
}
