import { webcrypto } from 'node:crypto'

// Every browser has it; Node only from version 20.
globalThis.crypto ??= webcrypto as Crypto
