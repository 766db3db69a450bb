// Made by tools/window/generate.mjs. Do not edit.

export interface Common {
  number: number;
  at: number;
  because: number | null;
  wall?: number;
}

export interface LineCommand extends Common {
  kind: "line.command";
  text: string;
  early: null | number;
  response_time: null | number;
  evidence: string;
}

export interface LineEcho extends Common {
  kind: "line.echo";
  size: number;
}

export interface LineAnswer extends Common {
  kind: "line.answer";
  text: string;
}

export interface LinePrompt extends Common {
  kind: "line.prompt";
  text: string;
}

export interface LineData extends Common {
  kind: "line.data";
  direction: string;
  size: number;
  is_early: boolean;
}

export interface LineResult extends Common {
  kind: "line.result";
  text: string;
}

export interface LineUrc extends Common {
  kind: "line.urc";
  text: string;
  size: number;
}

export interface LineDropped extends Common {
  kind: "line.dropped";
  text: string;
}

export interface LineCircuit extends Common {
  kind: "line.circuit";
  circuit: string;
  state: string;
  note: string;
}

export interface CoapSent extends Common {
  kind: "coap.sent";
  client: number;
  type: string;
  code: string;
  message_id: number;
  token: string;
  options: Array<{ number: number; value: string; }>;
  payload: string;
  timeout: null | number;
}

export interface CoapRetransmitted extends Common {
  kind: "coap.retransmitted";
  client: number;
  message_id: number;
  attempt: number;
  timeout: null | number;
}

export interface CoapReceived extends Common {
  kind: "coap.received";
  client: number;
  type: string;
  code: string;
  message_id: number;
  token: string;
  options: Array<{ number: number; value: string; }>;
  payload: string;
  carried_by: number | null;
}

export interface CoapConcluded extends Common {
  kind: "coap.concluded";
  client: number;
  message_id: number;
  outcome: string;
}

export interface CoapDropped extends Common {
  kind: "coap.dropped";
  client: number;
  reason: string;
}

export interface DtlsCredential extends Common {
  kind: "dtls.credential";
  client: number;
  file: string;
  form: string;
  trailing: number;
  why: string;
}

export interface DtlsFlight extends Common {
  kind: "dtls.flight";
  client: number;
  direction: string;
  records: string;
  size: number;
}

export interface DtlsEstablished extends Common {
  kind: "dtls.established";
  client: number;
  version: string;
  suite: string;
  is_resumed: boolean;
}

export interface DtlsClosed extends Common {
  kind: "dtls.closed";
  client: number;
  why: string;
}

export interface DtlsAlert extends Common {
  kind: "dtls.alert";
  client: number;
  description: number;
}

export interface DtlsKeys extends Common {
  kind: "dtls.keys";
  client: number;
  line: null;
}

export interface ClientStatus extends Common {
  kind: "client.status";
  client: number;
  status: number;
}

export interface ClientResult extends Common {
  kind: "client.result";
  client: number;
  operation: string;
  result: number;
  why: string;
}

export interface ClientNote extends Common {
  kind: "client.note";
  client: number;
  text: string;
}

export interface DatagramUp extends Common {
  kind: "datagram.up";
  transport: number;
  network: string;
  local: string;
  remote: string;
  octets: string;
}

export interface DatagramDown extends Common {
  kind: "datagram.down";
  transport: number;
  network: string;
  local: string;
  remote: string;
  octets: string;
}

export interface LinkLost extends Common {
  kind: "link.lost";
  direction: string;
  ordinal: number;
  size: number;
  reason: string;
}

export interface LinkDelayed extends Common {
  kind: "link.delayed";
  direction: string;
  ordinal: number;
  size: number;
  reason: string;
}

export interface LinkDuplicated extends Common {
  kind: "link.duplicated";
  direction: string;
  ordinal: number;
  size: number;
  reason: string;
}

export interface LinkCorrupted extends Common {
  kind: "link.corrupted";
  direction: string;
  ordinal: number;
  size: number;
  reason: string;
}

export interface NetworkSilent extends Common {
  kind: "network.silent";
  host: string;
  port: number;
}

