import type { MessageKey } from '../messages/words.svelte'
import type { SittingView } from '../wire/types'

/** What a sitting is in people's words: one that was called off was not adjourned. */
export function state_words(sitting: SittingView): MessageKey {
  return sitting.cancelled === '' ? `sitting.state.${sitting.state}` : 'sitting.state.cancelled'
}
