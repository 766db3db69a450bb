// What the page has, as files: the journal, a transcript, a capture, a report, a conformance case.
import type { Entry } from './generated/journal';
import { concat, fromHex } from './octets';
import { rowOf, seconds } from './row';

export function journalText(entries: Entry[]): string {
  return entries.map((entry) => JSON.stringify(entry) + '\n').join('');
}

export function transcriptText(entries: Entry[]): string {
  const lines: string[] = [];
  for (const entry of entries) {
    const at = seconds(entry.at).padStart(14);
    if (entry.kind === 'line.command') lines.push(`${at}  > ${entry.text}`);
    else if (entry.kind === 'line.data') lines.push(`${at}  ${entry.direction === 'from_host' ? '>' : '<'} (${entry.size} octets)`);
    else if (['line.answer', 'line.prompt', 'line.result', 'line.urc'].includes(entry.kind)) lines.push(`${at}  < ${rowOf(entry).text}`);
  }
  return lines.join('\n') + '\n';
}

export function reportText(entries: Entry[]): string {
  const counts = new Map<string, number>();
  for (const entry of entries) counts.set(entry.kind, (counts.get(entry.kind) ?? 0) + 1);
  const findings = entries.filter((entry) => entry.kind === 'lint.finding' || (entry.kind === 'client.result' && entry.result !== 0) ||
    entry.kind === 'link.lost' || entry.kind === 'fault.performed');
  const first = entries[0];
  const last = entries[entries.length - 1];
  const span = first ? `#${first.number}–#${last.number}, ${seconds(first.at)}–${seconds(last.at)} s of the module's time` : 'nothing';
  return `# A run of vmodem\n\n${entries.length} entries: ${span}.\n\n## What went wrong, or was made to\n\n` +
    (findings.map((entry) => `- ${seconds(entry.at)} #${entry.number} ${entry.kind}: ${rowOf(entry).text}\n`).join('') || 'Nothing.\n') +
    `\n## Kinds\n\n| kind | entries |\n|---|---|\n` +
    [...counts].sort().map(([kind, count]) => `| ${kind} | ${count} |\n`).join('') +
    '\n`vmodem-report` makes a whole report of the journal.\n';
}

// As docs/cases.md writes octets.
function raw(octets: Uint8Array): string {
  return Array.from(octets, (octet) => {
    if (octet === 13) return '\\r';
    if (octet === 10) return '\\n';
    if (octet === 92) return '\\\\';
    return octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : `\\x${octet.toString(16).padStart(2, '0')}`;
  }).join('');
}

// What stands behind the line of a URC: the payload of the message that it tells of.
function behind(urc: Entry & { kind: 'line.urc' }, entries: Entry[]): string {
  const message = entries.find((entry) => entry.number === urc.because);
  if (message?.kind === 'coap.received' && message.payload.length === 2 * urc.size) {
    return `<< ${raw(fromHex(message.payload))}\\r\\n`;
  }
  return `# Here ${urc.size} octets follow: << …`;
}

