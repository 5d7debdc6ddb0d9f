import { text_in, type MessageKey, type Values } from '../messages/words.svelte'
import type { LocalText } from '../wire/types'

/** `?lang=zh|en|both`: `both` is Chinese with a small English line below. */
const asked = new URLSearchParams(location.search).get('lang')
export const hall_language: 'zh' | 'en' | 'both' = asked === 'en' || asked === 'both' ? asked : 'zh'
document.documentElement.lang = hall_language === 'en' ? 'en' : 'zh-CN'

/** What the wall says: in large, and in small below where both languages are wanted. */
export interface Said {
  main: string
  small: string
}

export function say(key: MessageKey, values: Values = {}): Said {
  return said({ zh: text_in('zh-CN', key, values), en: text_in('en', key, values) })
}

/** The same of a text the server wrote in both languages. */
export function said({ zh, en }: LocalText): Said {
  if (hall_language === 'en') return { main: en || zh, small: '' }
  return { main: zh || en, small: hall_language === 'both' && en !== zh ? en : '' }
}

/** How large a title may be so that it fits its frame: `short` to `huge`. */
export function title_size(text: string): 'short' | 'medium' | 'long' | 'huge' {
  if (text.length <= 18) return 'short'
  if (text.length <= 44) return 'medium'
  return text.length <= 120 ? 'long' : 'huge'
}
