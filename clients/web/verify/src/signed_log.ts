import { read_archive, type Files, is_bundle_path, manifest_path } from './archive'
import { concat, equal, from_base64url, sha256, to_base64url, to_hex } from './bytes'
import { is_object, read_canonical, type Json } from './json'
import { hash_of_leaf, Tree } from './merkle'
import { open_checkpoint, read_vkey, to_vkey, type Checkpoint, type LogKey } from './note'
import {
  bundle_kinds,
  words,
  type BundleKind,
  type CheckName,
  type Finding,
  type FindingName,
  type Notice,
} from './words'

// From the bytes of a bundle to its entries, each step proved by the one before (docs/audit_bundle.md).

const entries_in_tile = 256
const history_folder = 'checkpoints/'
const blob_folder = 'blobs/'

export type SignedLog = {
  checkpoint: Checkpoint
  key: LogKey
  manifest: Json
  kind: BundleKind
  files: Files
  entries: Uint8Array[]
  /** Over all entries. */
  tree: Tree
}

/** Collects what is wrong. */
export class Findings {
  readonly list: Finding[] = []
  /** What is worth knowing and nobody's fault. */
  readonly notices: Notice[] = []

  add(
    check: CheckName,
    name: FindingName,
    detail: string | { zh: string; en: string } = '',
    seq?: number,
  ): void {
    const said = typeof detail === 'string' ? words(detail, detail) : detail
    this.list.push({ check, name, detail: said, ...(seq === undefined ? {} : { seq }) })
  }
}

/** The manifest when it lists exactly these files as they are. */
function check_manifest(files: Files, findings: Findings): Json | null {
  const manifest = read_canonical(files.get(manifest_path) ?? new Uint8Array(0))
  const listed = manifest?.files
  const is_right =
    manifest !== null && manifest.v === 1 && manifest.format === 'plenum-bundle/1' && Array.isArray(listed)
  if (!is_right || !bundle_kinds.includes(String(manifest.kind)) || !listed.every(is_object)) {
    findings.add('manifest', 'manifest_malformed')
    return null
  }
  const unlisted = new Set(files.keys())
  unlisted.delete(manifest_path)
  let before = ''
  for (const { path, bytes, sha256: said } of listed) {
    const name = String(path)
    if (!is_bundle_path(name) || name <= before) findings.add('manifest', 'manifest_malformed', name)
    before = name
    const content = files.get(name)
    if (content === undefined) findings.add('manifest', 'file_missing', name)
    else if (content.length !== bytes || to_hex(sha256(content)) !== said)
      findings.add('manifest', 'file_changed', name)
    unlisted.delete(name)
  }
  for (const path of unlisted) findings.add('manifest', 'file_unlisted', path)
  return findings.list.length === 0 ? manifest : null
}

function read_key(files: Files, trusted: string | null, findings: Findings): LogKey | null {
  const text = new TextDecoder().decode(files.get('key.vkey') ?? new Uint8Array(0))
  const key = text.endsWith('\n') ? read_vkey(text.slice(0, -1)) : null
  if (key === null) findings.add('key', 'key_malformed')
  else if (trusted !== null && trusted !== to_vkey(key))
    findings.add('key', 'key_not_expected', to_vkey(key))
  return key
}

