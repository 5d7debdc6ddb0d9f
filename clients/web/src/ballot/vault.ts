// What a console keeps over a reload: its device key, and until sign-out its voting key with what it sent.
// Sealed by a key of the browser's own that no program can read out; a copy of the profile is worth as much
// as the browser lets it be. Choices and the randomness of ballots never come here.

/** Bytes under a name, for this browser alone. */
export type Vault = {
  /** Null when nothing is kept under this name. */
  read(name: string): Promise<Uint8Array | null>
  /** False when it could not be kept: it then lasts as long as the page. */
  write(name: string, bytes: Uint8Array): Promise<boolean>
  erase(name: string): Promise<void>
}

/** A member of one log, as entries are named by. */
export function member_name(origin: string, person: number): string {
  return `${origin} ${person}`
}

export function device_entry(member: string): string {
  return `device ${member}`
}

export function voter_entry(member: string, sitting: number): string {
  return `voter ${member} ${sitting}`
}

type Entry = { key: CryptoKey; nonce: Uint8Array<ArrayBuffer>; sealed: ArrayBuffer }

const database = 'plenum.ballot'
const store = 'kept'

function answered<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

async function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(database, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(store)
  return await answered(request)
}

async function within<Result>(
  mode: IDBTransactionMode,
  work: (kept: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const base = await opened()
  try {
    const transaction = base.transaction(store, mode, { durability: 'strict' })
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
    })
    const result = await answered(work(transaction.objectStore(store)))
    await done
    return result
  } finally {
    base.close()
  }
}

/** Every entry has a key of its own, so that erasing an entry erases what could open an old copy of it. */
async function sealed(bytes: Uint8Array): Promise<Entry> {
  const algorithm = { name: 'AES-GCM', length: 256 }
  const key = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt'])
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const content = bytes as Uint8Array<ArrayBuffer>
  return { key, nonce, sealed: await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, content) }
}

async function unsealed(entry: Entry): Promise<Uint8Array> {
  const opening = { name: 'AES-GCM', iv: entry.nonce }
  return new Uint8Array(await crypto.subtle.decrypt(opening, entry.key, entry.sealed))
}

/** The same entries for what may never be lost unnoticed. Throws where it cannot be told what is kept. */
export async function read_kept(name: string): Promise<Uint8Array | null> {
  const entry: Entry | undefined = await within('readonly', (kept) => kept.get(name))
  return entry ? await unsealed(entry) : null
}

/** False when it may still be there. */
export async function erase_kept(name: string): Promise<boolean> {
  try {
    await within('readwrite', (kept) => kept.delete(name))
    return true
  } catch {
    return false
  }
}

/** In IndexedDB. Where the browser has none, or no cryptography for this page, nothing is kept. */
export const browser_vault: Vault = {
  async read(name) {
    try {
      return await read_kept(name)
    } catch {
      return null
    }
  },

  async write(name, bytes) {
    try {
      const entry = await sealed(bytes)
      await within('readwrite', (kept) => kept.put(entry, name))
      return true
    } catch {
      return false
    }
  },

  async erase(name) {
    await erase_kept(name) // Where it fails, nothing was kept either.
  },
}
