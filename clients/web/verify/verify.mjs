#!/usr/bin/env node
// The independent checker from the command line:
//     node verify/verify.mjs vectors FILE.json ...         prints each mismatch, last `N passed, M failed`
//     node verify/verify.mjs bundle FILE [--lang zh|en] [--tracker XXXX-…]    prints every check, and whether
//         the ballot was counted; exit 0 verified, 1 not, 2 usage
import { build } from 'esbuild'
import { webcrypto } from 'node:crypto'
import { fileURLToPath } from 'node:url'

globalThis.crypto ??= webcrypto // Node has it by itself only from version 20.

const entry = fileURLToPath(new URL('src/command_line.ts', import.meta.url))
const made = await build({
  entryPoints: [entry],
  bundle: true,
  write: false,
  platform: 'node',
  format: 'esm',
})
const program = await import(
  `data:text/javascript;base64,${Buffer.from(made.outputFiles[0].contents).toString('base64')}`
)
process.exitCode = program.run(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`))