/** Index in groups of three digits, as C2SP tlog-tiles spells it. */
function tile_path(level: string, index: number, width: number): string {
  let path = String(index % 1000).padStart(3, '0')
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`
  }
  return `tile/${level}/${path}${width < entries_in_tile ? `.p/${width}` : ''}`
}

/** Each tile of one level: its path, and where its content begins and ends. */
function tiles_of(level: string, count: number): { path: string; first: number; last: number }[] {
  const tiles: { path: string; first: number; last: number }[] = []
  for (let first = 0; first < count; first += entries_in_tile) {
    const last = Math.min(first + entries_in_tile, count)
    tiles.push({ path: tile_path(level, first / entries_in_tile, last - first), first, last })
  }
  return tiles
}

function split_entries(content: Uint8Array): Uint8Array[] | null {
  const entries: Uint8Array[] = []
  for (let at = 0; at < content.length;) {
    if (at + 2 > content.length) return null
    const length = content[at]! * 256 + content[at + 1]!
    if (at + 2 + length > content.length) return null
    entries.push(content.subarray(at + 2, at + 2 + length))
    at += 2 + length
  }
  return entries
}

function read_entries(files: Files, size: number, findings: Findings): Uint8Array[] | null {
  const entries: Uint8Array[] = []
  for (const { path, first, last } of tiles_of('entries', size)) {
    const content = files.get(path)
    if (content === undefined) {
      findings.add('tree', 'file_missing', path)
      return null
    }
    const split = split_entries(content)
    if (split === null || split.length !== last - first) {
      findings.add('tree', 'tile_malformed', path)
      return null
    }
    entries.push(...split)
  }
  return entries
}

function check_tiles(files: Files, tree: Tree, findings: Findings, expected: Set<string>): void {
  for (let level = 0; Math.floor(tree.size / entries_in_tile ** level) > 0; ++level) {
    for (const { path, first, last } of tiles_of(
      String(level),
      Math.floor(tree.size / entries_in_tile ** level),
    )) {
      expected.add(path)
      const hashes = Array.from({ length: last - first }, (_, at) => tree.node(8 * level, first + at)!)
      const content = files.get(path)
      if (content === undefined) findings.add('tiles', 'file_missing', path)
      else if (!equal(content, concat(hashes))) findings.add('tiles', 'tile_changed', path)
    }
  }
}

function check_history(files: Files, tree: Tree, key: LogKey, findings: Findings): void {
  for (const [path, note] of files) {
    if (!path.startsWith(history_folder)) continue
    const earlier = open_checkpoint(note, key)
    if (earlier === null) findings.add('history', 'history_unsigned', path)
    else if (`${history_folder}${earlier.size}` !== path) findings.add('history', 'history_misnamed', path)
    else if (earlier.size > tree.size || !equal(tree.root(earlier.size), earlier.root)) {
      findings.add('history', 'history_contradicted', path)
    }
  }
}

/** Every digest that stands anywhere in an entry, in hexadecimal. */
function digests_in(value: unknown, found: Set<string>): void {
  if (typeof value === 'string' && value.length === 43) {
    const bytes = from_base64url(value)
    if (bytes !== null) found.add(to_hex(bytes))
  } else if (typeof value === 'object' && value !== null) {
    for (const one of Object.values(value)) digests_in(one, found)
  }
}

/** Blobs of secret votes that bundles for others do not hold. */
function blobs_kept_from(reader: BundleKind, kind: unknown, body: Json): unknown[] {
  if (reader === 'auditor') return []
  switch (kind) {
    case 'voting_key.registered':
      return [body.registration]
    case 'roll.called':
      return [body.list]
    case 'vote.opened':
      return is_object(body.secret) ? [body.secret.acknowledgements] : []
    case 'ballot_box.sealed':
      return reader === 'public' ? [body.box] : []
    case 'box.confirmed':
      return [body.confirmations]
    default:
      return []
  }
}

/** Blobs have the digests they are named by, and an entry names each. */
function check_blobs(log: SignedLog, findings: Findings, expected: Set<string>): void {
  const named = new Set<string>()
  const hidden = new Set<string>()
  for (const bytes of log.entries) {
    const entry = read_canonical(bytes)
    digests_in(entry?.body, named)
    if (is_object(entry?.body)) digests_in(blobs_kept_from(log.kind, entry.kind, entry.body), hidden)
  }
  for (const name of hidden) named.delete(name)
  for (const [path, content] of log.files) {
    if (!path.startsWith(blob_folder)) continue
    const name = path.slice(blob_folder.length)
    if (to_hex(sha256(content)) !== name) findings.add('blobs', 'blob_changed', path)
    else if (named.has(name)) expected.add(path)
  }
}

/**
 * The bundle's entries, when everything up to them holds well enough to read them; the findings say the
 * rest.
 */
export function read_signed_log(
  archive: Uint8Array,
  trusted: string | null,
  findings: Findings,
): SignedLog | null {
  const files = read_archive(archive)
  if ('reason' in files) {
    findings.add('archive', files.reason, files.detail)
    return null
  }
  const manifest = check_manifest(files, findings)
  if (manifest === null) return null
  const key = read_key(files, trusted, findings)
  if (key === null) return null
  const checkpoint = open_checkpoint(files.get('checkpoint') ?? new Uint8Array(0), key)
  if (checkpoint === null) {
    findings.add('checkpoint', 'checkpoint_unsigned')
    return null
  }
  const { origin, size, root, vkey } = manifest
  const says_same =
    origin === checkpoint.origin &&
    size === checkpoint.size &&
    root === to_base64url(checkpoint.root) &&
    vkey === to_vkey(key) &&
    manifest.checkpoint === 'checkpoint'
  if (!says_same) findings.add('manifest', 'manifest_differs')
  const entries = read_entries(files, checkpoint.size, findings)
  if (entries === null) return null
  const kind = manifest.kind as BundleKind
  const tree = new Tree(entries.map(hash_of_leaf))
  const log = { checkpoint, key, manifest, kind, files, entries, tree }
  if (!equal(tree.root(), checkpoint.root)) findings.add('tree', 'checkpoint_contradicted')
  const expected = new Set([manifest_path, 'key.vkey', 'checkpoint'])
  for (const { path } of tiles_of('entries', checkpoint.size)) expected.add(path)
  check_tiles(files, tree, findings, expected)
  check_history(files, tree, key, findings)
  check_blobs(log, findings, expected)
  for (const path of files.keys()) {
    if (!expected.has(path) && !path.startsWith(history_folder))
      findings.add('manifest', 'file_unexpected', path)
  }
  return log
}
