/** Why a text that was read as GB18030 is not what somebody wrote, as the end of a message key. */
export type Misread = 'own_character' | 'implausible'

/** So few odd characters may stand in any text: rare names are written with them. */
const odd_min = 2

/**
 * GB18030 has a character for nearly every pair of bytes, so files in Big5 and others read without an error
 * and turn into other words. They show by characters of somebody's own making, or by being mostly characters
 * that no ordinary text is written in. Null when nothing is wrong.
 */
export function misread_as_gb18030(text: string): Misread | null {
  if (/[\uE000-\uF8FF\u{F0000}-\u{10FFFF}]/u.test(text)) return 'own_character'
  const foreign = [...text].filter((one) => one.charCodeAt(0) > 0x7f)
  const odd = foreign.filter((one) => !everyday().has(one)).length
  return odd >= odd_min && odd * 2 > foreign.length ? 'implausible' : null
}

let known: Set<string> | null = null

/** Punctuation, full-width letters and the 6,763 characters of GB 2312: what nearly all is written in. */
function everyday(): Set<string> {
  known ??= new Set([...zone(0xa1, 0xa1), ...zone(0xa3, 0xa3), ...zone(0xb0, 0xf7)])
  return known
}

function zone(from: number, to: number): string {
  const bytes: number[] = []
  for (let lead = from; lead <= to; lead++)
    for (let trail = 0xa1; trail <= 0xfe; trail++) bytes.push(lead, trail)
  return new TextDecoder('gb18030').decode(Uint8Array.from(bytes))
}
