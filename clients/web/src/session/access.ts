const code_key = 'plenum.code'
const notice_key = 'plenum.notice'
/** Before the names of half-filled inputs (kept_input.svelte.ts). */
export const input_prefix = 'plenum.input.'

/** Why a person finds themselves at the sign-in page again. */
export interface Notice {
  reason: string
  next: string
}

/**
 * Takes an access code out of the address (`#code=…`, as printed sheets carry it in a QR code) and wipes it
 * from there at once, so that it stays in no history, screenshot or shared link. Null when there is none.
 */
export function take_code_from_address(): string | null {
  const code = new URLSearchParams(location.hash.slice(1)).get('code')
  if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search)
  return code
}

/** The code lives as long as this tab, so that a reload or a cut does not ask for it again. */
export function kept_code(): string | null {
  return sessionStorage.getItem(code_key)
}

export function keep_code(code: string): void {
  sessionStorage.setItem(code_key, code)
}

/**
 * Forgets the code and what was half filled in, and goes to the sign-in page, which shows `notice` when there
 * is one.
 */
export function leave(notice: Notice | null = null): void {
  sessionStorage.removeItem(code_key)
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(input_prefix)) sessionStorage.removeItem(key)
  }
  if (notice) sessionStorage.setItem(notice_key, JSON.stringify(notice))
  location.replace(`/${location.search}`)
}

/** What the last page wanted said; told once. */
export function take_notice(): Notice | null {
  const text = sessionStorage.getItem(notice_key)
  sessionStorage.removeItem(notice_key)
  return text ? JSON.parse(text) : null
}
