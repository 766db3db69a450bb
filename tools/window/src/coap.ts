// CoAP messages (RFC 7252 §3) as octets with their fields marked.
import { concat, fromHex, toHex, toText, u16 } from './octets';

export interface Mark {
  name: string;
  value: string;
  octets: Uint8Array;
}

export interface Option {
  number: number;
  value: string; // hexadecimal
}

export interface Message {
  type: string;
  code: string;
  message_id: number;
  token: string;
  options: Option[];
  payload: string;
}

type Format = 'text' | 'number' | 'octets' | 'block' | 'empty';

// RFC 7252 §5.10, 7641, 7959, 8132, 8613, 9175; what this table has not is shown by its number.
const OPTIONS: Record<number, [string, Format]> = {
  1: ['If-Match', 'octets'],
  3: ['Uri-Host', 'text'],
  4: ['ETag', 'octets'],
  5: ['If-None-Match', 'empty'],
  6: ['Observe', 'number'],
  7: ['Uri-Port', 'number'],
  8: ['Location-Path', 'text'],
  9: ['OSCORE', 'octets'],
  11: ['Uri-Path', 'text'],
  12: ['Content-Format', 'number'],
  14: ['Max-Age', 'number'],
  15: ['Uri-Query', 'text'],
  16: ['Hop-Limit', 'number'],
  17: ['Accept', 'number'],
  19: ['Q-Block1', 'block'],
  20: ['Location-Query', 'text'],
  23: ['Block2', 'block'],
  27: ['Block1', 'block'],
  28: ['Size2', 'number'],
  31: ['Q-Block2', 'block'],
  35: ['Proxy-Uri', 'text'],
  39: ['Proxy-Scheme', 'text'],
  60: ['Size1', 'number'],
  252: ['Echo', 'octets'],
  258: ['No-Response', 'number'],
  292: ['Request-Tag', 'octets'],
};

const FORMATS: Record<number, string> = {
  0: 'text/plain', 40: 'link-format', 41: 'xml', 42: 'octet-stream', 47: 'exi', 50: 'json', 60: 'cbor',
  110: 'senml+json', 112: 'senml+cbor', 1542: 'LwM2M TLV (old)', 1543: 'LwM2M JSON (old)',
  11542: 'LwM2M TLV', 11543: 'LwM2M JSON', 11544: 'LwM2M CBOR',
};

const METHODS: Record<string, string> = {
  '0.00': 'Empty', '0.01': 'GET', '0.02': 'POST', '0.03': 'PUT', '0.04': 'DELETE', '0.05': 'FETCH',
  '0.06': 'PATCH', '0.07': 'iPATCH', '2.01': 'Created', '2.02': 'Deleted', '2.03': 'Valid', '2.04': 'Changed',
  '2.05': 'Content', '2.31': 'Continue', '4.00': 'Bad Request', '4.01': 'Unauthorized', '4.02': 'Bad Option',
  '4.03': 'Forbidden', '4.04': 'Not Found', '4.05': 'Method Not Allowed', '4.06': 'Not Acceptable',
  '4.08': 'Request Entity Incomplete', '4.09': 'Conflict', '4.12': 'Precondition Failed',
  '4.13': 'Request Entity Too Large', '4.15': 'Unsupported Content-Format', '4.22': 'Unprocessable Entity',
  '4.29': 'Too Many Requests', '5.00': 'Internal Server Error', '5.01': 'Not Implemented',
  '5.02': 'Bad Gateway', '5.03': 'Service Unavailable', '5.04': 'Gateway Timeout',
  '5.05': 'Proxying Not Supported', '5.08': 'Hop Limit Reached',
};

const TYPES = ['CON', 'NON', 'ACK', 'RST'];

export function codeText(code: string): string {
  const name = METHODS[code];
  return name ? `${code} ${name}` : code;
}

function numberOf(octets: Uint8Array): number {
  return octets.reduce((number, octet) => number * 256 + octet, 0);
}

export function optionName(number: number): string {
  return OPTIONS[number]?.[0] ?? `option ${number}`;
}

export function optionValue(number: number, octets: Uint8Array): string {
  const format = OPTIONS[number]?.[1] ?? 'octets';
  switch (format) {
    case 'text':
      return toText(octets) ?? toHex(octets, ' ');
    case 'number': {
      const value = numberOf(octets);
      const known = number === 12 || number === 17 ? FORMATS[value] : undefined;
      return known ? `${value}, ${known}` : String(value);
    }
    case 'block': {
      const value = numberOf(octets);
      return `${value >> 4}, ${value & 8 ? 'more' : 'last'}, ${2 ** ((value & 7) + 4)} octets`;
    }
    case 'empty':
    case 'octets':
      return octets.length === 0 ? 'empty' : toHex(octets, ' ');
  }
}

