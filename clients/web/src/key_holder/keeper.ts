import { sodium } from '../ballot/sodium'
import { hex_of, refused_all, type HeldKeys } from './held_keys'
import { KeySeal, type FileFault } from './key_file'
import { DeviceKey } from '../ballot/voting_key'

/** Where a device keeps a holder's file and what it remembers of it. */
export type Shelf = {
  /** Null when there is none. Throws when that cannot be told: then nothing may be put in its place. */
  read(name: string): Promise<Uint8Array | null>
  /** True once it lasts. */
  write(name: string, bytes: Uint8Array): Promise<boolean>
  /** True once it is gone. */
  erase(name: string): Promise<boolean>
}

/** Why there are no keys to work with. */
export type KeeperFault = FileFault | 'in_use' | 'no_keys' | 'not_durable' | 'storage'

/**
 * The key file of one holder in this browser, and how often it was written: a file that was written less
 * often, or that comes from another device, may not know what was given. Its shares then refuse every vote
 * that was prepared before the first line to the server. A whole profile put back to an earlier day is not
 * noticed.
 */
export class Keeper {
  private seal: KeySeal | null = null

  /** `member` is the holder of one log, as vault.ts names them. */
  constructor(
    private readonly shelf: Shelf,
    private readonly member: string,
  ) {}

  private get file_name(): string {
    return `key holder ${this.member}`
  }

  /** `storage` when the browser does not say. */
  async has_file(): Promise<boolean | 'storage'> {
    const file = await this.read(this.file_name)
    return file === 'storage' ? file : file !== null
  }

  /** New keys, never in the place of others. */
  async create(passphrase: Uint8Array): Promise<HeldKeys | KeeperFault> {
    const has = await this.has_file()
    if (has !== false) return has === true ? 'in_use' : has
    this.seal = KeySeal.of(passphrase)
    if (this.seal === null) return 'no_memory'
    const seed = sodium.randombytes_buf(32)
    const keys: HeldKeys = { seed, writes: 0n, shares: [], given: new Map() }
    return (await this.keep(keys)) ? keys : 'not_durable'
  }

  /** The keys in this browser. */
  async open(passphrase: Uint8Array): Promise<HeldKeys | KeeperFault> {
    const file = await this.read(this.file_name)
    if (file === 'storage' || file === null) return file ?? 'no_keys'
    return await this.take(file, passphrase)
  }

  /**
   * The keys of a file from elsewhere, which this browser keeps from now on; never in the place of
   * others.
   */
  async bring(file: Uint8Array, passphrase: Uint8Array): Promise<HeldKeys | KeeperFault> {
    const has = await this.has_file()
    if (has !== false) return has === true ? 'in_use' : has
    const keys = await this.take(file, passphrase)
    if (typeof keys === 'string') return keys
    return (await this.keep(keys)) ? keys : 'not_durable'
  }

  /** Makes the keys last in their file, then the mark. False when they may not. */
  async keep(keys: HeldKeys): Promise<boolean> {
    if (this.seal === null) return false
    keys.writes += 1n
    if (!(await this.shelf.write(this.file_name, this.seal.seal(keys)))) return false
    return await this.shelf.write(mark_of(keys), new TextEncoder().encode(String(keys.writes)))
  }

  /** The sealed file, for another device. */
  async file(): Promise<Uint8Array | null> {
    const file = await this.read(this.file_name)
    return file === 'storage' ? null : file
  }

  /** The file is taken away; the mark stays, so that an old copy brought back is known as one. */
  async remove(): Promise<boolean> {
    this.forget()
    return await this.shelf.erase(this.file_name)
  }

  forget(): void {
    this.seal?.wipe()
    this.seal = null
  }

  private async take(file: Uint8Array, passphrase: Uint8Array): Promise<HeldKeys | KeeperFault> {
    const opened = KeySeal.open(file, passphrase)
    if (typeof opened === 'string') return opened
    const { keys, seal } = opened
    const mark = await this.mark(keys)
    const is_fresh = keys.shares.length === 0 && keys.given.size === 0
    if (mark === null ? !is_fresh : keys.writes < mark) {
      for (const share of keys.shares) share.refused_before = refused_all
    }
    if (mark !== null && mark !== refused_all && mark > keys.writes) keys.writes = mark
    this.seal = seal
    return keys
  }

  /** One that cannot be read counts as the highest: better refused than given twice. */
  private async mark(keys: HeldKeys): Promise<bigint | null> {
    const bytes = await this.read(mark_of(keys))
    if (bytes === null) return null
    const text = bytes === 'storage' ? '' : new TextDecoder().decode(bytes)
    return /^\d{1,20}$/.test(text) ? BigInt(text) : refused_all
  }

  private async read(name: string): Promise<Uint8Array | null | 'storage'> {
    try {
      return await this.shelf.read(name)
    } catch {
      return 'storage'
    }
  }
}

function mark_of(keys: HeldKeys): string {
  const key = new DeviceKey(keys.seed)
  key.wipe()
  return `key mark ${hex_of(key.public_key.slice(0, 16))}`
}
