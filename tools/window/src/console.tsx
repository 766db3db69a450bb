// AT commands between the host's. The modem reads them when no command line runs or is half typed.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Command, Commands } from './generated/api';
import { get, post } from './api';
import { useModel } from './model';
import { Said, useDeed } from './knobs';
import type { Entry } from './generated/journal';

const LINES_MAX = 200;
const SUGGESTIONS_MAX = 12;

const LINE_KINDS = new Set(['line.command', 'line.answer', 'line.prompt', 'line.result', 'line.urc', 'line.data']);

function syntaxOf(command: Command, form: string): string {
  const name = `AT${command.name}`;
  if (form === 'test') return `${name}=?`;
  if (form === 'read') return `${name}?`;
  if (form === 'execute') return name;
  const isExtended = command.name.startsWith('+');
  const words = command.keyword ? [`"${command.keyword}"`] : [];
  const texts = [...words, ...command.parameters.map((one) => (one.is_optional ? `[<${one.name}>]` : `<${one.name}>`))];
  return `${name}${isExtended || command.name.startsWith('S') ? '=' : ''}${texts.join(',')}`;
}

// The rows of the table that what is typed may become.
function suggest(commands: Command[], typed: string): Command[] {
  const line = typed.toUpperCase();
  if (!line.startsWith('AT') || line.length < 3) return [];
  const name = /^AT([+&]?[A-Z0-9]*)/.exec(line)?.[1] ?? '';
  const isWhole = line.length > name.length + 2;
  const keyword = /^AT[^=]*="([^"]*)/.exec(typed)?.[1] ?? null;
  return commands.filter((one) => {
    if (isWhole ? one.name !== name : !one.name.startsWith(name)) return false;
    return keyword === null || !one.keyword || one.keyword.startsWith(keyword.toLowerCase());
  });
}

function Ranges({ command, typed }: { command: Command; typed: string }) {
  const values = typed.includes('=') ? typed.slice(typed.indexOf('=') + 1).split(',').length - 1 : -1;
  const place = values - (command.keyword ? 1 : 0);
  return (
    <div class="ranges">
      <p><b>{command.summary}</b> <small>{command.source}, {command.evidence}; at most {command.response_time} s</small></p>
      <p class="mono">{command.forms.map((form) => <span key={form} class="form">{syntaxOf(command, form)} </span>)}</p>
      {command.parameters.length > 0 ? (
        <ul>{command.parameters.map((one, i) => (
          <li key={one.name} class={i === place ? 'chosen' : ''}>
            <code>{one.name}</code> {one.is_text ? (one.allowed.startsWith('(') ? one.allowed : `text, up to ${one.size_max} octets`) : one.allowed}
            {one.is_optional ? ', may be left out' : ''}
          </li>))}
        </ul>
      ) : null}
    </div>
  );
}

function lineOf(entry: Entry): [string, string] | null {
  switch (entry.kind) {
    case 'line.command': return ['typed', entry.text];
    case 'line.data': return entry.direction === 'from_host' ? ['typed', `(${entry.size} octets)`] : ['', `(${entry.size} octets)`];
    case 'line.answer': case 'line.prompt': return ['', entry.text];
    case 'line.result': return ['result', entry.text];
    case 'line.urc': return ['urc', entry.text];
    default: return null;
  }
}

export function ConsolePane() {
  const { isLive, journal } = useModel();
  const [commands, setCommands] = useState<Command[]>([]);
  const [typed, type] = useState('');
  const [chosen, choose] = useState(0);
  const [said, perform] = useDeed();
  const history = useRef<string[]>([]);
  const place = useRef(0);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isLive) get<Commands>('/commands').then((answer) => setCommands(answer.commands), () => setCommands([]));
  }, [isLive]);

  const lines: Entry[] = [];
  for (let i = journal.entries.length - 1; i >= 0 && lines.length < LINES_MAX; i--) {
    if (LINE_KINDS.has(journal.entries[i].kind)) lines.push(journal.entries[i]);
  }
  lines.reverse();
  const last = lines.length ? lines[lines.length - 1].number : 0;
  useEffect(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [last]);

  const fitting = suggest(commands, typed);
  const shown = fitting.slice(0, SUGGESTIONS_MAX);
  const complete = (command: Command) => {
    const form = command.forms.includes('write') ? `AT${command.name}=${command.keyword ? `"${command.keyword}",` : ''}` : `AT${command.name}`;
    type(form);
  };
  const send = () => {
    const line = typed.trim();
    if (!line) return;
    history.current.push(line);
    place.current = history.current.length;
    type('');
    perform(async () => {
      await post('/serial/input', { text: `${line}\r` });
      return `Typed; the modem reads it between two of the host's commands.`;
    });
  };
  const pressed = (event: KeyboardEvent) => {
    const recall = (by: number) => {
      place.current = Math.min(history.current.length, Math.max(0, place.current + by));
      type(history.current[place.current] ?? '');
    };
    if (event.key === 'Enter') send();
    else if (event.key === 'Tab' && !event.shiftKey && shown.length > 0 && typed.length > 2 && !typed.includes('=')) complete(shown[Math.min(chosen, shown.length - 1)]);
    else if (event.key === 'ArrowDown' && shown.length > 1) choose((chosen + 1) % shown.length);
    else if (event.key === 'ArrowUp' && shown.length > 1 && typed) choose((chosen + shown.length - 1) % shown.length);
    else if (event.key === 'ArrowUp') recall(-1);
    else if (event.key === 'ArrowDown') recall(1);
    else return;
    event.preventDefault();
  };

  return (
    <div class="pane console">
      <h2>Console</h2>
      <div class="monitor" ref={box} tabIndex={0} role="log" aria-label="The serial line" aria-live="off">
        {lines.map((entry) => {
          const [tone, text] = lineOf(entry) as [string, string];
          return <div key={entry.number} class={`said-${tone}`}>{tone === 'typed' ? '› ' : ''}{text}</div>;
        })}
      </div>
      {isLive ? (
        <>
          <label for="command">AT command</label>
          <input id="command" class="mono" value={typed} autocomplete="off" autocapitalize="off" spellcheck={false}
            placeholder="AT+CSQ" onInput={(event) => { type(event.currentTarget.value); choose(0); }} onKeyDown={pressed}
            role="combobox" aria-expanded={shown.length > 0} aria-controls="suggestions" aria-autocomplete="list"
            aria-activedescendant={shown.length > 0 ? `suggestion-${Math.min(chosen, shown.length - 1)}` : undefined} />
          <button onClick={send}>Send</button>
          <Said text={said} />
          <ul id="suggestions" role="listbox" aria-label="Commands that begin so">
            {shown.map((command, i) => (
              <li key={`${command.name} ${command.keyword}`} id={`suggestion-${i}`} role="option" aria-selected={i === Math.min(chosen, shown.length - 1)}
                onClick={() => complete(command)}>
                <span class="mono">AT{command.name}{command.keyword ? `="${command.keyword}"` : ''}</span> {command.summary}
              </li>))}
          </ul>
          {shown.length > 0 ? <Ranges command={shown[Math.min(chosen, shown.length - 1)]} typed={typed} /> : null}
        </>
      ) : null}
    </div>
  );
}
