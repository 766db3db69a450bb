// node generate.mjs OPENAPI.json SCHEMA.json: the types of the control interface (GET /openapi.json) and of
// the journal (vmodem-reference journal-schema) into src/generated. tests/e2e/window_test.py holds the files
// to what the program says.
import { readFileSync, writeFileSync } from 'node:fs';

const [openapiPath, schemaPath, folder = new URL('./src/generated', import.meta.url).pathname] =
  process.argv.slice(2);
const openapi = JSON.parse(readFileSync(openapiPath, 'utf8'));
const schema = JSON.parse(readFileSync(schemaPath, 'utf8'));

const HEAD = '// Made by tools/window/generate.mjs. Do not edit.\n';

function typeOf(node) {
  if (node.$ref) return node.$ref.split('/').pop();
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum) return node.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (node.anyOf || node.oneOf) return (node.anyOf ?? node.oneOf).map(typeOf).join(' | ');
  if (Array.isArray(node.type)) return node.type.map((type) => typeOf({ ...node, type })).join(' | ');
  switch (node.type) {
    case 'array': {
      if (node.prefixItems) return `[${node.prefixItems.map(typeOf).join(', ')}]`;
      const item = node.items ? typeOf(node.items) : 'unknown';
      return item.includes(' ') ? `Array<${item}>` : `${item}[]`;
    }
    case 'integer':
    case 'number':
      return 'number';
    case 'object':
      if (!node.properties) return 'Record<string, unknown>';
      return `{ ${members(node).trim().replace(/\n\s*/g, ' ')} }`;
    case undefined:
      return 'unknown';
    default:
      return node.type;
  }
}

function members(node, leftOut = []) {
  const required = new Set(node.required ?? []);
  return Object.entries(node.properties ?? {})
    .filter(([name]) => !leftOut.includes(name))
    .map(([name, value]) => `  ${name}${required.has(name) ? '' : '?'}: ${typeOf(value)};\n`)
    .join('');
}

const interfaces = Object.entries(openapi.components.schemas)
  .map(([name, node]) => `export interface ${name} {\n${members(node)}}\n`)
  .join('\n');
writeFileSync(`${folder}/api.ts`, `${HEAD}\n${interfaces}`);

const kinds = schema.oneOf.map((node) => ({ node, kind: node.properties.kind.const }));
const nameOf = (kind) => kind.split(/[._]/).map((word) => word[0].toUpperCase() + word.slice(1)).join('');
const entries = kinds.map(({ node, kind }) => `export interface ${nameOf(kind)} extends Common {\n${members(node)}}\n`);
const help = kinds.map(({ node, kind }) => {
  const fields = Object.entries(node.properties)
    .filter(([name, value]) => name !== 'kind' && value.description)
    .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value.description)}`);
  return `  ${JSON.stringify(kind)}: { help: ${JSON.stringify(node.description)}, fields: { ${fields.join(', ')} } },\n`;
});
writeFileSync(`${folder}/journal.ts`, `${HEAD}
export interface Common {
${members(schema, ['kind'])}}

${entries.join('\n')}
export type Entry =
${kinds.map(({ kind }) => `  | ${nameOf(kind)}`).join('\n')};

export type Kind = Entry['kind'];

export const KINDS: Record<Kind, { help: string; fields: Record<string, string> }> = {
${help.join('')}};
`);
