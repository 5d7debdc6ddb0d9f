import { t } from '../messages/words.svelte'
import type { BodyKind, RuleBookInput, RuleProfileInput } from '../wire/types'

const files = import.meta.glob<RuleBookInput>('../../../../schemas/rules/*.json', {
  eager: true,
  import: 'default',
})

/** The books that ship with plenum, by id. */
export const shipped_books: readonly RuleBookInput[] = Object.values(files).toSorted((a, b) =>
  a.id < b.id ? -1 : 1,
)

/** Those a body of this kind may adopt. */
export function books_for(kind: BodyKind): RuleBookInput[] {
  return shipped_books.filter((book) => book.body_kinds.includes(kind))
}

/** A book somebody wrote, as far as a page can tell; whether its rules hold together the server says. */
export function read_book(text: string): RuleBookInput | null {
  try {
    const value: unknown = JSON.parse(text)
    const is_book =
      typeof value === 'object' &&
      value !== null &&
      'rules' in value &&
      Array.isArray(value.rules) &&
      'body_kinds' in value
    return is_book ? (value as RuleBookInput) : null
  } catch {
    return null
  }
}

/** 《法》第14、25条, or as somebody wrote it; with the date of the text where it is known. */
export function basis_words(rule: RuleProfileInput): string {
  const laws = new Map<string, string[]>()
  for (const one of rule.legal_basis) {
    const name = one.version_date === '' ? one.law : `${one.law} ${one.version_date}`
    laws.set(name, [...(laws.get(name) ?? []), one.article])
  }
  const articles_of = (articles: string[]) => {
    const [bare, written] = [true, false].map((is) => articles.filter((one) => /^\d+$/.test(one) === is))
    const numbers = bare!.join(t('list.and'))
    const numbered = bare!.length > 0 ? [t('office.rules.article', { numbers })] : []
    return [...numbered, ...written!].join(t('list.and'))
  }
  return [...laws].map(([name, articles]) => `${name} ${articles_of(articles)}`).join(t('list.semicolon'))
}
