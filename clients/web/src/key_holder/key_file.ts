import { FieldReader, joined } from '../ballot/fields'
import { sodium, wipe } from '../ballot/sodium'
import { from_plain, to_plain, type FileVersion, type HeldKeys } from './held_keys'

// A file of keys sealed under a passphrase, by Argon2id and XChaCha20-Poly1305: version 4 of the key file of
// plenum-trustee, byte for byte. Versions 1 to 3 are read.

/** Why a file does not open. */
export type FileFault = 'bad_passphrase' | 'no_key_file' | 'no_memory'

const domain = 'plenum/key-file/v4'
const versions = new Map<string, FileVersion>([
  ['plenum/key-file/v1', 1],
  ['plenum/key-file/v2', 2],
  ['plenum/key-file/v3', 3],
  [domain, 4],
])
const salt_bytes = 16
const nonce_bytes = 24
const tag_bytes = 16
const passes_max = 16n
const memory_bytes_max = 2n ** 30n // Of a file that asks for more: refused.

type Costs = { passes: bigint; memory_bytes: bigint }

/** Those of plenum-trustee: libsodium's moderate ones. */
const costs_now: Costs = { passes: 3n, memory_bytes: 256n * 2n ** 20n }

function key_from(passphrase: Uint8Array, salt: Uint8Array, costs: Costs): Uint8Array | null {
  const algorithm = sodium.crypto_pwhash_ALG_ARGON2ID13
  const [passes, memory] = [Number(costs.passes), Number(costs.memory_bytes)]
  try {
    return sodium.crypto_pwhash(32, passphrase, salt, passes, memory, algorithm)
  } catch {
    return null // No memory for it.
  }
}

type Sealed = {
  version: FileVersion
  costs: Costs
  salt: Uint8Array
  nonce: Uint8Array
  head: Uint8Array
  box: Uint8Array
}

function take_apart(file: Uint8Array): Sealed | null {
  const reader = new FieldReader(file)
  const said = new TextDecoder().decode(reader.raw(domain.length))
  const costs = { passes: reader.u64(), memory_bytes: reader.u64() }
  const [salt, nonce] = [reader.raw(salt_bytes), reader.raw(nonce_bytes)]
  const { passes, memory_bytes } = costs
  const version = versions.get(said)
  const fits =
    passes >= 1n && passes <= passes_max && memory_bytes >= 8192n && memory_bytes <= memory_bytes_max
  if (!reader.ok || version === undefined || !fits || reader.left <= tag_bytes) return null
  const head = file.slice(0, file.length - reader.left)
  return { version, costs, salt, nonce, head, box: reader.raw(reader.left) }
}

/** What a passphrase makes of keys and of files; the passphrase itself is not in it. */
export class KeySeal {
  private constructor(
    private readonly key: Uint8Array,
    private readonly salt: Uint8Array,
    private readonly costs: Costs,
  ) {}

  /** Takes a second or two. Null when there is no memory for it. */
  static of(passphrase: Uint8Array): KeySeal | null {
    const salt = sodium.randombytes_buf(salt_bytes)
    const key = key_from(passphrase, salt, costs_now)
    return key && new KeySeal(key, salt, costs_now)
  }

  /** The keys in a file, and the seal that writes it again. */
  static open(file: Uint8Array, passphrase: Uint8Array): { keys: HeldKeys; seal: KeySeal } | FileFault {
    const sealed = take_apart(file)
    if (sealed === null) return 'no_key_file'
    const key = key_from(passphrase, sealed.salt, sealed.costs)
    if (key === null) return 'no_memory'
    let plain: Uint8Array
    try {
      const { box, head, nonce } = sealed
      plain = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, box, head, nonce, key)
    } catch {
      wipe(key)
      return 'bad_passphrase'
    }
    const keys = from_plain(plain, sealed.version)
    wipe(plain)
    if (keys === null) return 'no_key_file'
    const is_cheaper =
      sealed.costs.passes < costs_now.passes || sealed.costs.memory_bytes < costs_now.memory_bytes
    if (!is_cheaper) return { keys, seal: new KeySeal(key, sealed.salt, sealed.costs) }
    wipe(key)
    const seal = KeySeal.of(passphrase)
    return seal === null ? 'no_memory' : { keys, seal }
  }

  /** `domain | u64 passes | u64 memory | salt | nonce`, all of it bound to the cipher text that follows. */
  seal(keys: HeldKeys): Uint8Array {
    const numbers = new Uint8Array(16)
    const view = new DataView(numbers.buffer)
    view.setBigUint64(0, this.costs.passes, true)
    view.setBigUint64(8, this.costs.memory_bytes, true)
    const nonce = sodium.randombytes_buf(nonce_bytes)
    const head = joined(new TextEncoder().encode(domain), numbers, this.salt, nonce)
    const plain = to_plain(keys)
    const box = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, head, null, nonce, this.key)
    wipe(plain)
    return joined(head, box)
  }

  wipe(): void {
    wipe(this.key)
  }
}
