import { t, type MessageKey } from '../messages/words.svelte'
import type { RuleProfileInput } from '../wire/types'
import { points, type Point } from './provisions'

/** One choice of a point. */
export function choice_words(name: Point['name'], option: string): string {
  return t(`office.provision.${name}.${option}` as MessageKey)
}

/** What a rule provides for lists, in a line. */
export function provisions_words(rule: RuleProfileInput): string {
  const said = points.flatMap((point) => {
    const value = rule.list?.[point.name]
    if (value === undefined) return []
    const words = 'options' in point ? choice_words(point.name, String(value)) : String(value)
    return [t('office.provisions.point', { point: t(`office.provision.${point.name}`), words })]
  })
  return said.join(t('list.semicolon'))
}
