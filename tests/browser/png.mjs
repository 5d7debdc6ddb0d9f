// Pictures of screens as small files, and how much two of them differ.
import { pixelmatch, upng } from './packages.mjs'

const colours = 256
/** How far apart two colours must be to count, from 0 to 1: more than letters smoothed another way. */
const threshold = 0.25

function pixels_of(png) {
  const bytes = png.buffer.slice(png.byteOffset, png.byteOffset + png.byteLength)
  const { width, height, ...rest } = upng.decode(bytes)
  return { width, height, rgba: upng.toRGBA8({ width, height, ...rest })[0] }
}

/** The same picture in at most 256 colours: about a third of the size. */
export function small_png(png) {
  const { width, height, rgba } = pixels_of(png)
  return Buffer.from(upng.encode([rgba], width, height, colours))
}

/** How many pixels of two pictures differ; all of them when their sizes do. */
export function difference(one, other) {
  const a = pixels_of(one)
  const b = pixels_of(other)
  if (a.width !== b.width || a.height !== b.height) return Number.POSITIVE_INFINITY
  return pixelmatch(
    new Uint8Array(a.rgba),
    new Uint8Array(b.rgba),
    null,
    a.width,
    a.height,
    { threshold },
  )
}
