import { webcrypto } from 'node:crypto'

// Every browser has it; Node only from version 20.
globalThis.crypto ??= webcrypto as Crypto

// The words of the pages set their language.
globalThis.document ??= { documentElement: { lang: '' } } as Document
