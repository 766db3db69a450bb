// The entries that the page has, in order, with what they say together: which timers run, what was lost on its
// way, who caused whom. Bounded: the oldest go.
import type { Entry } from './generated/journal';
import { pathOf } from './coap';

export const COUNT_MAX = 65536;
const DROPPED_AT_ONCE = 8192;

export interface Timer {
  number: number; // of the transmission that runs it
  due: number;
  client: number;
  message_id: number;
  attempt: number;
}

export type Group = 'AT' | 'CoAP' | 'DTLS' | 'client' | 'loss' | 'fault' | 'radio' | 'server' | 'datagram' | 'lint' | 'detail';
export const GROUPS: Group[] = ['AT', 'CoAP', 'DTLS', 'client', 'loss', 'fault', 'radio', 'server', 'datagram', 'lint', 'detail'];

const DETAILS = new Set(['line.echo', 'dtls.keys', 'dtls.credential', 'client.status', 'name.asked', 'name.answered',
  'question.asked', 'coap.concluded', 'radio.connection']);

export function groupOf(kind: string): Group {
  if (DETAILS.has(kind)) return 'detail';
  const area = kind.slice(0, kind.indexOf('.'));
  switch (area) {
    case 'line': return 'AT';
    case 'coap': return 'CoAP';
    case 'dtls': return 'DTLS';
    case 'client': return 'client';
    case 'link': case 'network': return 'loss';
    case 'fault': return 'fault';
    case 'radio': case 'packet': case 'card': case 'power': return 'radio';
    case 'server': return 'server';
    case 'datagram': return 'datagram';
    case 'lint': return 'lint';
    default: return 'detail';
  }
}

export interface Filter {
  text: string;
  groups: Set<Group>;
  client: number | null;
  kind: string;
  token: string;
  span: [number, number] | null; // of module time
  root: number | null; // only what this entry has led to
}

export function clientOf(entry: Entry): number | null {
  return 'client' in entry && typeof entry.client === 'number' ? entry.client : null;
}

export function tokenOf(entry: Entry): string | null {
  return 'token' in entry ? entry.token : null;
}

// What leads to an entry: its cause, and of a message that came the datagram that carried it.
export function causesOf(entry: Entry): number[] {
  const causes: number[] = [];
  if (entry.because !== null) causes.push(entry.because);
  if (entry.kind === 'coap.received' && entry.carried_by !== null) causes.push(entry.carried_by);
  return causes;
}

export class Journal {
  entries: Entry[] = [];
  // Places in `entries` of what the filter shows.
  shown: number[] = [];
  timers = new Map<string, Timer>();
  // Transmissions that the link has lost, by the number of the message's and the datagram's entry.
  struck = new Set<number>();
  // What led to the entry that is selected, and what it led to.
  selected: number | null = null;
  causes = new Set<number>();
  effects = new Set<number>();
  lostCount = 0; // gone before they reached the page
  droppedCount = 0; // gone from the page
  version = 0; // rises with every change
  filterVersion = 0; // rises with every change of the filter
  epoch = 0; // rises where the entries become others
  filter: Filter = {
    text: '', client: null, kind: '', token: '', span: null, root: null,
    groups: new Set<Group>(['AT', 'CoAP', 'DTLS', 'client', 'loss', 'fault', 'radio', 'lint']),
  };
  private rooted = new Set<number>();
  private texts = new WeakMap<Entry, string>();
  private listeners = new Set<() => void>();

  get last(): number {
    return this.entries.length ? this.entries[this.entries.length - 1].number : 0;
  }

  // Called at most once for all that is appended until then.
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  changed(): void {
    this.version++;
    for (const listener of this.listeners) listener();
  }

  placeOf(number: number): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.entries[middle].number < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  find(number: number): Entry | null {
    const entry = this.entries[this.placeOf(number)];
    return entry?.number === number ? entry : null;
  }

  append(entries: Entry[]): void {
    for (const entry of entries) {
      if (entry.number <= this.last) continue;
      this.entries.push(entry);
      this.take(entry);
      if (this.fits(entry)) this.shown.push(this.entries.length - 1);
    }
    if (this.entries.length > COUNT_MAX) this.drop();
    this.changed();
  }

  // The module has gone back: what is behind `number` has not happened.
  goBack(number: number): void {
    const kept = this.entries.slice(0, this.placeOf(number + 1));
    this.clear();
    this.append(kept);
  }

  clear(): void {
    this.epoch++;
    this.entries = [];
    this.timers.clear();
    this.struck.clear();
    this.lostCount = this.droppedCount = 0;
    this.rooted.clear();
    this.select(null);
    this.refilter();
  }

  setFilter(change: Partial<Filter>): void {
    this.filter = { ...this.filter, ...change };
    this.filterVersion++;
    this.refilter();
  }

