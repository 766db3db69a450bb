// What the host does wrong, and which commands it has used.
import { useEffect, useState } from 'preact/hooks';
import type { Command, Commands } from './generated/api';
import type { LintFinding } from './generated/journal';
import { get } from './api';
import { model, useModel } from './model';
import { seconds } from './row';

function namesIn(line: string): string[] {
  return [...line.toUpperCase().matchAll(/(?:^AT|;)([+&]?[A-Z][A-Z0-9]*)/g)].map((match) => match[1]);
}

// What has been read of the journal so far.
class Findings {
  last = 0;
  epoch = 0;
  findings: LintFinding[] = [];
  used = new Map<string, number>();

  read(): void {
    const { journal } = model;
    if (journal.epoch !== this.epoch) Object.assign(this, new Findings());
    this.epoch = journal.epoch;
    for (let i = journal.placeOf(this.last + 1); i < journal.entries.length; i++) {
      const entry = journal.entries[i];
      if (entry.kind === 'lint.finding') this.findings.push(entry);
      if (entry.kind === 'line.command') for (const name of namesIn(entry.text)) this.used.set(name, (this.used.get(name) ?? 0) + 1);
    }
    if (this.findings.length > FINDINGS_MAX) this.findings.splice(0, this.findings.length - FINDINGS_MAX);
    this.last = journal.last;
  }
}

const FINDINGS_MAX = 500;
const known = new Findings();

export function LintPane({ onSelect }: { onSelect: (number: number) => void }) {
  const { isLive } = useModel();
  const [commands, setCommands] = useState<Command[]>([]);
  useEffect(() => {
    if (isLive) get<Commands>('/commands').then((answer) => setCommands(answer.commands), () => setCommands([]));
  }, [isLive]);
  known.read();
  const { findings, used } = known;
  const names = [...new Set(commands.map((one) => one.name))];
  const seen = names.filter((name) => used.has(name));
  return (
    <div class="pane">
      <h2>Lint</h2>
      {findings.length === 0 ? <p>Nothing was found. Findings come where vmodem runs with <code>--lint report</code>.</p> : (
        <ol class="findings">{findings.map((one) => (
          <li key={one.number}>
            <button class="link" onClick={() => onSelect(one.number)}>
              <b>{one.is_wrong ? 'wrong' : 'risky'}: {one.rule}</b> <span class="mono">{seconds(one.at)} #{one.number}</span>
            </button>
            <p>{one.text}</p>
            <p>Cure: {one.cure} <small>({one.clause})</small></p>
          </li>))}
        </ol>
      )}
      <h2>Commands used</h2>
      {names.length > 0 ? <p>{seen.length} of {names.length} commands of the module.</p> : null}
      <table>
        <thead><tr><th>command</th><th>times</th></tr></thead>
        <tbody>{[...used].sort().map(([name, count]) => <tr key={name}><td class="mono">AT{name}</td><td>{count}</td></tr>)}</tbody>
      </table>
    </div>
  );
}
