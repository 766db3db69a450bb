import { defineConfig } from 'vite';

// One script and one style sheet, so that a copy of the page can hold both (pack.mjs).
export default defineConfig({
  base: './',
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    target: 'es2020',
    modulePreload: false,
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    // No hash in the names: nothing is cached, and a build of C++ knows its inputs.
    rollupOptions: {
      output: {
        inlineDynamicImports: true,
        entryFileNames: 'assets/page.js',
        assetFileNames: (asset) => (asset.names[0]?.endsWith('.css') ? 'assets/page.css' : 'assets/[name][extname]'),
      },
    },
  },
});
