import { t } from '../messages/words.svelte'
import { save_as } from '../parts/save_as'
import type { ErrorBody, VoteId } from '../wire/types'
import { kept_code } from './access'
import { shown, type ShownRefusal } from './session.svelte'

type Fetched = { name: string; content: Blob } | { refusal: ShownRefusal }

/** Fetches what only some may have. The code goes in a header, never in the address. */
async function fetch_export(path: string, name: string): Promise<Fetched> {
  try {
    const headers = { authorization: `Bearer ${kept_code() ?? ''}` }
    const answer = await fetch(path, { headers, cache: 'no-store' })
    if (!answer.ok) return { refusal: shown('export', (await answer.json()) as ErrorBody) }
    const named = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')
    return { name: named?.[1] ?? name, content: await answer.blob() }
  } catch {
    return {
      refusal: {
        method: 'export',
        reason: t('office.export.cut'),
        next: t('office.export.again'),
        may_be_set_aside: null,
        set_aside: null,
      },
    }
  }
}

/** Saves the whole record as one file, of the kind for whoever is signed in; why not, otherwise. */
export async function save_bundle(): Promise<ShownRefusal | null> {
  const fetched = await fetch_export('/export/bundle', 'record.plenum')
  if ('refusal' in fetched) return fetched.refusal
  save_as(fetched.name, fetched.content, 'application/octet-stream')
  return null
}

/** The result sheet of a vote. */
export function show_sheet(vote: VoteId): Promise<ShownRefusal | null> {
  return show_page(`/export/sheet/${vote}.html`, `sheet-${vote}.html`)
}

/** The sheet of a series, which is named by the vote that was prepared first. */
export function show_series_sheet(series: VoteId): Promise<ShownRefusal | null> {
  return show_page(`/export/sheet/series/${series}.html`, `series-${series}.html`)
}

/**
 * Shows a sheet in a window of its own, from where it is printed. The window opens with the press of the
 * button: later a browser would not let it.
 */
async function show_page(path: string, name: string): Promise<ShownRefusal | null> {
  const paper = window.open('', '_blank')
  const fetched = await fetch_export(path, name)
  if ('refusal' in fetched) {
    paper?.close()
    return fetched.refusal
  }
  write_on(paper ?? window, await fetched.content.text())
  return null
}

/**
 * The style of a sheet stands in it, which the content policy of these pages does not let a document have; a
 * style sheet made by the page itself may be used.
 */
function write_on(paper: Window, html: string): void {
  const written = /<style>([^]*?)<\/style>/
  const sheet = new DOMParser().parseFromString(html.replace(written, ''), 'text/html')
  // A new window has no doctype, and without one tables take no size from what they stand in: a sheet set
  // small for one page of A4 would come out on several.
  if (paper.document.compatMode === 'BackCompat') {
    paper.document.open()
    paper.document.write('<!doctype html><title></title>')
    paper.document.close()
  }
  const style = new (paper as Window & typeof globalThis).CSSStyleSheet()
  style.replaceSync(written.exec(html)?.[1] ?? '')
  paper.document.title = sheet.title
  paper.document.documentElement.lang = sheet.documentElement.lang
  paper.document.adoptedStyleSheets = [style]
  paper.document.body.replaceChildren(...sheet.body.childNodes)
}
