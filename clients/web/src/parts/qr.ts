import { create, type QRCodeErrorCorrectionLevel } from 'qrcode'

/** A QR code as one path in a square of `size` units, without its quiet zone. */
export interface QrPath {
  size: number
  path: string
}

/** `level` is how much of it may be lost: little on a screen, more on paper. */
export function qr_path(text: string, level: QRCodeErrorCorrectionLevel = 'M'): QrPath {
  const { modules } = create(text, { errorCorrectionLevel: level })
  const { size } = modules
  let path = ''
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!modules.get(y, x)) continue
      let width = 1
      while (x + width < size && modules.get(y, x + width)) width++
      path += `M${x} ${y}h${width}v1h-${width}z`
      x += width
    }
  }
  return { size, path }
}