  select(number: number | null): void {
    this.selected = number;
    this.causes = new Set(number === null ? [] : this.chainOf(number));
    this.effects = new Set();
    if (number !== null) {
      const reached = new Set([number]);
      for (let i = this.placeOf(number); i < this.entries.length; i++) {
        const entry = this.entries[i];
        if (entry.because !== null && reached.has(entry.because)) reached.add(entry.number);
      }
      reached.delete(number);
      this.effects = reached;
    }
    this.changed();
  }

  // From the first cause to the entry itself, with the datagrams that carried what came.
  chainOf(number: number): number[] {
    const chain = new Set<number>();
    const todo = [number];
    while (todo.length) {
      const next = todo.pop() as number;
      const entry = this.find(next);
      if (!entry || chain.has(next)) continue;
      chain.add(next);
      todo.push(...causesOf(entry));
    }
    return [...chain].sort((a, b) => a - b);
  }

  // The first cause: most often a command line.
  rootOf(number: number): number {
    let entry = this.find(number);
    while (entry && entry.because !== null) {
      const cause = this.find(entry.because);
      if (!cause) break;
      entry = cause;
    }
    return entry?.number ?? number;
  }

  private take(entry: Entry): void {
    switch (entry.kind) {
      case 'coap.sent':
      case 'coap.retransmitted':
        if (entry.timeout !== null) {
          this.timers.set(`${entry.client} ${entry.message_id}`, {
            number: entry.number, due: entry.at + entry.timeout, client: entry.client,
            message_id: entry.message_id, attempt: entry.kind === 'coap.sent' ? 0 : entry.attempt,
          });
        }
        break;
      case 'coap.concluded':
        this.timers.delete(`${entry.client} ${entry.message_id}`);
        break;
      case 'coap.received':
        if (entry.type === 'ACK' || entry.type === 'RST') this.timers.delete(`${entry.client} ${entry.message_id}`);
        break;
      case 'power.state':
        if (entry.state === 'off') this.timers.clear();
        break;
      case 'link.lost':
        for (let cause = this.find(entry.because ?? 0); cause; cause = this.find(cause.because ?? 0)) {
          this.struck.add(cause.number);
          if (!cause.kind.startsWith('datagram.')) break;
        }
        break;
    }
    const because = entry.because ?? 0;
    if (this.selected !== null && (because === this.selected || this.effects.has(because))) this.effects.add(entry.number);
    if (this.filter.root !== null && this.rooted.has(because)) this.rooted.add(entry.number);
  }

  private fits(entry: Entry): boolean {
    const { groups, client, kind, token, span, root, text } = this.filter;
    if (root !== null && !this.rooted.has(entry.number)) return false;
    if (kind ? entry.kind !== kind : root === null && !groups.has(groupOf(entry.kind))) return false;
    if (client !== null && clientOf(entry) !== client) return false;
    if (token && !(tokenOf(entry) ?? '').startsWith(token)) return false;
    if (span && (entry.at < span[0] || entry.at > span[1])) return false;
    return !text || this.textOf(entry).includes(text);
  }

  private textOf(entry: Entry): string {
    let text = this.texts.get(entry);
    if (text === undefined) {
      text = JSON.stringify(entry).toLowerCase();
      if ('options' in entry) text += pathOf(entry).toLowerCase();
      this.texts.set(entry, text);
    }
    return text;
  }

  private refilter(): void {
    const { root } = this.filter;
    this.rooted.clear();
    if (root !== null) {
      this.rooted.add(root);
      for (let i = this.placeOf(root); i < this.entries.length; i++) {
        const entry = this.entries[i];
        if (entry.because !== null && this.rooted.has(entry.because)) this.rooted.add(entry.number);
      }
    }
    this.shown = [];
    this.entries.forEach((entry, place) => {
      if (this.fits(entry)) this.shown.push(place);
    });
    this.changed();
  }

  private drop(): void {
    this.droppedCount += DROPPED_AT_ONCE;
    this.entries.splice(0, DROPPED_AT_ONCE);
    this.shown = this.shown.filter((place) => place >= DROPPED_AT_ONCE).map((place) => place - DROPPED_AT_ONCE);
    const first = this.entries[0].number;
    for (const set of [this.struck, this.causes, this.effects, this.rooted]) {
      for (const number of set) if (number < first) set.delete(number);
    }
  }
}

// Lines of a file that vmodem --journal has written; what is no entry is told.
export function parseJournal(text: string): { entries: Entry[]; wrong: number } {
  const entries: Entry[] = [];
  let wrong = 0;
  for (const line of text.split('\n')) {
    if (!line.trim()) continue;
    try {
      const entry = JSON.parse(line) as Entry;
      if (typeof entry.number !== 'number' || typeof entry.kind !== 'string' || typeof entry.at !== 'number') throw 0;
      entries.push(entry);
    } catch {
      wrong++;
    }
  }
  return { entries, wrong };
}
