/** The form engine, made lighter as it is built into the application: what it computes stays the same, but
 * what nobody looks at waits. What it brings, and its price: docs/decisions/0014.
 *
 * The engine is pinned; each change names a text that must stand in it exactly once, or the build stops. The
 * specifications run on the engine so changed. To be offered to its authors, and dropped here once taken.
 */
import { ASKING } from './asking.mjs'
import { EVALUATING } from './evaluating.mjs'
import { FINDING } from './finding.mjs'
import { NODES } from './nodes.mjs'
import { READING } from './reading.mjs'

/** @typedef {{ why: string, from: string, to: string }} Change */

const CHANGES = [...READING, ...FINDING, ...EVALUATING, ...NODES, ...ASKING]

/** @param {string} file */
export const isEngine = (file) => /@getodk\/xforms-engine\/dist\/index\.js$/.test(file)

/** @param {string} code */
export function lighten(code) {
  return CHANGES.reduce((changed, { why, from, to }) => {
    if (changed.split(from).length !== 2) throw new Error(`The form engine is another one. Look again at: ${why}`)
    return changed.replace(from, () => to)
  }, code)
}

/** For Vite. */
export function lighterEngine() {
  return {
    name: 'lighter-engine',
    /** @param {string} code @param {string} file */
    transform: (code, file) => (isEngine(file.split('?')[0] ?? '') ? { code: lighten(code), map: null } : null),
  }
}
