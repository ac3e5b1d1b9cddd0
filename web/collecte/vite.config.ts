import { existsSync } from 'node:fs'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

// `collecte`: the application of the telephone. `preview`: one form, at the desk, as the telephone shows it.
const entries = ['collecte', 'preview'].filter((name) => existsSync(`src/${name}.ts`))

export default defineConfig({
  base: './',
  publicDir: false,
  plugins: [vue()],
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
    rolldownOptions: { input: Object.fromEntries(entries.map((name) => [name, `src/${name}.ts`])) },
  },
})
