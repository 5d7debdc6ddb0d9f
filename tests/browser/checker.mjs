// The equations of the browser checker (clients/web/verify), which shares no code with the console: what a
// console sends is judged by somebody else's reading of docs/ballot_protocol.md.
import { fileURLToPath } from 'node:url'
import { esbuild } from './packages.mjs'

const folder = fileURLToPath(new URL('../../clients/web/verify/src/', import.meta.url))
const modules = [
  'ballot',
  'box',
  'bytes',
  'context',
  'group',
  'json',
  'key_holders',
  'list',
  'merkle',
  'shape',
]

async function load(exported) {
  const contents = exported.join('\n')
  const made = await esbuild.build({
    stdin: { contents, resolveDir: folder, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
  })
  const text = made.outputFiles[0].text
  return await import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`)
}

/** These modules, each under its own name. */
export function load_checker() {
  return load(modules.map((name) => `export * as ${name} from './${name}'`))
}

/** The whole checker of bundles, and what takes one apart and signs it again. */
export function load_forger() {
  return load([
    "export * as files from '../../tests/forged_bundle'",
    "export * as json from './json'",
    "export * as bytes from './bytes'",
    "export { verify_bundle } from './report'",
  ])
}
