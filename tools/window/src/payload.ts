// A payload as what it may be: text, hexadecimal, JSON, CBOR (RFC 8949), LwM2M TLV (OMA TS 1.0 §6.4.3).
import { toHex, toText, visible } from './octets';

export type View = 'text' | 'hex' | 'JSON' | 'CBOR' | 'TLV';
export const VIEWS: View[] = ['text', 'hex', 'JSON', 'CBOR', 'TLV'];

export function viewOf(format: number | null, octets: Uint8Array): View {
  switch (format) {
    case 50:
    case 110:
    case 1543:
    case 11543:
      return 'JSON';
    case 60:
    case 112:
    case 11544:
      return 'CBOR';
    case 1542:
    case 11542:
      return 'TLV';
  }
  const text = toText(octets);
  if (text === null || /[\u0000-\u0008\u000e-\u001f]/.test(text)) return 'hex';
  return 'text';
}

function dump(octets: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < octets.length; at += 16) {
    const part = octets.slice(at, at + 16);
    const text = Array.from(part, (o) => (o >= 0x20 && o < 0x7f ? String.fromCharCode(o) : '·')).join('');
    lines.push(`${at.toString(16).padStart(4, '0')}  ${toHex(part, ' ').padEnd(47)}  ${text}`);
  }
  return lines.join('\n');
}

const DEPTH_MAX = 32;

class Cbor {
  private at = 0;
  constructor(private readonly octets: Uint8Array) {}

  private take(size: number): Uint8Array {
    if (this.at + size > this.octets.length) throw new Error('it ends too soon');
    return this.octets.slice(this.at, (this.at += size));
  }

  private number(info: number): bigint {
    if (info < 24) return BigInt(info);
    if (info > 27) throw new Error(`${info} tells no size`);
    return this.take(2 ** (info - 24)).reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
  }

  private float(size: number): string {
    const view = new DataView(this.take(size).buffer);
    if (size === 8) return String(view.getFloat64(0));
    if (size === 4) return String(view.getFloat32(0));
    const bits = view.getUint16(0);
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    const sign = bits & 0x8000 ? -1 : 1;
    if (exponent === 31) return fraction ? 'NaN' : sign < 0 ? '-Infinity' : 'Infinity';
    return String(sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -24 * fraction));
  }

  private items(count: bigint | null, one: () => string): string[] {
    const items: string[] = [];
    for (let i = 0n; count === null || i < count; i++) {
      if (count === null && this.octets[this.at] === 0xff) {
        this.at++;
        break;
      }
      items.push(one());
    }
    return items;
  }

  // In the diagnostic notation of RFC 8949 §8.
  item(depth = 0): string {
    if (depth > DEPTH_MAX) throw new Error('it is too deep');
    const [head] = this.take(1);
    const major = head >> 5;
    const info = head & 31;
    const pad = '  '.repeat(depth + 1);
    const list = (items: string[], open: string, close: string) =>
      items.length ? `${open}\n${items.map((item) => pad + item).join(',\n')}\n${'  '.repeat(depth)}${close}` : open + close;
    if (major === 7) {
      if (info === 20 || info === 21) return String(info === 21);
      if (info === 22 || info === 23) return info === 22 ? 'null' : 'undefined';
      if (info >= 25 && info <= 27) return this.float(2 ** (info - 24));
      return `simple(${this.number(info)})`;
    }
    const count = info === 31 ? null : this.number(info);
    switch (major) {
      case 0:
        return String(count);
      case 1:
        return String(-1n - (count ?? 0n));
      case 2:
      case 3: {
        if (count === null) return this.items(null, () => this.item(depth + 1)).join(' ');
        const octets = this.take(Number(count));
        return major === 2 ? `h'${toHex(octets)}'` : JSON.stringify(toText(octets) ?? toHex(octets));
      }
      case 4:
        return list(this.items(count, () => this.item(depth + 1)), '[', ']');
      case 5:
        return list(this.items(count, () => `${this.item(depth + 1)}: ${this.item(depth + 1)}`), '{', '}');
      default:
        return `${count}(${this.item(depth + 1)})`;
    }
  }

  get isOver(): boolean {
    return this.at === this.octets.length;
  }
}

function cbor(octets: Uint8Array): string {
  const reader = new Cbor(octets);
  const items: string[] = [];
  while (!reader.isOver) items.push(reader.item());
  return items.join('\n');
}

const TLV_TYPES = ['object instance', 'resource instance', 'multiple resource', 'resource'];

function tlv(octets: Uint8Array, depth = 0): string {
  if (depth > DEPTH_MAX) throw new Error('it is too deep');
  const lines: string[] = [];
  for (let at = 0; at < octets.length; ) {
    const head = octets[at++];
    const number = (size: number) => {
      if (at + size > octets.length) throw new Error('it ends too soon');
      let value = 0;
      for (let i = 0; i < size; i++) value = value * 256 + octets[at++];
      return value;
    };
    const type = head >> 6;
    const id = number(head & 0x20 ? 2 : 1);
    const lengthSize = (head >> 3) & 3;
    const size = lengthSize ? number(lengthSize) : head & 7;
    if (at + size > octets.length) throw new Error('it ends too soon');
    const value = octets.slice(at, (at += size));
    const pad = '  '.repeat(depth);
    if (type === 0 || type === 2) {
      lines.push(`${pad}${TLV_TYPES[type]} ${id}`, tlv(value, depth + 1));
    } else {
      const text = toText(value);
      const isText = text !== null && !/[\u0000-\u001f]/.test(text);
      const whole = size === 1 || size === 2 || size === 4 ? ` = ${Number(BigInt.asIntN(8 * size, BigInt('0x' + toHex(value))))}` : '';
      lines.push(`${pad}${TLV_TYPES[type]} ${id}: ${toHex(value, ' ')}${whole}${isText && size ? ` "${text}"` : ''}`);
    }
  }
  return lines.join('\n');
}

export function show(view: View, octets: Uint8Array): string {
  try {
    switch (view) {
      case 'text': {
        const text = toText(octets);
        return text === null ? 'no UTF-8' : text.split('\n').map(visible).join('\n');
      }
      case 'hex':
        return dump(octets);
      case 'JSON':
        return JSON.stringify(JSON.parse(toText(octets) ?? ''), null, 2);
      case 'CBOR':
        return cbor(octets);
      case 'TLV':
        return tlv(octets);
    }
  } catch (error) {
    return `no ${view}: ${(error as Error).message}`;
  }
}
