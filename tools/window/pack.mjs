// node pack.mjs FROM TO: what Vite has built in FROM becomes the files that CMake compiles in, by gzip, and
// window.html, the whole page as one file that opens a journal without a modem.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const SIZE_MAX = 250 * 1024;
const [from, to] = process.argv.slice(2);
const files = readdirSync(from, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(from.length + 1))
  .sort();

let size = 0;
for (const file of files) {
  const octets = gzipSync(readFileSync(join(from, file)), { level: 9 });
  size += octets.length;
  mkdirSync(dirname(join(to, file)), { recursive: true });
  writeFileSync(join(to, `${file}.gz`), octets);
}

const text = (ending) => readFileSync(join(from, files.find((file) => file.endsWith(ending))), 'utf8');
const page = readFileSync(join(from, 'index.html'), 'utf8')
  .replace(/<link rel="(icon|stylesheet)"[^>]*>\s*/g, '')
  .replace(/<script[^>]*><\/script>\s*/, '')
  .replace('</head>', () => `<style>${text('.css')}</style></head>`)
  .replace('</body>', () => `<script type="module">${text('.js').replace(/<\/script/g, '<\\/script')}</script></body>`);
writeFileSync(join(to, 'window.html'), page);

console.log(`tools/window/build: ${files.length} files, ${(size / 1024).toFixed(1)} KiB by gzip`);
if (size > SIZE_MAX) {
  console.error(`tools/window/build: a page has at most ${SIZE_MAX / 1024} KiB`);
  process.exit(1);
}