export function contentFormat(message: Pick<Message, 'options'>): number | null {
  const option = message.options.find(({ number }) => number === 12);
  return option ? numberOf(fromHex(option.value)) : null;
}

export function pathOf(message: Pick<Message, 'options'>): string {
  const texts = (wanted: number) =>
    message.options.filter(({ number }) => number === wanted).map(({ value }) => toText(fromHex(value)) ?? value);
  const path = texts(11);
  const query = texts(15);
  return (path.length ? '/' + path.join('/') : '') + (query.length ? '?' + query.join('&') : '');
}

function extension(value: number): [number, number[]] {
  if (value < 13) return [value, []];
  if (value < 269) return [13, [value - 13]];
  return [14, [(value - 269) >> 8, (value - 269) & 255]];
}

// The message as it crosses the air within DTLS, or without.
export function encode(message: Message): Mark[] {
  const token = fromHex(message.token);
  const [whole, detail] = message.code.split('.').map(Number);
  const first = 0x40 | (TYPES.indexOf(message.type) << 4) | token.length;
  const marks: Mark[] = [
    { name: 'version, type, token length', value: `1, ${message.type}, ${token.length}`, octets: Uint8Array.of(first) },
    { name: 'code', value: codeText(message.code), octets: Uint8Array.of((whole << 5) | detail) },
    {
      name: 'message ID',
      value: String(message.message_id),
      octets: Uint8Array.of(message.message_id >> 8, message.message_id & 255),
    },
  ];
  if (token.length) marks.push({ name: 'token', value: message.token, octets: token });
  let last = 0;
  for (const option of message.options) {
    const value = fromHex(option.value);
    const [delta, moreDelta] = extension(option.number - last);
    const [length, moreLength] = extension(value.length);
    last = option.number;
    marks.push({
      name: optionName(option.number),
      value: optionValue(option.number, value),
      octets: concat([Uint8Array.of((delta << 4) | length, ...moreDelta, ...moreLength), value]),
    });
  }
  const payload = fromHex(message.payload);
  if (payload.length) {
    marks.push({ name: 'payload marker', value: '', octets: Uint8Array.of(0xff) });
    marks.push({ name: 'payload', value: `${payload.length} octets`, octets: payload });
  }
  return marks;
}

const CONTENT_TYPES: Record<number, string> = {
  20: 'ChangeCipherSpec', 21: 'Alert', 22: 'Handshake', 23: 'Application data', 25: 'Connection ID',
};

// The records of a datagram (RFC 6347 §4.1); null where these are none.
function markDtls(octets: Uint8Array): Mark[] | null {
  const marks: Mark[] = [];
  for (let at = 0; at < octets.length; ) {
    const type = CONTENT_TYPES[octets[at]];
    if (!type || octets[at + 1] !== 0xfe || at + 13 > octets.length) return null;
    const size = u16(octets, at + 11);
    const part = (name: string, from: number, to: number, value = '') =>
      marks.push({ name, value, octets: octets.slice(at + from, at + to) });
    part('record type', 0, 1, type);
    part('version', 1, 3, octets[at + 2] === 0xfd ? 'DTLS 1.2' : 'DTLS 1.0');
    part('epoch', 3, 5, String(u16(octets, at + 3)));
    part('sequence number', 5, 11, String(numberOf(octets.slice(at + 5, at + 11))));
    part('length', 11, 13, String(size));
    part(u16(octets, at + 3) === 0 ? type : 'encrypted', 13, 13 + size, `${size} octets`);
    at += 13 + size;
  }
  return marks;
}

function markCoap(octets: Uint8Array): Mark[] | null {
  if (octets.length < 4 || octets[0] >> 6 !== 1) return null;
  const tokenSize = octets[0] & 15;
  if (tokenSize > 8 || octets.length < 4 + tokenSize) return null;
  const options: Option[] = [];
  let at = 4 + tokenSize;
  let number = 0;
  const extended = (nibble: number): number => {
    if (nibble === 13) return octets[at++] + 13;
    if (nibble === 14) return u16(octets, (at += 2) - 2) + 269;
    return nibble;
  };
  while (at < octets.length && octets[at] !== 0xff) {
    const head = octets[at++];
    number += extended(head >> 4);
    const size = extended(head & 15);
    if (!(at + size <= octets.length)) return null;
    options.push({ number, value: toHex(octets.slice(at, at + size)) });
    at += size;
  }
  return encode({
    type: TYPES[(octets[0] >> 4) & 3],
    code: `${octets[1] >> 5}.${String(octets[1] & 31).padStart(2, '0')}`,
    message_id: u16(octets, 2),
    token: toHex(octets.slice(4, 4 + tokenSize)),
    options,
    payload: toHex(octets.slice(at + 1)),
  });
}

export function markDatagram(octets: Uint8Array): Mark[] {
  const marks = markDtls(octets) ?? markCoap(octets);
  return marks ?? [{ name: 'octets', value: `${octets.length} octets`, octets }];
}
