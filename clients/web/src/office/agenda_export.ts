import { text_in, type Language } from '../messages/words.svelte'
import { item_lines } from '../state/agenda'
import type { ItemView } from '../wire/types'
import words from './agenda_words.json'
import header_words from './header_words.json'

/**
 * An agenda as a table whose heads the import knows, and which it takes for the same agenda again: numbers
 * and levels in columns of their own, so that titles are nothing but titles.
 */
export function agenda_table(items: readonly ItemView[], language: Language): string[][] {
  const { level, number, title, item_kind, minutes, presenter, is_closed } = header_words.agenda
  const fields = [level, number, title, item_kind, minutes, presenter, is_closed]
  const heads = fields.map((known) => (language === 'en' ? known.at(-1)! : known[0]!))
  const yes = words.yes[0]!
  const rows = item_lines(items).map(({ item, depth }) => [
    String(depth + 1),
    item.number,
    item.title,
    text_in(language, `office.item_kind.${item.item_kind}`),
    String(item.minutes),
    item.presenter,
    item.is_closed ? yes : '',
  ])
  return [heads, ...rows]
}
