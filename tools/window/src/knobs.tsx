// What a tester can do: a form for each verb of the modem's table, servers' resources, the clock.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Clock, Performed, Resources, Verb, VerbArgument, Verbs } from './generated/api';
import { get, post, put, remove } from './api';
import { model, useModel } from './model';

// Runs what a button asks for, and says what came of it.
export function useDeed(): [string, (deed: () => Promise<string | void>) => void] {
  const [said, say] = useState('');
  return [said, (deed) => {
    deed().then((text) => say(text ?? 'Done.'), (error: Error) => say(`Refused: ${error.message}`)).finally(() => model.touch());
  }];
}

export function Said({ text }: { text: string }) {
  return <p class={`said ${text.startsWith('Refused') ? 'refused' : ''}`} role="status">{text}</p>;
}

function Argument({ verb, spec }: { verb: string; spec: VerbArgument }) {
  const id = `${verb}-${spec.name}`;
  const isRequired = !spec.is_optional;
  const words = spec.words ?? [];
  return (
    <span class="argument">
      <label for={id}>{spec.name}{isRequired ? '' : ' (may be left out)'}</label>
      {words.length > 0 ? (
        <select id={id} name={spec.name} required={isRequired}>
          {isRequired ? null : <option value="">–</option>}
          {words.map((word) => <option key={word} value={word}>{word}</option>)}
        </select>
      ) : (
        <input id={id} name={spec.name} required={isRequired} inputMode={spec.type === 'number' ? 'numeric' : undefined}
          placeholder={spec.allowed} autocomplete="off" />
      )}
    </span>
  );
}

function VerbForm({ verb }: { verb: Verb }) {
  const [said, perform] = useDeed();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const body: Record<string, unknown> = {};
    for (const [name, value] of new FormData(event.target as HTMLFormElement)) {
      const spec = verb.arguments.find((one) => one.name === name);
      if (value === '') continue;
      body[name] = spec?.type === 'number' && /^-?\d+$/.test(String(value)) ? Number(value) : value;
    }
    perform(async () => {
      const done = await post<Performed>(`/verbs/${verb.name}`, body);
      return done.number ? `Done: #${done.number}.` : `It waits, with number ${done.id}.`;
    });
  };
  return (
    <form class="verb" onSubmit={submit} data-verb={verb.name} aria-label={verb.name}>
      <h4>{verb.name}</h4>
      <p>{verb.help}</p>
      {verb.arguments.map((spec) => <Argument key={spec.name} verb={verb.name} spec={spec} />)}
      <span class="argument">
        <label for={`${verb.name}-when`}>when (at once without)</label>
        <input id={`${verb.name}-when`} name="when" placeholder="10s, AT+QCOAPSEND#2" autocomplete="off" />
      </span>
      <button type="submit">Do it</button>
      <Said text={said} />
    </form>
  );
}

const SECTIONS: [string, RegExp][] = [
  ['Network', /^(registration|signal|pdp|reachable|unreachable|name|radio)/],
  ['Link', /^(link|lose|delay-(up|down)link|duplicate|corrupt|nat)/],
  ['Serial line', /^(baud|chunks|drop|double|delay-urc|garb|place|truncate|wrong|serial)/],
  ['Module', /./],
];

function bySection(verbs: Verb[]): [string, Verb[]][] {
  const sections = SECTIONS.map(([title]) => [title, []] as [string, Verb[]]);
  for (const verb of verbs) sections[SECTIONS.findIndex(([, names]) => names.test(verb.name))][1].push(verb);
  return sections;
}

