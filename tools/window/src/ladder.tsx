// Host, modem, network and server, and what passes between them. Only the rows in sight are in the page.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Entry } from './generated/journal';
import { LANES, rowOf, seconds, type Lane } from './row';
import { useModel, useTicks } from './model';

const MARGIN = 6; // rows beyond what is seen
// Where the lifelines stand, in percent of the width.
const PLACES = [3, 40, 68, 97];

function Arrow({ from, to, isStruck }: { from: Lane; to: Lane; isStruck: boolean }) {
  if (from === to) return <span class="dot" style={{ left: `${PLACES[from]}%` }} aria-hidden="true" />;
  // What was lost ends in the network.
  const end = isStruck ? 2 : to;
  const left = Math.min(PLACES[from], PLACES[end]);
  const width = Math.abs(PLACES[from] - PLACES[end]);
  return (
    <span class={`arrow ${from < end ? 'right' : 'left'} ${isStruck ? 'struck' : ''}`} aria-hidden="true"
      style={{ left: `${left}%`, width: `${width}%` }} />
  );
}

function labelPlace(from: Lane, to: Lane): Record<string, string> {
  if (from === to) {
    return from >= 2 ? { right: `${101 - PLACES[from]}%`, maxWidth: '60%' } : { left: `${PLACES[from] + 1}%`, maxWidth: '55%' };
  }
  const left = Math.min(PLACES[from], PLACES[to]);
  const width = Math.abs(PLACES[from] - PLACES[to]);
  return { left: `${left + 1}%`, maxWidth: `${width - 2}%` };
}

export function Ladder({ onSelect }: { onSelect: (number: number | null) => void }) {
  const model = useModel();
  const { journal } = model;
  const box = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(600);
  const [rowHeight, setRowHeight] = useState(34);
  const [top, setTop] = useState(0);
  const isFollowing = useRef(true);
  const { shown, entries, selected } = journal;
  useTicks(model.isLive && journal.timers.size > 0 && model.state?.clock.is_paused !== true);

  useLayoutEffect(() => {
    const measure = () => {
      const element = box.current;
      if (!element) return;
      setHeight(element.clientHeight);
      setRowHeight(2.1 * parseFloat(getComputedStyle(document.documentElement).fontSize));
    };
    measure();
    const observer = new ResizeObserver(measure);
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    if (isFollowing.current && box.current) box.current.scrollTop = shown.length * rowHeight;
  });

  // A choice that is made elsewhere comes into sight.
  useEffect(() => {
    const element = box.current;
    if (selected === null || !element) return;
    const place = shown.findIndex((at) => entries[at].number === selected);
    if (place < 0) return;
    const y = place * rowHeight;
    if (y < element.scrollTop || y > element.scrollTop + element.clientHeight - rowHeight) {
      isFollowing.current = false;
      element.scrollTop = y - element.clientHeight / 2;
    }
  }, [selected]);

  const scrolled = () => {
    const element = box.current as HTMLDivElement;
    isFollowing.current = element.scrollTop + element.clientHeight >= element.scrollHeight - 2 * rowHeight;
    setTop(element.scrollTop);
  };

  const move = (by: number) => {
    if (shown.length === 0) return;
    const now = shown.findIndex((at) => entries[at].number === selected);
    const start = now < 0 ? (by > 0 ? -1 : shown.length) : now;
    const next = Math.min(shown.length - 1, Math.max(0, start + by));
    onSelect(entries[shown[next]].number);
  };
  const pressed = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(height / rowHeight) - 1);
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key in moves) move(moves[event.key]);
    else if (event.key === 'Escape') onSelect(null);
    else return;
    event.preventDefault();
  };

  const first = Math.max(0, Math.floor(top / rowHeight) - MARGIN);
  const last = Math.min(shown.length, Math.ceil((top + height) / rowHeight) + MARGIN);
  const rows: Entry[] = [];
  for (let i = first; i < last; i++) rows.push(entries[shown[i]]);
  const now = model.now();
  const isInSight = rows.some((entry) => entry.number === selected);

  return (
    <div class="ladder">
      <div class="lanes" aria-hidden="true">
        <div class="head">
          {LANES.map((name, lane) => <b key={name} style={{ left: `${PLACES[lane]}%` }}>{name}</b>)}
        </div>
      </div>
      <div class="rows" ref={box} onScroll={scrolled} onKeyDown={pressed} tabIndex={0} role="listbox"
        aria-label={`Ladder, ${shown.length} entries`}
        aria-activedescendant={isInSight ? `entry-${selected}` : undefined}>
        <div class="all" style={{ height: `${shown.length * rowHeight}px` }} role="presentation">
          <div class="lines" aria-hidden="true" style={{ height: `${Math.max(shown.length * rowHeight, height)}px` }}>
            {PLACES.map((place) => <i key={place} style={{ left: `${place}%` }} />)}
          </div>
          {rows.map((entry, i) => {
            const row = rowOf(entry);
            const isStruck = journal.struck.has(entry.number) && row.from !== row.to;
            const timer = 'timeout' in entry && entry.timeout !== null ? journal.timers.get(`${entry.client} ${entry.message_id}`) : undefined;
            const isCounting = timer?.number === entry.number;
            const marks = [`row tone-${row.tone}`];
            if (entry.number === selected) marks.push('selected');
            else if (journal.causes.has(entry.number)) marks.push('cause');
            else if (journal.effects.has(entry.number)) marks.push('effect');
            if (row.isAgain) marks.push('again');
            return (
              <div key={entry.number} id={`entry-${entry.number}`} class={marks.join(' ')} role="option"
                aria-selected={entry.number === selected} aria-setsize={shown.length} aria-posinset={first + i + 1}
                data-kind={entry.kind} style={{ top: `${(first + i) * rowHeight}px`, height: `${rowHeight}px` }}
                onClick={() => onSelect(entry.number)}>
                <span class="time">{seconds(entry.at)}</span>
                <span class="number">#{entry.number}</span>
                <span class="field">
                  <Arrow from={row.from} to={row.to} isStruck={isStruck} />
                  <span class="label" style={labelPlace(row.from, row.to)} title={row.text}>
                    {isStruck ? <span class="lost">lost </span> : null}
                    {isCounting ? <b class="timer" data-timer={entry.number}>again in {Math.max(0, (timer?.due ?? 0) - now).toFixed(1)} s </b> : null}
                    {row.text}
                  </span>
                </span>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
