/** How a list stands on the wall: beside its outcome in large letters, or across the wall in two columns. */
export type LinesSize = 'beside' | 'large' | 'medium' | 'dense'

export interface LinesFit {
  size: LinesSize
  /** how many of the names fit; the first of them are those with a place */
  shown: number
}

/** What a wall of 96 by 54 holds in each size: characters a line, and lines one below the other. */
const sizes: readonly { size: LinesSize; columns: number; characters: number; lines_max: number }[] = [
  { size: 'beside', columns: 1, characters: 15, lines_max: 5 },
  { size: 'large', columns: 2, characters: 11, lines_max: 6 },
  { size: 'medium', columns: 2, characters: 13, lines_max: 8 },
  { size: 'dense', columns: 2, characters: 18, lines_max: 12 },
]

/** Lines down to the last row, where names side by side are as high as the higher of them. */
function lines_of(names: readonly string[], columns: number, characters: number): number {
  const rows = Math.ceil(names.length / columns)
  const height = (name: string | undefined) => Math.ceil((name?.length ?? 0) / characters)
  return Array.from({ length: rows }, (_unused, row) =>
    Math.max(...Array.from({ length: columns }, (_empty, column) => height(names[column * rows + row]))),
  ).reduce((sum, lines) => sum + lines, 0)
}

/** The largest letters in which all names fit; in the smallest, as many of them as do. */
export function fit_lines(names: readonly string[]): LinesFit {
  const found = sizes.find((one) => lines_of(names, one.columns, one.characters) <= one.lines_max)
  if (found) return { size: found.size, shown: names.length }
  const { size, columns, characters, lines_max } = sizes.at(-1)!
  let shown = Math.min(names.length, columns * lines_max)
  while (shown > 1 && lines_of(names.slice(0, shown), columns, characters) > lines_max) shown--
  return { size, shown }
}
