import { ed25519 } from '@noble/curves/ed25519.js'
import { read_archive, write_archive, type Files } from '../verify/src/archive'
import {
  concat,
  from_base64url,
  sha256,
  text_bytes,
  to_base64,
  to_base64url,
  to_hex,
} from '../verify/src/bytes'
import { canonical, read_canonical, type Json } from '../verify/src/json'
import { hash_of_leaf, Tree } from '../verify/src/merkle'

// Bundles taken apart, changed, and put together again so well that only what was changed is wrong.

export const files_of = (archive: Uint8Array) => read_archive(archive) as Files

/** Lists the files as they are, so that only what lies behind the list can be wrong. */
export function relist(files: Files, also: Json = {}): Uint8Array {
  const manifest = { ...read_canonical(files.get('manifest.json')!), ...also }
  const listed = [...files]
    .filter(([path]) => path !== 'manifest.json')
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const rows = listed.map(([path, content]) => ({
    bytes: content.length,
    path,
    sha256: to_hex(sha256(content)),
  }))
  return write_archive(
    new Map(files).set('manifest.json', text_bytes(canonical({ ...manifest, files: rows }))),
  )
}

export function flip(bytes: Uint8Array, at: number): Uint8Array {
  const changed = bytes.slice()
  changed[at]! ^= 1
  return changed
}

export function entries_of(files: Files): Json[] {
  const entries: Json[] = []
  const bundle = files.get([...files.keys()].find((path) => path.startsWith('tile/entries/'))!)!
  for (let at = 0; at < bundle.length; at += 2 + bundle[at]! * 256 + bundle[at + 1]!) {
    entries.push(read_canonical(bundle.slice(at + 2, at + 2 + bundle[at]! * 256 + bundle[at + 1]!))!)
  }
  return entries
}

const kept_for_auditors = ['registration', 'list', 'acknowledgements', 'confirmations']

/** An auditor's bundle without what another kind does not hold. */
export function of_kind(auditors: Files, kind: 'public' | 'member'): Files {
  const bodies = entries_of(auditors).map(({ body }) => body as Json)
  const hidden = new Set<string>()
  for (const body of bodies) {
    const named = { ...body, ...(body.secret as Json | undefined) }
    const digests = kept_for_auditors.map((name) => named[name])
    if (kind === 'public' && body.box !== undefined && body.root !== undefined) digests.push(body.box)
    for (const digest of digests) {
      const bytes = typeof digest === 'string' ? from_base64url(digest) : null
      if (bytes !== null) hidden.add(`blobs/${to_hex(bytes)}`)
    }
  }
  return new Map([...auditors].filter(([path]) => !hidden.has(path)))
}

/** What a forger has in hand: all entries, and blobs by their names. */
export type Forged = { entries: Json[]; files: Files }

/** A log with other entries and blobs, signed again by another key: only following it finds it out. */
export function forge(golden: Uint8Array, change: (forged: Forged) => void): Uint8Array {
  const files = new Map([...files_of(golden)].filter(([path]) => !path.startsWith('checkpoints/')))
  const tile = [...files.keys()].find((path) => path.startsWith('tile/entries/'))!
  const forged = { entries: entries_of(files), files }
  change(forged)
  const entries = forged.entries.map((entry) => text_bytes(canonical(entry)))
  const tree = new Tree(entries.map(hash_of_leaf))
  // A partial tile is named by how many entries it has.
  const named = tile.replace(/\.p\/\d+$/, `.p/${entries.length}`)
  for (const path of [tile, tile.replace('entries', '0')]) files.delete(path)
  files.set(
    named,
    concat(entries.flatMap((entry) => [Uint8Array.of(entry.length >> 8, entry.length & 255), entry])),
  )
  files.set(named.replace('entries', '0'), concat(entries.map(hash_of_leaf)))
  const [origin = ''] = new TextDecoder().decode(files.get('checkpoint')!).split('\n')
  const secret = sha256(text_bytes('a forger'))
  const key = concat([Uint8Array.of(1), ed25519.getPublicKey(secret)])
  const id = sha256(concat([text_bytes(`${origin}\n`), key])).slice(0, 4)
  const text = `${origin}\n${entries.length}\n${to_base64(tree.root())}\n`
  const signature = to_base64(concat([id, ed25519.sign(text_bytes(text), secret)]))
  const vkey = `${origin}+${to_hex(id)}+${to_base64(key)}`
  files.set('checkpoint', text_bytes(`${text}\n— ${origin} ${signature}\n`))
  files.set('key.vkey', text_bytes(`${vkey}\n`))
  return relist(files, { vkey, root: to_base64url(tree.root()), size: entries.length, state_hash: null })
}