export function ClockButtons() {
  const { state } = useModel((one) => one.state?.clock.is_paused);
  const [said, perform] = useDeed();
  const [duration, setDuration] = useState('10s');
  const move = (path: string, body = {}) => perform(async () => {
    const clock = await post<Clock>(path, body);
    return `The module's time is ${clock.now.toFixed(3)} s.`;
  });
  const isPaused = state?.clock.is_paused === true;
  return (
    <div class="clock" role="group" aria-label="The module's time">
      <button aria-pressed={isPaused} onClick={() => move(isPaused ? '/time/run' : '/time/pause')}>{isPaused ? 'Run time' : 'Pause time'}</button>
      <button onClick={() => move('/time/step')}>Step to next timer</button>
      <label for="advance">by</label>
      <input id="advance" size={5} value={duration} onInput={(event) => setDuration(event.currentTarget.value)} />
      <button onClick={() => move('/time/advance', { duration })}>Advance</button>
      <Said text={said} />
    </div>
  );
}

function ServerForms() {
  const { state } = useModel((one) => one.state);
  const [said, perform] = useDeed();
  const [server, setServer] = useState('');
  const [resources, setResources] = useState<Resources['resources']>([]);
  const [path, setPath] = useState('');
  const [payload, setPayload] = useState('');
  const chosen = server || state?.servers[0]?.endpoint || '';
  const place = `/servers/${chosen}`;
  const escaped = path.split('/').map(encodeURIComponent).join('/');
  useEffect(() => {
    if (!chosen) return;
    get<Resources>(`${place}/resources`).then((answer) => setResources(answer.resources), () => setResources([]));
  }, [chosen, said]);
  if (!state) return null;
  return (
    <section>
      <h3>Servers' resources</h3>
      <span class="argument">
        <label for="server">server</label>
        <select id="server" value={chosen} onChange={(event) => setServer(event.currentTarget.value)}>
          {state.servers.map((one) => <option key={one.endpoint} value={one.endpoint}>{one.endpoint}{one.is_secured ? ' DTLS' : ''}</option>)}
        </select>
      </span>
      <span class="argument">
        <label for="resource">resource</label>
        <input id="resource" list="resources" value={path} onInput={(event) => setPath(event.currentTarget.value)} />
        <datalist id="resources">{resources.filter((one) => one.exists).map((one) => <option key={one.path} value={one.path} />)}</datalist>
      </span>
      <span class="argument">
        <label for="content">content</label>
        <input id="content" value={payload} onInput={(event) => setPayload(event.currentTarget.value)} />
      </span>
      <div class="buttons">
        <button onClick={() => perform(async () => { await put(`${place}/resources/${escaped}`, { payload }); })}>Put</button>
        <button onClick={() => perform(async () => { await remove(`${place}/resources/${escaped}`); })}>Delete</button>
        <button onClick={() => perform(async () => { await post(`${place}/notify/${escaped}`); })}>Notify observers</button>
      </div>
      <Said text={said} />
    </section>
  );
}

export function KnobsPane() {
  const { isLive } = useModel((one) => one.isLive);
  const [verbs, setVerbs] = useState<Verb[]>([]);
  const [wanted, setWanted] = useState('');
  const [said, perform] = useDeed();
  useEffect(() => {
    if (isLive) get<Verbs>('/verbs').then((answer) => setVerbs(answer.verbs), () => setVerbs([]));
  }, [isLive]);
  if (!isLive) return <p class="hint">A journal is open; there is no modem to turn knobs of.</p>;
  const fitting = verbs.filter((verb) => verb.name.includes(wanted) || verb.help.toLowerCase().includes(wanted));
  const sections: ComponentChildren = bySection(fitting).filter(([, some]) => some.length > 0).map(([title, some]) => (
    <section key={title}>
      <h3>{title}</h3>
      <div class="verbs">{some.map((verb) => <VerbForm key={verb.name} verb={verb} />)}</div>
    </section>
  ));
  return (
    <div class="pane">
      <h2>Knobs</h2>
      <span class="argument">
        <label for="wanted">verbs with</label>
        <input id="wanted" type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value.toLowerCase())} />
      </span>
      <button onClick={() => perform(async () => { await remove('/faults'); return 'Nothing waits any more.'; })}>Remove all that waits</button>
      <Said text={said} />
      {sections}
      <ServerForms />
    </div>
  );
}
