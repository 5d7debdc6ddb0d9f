#!/usr/bin/env node
// The independent checker from the command line:
//     node verify/verify.mjs vectors FILE.json ...    prints each mismatch, last `N passed, M failed`
//     node verify/verify.mjs bundle FILE [--lang en]  every check of a bundle; exit 0 verified, 1 not, 2 usage
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const source = fileURLToPath(new URL('src/command_line.ts', import.meta.url))
const { module } = await runnerImport(source, { configFile: false, logLevel: 'error' })
process.exitCode = module.run(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`))
