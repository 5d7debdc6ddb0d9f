import { svelte } from '@sveltejs/vite-plugin-svelte'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { console_build } from './scripts/console_build'

const page = (name: string) => fileURLToPath(new URL(`${name}.html`, import.meta.url))

// The server's Content-Security-Policy allows nothing inline: every script and style must come out as a file.
export default defineConfig({
  plugins: [svelte(), console_build()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000, // The workbook reader, which only the office loads.
    rollupOptions: {
      input: {
        index: page('index'),
        console: page('console'),
        chair: page('chair'),
        teller: page('teller'),
        hall: page('hall'),
        office: page('office'),
        key_holder: page('key_holder'),
        verify: page('verify'),
      },
    },
  },
  worker: { format: 'es' },
  server: {
    proxy: { '/ws': { target: 'ws://127.0.0.1:8080', ws: true }, '/documents': 'http://127.0.0.1:8080' },
  },
  test: {
    include: ['tests/**/*_test.ts'],
    environment: 'node',
    setupFiles: ['tests/browser_globals.ts'],
  },
})