export interface NameAsked extends Common {
  kind: "name.asked";
  name: string;
}

export interface NameAnswered extends Common {
  kind: "name.answered";
  name: string;
  addresses: string;
  why: string;
}

export interface QuestionAsked extends Common {
  kind: "question.asked";
  question: string;
  host: string;
}

export interface QuestionAnswered extends Common {
  kind: "question.answered";
  question: string;
  host: string;
  answer: string;
}

export interface QuestionFailed extends Common {
  kind: "question.failed";
  text: string;
}

export interface ServerRequest extends Common {
  kind: "server.request";
  server: string;
  client: string;
  type: string;
  method: string;
  path: string;
  message_id: number;
  token: string;
  options: Array<{ number: number; value: string; }>;
  payload: string;
}

export interface ServerAnswer extends Common {
  kind: "server.answer";
  server: string;
  client: string;
  type: string;
  code: string;
  message_id: number;
  token: string;
  options: Array<{ number: number; value: string; }>;
  payload: string;
}

export interface ServerNotification extends Common {
  kind: "server.notification";
  server: string;
  client: string;
  type: string;
  code: string;
  message_id: number;
  token: string;
  options: Array<{ number: number; value: string; }>;
  payload: string;
}

export interface ServerNews extends Common {
  kind: "server.news";
  server: string;
  client: string;
  what: string;
}

export interface PacketContext extends Common {
  kind: "packet.context";
  context: number;
  state: string;
  why: string;
}

export interface RadioRegistration extends Common {
  kind: "radio.registration";
  status: number;
  text: string;
}

export interface RadioSignal extends Common {
  kind: "radio.signal";
  text: string;
}

export interface RadioConnection extends Common {
  kind: "radio.connection";
  state: string;
}

export interface CardState extends Common {
  kind: "card.state";
  state: string;
}

export interface PowerState extends Common {
  kind: "power.state";
  state: string;
}

export interface FileWritten extends Common {
  kind: "file.written";
  name: string;
  size: number;
}

export interface FileRemoved extends Common {
  kind: "file.removed";
  name: string;
}

export interface FileFull extends Common {
  kind: "file.full";
  name: string;
}

export interface FaultPerformed extends Common {
  kind: "fault.performed";
  verb: string;
  text: string;
  by: string;
}

export interface FaultLooped extends Common {
  kind: "fault.looped";
  text: string;
}

export interface FaultLeftOut extends Common {
  kind: "fault.left_out";
  count: number;
}

export interface LintFinding extends Common {
  kind: "lint.finding";
  rule: string;
  text: string;
  clause: string;
  cure: string;
  is_wrong: boolean;
}

export type Entry =
  | LineCommand
  | LineEcho
  | LineAnswer
  | LinePrompt
  | LineData
  | LineResult
  | LineUrc
  | LineDropped
  | LineCircuit
  | CoapSent
  | CoapRetransmitted
  | CoapReceived
  | CoapConcluded
  | CoapDropped
  | DtlsCredential
  | DtlsFlight
  | DtlsEstablished
  | DtlsClosed
  | DtlsAlert
  | DtlsKeys
  | ClientStatus
  | ClientResult
  | ClientNote
  | DatagramUp
  | DatagramDown
  | LinkLost
  | LinkDelayed
  | LinkDuplicated
  | LinkCorrupted
  | NetworkSilent
  | NameAsked
  | NameAnswered
  | QuestionAsked
  | QuestionAnswered
  | QuestionFailed
  | ServerRequest
  | ServerAnswer
  | ServerNotification
  | ServerNews
  | PacketContext
  | RadioRegistration
  | RadioSignal
  | RadioConnection
  | CardState
  | PowerState
  | FileWritten
  | FileRemoved
  | FileFull
  | FaultPerformed
  | FaultLooped
  | FaultLeftOut
  | LintFinding;

export type Kind = Entry['kind'];

