import { readFileSync } from 'node:fs'
import { verify_bundle } from './report'
import { is_known, judge } from './vectors'
import { check_titles, sentence_of, type Language } from './words'

/**
 * Prints each case found otherwise than expected; the last line counts. 0 all alike, 1 not, 2 an unreadable
 * file.
 */
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

const marks = { good: '+', bad: '-', unseen: '?' }

/** Prints every check and what it found. 0 verified, 1 not, 2 an unreadable file. */
export function check_bundle(path: string, language: Language, print: (line: string) => void): number {
  let archive: Uint8Array
  try {
    archive = readFileSync(path)
  } catch (error) {
    print(`${path}: ${String(error)}`)
    return 2
  }
  const report = verify_bundle(archive)
  for (const { name, state } of report.checks) {
    print(`${marks[state]} ${check_titles[name][language]}`)
    for (const finding of report.findings) {
      if (finding.check === name) print(`    ${sentence_of(finding, language)}`)
    }
  }
  print(
    report.ok
      ? { zh: '核验通过', en: 'verified' }[language]
      : { zh: '核验不通过', en: 'NOT verified' }[language],
  )
  return report.ok ? 0 : 1
}

const usage = 'usage: verify.mjs vectors FILE.json ... | bundle FILE [--lang zh|en]'

/** The whole command line; the exit code. */
export function run(words: string[], print: (line: string) => void): number {
  const [command, ...rest] = words
  if (command === 'vectors' && rest.length > 0) return check_vectors(rest, print)
  const [file, option, language = 'en', ...more] = rest
  const is_bundle = command === 'bundle' && file !== undefined && more.length === 0
  if (
    is_bundle &&
    (option === undefined || option === '--lang') &&
    (language === 'zh' || language === 'en')
  ) {
    return check_bundle(file, language, print)
  }
  print(usage)
  return 2
}
