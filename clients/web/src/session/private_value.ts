import { from_content } from '../wire/content'
import type { PrivateAnswer } from '../wire/types'

/** What may be shown in a tab of its own; anything else is saved, so that nothing in it can run here. */
const shown_types = ['application/pdf', 'text/plain', 'image/png', 'image/jpeg', 'image/webp']

/** Shows a private paper in a new tab, or saves it under its name. */
export function open_private(answer: PrivateAnswer, name: string): void {
  const type = answer.media_type.split(';')[0]!.trim().toLowerCase()
  const shown_as = type === 'text/plain' ? 'text/plain; charset=utf-8' : type
  const address = URL.createObjectURL(new Blob([from_content(answer.content)], { type: shown_as }))
  const link = document.createElement('a')
  link.href = address
  if (shown_types.includes(type)) link.target = '_blank'
  else link.download = name
  link.rel = 'noopener'
  link.click()
  // The new tab has read it by then; until the page closes it would only take up memory.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
