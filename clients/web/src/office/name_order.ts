/** By how a list of people may be ordered on the screen; `sheet`: as it came. */
export type NameOrder = 'sheet' | 'strokes' | 'number'

const by_strokes = new Intl.Collator('zh-u-co-stroke')
const by_number = new Intl.Collator('zh', { numeric: true })

/** In the order wanted: by strokes of the family name, as name lists of a congress stand, or by number. */
export function in_name_order<Person extends { name: string; number: string }>(
  people: readonly Person[],
  order: NameOrder,
): Person[] {
  if (order === 'strokes') return [...people].sort((a, b) => by_strokes.compare(a.name, b.name))
  if (order === 'number') return [...people].sort((a, b) => by_number.compare(a.number, b.number))
  return [...people]
}
