import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { lighterEngine } from '../shared/engine/lighter.mjs'

// `collecte`: the application of the telephone, and `sw`, its service worker. `preview`: one form, at the desk, as the
// telephone shows it.
const entries = ['collecte', 'sw', 'preview'].filter((name) => existsSync(`src/${name}.ts`))

/** When the application was last changed: the same for whoever builds it. */
function changedAt(): string {
  try {
    const day = execFileSync('git', ['log', '-1', '--format=%cI', '--', '..'], { encoding: 'utf8' }).trim()
    return new Date(day).toISOString()
  } catch {
    return new Date().toISOString()
  }
}

export default defineConfig({
  base: './',
  publicDir: false,
  plugins: [vue(), lighterEngine()],
  define: { __BUILT_AT__: JSON.stringify(changedAt()) },
  worker: { format: 'es' },
  build: {
    outDir: '../../src/gwa/static/collecte',
    emptyOutDir: true,
    manifest: 'manifest.json',
    assetsDir: '.',
    target: 'es2022',
    // Small files stay files: a data: font or script would need a wider policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: Object.fromEntries(entries.map((name) => [name, `src/${name}.ts`])),
      // A browser knows a service worker by its address.
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : '[name]-[hash].js') },
    },
  },
})
