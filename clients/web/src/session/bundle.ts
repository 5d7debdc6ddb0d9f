import { t } from '../messages/words.svelte'
import type { ErrorBody } from '../wire/types'
import { kept_code } from './access'
import { shown, type ShownRefusal } from './session.svelte'

export type FetchedBundle = { name: string; content: Blob } | { refusal: ShownRefusal }

/** Fetches the whole record as one file for the auditor. The code goes in a header, never in the address. */
export async function fetch_bundle(): Promise<FetchedBundle> {
  try {
    const headers = { authorization: `Bearer ${kept_code() ?? ''}` }
    const answer = await fetch('/export/bundle', { headers, cache: 'no-store' })
    if (!answer.ok) return { refusal: shown('export', (await answer.json()) as ErrorBody) }
    const named = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')
    return { name: named?.[1] ?? 'record.plenum', content: await answer.blob() }
  } catch {
    return {
      refusal: { method: 'export', reason: t('office.export.cut'), next: t('office.export.again') },
    }
  }
}