// A case of docs/cases.md: what the host says in the span, and what it hears. What it uploads is not in the journal.
export function caseText(entries: Entry[]): string {
  const first = entries[0]?.number ?? 0;
  const last = entries[entries.length - 1]?.number ?? 0;
  const lines = [`# From the live window: entries #${first}–#${last} of a run.`, 'clause the run it was taken from', 'internet'];
  let now: number | null = null;
  let isAnswering = false;
  for (const entry of entries) {
    const passes = now === null ? 0 : Math.ceil((entry.at - now) * 1000);
    const come = (text: string) => {
      if (passes > 0) lines.push(`wait ${passes}ms`);
      if (passes > 0) now = entry.at;
      lines.push(text);
    };
    switch (entry.kind) {
      case 'line.command':
        if (passes > 0) lines.push(`wait ${passes}ms`);
        lines.push('', `> ${entry.text}`);
        now = entry.at;
        isAnswering = false;
        break;
      case 'line.echo': {
        const typed = lines[lines.length - 1];
        if (typed.startsWith('> ') && entry.size === typed.length - 1) lines.push(`<< ${typed.slice(2)}\\r`);
        break;
      }
      case 'line.answer':
        come(isAnswering ? `<+ ${entry.text}` : `< ${entry.text}`);
        isAnswering = true;
        break;
      case 'line.prompt':
        come(entry.text.startsWith('>') ? '<< \\r\\n> ' : `< ${entry.text}`);
        break;
      case 'line.data':
        lines.push(`# Here ${entry.size} octets go ${entry.direction === 'from_host' ? 'to the modem: >> …' : 'to the host: << …'}`);
        break;
      case 'line.result':
      case 'line.urc':
        come(`< ${entry.text}`);
        if (entry.kind === 'line.urc' && entry.size > 0) lines.push(behind(entry, entries));
        isAnswering = false;
        break;
      case 'fault.performed':
        lines.splice(3, 0, `# It was done at ${seconds(entry.at)} s: fault WHEN: ${entry.text}`);
        break;
    }
  }
  return lines.join('\n') + '\n';
}

function block(type: number, body: Uint8Array): Uint8Array {
  const size = 12 + body.length;
  const whole = new Uint8Array(size);
  const view = new DataView(whole.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, size, true);
  whole.set(body, 8);
  view.setUint32(size - 4, size, true);
  return whole;
}

function addressOf(endpoint: string): { address: number[]; port: number } | null {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+):(\d+)$/.exec(endpoint);
  return match && { address: match.slice(1, 5).map(Number), port: Number(match[5]) };
}

function packet(from: string, to: string, payload: Uint8Array): Uint8Array | null {
  const source = addressOf(from);
  const target = addressOf(to) ?? { address: [0, 0, 0, 0], port: 0 };
  if (!source) return null;
  const whole = new Uint8Array(28 + payload.length);
  const view = new DataView(whole.buffer);
  whole.set([0x45, 0, 0, 0, 0, 0, 0x40, 0, 64, 17, 0, 0, ...source.address, ...target.address]);
  view.setUint16(2, whole.length);
  let sum = 0;
  for (let i = 0; i < 20; i += 2) sum += view.getUint16(i);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  view.setUint16(10, ~sum & 0xffff);
  view.setUint16(20, source.port);
  view.setUint16(22, target.port);
  view.setUint16(24, 8 + payload.length);
  whole.set(payload, 28);
  return whole;
}

// pcapng with raw IP. The decrypted messages are in vmodem's own --capture.
export function captureOctets(entries: Entry[]): Uint8Array {
  const head = new Uint8Array(16);
  new DataView(head.buffer).setUint32(0, 0x1a2b3c4d, true);
  head.set([1, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255], 4);
  const blocks = [block(0x0a0d0d0a, head), block(1, Uint8Array.of(101, 0, 0, 0, 0, 0, 4, 0))];
  for (const entry of entries) {
    if (entry.kind !== 'datagram.up' && entry.kind !== 'datagram.down') continue;
    const isUp = entry.kind === 'datagram.up';
    const octets = packet(isUp ? entry.local : entry.remote, isUp ? entry.remote : entry.local, fromHex(entry.octets));
    if (!octets) continue;
    const body = new Uint8Array(20 + Math.ceil(octets.length / 4) * 4);
    const view = new DataView(body.buffer);
    const microseconds = BigInt(Math.round((entry.wall ?? entry.at) * 1e6));
    view.setUint32(4, Number(microseconds >> 32n), true);
    view.setUint32(8, Number(microseconds & 0xffffffffn), true);
    view.setUint32(12, octets.length, true);
    view.setUint32(16, octets.length, true);
    body.set(octets, 20);
    blocks.push(block(6, body));
  }
  return concat(blocks);
}

export function save(name: string, content: string | Uint8Array): void {
  const part = typeof content === 'string' ? content : (content.buffer as ArrayBuffer);
  const url = URL.createObjectURL(new Blob([part]));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
