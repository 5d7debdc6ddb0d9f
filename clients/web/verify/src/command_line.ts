import { readFileSync } from 'node:fs'
import { read_tracker } from './ballot'
import { verify_bundle } from './report'
import { tell_tracker } from './tracker'
import { is_known, judge } from './vectors'
import { check_title, sentence_of, type Language } from './words'

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

/**
 * Prints every check and what it found, and where the ballot of a tracker is. 0 verified and the ballot
 * counted, 1 not, 2 an unreadable file.
 */
export function check_bundle(
  path: string,
  language: Language,
  print: (line: string) => void,
  tracker: string | null = null,
): number {
  let archive: Uint8Array
  try {
    archive = readFileSync(path)
  } catch (error) {
    print(`${path}: ${String(error)}`)
    return 2
  }
  const report = verify_bundle(archive)
  for (const { name, state } of report.checks) {
    print(`${marks[state]} ${check_title(name, report.kind)[language]}`)
    for (const finding of report.findings) {
      if (finding.check === name) print(`    ${sentence_of(finding, language)}`)
    }
  }
  for (const notice of report.notices) print(`! ${sentence_of(notice, language)}`)
  const found = tracker === null ? null : tell_tracker(report, tracker)
  if (found !== null) print(found.words[language])
  print(
    report.ok
      ? { zh: '核验通过', en: 'verified' }[language]
      : { zh: '核验不通过', en: 'NOT verified' }[language],
  )
  return report.ok && found?.counted !== false ? 0 : 1
}

const usage =
  'usage: verify.mjs vectors FILE.json ... | bundle FILE [--lang zh|en] [--tracker XXXX-XXXX-XXXX-XXXX]'

/** Pairs of an option and its value; null when they are none. */
function read_options(words: string[]): { language: Language; tracker: string | null } | null {
  const said: { language: Language; tracker: string | null } = { language: 'en', tracker: null }
  for (let at = 0; at < words.length; at += 2) {
    const [option, value = ''] = words.slice(at, at + 2)
    if (option === '--lang' && (value === 'zh' || value === 'en')) said.language = value
    else if (option === '--tracker' && read_tracker(value) !== null) said.tracker = read_tracker(value)
    else return null
  }
  return said
}

/** The whole command line; the exit code. */
export function run(words: string[], print: (line: string) => void): number {
  const [command, ...rest] = words
  if (command === 'vectors' && rest.length > 0) return check_vectors(rest, print)
  const [file, ...options] = rest
  const said = command === 'bundle' && file !== undefined ? read_options(options) : null
  if (said !== null) return check_bundle(file!, said.language, print, said.tracker)
  print(usage)
  return 2
}
