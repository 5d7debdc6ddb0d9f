import { compare, equal, sha256, text_bytes, to_hex } from './bytes'

// The archive of a bundle (docs/audit_bundle.md): POSIX ustar in one fixed form, then a line with its
// SHA-256.

const block = 512
const line_bytes = 65
const path_bytes_max = 100
const file_bytes_max = 64 * 1024 * 1024
const files_max = 1_000_000
export const manifest_path = 'manifest.json'

export type Files = Map<string, Uint8Array>
export type ArchiveFault = { reason: 'archive_damaged' | 'archive_malformed'; detail: string }

/** A relative path of plain characters without empty, `.` or `..` steps. */
export function is_bundle_path(path: string): boolean {
  if (path.length === 0 || path.length > path_bytes_max || !/^[a-z0-9._/-]*$/.test(path)) return false
  return path.split('/').every((step) => step !== '' && step !== '.' && step !== '..')
}

function put(header: Uint8Array, at: number, text: string): void {
  header.set(text_bytes(text), at)
}

/** The one header a file of this path and length may have. */
export function header_of(path: string, bytes: number): Uint8Array {
  const header = new Uint8Array(block)
  put(header, 0, path)
  for (const [at, field] of [
    [100, '000644 \0'],
    [108, '000000 \0'],
    [116, '000000 \0'],
  ] as const)
    put(header, at, field)
  put(header, 124, `${bytes.toString(8).padStart(11, '0')} `)
  put(header, 136, '00000000000 ')
  put(header, 148, '        ')
  put(header, 156, '0')
  put(header, 257, 'ustar\u000000')
  put(header, 329, '000000 \0')
  put(header, 337, '000000 \0')
  const sum = header.reduce((left, right) => left + right, 0)
  put(header, 148, `${sum.toString(8).padStart(6, '0')}\0 `)
  return header
}

/** The last line: SHA-256 of all bytes before it in hexadecimal, and a newline. */
export function last_line(archive: Uint8Array): Uint8Array {
  return text_bytes(`${to_hex(sha256(archive))}\n`)
}

function text_until_zero(field: Uint8Array): string {
  const end = field.indexOf(0)
  return String.fromCharCode(...field.subarray(0, end < 0 ? field.length : end))
}

/**
 * The files of a bundle by path; or what is wrong with the archive, damage first, for it explains the rest.
 */
export function read_archive(bytes: Uint8Array): Files | ArchiveFault {
  const end = bytes.length - line_bytes
  if (end < 0 || !equal(bytes.subarray(end), last_line(bytes.subarray(0, end)))) {
    return { reason: 'archive_damaged', detail: '' }
  }
  const files: Files = new Map()
  const malformed = (detail: string): ArchiveFault => ({ reason: 'archive_malformed', detail })
  let at = 0
  let before = ''
  while (at + block <= end && bytes[at] !== 0) {
    const header = bytes.subarray(at, at + block)
    const path = text_until_zero(header.subarray(0, path_bytes_max))
    const size = Number.parseInt(text_until_zero(header.subarray(124, 136)), 8)
    if (!is_bundle_path(path)) return malformed('path')
    if (!(size >= 0 && size <= file_bytes_max) || files.size >= files_max) return malformed(path)
    if (!equal(header, header_of(path, size))) return malformed(path)
    const ascends = path === manifest_path || compare(text_bytes(before), text_bytes(path)) < 0
    if (!ascends || before === manifest_path) return malformed(path)
    const content = bytes.subarray(at + block, at + block + size)
    const next = at + block + Math.ceil(size / block) * block
    if (next > end || bytes.subarray(at + block + size, next).some((byte) => byte !== 0))
      return malformed(path)
    files.set(path, content)
    before = path
    at = next
  }
  if (before !== manifest_path) return malformed(manifest_path)
  const rest = bytes.subarray(at, end)
  if (rest.length !== 2 * block || rest.some((byte) => byte !== 0)) return malformed(before)
  return files
}

/** The archive of these files; what read_archive reads. */
export function write_archive(files: Files): Uint8Array {
  const paths = [...files.keys()].filter((path) => path !== manifest_path).sort()
  const parts: Uint8Array[] = []
  for (const path of [...paths, manifest_path]) {
    const content = files.get(path)!
    const padded = new Uint8Array(Math.ceil(content.length / block) * block)
    padded.set(content)
    parts.push(header_of(path, content.length), padded)
  }
  parts.push(new Uint8Array(2 * block))
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const archive = new Uint8Array(length + line_bytes)
  let at = 0
  for (const part of parts) {
    archive.set(part, at)
    at += part.length
  }
  archive.set(last_line(archive.subarray(0, length)), length)
  return archive
}
