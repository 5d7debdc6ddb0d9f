import type { PersonnelAction, PersonnelMatter, QuestionPart } from '../wire/types'

/** What is said of a vote beside its question, while it is being written down. */
export interface MatterDraft {
  part: QuestionPart | null
  action: PersonnelAction | null
  name: string
  post: string
  approval_by: string
}

export const no_matter: MatterDraft = { part: null, action: null, name: '', post: '', approval_by: '' }

/** Whom the vote is about; null where it is about nobody. */
export function personnel_of({ action, name, post }: MatterDraft): PersonnelMatter | null {
  return action ? { action, name: name.trim(), post: post.trim() } : null
}

/** `王建国，区教育局局长`: the person and the post of one line of a series; null without both. */
export function personnel_in(line: string, action: PersonnelAction): PersonnelMatter | null {
  const found = /^\s*([^，,\t]+)[，,\t]\s*(.*\S)\s*$/.exec(line)
  return found ? { action, name: found[1]!.trim(), post: found[2]! } : null
}
