import type { Report } from './report'
import { words, type Words } from './words'

export type FoundTracker = {
  state: 'counted' | 'in_box' | 'nowhere' | 'no_boxes' | 'none'
  counted: boolean
  words: Words
}

/** Where the ballot with a tracker is, as read_tracker spells it. */
export function tell_tracker(
  report: Pick<Report, 'votes' | 'trackers' | 'has_boxes'>,
  tracker: string,
): FoundTracker {
  const id = report.trackers.get(tracker)
  const vote = report.votes.find((one) => one.id === id)
  if (vote !== undefined) {
    const counted = vote.tally !== null && vote.state !== 'voided' && vote.sound
    const where = words(
      `这张票在“${vote.title}”的票箱中`,
      `This ballot is in the box of “${vote.title}”`,
    )
    return counted
      ? { state: 'counted', counted, words: words(`${where.zh}，并已计入结果`, `${where.en} and was counted`) }
      : {
          state: 'in_box',
          counted,
          words: words(
            `${where.zh}；该票箱尚未开启、已作废或核验不符，未见其计入`,
            `${where.en}; that box was not opened, is void or was found wrong: it is not seen to count`,
          ),
        }
  }
  if (report.votes.every(({ secret }) => secret === null)) {
    const none = words(
      '这份记录不含秘密表决，没有可查的追踪码。',
      'There is no secret vote in this record, so no tracker to find.',
    )
    return { state: 'none', counted: false, words: none }
  }
  if (!report.has_boxes) {
    const no_boxes = words(
      '这份存证包是公开的，不含票箱，无法查找追踪码；请用成员或审计人员的存证包',
      'This bundle is public and holds no boxes to look for a tracker in: use a member’s or an ' +
        'auditor’s bundle',
    )
    return { state: 'no_boxes', counted: false, words: no_boxes }
  }
  const nowhere = words(
    '任何票箱中都没有这张票。重按之前的票和作废的票不在票箱中',
    'This ballot is in no box of this bundle. One that was pressed over or spoiled is in none',
  )
  return { state: 'nowhere', counted: false, words: nowhere }
}
