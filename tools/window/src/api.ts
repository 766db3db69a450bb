// The control interface of the modem that serves this page.
import type { Problem, State } from './generated/api';
import type { Entry } from './generated/journal';

export class Refusal extends Error {
  constructor(readonly status: number, readonly problem: Partial<Problem>) {
    const right = problem.right ? `; right: ${problem.right}` : '';
    super(`${problem.field ? problem.field + ': ' : ''}${problem.detail ?? `status ${status}`}${right}`);
  }
}

// Null where the page is a file that no modem serves.
export function wordOfLink(): string | null {
  return location.protocol === 'http:' ? new URLSearchParams(location.search).get('token') : null;
}

const word = wordOfLink();

async function request(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { Authorization: `Bearer ${word}` };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const response = await fetch(path, {
    method, headers, signal, cache: 'no-store', credentials: 'omit',
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (response.ok) return response;
  throw new Refusal(response.status, await response.json().catch(() => ({})));
}

export async function get<Answer>(path: string): Promise<Answer> {
  return (await request('GET', path)).json() as Promise<Answer>;
}
export async function post<Answer>(path: string, body: unknown = {}): Promise<Answer> {
  return (await request('POST', path, body)).json() as Promise<Answer>;
}
export async function put<Answer>(path: string, body: unknown): Promise<Answer> {
  return (await request('PUT', path, body)).json() as Promise<Answer>;
}
export async function remove<Answer>(path: string): Promise<Answer> {
  return (await request('DELETE', path)).json() as Promise<Answer>;
}
export const getState = () => get<State>('/state');

export interface EventSink {
  last(): number;
  take(entries: Entry[]): void;
  lost(count: number): void;
  back(number: number): void;
  connected(is: boolean): void;
}

const PATIENCE_MS = 500;

// Reads the journal for ever, and goes on behind the last entry where the connection was lost. EventSource
// cannot send the word.
export async function followEvents(sink: EventSink): Promise<never> {
  for (;;) {
    try {
      const response = await request('GET', `/events?since=${sink.last()}`);
      sink.connected(true);
      await readEvents(response, sink);
    } catch {
      // Whatever it was, the modem may come back.
    }
    sink.connected(false);
    await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  }
}

async function readEvents(response: Response, sink: EventSink): Promise<void> {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let waiting = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    waiting += decoder.decode(value, { stream: true });
    const end = waiting.lastIndexOf('\n\n');
    if (end < 0) continue;
    const blocks = waiting.slice(0, end).split('\n\n');
    waiting = waiting.slice(end + 2);
    let entries: Entry[] = [];
    for (const block of blocks) {
      const name = /^event: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (!name || !data) continue;
      if (name !== 'lost' && name !== 'back') {
        entries.push(JSON.parse(data) as Entry);
        continue;
      }
      sink.take(entries);
      entries = [];
      if (name === 'lost') sink.lost(JSON.parse(data).count);
      else sink.back(JSON.parse(data).number);
    }
    if (entries.length) sink.take(entries);
  }
}
