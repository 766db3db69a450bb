// What the parts of the page share: the journal, the modem's state, the clock, and when to draw.
import { useEffect, useState } from 'preact/hooks';
import type { State } from './generated/api';
import type { Entry } from './generated/journal';
import { followEvents, getState, wordOfLink } from './api';
import { COUNT_MAX, Journal, parseJournal } from './journal';

export type Source = { is: 'modem' } | { is: 'file'; name: string; wrong: number } | { is: 'nothing' };

const STATE_INTERVAL_MS = 500;
const DRAW_INTERVAL_MS = 50;

class Model {
  readonly journal = new Journal();
  source: Source = wordOfLink() ? { is: 'modem' } : { is: 'nothing' };
  isConnected = false;
  state: State | null = null;
  look = 0; // rises where colours become others
  private stateAt = 0; // performance.now()
  private stateDue = false;
  private isAsking = false;
  private listeners = new Set<() => void>();
  private isDrawing = false;
  private drawnAt = 0;
  private isPaused = false;
  private held: Entry[] = [];

  constructor() {
    this.journal.subscribe(() => this.changed());
  }

  get isLive(): boolean {
    return this.source.is === 'modem';
  }

  start(): void {
    if (!this.isLive) return;
    void followEvents({
      last: () => (this.held.length ? this.held[this.held.length - 1].number : this.journal.last),
      take: (entries) => {
        if (this.source.is !== 'modem') return;
        this.stateDue = true;
        if (this.isPaused) this.hold(entries);
        else this.journal.append(entries);
      },
      lost: (count) => {
        this.journal.lostCount += count;
        this.changed();
      },
      back: (number) => {
        this.held = this.held.filter((entry) => entry.number <= number);
        this.journal.goBack(number);
        this.stateDue = true;
      },
      connected: (is) => {
        this.isConnected = is;
        this.stateDue = true;
        this.changed();
      },
    });
    setInterval(() => void this.refresh(), STATE_INTERVAL_MS);
  }

  // The ladder stands; what comes meanwhile is held, within the bound of the journal.
  get paused(): boolean {
    return this.isPaused;
  }
  get heldCount(): number {
    return this.held.length;
  }
  pause(is: boolean): void {
    this.isPaused = is;
    if (!is) this.journal.append(this.held.splice(0));
    this.changed();
  }

  private hold(entries: Entry[]): void {
    this.held.push(...entries);
    const tooMany = this.held.length - COUNT_MAX;
    if (tooMany > 0) {
      this.held.splice(0, tooMany);
      this.journal.droppedCount += tooMany;
    }
    this.changed();
  }

  // The next look at the state is not put off: somebody has just changed it.
  touch(): void {
    this.stateDue = true;
    void this.refresh();
  }

  openFile(name: string, text: string): void {
    const { entries, wrong } = parseJournal(text);
    this.source = { is: 'file', name, wrong };
    this.state = null;
    this.held = [];
    this.isPaused = false;
    this.journal.clear();
    this.journal.append(entries);
  }

  // Of the module, in seconds: between two looks at it a clock that goes with the wall is carried on.
  now(): number {
    const { entries } = this.journal;
    const last = entries.length ? entries[entries.length - 1].at : 0;
    const clock = this.state?.clock;
    if (!clock || this.source.is !== 'modem') return last;
    const scale = clock.mode === 'real' || clock.mode === null ? 1 : Number(/^scaled:(.*)$/.exec(clock.mode)?.[1] ?? 0);
    const passed = clock.is_paused ? 0 : ((performance.now() - this.stateAt) / 1000) * scale;
    return Math.max(last, clock.now + passed);
  }

  looksDifferent(): void {
    this.look++;
    this.changed();
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  // Twenty times a second, whatever comes: what is drawn more often takes the machine from the modem and its host.
  changed(): void {
    if (this.isDrawing) return;
    this.isDrawing = true;
    const draw = () => requestAnimationFrame((now) => {
      this.isDrawing = false;
      this.drawnAt = now;
      for (const listener of this.listeners) listener();
    });
    const wait = this.drawnAt + DRAW_INTERVAL_MS - performance.now();
    if (wait > 0) setTimeout(draw, wait);
    else draw();
  }

  private async refresh(): Promise<void> {
    const isRunning = this.state?.clock.is_idle === false && !this.state.clock.is_paused;
    if (this.source.is !== 'modem' || document.hidden || this.isAsking) return;
    if (this.state && !this.stateDue && !isRunning) return;
    this.isAsking = true;
    this.stateDue = false;
    try {
      this.state = await getState();
      this.stateAt = performance.now();
      this.changed();
    } catch {
      this.stateDue = true;
    } finally {
      this.isAsking = false;
    }
  }
}

export const model = new Model();

// Draws the caller anew when something has changed; where `part` is given, only when that is another.
export function useModel(part?: (model: Model) => unknown): Model {
  const [, draw] = useState(0);
  useEffect(() => {
    let last: unknown = part?.(model);
    return model.subscribe(() => {
      const now = part?.(model);
      if (part && now === last) return;
      last = now;
      draw((count) => count + 1);
    });
  }, []);
  return model;
}

// And ten times a second while something counts down.
export function useTicks(isNeeded: boolean): void {
  const [, draw] = useState(0);
  useEffect(() => {
    if (!isNeeded) return;
    const timer = setInterval(() => draw((count) => count + 1), 100);
    return () => clearInterval(timer);
  }, [isNeeded]);
}
