// Retransmissions, round trips and the radio over the module's time. What is brushed is what the ladder shows.
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { model, useModel } from './model';

const INTERVAL_MS = 500;
const POINTS_MAX = 40000;

// Columns of the plot, in the order of the entries.
class Points {
  last = 0;
  epoch = 0;
  at: number[] = [];
  trips: (number | null)[] = [];
  again: (number | null)[] = [];
  radio: (number | null)[] = [];
  private registration: number | null = null;

  // True where there is something new.
  read(): boolean {
    const { journal } = model;
    if (journal.epoch !== this.epoch) Object.assign(this, new Points());
    this.epoch = journal.epoch;
    const before = this.at.length;
    for (let i = journal.placeOf(this.last + 1); i < journal.entries.length; i++) {
      const entry = journal.entries[i];
      if (entry.kind === 'coap.received') {
        const sent = journal.find(entry.because ?? 0);
        if (sent?.kind === 'coap.sent' || sent?.kind === 'coap.retransmitted') this.add(entry.at, entry.at - sent.at, null);
      } else if (entry.kind === 'coap.retransmitted') {
        this.add(entry.at, null, entry.attempt);
      } else if (entry.kind === 'radio.registration') {
        this.registration = entry.status;
        this.add(entry.at, null, null);
      }
    }
    this.last = journal.last;
    if (this.at.length > POINTS_MAX) {
      for (const column of [this.at, this.trips, this.again, this.radio]) column.splice(0, this.at.length - POINTS_MAX / 2);
    }
    return this.at.length !== before;
  }

  private add(at: number, trip: number | null, again: number | null): void {
    this.at.push(at);
    this.trips.push(trip);
    this.again.push(again);
    this.radio.push(this.registration);
  }
}

const points = new Points();

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function options(width: number): uPlot.Options {
  const dots = { show: true, size: 7 };
  const axis = { stroke: colour('--text'), grid: { stroke: colour('--rule') }, ticks: { stroke: colour('--rule') } };
  return {
    width, height: 320,
    scales: { x: { time: false }, s: {}, n: { range: (_, __, max) => [0, Math.max(5, max ?? 0)] } },
    axes: [
      { ...axis, label: "module's time, s" },
      { ...axis, scale: 's', label: 'round trip, s' },
      { ...axis, scale: 'n', side: 1, label: 'attempt, registration', grid: { show: false } },
    ],
    series: [
      { label: 'time' },
      { label: 'round trip', scale: 's', stroke: colour('--CoAP'), paths: () => null, points: dots },
      { label: 'sent again, time', scale: 'n', stroke: colour('--loss'), paths: () => null, points: { ...dots, size: 9 } },
      { label: 'registration', scale: 'n', stroke: colour('--radio'), width: 2, paths: uPlot.paths.stepped?.({ align: 1 }), points: { show: false } },
    ],
    hooks: {
      setSelect: [(plot) => {
        if (plot.select.width < 2) return;
        const from = plot.posToVal(plot.select.left, 'x');
        const to = plot.posToVal(plot.select.left + plot.select.width, 'x');
        model.journal.setFilter({ span: [from, to] });
      }],
    },
  };
}

export function PlotPane() {
  const { journal } = useModel((one) => `${one.journal.filterVersion} ${one.look}`);
  const box = useRef<HTMLDivElement>(null);
  const ink = colour('--text'); // of the theme, which a canvas does not follow
  useEffect(() => {
    const element = box.current as HTMLDivElement;
    points.read();
    const columns = (): uPlot.AlignedData => [points.at, points.trips, points.again, points.radio];
    const plot = new uPlot(options(element.clientWidth), columns(), element);
    const timer = setInterval(() => {
      if (points.read()) plot.setData(columns(), journal.filter.span === null);
    }, INTERVAL_MS);
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: 320 }));
    observer.observe(element);
    return () => {
      clearInterval(timer);
      observer.disconnect();
      plot.destroy();
    };
  }, [ink]);
  const span = journal.filter.span;
  const setEnd = (which: 0 | 1, text: string) => {
    const next: [number, number] = span ? [...span] : [0, model.now()];
    next[which] = Number(text);
    if (Number.isFinite(next[which])) journal.setFilter({ span: next });
  };
  const trips = points.trips.filter((trip) => trip !== null).length;
  return (
    <div class="pane">
      <h2>Time</h2>
      <div class="plot" ref={box} role="img" aria-label={`Plot: ${trips} round trips, retransmissions and registration over time`} />
      <p>Drag over the plot, or type a span, and the ladder shows what happened then.</p>
      <span class="argument"><label for="from">from, s</label>
        <input id="from" value={span ? span[0].toFixed(3) : ''} onChange={(event) => setEnd(0, event.currentTarget.value)} /></span>
      <span class="argument"><label for="to">to, s</label>
        <input id="to" value={span ? span[1].toFixed(3) : ''} onChange={(event) => setEnd(1, event.currentTarget.value)} /></span>
      <button onClick={() => journal.setFilter({ span: null })}>All of the time</button>
    </div>
  );
}
