import type { PrivateAnswer } from '../wire/types'
import { fitted, photo_bytes_max } from './photo_names'

const qualities = [0.9, 0.8, 0.65, 0.5, 0.35]

/** A picture as a JPEG small enough to keep; null when the file is no picture this browser can read. */
export async function small_jpeg(file: Blob): Promise<Uint8Array | null> {
  let picture: ImageBitmap
  try {
    picture = await createImageBitmap(file)
  } catch {
    return null
  }
  const canvas = document.createElement('canvas')
  Object.assign(canvas, fitted(picture.width, picture.height))
  const drawing = canvas.getContext('2d')!
  drawing.fillStyle = '#ffffff' // Where the picture is transparent.
  drawing.fillRect(0, 0, canvas.width, canvas.height)
  drawing.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  for (const quality of qualities) {
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality))
    if (blob && blob.size <= photo_bytes_max) return new Uint8Array(await blob.arrayBuffer())
  }
  return null
}

/** A photo of the private store as an image shows it; null when it is no picture. */
export function picture_address({ media_type, content }: PrivateAnswer): string | null {
  if (!/^image\/(jpeg|png|webp)$/.test(media_type)) return null
  return `data:${media_type};base64,${content.replaceAll('-', '+').replaceAll('_', '/')}`
}
