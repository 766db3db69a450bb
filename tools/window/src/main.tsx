// The page: a bar, the ladder, and beside it one of several panes.
import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import './style.css';
import { ConsolePane } from './console';
import { EntryPane } from './entry';
import { FilesPane, openJournal } from './files';
import { KINDS, type Kind } from './generated/journal';
import { GROUPS, type Group } from './journal';
import { ClockButtons, KnobsPane } from './knobs';
import { Ladder } from './ladder';
import { LintPane } from './lint';
import { model, useModel, useTicks } from './model';
import { ModemPane } from './modem';
import { PlotPane } from './plot';

const TABS = ['Entry', 'Modem', 'Knobs', 'Console', 'Time', 'Lint', 'Files'] as const;
type Tab = (typeof TABS)[number];

// What a person has chosen for the eyes, and nothing else, is kept by the browser.
function stored(name: string, otherwise: string): string {
  try {
    return localStorage.getItem(`vmodem-${name}`) ?? otherwise;
  } catch {
    return otherwise;
  }
}
function store(name: string, value: string): void {
  try {
    localStorage.setItem(`vmodem-${name}`, value);
  } catch {
    // Then the next page begins anew.
  }
}

const THEMES = ['system', 'light', 'dark'];
const SIZES = ['16', '20', '26'];

function useLook() {
  const [theme, setTheme] = useState(stored('theme', 'system'));
  const [size, setSize] = useState(stored('size', '16'));
  useEffect(() => {
    const root = document.documentElement;
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
    root.dataset.size = size;
    store('theme', theme);
    store('size', size);
    window.dispatchEvent(new Event('resize'));
    model.looksDifferent();
  }, [theme, size]);
  return { theme, setTheme, size, setSize };
}

function Now() {
  const { state, isLive } = useModel();
  useTicks(isLive && state?.clock.is_paused === false && state.clock.mode !== 'virtual' && state.clock.mode !== 'manual');
  return <span class="mono now" title="the module's time">{model.now().toFixed(1)} s</span>;
}

function Bar() {
  const { source, isConnected, isLive, journal } = useModel();
  const { theme, setTheme, size, setSize } = useLook();
  const state = source.is === 'file' ? `journal ${source.name}` : source.is === 'nothing' ? 'no modem' : isConnected ? 'connected' : 'connection lost, trying again';
  return (
    <header>
      <h1>vmodem</h1>
      <span class={`state ${isLive && !isConnected ? 'lost' : ''}`} role="status" data-connected={isConnected}>{state}</span>
      <Now />
      {isLive ? <ClockButtons /> : null}
      <span class="gap" />
      <span class="count">{journal.entries.length} entries{journal.droppedCount + journal.lostCount > 0 ? `, ${journal.droppedCount + journal.lostCount} older ones are gone` : ''}</span>
      <label for="theme">theme</label>
      <select id="theme" value={theme} onChange={(event) => setTheme(event.currentTarget.value)}>{THEMES.map((one) => <option key={one}>{one}</option>)}</select>
      <label for="size">text</label>
      <select id="size" value={size} onChange={(event) => setSize(event.currentTarget.value)}>
        {SIZES.map((one, i) => <option key={one} value={one}>{['near', 'large', 'far'][i]}</option>)}
      </select>
    </header>
  );
}

const SEARCH_DELAY_MS = 150;

function FilterBar() {
  const { journal, paused, heldCount } = useModel((one) => `${one.paused} ${one.heldCount} ${one.journal.filterVersion}`);
  const { filter } = journal;
  const [text, setText] = useState(filter.text);
  const timer = useRef(0);
  const search = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => journal.setFilter({ text: next.toLowerCase() }), SEARCH_DELAY_MS);
  };
  const toggle = (group: Group) => {
    const groups = new Set(filter.groups);
    if (!groups.delete(group)) groups.add(group);
    journal.setFilter({ groups });
  };
  const isNarrowed = filter.root !== null || filter.span !== null || filter.token !== '';
  return (
    <div class="filters" role="group" aria-label="What the ladder shows">
      <button aria-pressed={paused} onClick={() => model.pause(!paused)}>{paused ? `Go on (${heldCount} wait)` : 'Pause view'}</button>
      <label for="search">search</label>
      <input id="search" type="search" value={text} onInput={(event) => search(event.currentTarget.value)} />
      <label for="client">client</label>
      <select id="client" value={filter.client ?? ''} onChange={(event) => journal.setFilter({ client: event.currentTarget.value === '' ? null : Number(event.currentTarget.value) })}>
        <option value="">any</option>
        {[0, 1, 2, 3, 4, 5].map((id) => <option key={id} value={id}>{id}</option>)}
      </select>
      <label for="kind">kind</label>
      <select id="kind" value={filter.kind} onChange={(event) => journal.setFilter({ kind: event.currentTarget.value })}>
        <option value="">of the groups</option>
        {(Object.keys(KINDS) as Kind[]).map((kind) => <option key={kind} value={kind}>{kind}</option>)}
      </select>
      <label for="token">token</label>
      <input id="token" size={8} value={filter.token} onInput={(event) => journal.setFilter({ token: event.currentTarget.value.toLowerCase().trim() })} />
      {isNarrowed ? <button onClick={() => journal.setFilter({ root: null, span: null, token: '' })}>Show all again</button> : null}
      <span class="groups" role="group" aria-label="Groups">
        {GROUPS.map((group) => (
          <button key={group} class={`tone-${group}`} aria-pressed={filter.groups.has(group)} onClick={() => toggle(group)}>{group}</button>
        ))}
      </span>
    </div>
  );
}

function Tabs({ tab, setTab }: { tab: Tab; setTab: (tab: Tab) => void }) {
  const pressed = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    const next = TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length];
    setTab(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Panes" onKeyDown={pressed}>
      {TABS.map((name) => (
        <button key={name} id={`tab-${name}`} role="tab" aria-selected={name === tab} aria-controls="tab-pane"
          tabIndex={name === tab ? 0 : -1} onClick={() => setTab(name)}>{name}</button>
      ))}
    </div>
  );
}

function Page() {
  const { journal, source } = useModel((one) => one.source);
  const [tab, setTab] = useState<Tab>(source.is === 'nothing' ? 'Files' : 'Modem');
  const select = (number: number | null) => {
    journal.select(number);
    if (number !== null && tab !== 'Entry') setTab('Entry');
  };
  const drop = (event: DragEvent) => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    void openJournal(file);
  };
  return (
    <div class="page" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <Bar />
      <main>
        <div class="left">
          <FilterBar />
          <Ladder onSelect={select} />
        </div>
        <div class="right">
          <Tabs tab={tab} setTab={setTab} />
          <div id="tab-pane" role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={0}>
            {tab === 'Entry' ? <EntryPane onSelect={select} /> : null}
            {tab === 'Modem' ? <ModemPane /> : null}
            {tab === 'Knobs' ? <KnobsPane /> : null}
            {tab === 'Console' ? <ConsolePane /> : null}
            {tab === 'Time' ? <PlotPane /> : null}
            {tab === 'Lint' ? <LintPane onSelect={select} /> : null}
            {tab === 'Files' ? <FilesPane /> : null}
          </div>
        </div>
      </main>
    </div>
  );
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => model.looksDifferent());
model.start();
render(<Page />, document.getElementById('page') as HTMLElement);
