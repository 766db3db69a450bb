// What an entry is in the ladder: from where to where, in which words.
import type { Entry } from './generated/journal';
import { codeText, pathOf } from './coap';
import { groupOf, type Group } from './journal';

export type Lane = 0 | 1 | 2 | 3;
export const LANES = ['host', 'modem', 'network', 'server'];

export interface Row {
  from: Lane;
  to: Lane; // the same as `from`: it happens there
  text: string;
  tone: Group;
  isAgain: boolean;
}

const STATUS = ['idle', 'opening', 'connecting', 'connected', 'disconnecting'];

function bytes(hex: string): string {
  return hex.length ? ` · ${hex.length / 2} B` : '';
}

function message(entry: { type: string; code: string; message_id: number; token: string; options: { number: number; value: string }[]; payload: string }): string {
  const token = entry.token ? ` tok ${entry.token}` : '';
  return `${entry.type} ${codeText(entry.code)} ${pathOf(entry)} [${entry.message_id}]${token}${bytes(entry.payload)}`;
}

export function rowOf(entry: Entry): Row {
  const row = (from: Lane, to: Lane, text: string, isAgain = false): Row => ({ from, to, text, isAgain, tone: groupOf(entry.kind) });
  switch (entry.kind) {
    case 'line.command':
      return row(0, 1, entry.text);
    case 'line.data':
      return entry.direction === 'from_host' ? row(0, 1, `data, ${entry.size} B`) : row(1, 0, `data, ${entry.size} B`);
    case 'line.answer':
    case 'line.prompt':
    case 'line.result':
      return row(1, 0, entry.text);
    case 'line.urc':
      return row(1, 0, entry.text + (entry.size ? ` · ${entry.size} B` : ''));
    case 'line.echo':
      return row(1, 0, `echo, ${entry.size} B`);
    case 'line.dropped':
      return row(1, 1, entry.text);
    case 'line.circuit':
      return row(0, 0, `${entry.circuit} ${entry.state} ${entry.note}`);
    case 'coap.sent':
      return row(1, 3, `client ${entry.client}: ${message(entry)}`);
    case 'coap.retransmitted':
      return row(1, 3, `client ${entry.client}: again, ${entry.attempt}. time [${entry.message_id}]`, true);
    case 'coap.received':
      return row(3, 1, `client ${entry.client}: ${message(entry)}`);
    case 'coap.concluded':
      return row(1, 1, `client ${entry.client}: [${entry.message_id}] ${entry.outcome}`);
    case 'coap.dropped':
      return row(1, 1, `client ${entry.client}: dropped, ${entry.reason}`);
    case 'dtls.credential':
      return row(1, 1, `client ${entry.client}: key file ${entry.file}, ${entry.why || entry.form}`);
    case 'dtls.flight':
      return entry.direction === 'up' ? row(1, 3, `${entry.records} · ${entry.size} B`) : row(3, 1, `${entry.records} · ${entry.size} B`);
    case 'dtls.established':
      return row(1, 1, `client ${entry.client}: ${entry.version}, ${entry.suite}${entry.is_resumed ? ', resumed' : ''}`);
    case 'dtls.closed':
      return row(1, 1, `client ${entry.client}: DTLS closed, ${entry.why}`);
    case 'dtls.alert':
      return row(3, 1, `client ${entry.client}: alert ${entry.description}`);
    case 'dtls.keys':
      return row(1, 1, `client ${entry.client}: the session has its keys`);
    case 'client.status':
      return row(1, 1, `client ${entry.client}: ${STATUS[entry.status] ?? entry.status}`);
    case 'client.result':
      return row(1, 1, `client ${entry.client}: ${entry.operation} ${entry.result}${entry.why ? ', ' + entry.why : ''}`);
    case 'client.note':
      return row(1, 1, `client ${entry.client}: ${entry.text}`);
    case 'datagram.up':
      return row(1, 3, `${entry.local} → ${entry.remote}${bytes(entry.octets)}`);
    case 'datagram.down':
      return row(3, 1, `${entry.remote} → ${entry.local}${bytes(entry.octets)}`);
    case 'link.lost':
    case 'link.delayed':
    case 'link.duplicated':
    case 'link.corrupted': {
      const text = `${entry.kind.slice(5)}: ${entry.direction} ${entry.ordinal} · ${entry.size} B, ${entry.reason}`;
      return row(2, 2, text);
    }
    case 'network.silent':
      return row(2, 2, `nobody is at ${entry.host}:${entry.port}`);
    case 'name.asked':
      return row(1, 2, `${entry.name}?`);
    case 'name.answered':
      return row(2, 1, `${entry.name}: ${entry.addresses || entry.why}`);
    case 'question.asked':
      return row(1, 2, `${entry.question} ${entry.host}?`);
    case 'question.answered':
      return row(2, 1, `${entry.question} ${entry.host}: ${entry.answer}`);
    case 'question.failed':
      return row(1, 1, entry.text);
    case 'server.request':
      return row(3, 3, `${entry.type} ${entry.method} ${entry.path} [${entry.message_id}]`);
    case 'server.answer':
      return row(3, 3, `answers ${message(entry)}`);
    case 'server.notification':
      return row(3, 3, `notifies ${message(entry)}`);
    case 'server.news':
      return row(3, 3, entry.what);
    case 'packet.context':
      return row(1, 1, `context ${entry.context} ${entry.state}${entry.why ? ', ' + entry.why : ''}`);
    case 'radio.registration':
    case 'radio.signal':
      return row(2, 2, entry.text);
    case 'radio.connection':
      return row(2, 2, `signalling connection: ${entry.state}`);
    case 'card.state':
      return row(1, 1, `SIM: ${entry.state}`);
    case 'power.state':
      return row(1, 1, `the module goes ${entry.state}`);
    case 'file.written':
      return row(1, 1, `file ${entry.name}, ${entry.size} B`);
    case 'file.removed':
      return row(1, 1, `file ${entry.name} is gone`);
    case 'file.full':
      return row(1, 1, `file ${entry.name} did not fit`);
    case 'fault.performed':
      return row(2, 2, `${entry.text} (${entry.by})`);
    case 'fault.looped':
      return row(2, 2, `looped: ${entry.text}`);
    case 'fault.left_out':
      return row(2, 2, `${entry.count} faults left out`);
    case 'lint.finding':
      return row(0, 0, `${entry.is_wrong ? 'wrong' : 'risky'}: ${entry.text}`);
    default:
      // A journal of a newer vmodem.
      return row(1, 1, (entry as { kind: string }).kind);
  }
}

export function seconds(at: number): string {
  return at.toFixed(6);
}
