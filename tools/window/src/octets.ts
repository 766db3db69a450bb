// Octets, as hexadecimal digits and as text.

export function fromHex(digits: string): Uint8Array {
  const octets = new Uint8Array(digits.length >> 1);
  for (let i = 0; i < octets.length; i++) octets[i] = parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return octets;
}

export function toHex(octets: Uint8Array, separator = ''): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join(separator);
}

// Null where the octets are no UTF-8.
export function toText(octets: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    return null;
  }
}

// Controls as a person can see them.
export function visible(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]/g, (c) => {
    if (c === '\r') return '␍';
    if (c === '\n') return '␊';
    return String.fromCodePoint(c === '\u007f' ? 0x2421 : 0x2400 + c.charCodeAt(0));
  });
}

export function u16(octets: Uint8Array, at: number): number {
  return (octets[at] << 8) | octets[at + 1];
}

export function concat(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
