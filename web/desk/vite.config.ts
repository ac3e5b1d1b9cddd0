import { defineConfig } from 'vite'

// Hashed files go where Django collects them; django-vite reads the manifest.
// The base is relative so that the assets work under any static address.
export default defineConfig({
  base: './',
  publicDir: false,
  worker: { format: 'es' },
  css: { preprocessorOptions: { scss: { quietDeps: true } } },
  build: {
    outDir: '../../src/gwa/static/build',
    emptyOutDir: true,
    manifest: 'manifest.json',
    assetsDir: '.',
    target: 'es2022',
    // Small files stay files: a data: font or script would need a wider policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { desk: 'src/desk.ts' } },
  },
})
