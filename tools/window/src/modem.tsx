// What the modem is like now.
import type { ComponentChildren } from 'preact';
import { model, useModel, useTicks } from './model';

const STATUS = ['idle', 'opening', 'connecting', 'connected', 'disconnecting'];
const REGISTRATION = ['not registered', 'registered, home', 'searching', 'denied', 'unknown', 'registered, roaming'];

function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return <section><h3>{title}</h3>{children}</section>;
}

function Facts({ of }: { of: Record<string, unknown> }) {
  return <dl>{Object.entries(of).map(([name, value]) => <><dt>{name}</dt><dd>{value === null || value === '' ? '–' : String(value)}</dd></>)}</dl>;
}

function Remaining({ due }: { due: number | null }) {
  if (due === null) return <>–</>;
  return <span class="mono timer">{Math.max(0, due - model.now()).toFixed(1)} s</span>;
}

export function ModemPane() {
  const { state, isLive, journal } = useModel((one) => one.state ?? one.source);
  useTicks(isLive && state?.clock.is_paused === false && (state.exchanges.length > 0 || journal.timers.size > 0));
  if (!state) return <p class="hint">{isLive ? 'Nothing is known of the modem yet.' : 'A journal is open; there is no modem behind it.'}</p>;
  const { modem, card, radio, contexts, clients, exchanges, files, servers, link, counters, clock, faults, line } = state;
  return (
    <div class="pane">
      <h2>{modem.model} <small>{modem.revision}</small></h2>
      <Section title="Module">
        <Facts of={{
          power: modem.power, 'functionality': `AT+CFUN ${modem.functionality}`, 'card': `${card.status}, IMSI ${card.imsi}`,
          'registration': `${REGISTRATION[radio.registration] ?? radio.registration}${radio.is_attached ? ', attached' : ''}`,
          operator: radio.operator, signal: `RSRP ${radio.signal?.rsrp ?? '–'} dBm, RSRQ ${radio.signal?.rsrq ?? '–'} dB, SINR ${radio.signal?.sinr ?? '–'} dB`,
          cell: radio.cell ? `${radio.cell.id}, ${radio.cell.band}` : null, 'signalling connection': radio.is_connected ? 'connected' : 'idle',
          link: [link.is_down && 'down', link.is_unreachable && 'unreachable', link.is_ideal ? 'perfect' : 'with faults'].filter(Boolean).join(', '),
          line: `${line.rate} bit/s${line.is_asleep ? ', asleep' : ''}${modem.is_hanging ? ', hanging' : ''}`,
          clock: `${clock.calendar}, ${clock.mode ?? 'steered by nobody'}${clock.is_paused ? ', paused' : ''}`,
        }} />
      </Section>
      <Section title="Exchanges in flight">
        {exchanges.length === 0 ? <p>None.</p> : (
          <table>
            <thead><tr><th>client</th><th>message</th><th>sent again</th><th>next in</th></tr></thead>
            <tbody>{exchanges.map((one) => (
              <tr key={`${one.client} ${one.message_id}`} data-exchange={one.message_id}>
                <td>{one.client}</td><td class="mono">{one.type} {one.code} [{one.message_id}]</td>
                <td>{one.retransmissions} of {one.retransmissions_max}</td><td><Remaining due={one.next_deadline} /></td>
              </tr>))}
            </tbody>
          </table>
        )}
      </Section>
      <Section title="CoAP clients">
        <table>
          <thead><tr><th>client</th><th>status</th><th>server</th><th>presets</th><th>option slots</th></tr></thead>
          <tbody>{clients.map((one) => (
            <tr key={one.id}>
              <th scope="row">{one.id}</th><td>{STATUS[one.status]}{one.is_secured ? ', DTLS' : ''}</td>
              <td class="mono">{one.host ? `${one.host}:${one.port}` : '–'}</td>
              <td>context {one.pdp_context}, {one.uses_dtls ? `DTLS ${one.dtls_context}` : 'no DTLS'}, {one.ack_timeout} s × {one.retry_count}, next [{one.next_message_id}]{one.token ? `, token ${one.token}` : ''}</td>
              <td class="mono">{one.slots.map((slot) => Object.values(slot as unknown as Record<string, unknown>).join(' ')).join('; ') || '–'}</td>
            </tr>))}
          </tbody>
        </table>
      </Section>
      <Section title="PDP contexts">
        <table>
          <thead><tr><th>context</th><th>APN</th><th>state</th><th>addresses</th></tr></thead>
          <tbody>{contexts.map((one) => (
            <tr key={one.id}><th scope="row">{one.id}</th><td>{one.type} {one.apn}</td>
              <td>{one.is_active ? 'active' : one.is_activating ? 'activating' : one.has_bearer ? 'bearer' : 'defined'}</td>
              <td class="mono">{one.addresses.join(' ') || '–'}</td></tr>))}
          </tbody>
        </table>
      </Section>
      <Section title="Files">
        <p>{files.is_readable ? `${files.free} of ${files.total} octets are free.` : 'The storage fails.'}</p>
        {files.files.length > 0 ? (
          <table>
            <thead><tr><th>name</th><th>octets</th></tr></thead>
            <tbody>{files.files.map((file) => <tr key={file.name}><td class="mono">{file.name}</td><td>{file.size}</td></tr>)}</tbody>
          </table>) : null}
      </Section>
      <Section title="Simulated servers">
        <table>
          <thead><tr><th>server</th><th>resources</th><th>observers</th><th></th></tr></thead>
          <tbody>{servers.map((one) => (
            <tr key={one.endpoint}><td class="mono">{one.endpoint}{one.is_secured ? ' DTLS' : ''}</td><td>{one.resources}</td><td>{one.observers}</td><td>{one.is_silent ? 'silent' : ''}</td></tr>))}
          </tbody>
        </table>
      </Section>
      <Section title="What waits">
        {faults.length === 0 ? <p>No fault.</p> : <ul>{faults.map((fault) => <li class="mono" key={fault.id}>{Object.values(fault as unknown as Record<string, unknown>).join(' ')}</li>)}</ul>}
      </Section>
      <Section title="Counters">
        <Facts of={Object.fromEntries(counters.map((one) => [`${one.part}: ${one.what}`, one.count]))} />
      </Section>
    </div>
  );
}
