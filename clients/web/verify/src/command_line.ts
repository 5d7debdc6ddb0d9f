import { readFileSync } from 'node:fs'
import { is_known, judge } from './vectors'

/** Prints each case found otherwise than expected; the last line counts. 0 all alike, 1 not, 2 an unreadable file. */
export function check_vectors(paths: string[], print: (line: string) => void): number {
  let [passed, failed] = [0, 0]
  for (const path of paths) {
    let file: { format?: unknown }
    try {
      file = JSON.parse(readFileSync(path, 'utf8')) as typeof file
    } catch (error) {
      print(`${path}: ${String(error)}`)
      return 2
    }
    if (!is_known(file)) {
      print(`${path}: a format this program does not know: ${String(file.format)}`)
      return 2
    }
    for (const { name, expected, found } of judge(file as Record<string, unknown>)) {
      if (expected === found) ++passed
      else {
        ++failed
        print(`${path}: ${name}: expected ${expected}, found ${found}`)
      }
    }
  }
  print(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

const usage = 'usage: verify.mjs vectors FILE.json ... | bundle FILE [--lang zh|en]'

/** The whole command line; the exit code. */
export function run(words: string[], print: (line: string) => void): number {
  const [command, ...rest] = words
  if (command === 'vectors' && rest.length > 0) return check_vectors(rest, print)
  print(usage)
  return 2
}
