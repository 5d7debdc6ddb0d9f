import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin, Rollup } from 'vite'

type Bundle = Rollup.OutputBundle

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')

function content_of(file: Rollup.OutputAsset | Rollup.OutputChunk): string | Uint8Array {
  return file.type === 'chunk' ? file.code : file.source
}

/** The page and everything it loads, directly or through what it loads; other pages it only leads to. */
function reached_from(page: string, bundle: Bundle): string[] {
  const reached = new Set([page])
  for (const name of reached) {
    const file = bundle[name]
    if (!file) throw new Error(`${name} was not built`)
    const text = Buffer.from(content_of(file)).toString()
    for (const other of Object.keys(bundle).filter((one) => !one.endsWith('.html'))) {
      if (text.includes(other.slice(other.lastIndexOf('/') + 1))) reached.add(other)
    }
  }
  return [...reached].sort()
}

/**
 * Writes console_build.txt: the SHA-256 of what `sha256sum` prints of the files a console loads, sorted by
 * name. A console signs it with every list, so that key holders can tell one build from another.
 */
export function console_build(): Plugin {
  return {
    name: 'console_build',
    apply: 'build',
    writeBundle(options, bundle) {
      const files = reached_from('console.html', bundle)
      const lines = files.map((name) => `${sha256(content_of(bundle[name]!))}  ${name}\n`)
      writeFileSync(join(options.dir!, 'console_build.txt'), `${sha256(lines.join(''))}\n`)
    },
  }
}