export const KINDS: Record<Kind, { help: string; fields: Record<string, string> }> = {
  "line.command": { help: "A command line of the host is about to run.", fields: { "text": "from AT on, masked", "early": "how long behind the command line before it its end came, where that one had no final result yet; else null", "response_time": "the documented maximum; of a line of several, together", "evidence": "how sure its commands are: documented, captured, standard, inferred or hosts; of several the least sure; empty: one is unknown" } },
  "line.echo": { help: "The module echoes what the host types.", fields: { "size": "octets" } },
  "line.answer": { help: "One line of information.", fields: { "text": "without its framing, masked" } },
  "line.prompt": { help: "The module asks for data, or announces them.", fields: { "text": "\">\" or CONNECT" } },
  "line.data": { help: "Octets of a data mode, which are not shown.", fields: { "direction": "from_host or to_host", "size": "octets", "is_early": "the host began them before their command line ran, and so before any prompt" } },
  "line.result": { help: "A final result code.", fields: { "text": "OK, ERROR, +CME ERROR: …" } },
  "line.urc": { help: "An unsolicited result code goes out.", fields: { "text": "its line without its framing", "size": "octets behind the line" } },
  "line.dropped": { help: "Octets of the serial line were lost or changed.", fields: { "text": "what happened, and to what" } },
  "line.circuit": { help: "A circuit beside the octets changed, at the host or here.", fields: { "circuit": "of the host DTR, RTS, rate or TXD; of the module DSR, CTS, DCD or RI", "state": "on, off, bit/s, or break", "note": "what it came from or leads to; may be empty" } },
  "coap.sent": { help: "A message leaves for the first time.", fields: { "client": "0 to 5", "type": "CON, NON, ACK or RST", "code": "class.detail, as 0.01", "message_id": "RFC 7252 §3", "timeout": "until the first retransmission of a CON" } },
  "coap.retransmitted": { help: "A confirmable message goes out again.", fields: { "client": "0 to 5", "attempt": "from 1", "timeout": "until the next, or the end" } },
  "coap.received": { help: "A message has come. Its cause is the transmission that it answers, where there is one.", fields: { "client": "0 to 5", "type": "CON, NON, ACK or RST", "code": "class.detail, as 2.05", "message_id": "RFC 7252 §3", "carried_by": "the datagram.down" } },
  "coap.concluded": { help: "The final word on a message of the module's.", fields: { "client": "0 to 5", "outcome": "in words" } },
  "coap.dropped": { help: "What came is not delivered to the host.", fields: { "client": "0 to 5", "reason": "in words" } },
  "dtls.credential": { help: "The PSK file of a session is read.", fields: { "client": "0 to 5", "file": "its name", "form": "identity&key, |identity|:key (LwM2M's) or unknown; never what stands in it", "trailing": "octets behind the key: line ends, blanks, Ctrl-Z, NUL", "why": "it is refused; else empty" } },
  "dtls.flight": { help: "A datagram of a handshake, or an alert.", fields: { "client": "0 to 5", "direction": "up or down", "records": "what stands in its records' headers", "size": "octets" } },
  "dtls.established": { help: "A handshake is done.", fields: { "client": "0 to 5", "version": "of DTLS", "suite": "the cipher suite", "is_resumed": "by an abbreviated handshake" } },
  "dtls.closed": { help: "A DTLS session, or its handshake, is over.", fields: { "client": "0 to 5", "why": "one phrase" } },
  "dtls.alert": { help: "The server sent an alert (RFC 5246 §7.2).", fields: { "client": "0 to 5", "description": "AlertDescription" } },
  "dtls.keys": { help: "The secrets of a session are there.", fields: { "client": "0 to 5", "line": "of an NSS key log" } },
  "client.status": { help: "A client enters a status of AT+QCOAPOPEN?.", fields: { "client": "0 to 5", "status": "0 idle, 1 opening, 2 connecting, 3 connected, 4 disconnecting" } },
  "client.result": { help: "An operation of a client ends.", fields: { "client": "0 to 5", "operation": "open, close, send, retransmit or session", "result": "the note, Table 5: 0, or -1 to -11", "why": "one phrase; empty: as it was meant to" } },
  "client.note": { help: "What else is worth knowing of a client.", fields: { "client": "0 to 5", "text": "one phrase" } },
  "datagram.up": { help: "A datagram leaves the module.", fields: { "transport": "new for every open", "network": "simulated or real", "local": "of the module", "remote": "[::]:0 where only the real network knows it" } },
  "datagram.down": { help: "A datagram reaches the module.", fields: { "transport": "new for every open", "network": "simulated or real", "local": "of the module", "remote": "[::]:0 where only the real network knows it" } },
  "link.lost": { help: "A datagram did not and will not arrive.", fields: { "direction": "uplink or downlink", "ordinal": "of its direction, from 1; 0: of no session", "size": "octets", "reason": "in words" } },
  "link.delayed": { help: "Others overtake a datagram.", fields: { "direction": "uplink or downlink", "ordinal": "of its direction, from 1; 0: of no session", "size": "octets", "reason": "in words" } },
  "link.duplicated": { help: "A datagram arrives twice.", fields: { "direction": "uplink or downlink", "ordinal": "of its direction, from 1; 0: of no session", "size": "octets", "reason": "in words" } },
  "link.corrupted": { help: "A datagram arrives with a wrong bit.", fields: { "direction": "uplink or downlink", "ordinal": "of its direction, from 1; 0: of no session", "size": "octets", "reason": "in words" } },
  "network.silent": { help: "A client opens to where nobody is.", fields: { "host": "as it was typed" } },
  "name.asked": { help: "The addresses of a name are asked for.", fields: {  } },
  "name.answered": { help: "They are there, or will never be.", fields: { "addresses": "best first, with blanks between", "why": "there are none; else empty" } },
  "question.asked": { help: "An echo or the time is asked for.", fields: { "question": "ping or time" } },
  "question.answered": { help: "An echo or the time has come, or will not.", fields: { "question": "ping or time", "answer": "in words" } },
  "question.failed": { help: "A look-up, ping or time query came to nothing.", fields: { "text": "one phrase" } },
  "server.request": { help: "A simulated server handles a request, once.", fields: { "type": "CON or NON", "method": "GET, POST, PUT, DELETE, FETCH, PATCH or iPATCH, or a code", "path": "the Uri-Path segments, each behind a slash" } },
  "server.answer": { help: "A simulated server sends an answer, an acknowledgement or a reset.", fields: { "type": "CON, NON, ACK or RST", "code": "class.detail" } },
  "server.notification": { help: "A simulated server notifies an observer (RFC 7641).", fields: { "type": "CON, NON, ACK or RST", "code": "class.detail" } },
  "server.news": { help: "What else happens at a simulated server.", fields: { "what": "in words" } },
  "packet.context": { help: "A PDP context becomes active or inactive.", fields: { "context": "1 to 16", "state": "active, inactive or refused", "why": "one phrase, or empty" } },
  "radio.registration": { help: "The registration changes.", fields: { "status": "as in +CEREG (27.007 §10.1.22)", "text": "in words" } },
  "radio.signal": { help: "The signal changes.", fields: { "text": "in words" } },
  "radio.connection": { help: "The signalling connection comes or goes.", fields: { "state": "connected or idle" } },
  "card.state": { help: "The SIM card becomes another to the module.", fields: { "state": "in words" } },
  "power.state": { help: "The module goes on or off.", fields: { "state": "on or off" } },
  "file.written": { help: "A file has these many octets now.", fields: { "size": "octets" } },
  "file.removed": { help: "A file is gone.", fields: {  } },
  "file.full": { help: "A write did not fit or failed.", fields: {  } },
  "fault.performed": { help: "A verb was performed.", fields: { "verb": "of vmodem --help verbs", "text": "with its arguments, as it was written", "by": "scenario, control or end: of a duration" } },
  "fault.looped": { help: "A fault has brought itself about, and does not happen again at the same instant.", fields: { "text": "as it was written" } },
  "fault.left_out": { help: "Too many faults wait for their time.", fields: {  } },
  "lint.finding": { help: "The host did something wrong, or risky. Its cause is the entry that it concerns; it stands right behind the entry that showed it.", fields: { "rule": "of docs/lint.md", "text": "what was seen", "clause": "where it is written", "cure": "what the host should do", "is_wrong": "against the clause; else a risk" } },
};
