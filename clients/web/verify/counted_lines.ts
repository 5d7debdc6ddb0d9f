import type { Vote } from './src/vote'
import type { Language, Words } from './src/words'
import { texts } from './texts'

/** One line of a list or a sheet as it was counted anew: its figures and what became of it. */
export type CountedLine = { name: string; figures: string; outcome: string }

/** Empty for a vote without. */
export function counted_lines({ counted, prepared }: Vote, language: Language): CountedLine[] {
  if (counted === null) return []
  if ('places' in counted) {
    const { elected, tied } = counted.places.outcome
    const is_marked = counted.places.counted.list.every((one) => one.oppose + one.abstain === 0)
    return counted.places.counted.list.map(({ name, approve, oppose, abstain }, at) => ({
      name,
      figures: is_marked ? String(approve) : `${approve}/${oppose}/${abstain}`,
      outcome: elected.includes(at)
        ? texts.elected[language]
        : tied.includes(at)
          ? texts.tied[language]
          : '',
    }))
  }
  const { rule } = prepared.grades as { rule: { verdicts: { id: string; name: Words }[] } }
  return counted.grades.counted.objects.map(({ object, counts }, at) => ({
    name: object,
    figures: counts.join('/'),
    outcome:
      rule.verdicts.find(({ id }) => id === counted.grades.outcomes[at]!.verdict)?.name[language] ?? '',
  }))
}
