import { t } from '../messages/words.svelte'
import type { AttendanceStatistics, AttendanceTally, MemberAttendance, MeetingId } from '../wire/types'
import type { Office } from './office_state.svelte'

/** The figures in the order of a table. */
export const tally_fields: readonly (keyof AttendanceTally)[] = [
  'due',
  'present',
  'late',
  'left',
  'on_leave',
  'absent',
  'absent_without_leave',
  'suspended',
]

const page_size = 1000

/** Sittings and all members of a meeting; null when it was refused. */
export async function read_statistics(
  office: Office,
  meeting: MeetingId,
): Promise<AttendanceStatistics | null> {
  const members: MemberAttendance[] = []
  for (;;) {
    const page = await office.read('attendance.statistics', {
      meeting,
      from: members.length,
      limit: page_size,
    })
    if (!page) return null
    members.push(...page.members)
    if (members.length >= page.total || page.members.length === 0) return { ...page, members }
  }
}

const words = () => tally_fields.map((field) => t(`office.statistics.${field}`))
const figures = (tally: AttendanceTally) => tally_fields.map((field) => String(tally[field]))

/** Both tables below each other, as a spreadsheet takes them. */
export function statistics_table({ sittings, members }: AttendanceStatistics): string[][] {
  return [
    [t('office.statistics.sitting'), t('office.meeting.body'), ...words()],
    ...sittings.map(({ title, body_name, tally }) => [title, body_name, ...figures(tally)]),
    [],
    [t('office.field.number'), t('office.field.name'), t('office.field.group'), ...words()],
    ...members.map(({ number, name, group, tally }) => [number, name, group, ...figures(tally)]),
  ]
}
