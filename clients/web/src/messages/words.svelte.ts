import type { LocalText } from '../wire/types'
import en from './en.json'
import zh from './zh-CN.json'

export type Language = 'zh-CN' | 'en'
export type MessageKey = keyof typeof zh

/** What stands in the braces of a message. */
export type Values = Record<string, string | number>

const texts: Record<Language, Record<MessageKey, string>> = { 'zh-CN': zh, en }
const storage_key = 'plenum.language'

function kept_language(): Language {
  try {
    return localStorage.getItem(storage_key) === 'en' ? 'en' : 'zh-CN'
  } catch {
    return 'zh-CN'
  }
}

const kept = kept_language()
let language: Language = $state(kept)
document.documentElement.lang = kept

export function current_language(): Language {
  return language
}

export function choose_language(chosen: Language): void {
  language = chosen
  document.documentElement.lang = chosen
  try {
    localStorage.setItem(storage_key, chosen)
  } catch {
    // The choice then lasts as long as the page.
  }
}

/** The message in the language chosen, with `{name}` replaced by what `values` says. */
export function t(key: MessageKey, values: Values = {}): string {
  return text_in(language, key, values)
}

/** The same in one language, whatever was chosen: for a screen that shows both. */
export function text_in(wanted: Language, key: MessageKey, values: Values = {}): string {
  return texts[wanted][key].replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all))
}

/** A text of the server's, in the language chosen; the other one where it was left empty. */
export function in_words(text: LocalText): string {
  return language === 'en' ? text.en || text.zh : text.zh || text.en
}
