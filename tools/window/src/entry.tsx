// One entry: its fields, its octets with each field marked, and what led to it.
import { useState } from 'preact/hooks';
import { KINDS, type Entry, type Kind } from './generated/journal';
import { contentFormat, encode, markDatagram, type Mark } from './coap';
import { model, useModel } from './model';
import { fromHex, toHex, visible } from './octets';
import { show, viewOf, VIEWS, type View } from './payload';
import { rowOf, seconds } from './row';

function marksOf(entry: Entry): Mark[] | null {
  if (entry.kind === 'coap.sent' || entry.kind === 'coap.received' || entry.kind === 'server.answer' ||
      entry.kind === 'server.notification') return encode(entry);
  if (entry.kind === 'datagram.up' || entry.kind === 'datagram.down') return markDatagram(fromHex(entry.octets));
  if ('text' in entry && entry.kind.startsWith('line.')) {
    return [{ name: 'text', value: visible(entry.text), octets: new TextEncoder().encode(entry.text) }];
  }
  return null;
}

function Octets({ marks }: { marks: Mark[] }) {
  const [chosen, choose] = useState<number | null>(null);
  return (
    <section>
      <h3>Octets</h3>
      <p class="octets" tabIndex={0} role="group" aria-label="Octets">
        {marks.map((mark, i) => (
          <span key={i} class={`mark mark-${i % 6} ${chosen === i ? 'chosen' : ''}`} onMouseEnter={() => choose(i)}
            title={`${mark.name} ${mark.value}`}>{toHex(mark.octets, ' ')} </span>
        ))}
      </p>
      <table>
        <thead><tr><th>field</th><th>octets</th><th>means</th></tr></thead>
        <tbody>
          {marks.map((mark, i) => (
            <tr key={i} class={chosen === i ? 'chosen' : ''} onMouseEnter={() => choose(i)}>
              <th scope="row"><span class={`swatch mark-${i % 6}`} aria-hidden="true" />{mark.name}</th>
              <td class="mono">{mark.octets.length > 16 ? `${toHex(mark.octets.slice(0, 16), ' ')} …` : toHex(mark.octets, ' ')}</td>
              <td>{mark.value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Payload({ hex, format }: { hex: string; format: number | null }) {
  const octets = fromHex(hex);
  const [chosen, choose] = useState<View | null>(null);
  const view = chosen ?? viewOf(format, octets);
  return (
    <section>
      <h3>Payload, {octets.length} octets</h3>
      <div class="buttons" role="group" aria-label="Show the payload as">
        {VIEWS.map((name) => (
          <button key={name} aria-pressed={name === view} onClick={() => choose(name)}>{name}</button>
        ))}
      </div>
      <pre tabIndex={0} class="payload">{show(view, octets)}</pre>
    </section>
  );
}

function Chain({ entry, onSelect }: { entry: Entry; onSelect: (number: number) => void }) {
  const { journal } = model;
  const chain = journal.chainOf(entry.number);
  const items = (numbers: number[]) => numbers.map((number) => {
    const one = journal.find(number);
    return one && (
      <li key={number} aria-current={number === entry.number ? 'true' : undefined}>
        <button class="link" onClick={() => onSelect(number)}>
          <span class="mono">{seconds(one.at)} #{number}</span> {one.kind}: {rowOf(one).text}
        </button>
      </li>
    );
  });
  const effects = [...journal.effects].sort((a, b) => a - b).slice(0, 200);
  return (
    <section>
      <h3>Why</h3>
      <ol class="chain">{items(chain)}</ol>
      {effects.length > 0 ? <><h3>What came of it</h3><ol class="chain">{items(effects)}</ol></> : null}
    </section>
  );
}

export function EntryPane({ onSelect }: { onSelect: (number: number | null) => void }) {
  const { journal } = useModel((one) => `${one.journal.selected} ${one.journal.effects.size} ${one.journal.filterVersion} ${one.journal.epoch}`);
  const entry = journal.selected === null ? null : journal.find(journal.selected);
  if (!entry) return <p class="hint">Choose an entry of the ladder: click it, or move with the arrow keys.</p>;
  const info = KINDS[entry.kind as Kind];
  const marks = marksOf(entry);
  const fields = Object.entries(entry).filter(([name]) => !['number', 'at', 'because', 'kind', 'wall', 'octets', 'payload', 'options'].includes(name));
  const isFollowed = journal.filter.root !== null;
  return (
    <div class="pane" data-entry={entry.number}>
      <h2>#{entry.number} {entry.kind}</h2>
      <p>{info?.help}</p>
      <div class="buttons">
        <button aria-pressed={isFollowed}
          onClick={() => journal.setFilter({ root: isFollowed ? null : journal.rootOf(entry.number) })}>
          Follow this exchange
        </button>
        {'token' in entry && entry.token ? (
          <button onClick={() => journal.setFilter({ token: entry.token })}>Only token {entry.token}</button>
        ) : null}
      </div>
      <dl>
        <dt>at</dt><dd class="mono">{seconds(entry.at)} s{entry.wall ? `, ${new Date(entry.wall * 1000).toISOString()}` : ''}</dd>
        {fields.map(([name, value]) => (
          <><dt title={info?.fields[name]}>{name}</dt><dd class="mono">{value === null ? '–' : visible(String(value))}</dd></>
        ))}
      </dl>
      {marks ? <Octets key={`o${entry.number}`} marks={marks} /> : null}
      {'payload' in entry && entry.payload ? <Payload key={`p${entry.number}`} hex={entry.payload} format={contentFormat(entry)} /> : null}
      <Chain entry={entry} onSelect={onSelect} />
    </div>
  );
}
