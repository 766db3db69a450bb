// Made by tools/window/generate.mjs. Do not edit.

export interface About {
  name: string;
  paths: string[];
  version: string;
}

export interface Advance {
  duration: string;
}

export interface Back {
  duration: string;
}

export interface BaudBody {
  rate: number;
  when?: null | string;
}

export interface Capture {
  file: string;
}

export interface Captured {
  file: null | string;
}

export interface Card {
  iccid: string;
  imsi: string;
  is_pin_enabled: boolean;
  pin_retries: number;
  puk_retries: number;
  status: string;
}

export interface Cell {
  area_code: string;
  band: string;
  channel: number;
  id: string;
}

export interface ChunksBody {
  pause?: null | string;
  size: number;
  when?: null | string;
}

export interface Client {
  ack_timeout: number;
  dtls_context: number;
  host: string;
  id: number;
  is_secured: boolean;
  local: null | string;
  next_deadline: null | number;
  next_message_id: number;
  pdp_context: number;
  port: number;
  remote: null | string;
  retry_count: number;
  slots: OptionSlot[];
  status: number;
  token: null | string;
  uses_dtls: boolean;
  waiting_messages: number;
}

export interface Clock {
  calendar: string;
  is_idle: boolean;
  is_paused: boolean;
  mode: null | string;
  next_deadline: null | number;
  now: number;
}

export interface Command {
  evidence: string;
  family: string;
  forms: string[];
  keyword: string;
  name: string;
  parameters: Parameter[];
  response_time: number;
  source: string;
  summary: string;
}

export interface Commands {
  commands: Command[];
}

export interface ContentBody {
  content_format?: null | number;
  hex?: null | string;
  payload?: null | string;
}

export interface Context {
  addresses: string[];
  apn: string;
  has_bearer: boolean;
  id: number;
  is_activating: boolean;
  is_active: boolean;
  type: string;
}

export interface CorruptDownlinkBody {
  count?: null | number;
  when?: null | string;
}

export interface CorruptUplinkBody {
  count?: null | number;
  when?: null | string;
}

export interface Counter {
  count: number;
  part: string;
  what: string;
}

export interface DelayDownlinkBody {
  count?: null | number;
  duration: string;
  when?: null | string;
}

export interface DelayUplinkBody {
  count?: null | number;
  duration: string;
  when?: null | string;
}

export interface DelayUrcBody {
  duration: string;
  when?: null | string;
}

export interface DoubleResultBody {
  when?: null | string;
}

export interface DoubleUrcBody {
  when?: null | string;
}

export interface DropInputBody {
  count?: null | number;
  when?: null | string;
}

export interface DropResultBody {
  when?: null | string;
}

export interface DropUrcBody {
  when?: null | string;
}

export interface DuplicateDownlinkBody {
  count?: null | number;
  when?: null | string;
}

export interface DuplicateUplinkBody {
  count?: null | number;
  when?: null | string;
}

export interface Exchange {
  client: number;
  code: string;
  message_id: number;
  next_deadline: number;
  retransmissions: number;
  retransmissions_max: number;
  token: string;
  type: string;
}

export interface Fault {
  at: null | number;
  id: number;
  is_end: boolean;
  is_standing: boolean;
  scenario: null | number;
  text: string;
}

export interface Faults {
  faults: Fault[];
}

export interface File {
  name: string;
  size: number;
}

export interface Files {
  files: File[];
  free: number;
  is_readable: boolean;
  open: OpenFile[];
  total: number;
}

export interface GarbageBody {
  count?: null | number;
  when?: null | string;
}

export interface GarbleInputBody {
  count?: null | number;
  when?: null | string;
}

export interface HangBody {
  duration?: null | string;
  when?: null | string;
}

export interface Line {
  cts: boolean;
  dcd: boolean;
  dsr: boolean;
  dtr: boolean;
  host_rate: null | number;
  is_asleep: boolean;
  is_wired: boolean;
  rate: number;
  ri: boolean;
  rts: boolean;
}

export interface Link {
  is_down: boolean;
  is_ideal: boolean;
  is_serial_paced: boolean;
  is_unreachable: boolean;
  waiting_inputs: number;
}

export interface LinkBody {
  preset: "perfect" | "cat-m1-good" | "cat-m1-poor" | "nb2-deep" | "tunnel";
  when?: null | string;
}

export interface LinkDownBody {
  duration?: null | string;
  when?: null | string;
}

export interface LinkUpBody {
  when?: null | string;
}

export interface Loaded {
  faults: number;
  id: number;
}

export interface LoseDownlinkBody {
  count?: null | number;
  when?: null | string;
}

export interface LoseUplinkBody {
  count?: null | number;
  when?: null | string;
}

export interface MemoryFreeBody {
  when?: null | string;
}

export interface MemoryFullBody {
  duration?: null | string;
  when?: null | string;
}

export interface Miss {
  differs: string[];
  entry: Record<string, unknown>;
  number: number;
}

export interface Modem {
  functionality: number;
  has_supply: boolean;
  imei: string;
  is_between_lines: boolean;
  is_hanging: boolean;
  is_memory_full: boolean;
  model: string;
  power: string;
  revision: string;
  waiting_urcs: number;
}

export interface NameFailsBody {
  duration?: null | string;
  name?: null | string;
  when?: null | string;
}

export interface NameResolvesBody {
  duration?: null | string;
  name?: null | string;
  when?: null | string;
}

export interface NameSilentBody {
  duration?: null | string;
  name?: null | string;
  when?: null | string;
}

export interface Notified {
  observers: number;
}

export interface OpenFile {
  handle: number;
  mode: number;
  name: string;
  position: number;
}

export interface OptionSlot {
  hex: string;
  index: number;
  number: number;
  payload: null | string;
}

export interface OverrideId {
  id: number;
}

export interface OverrideRemoved {
  removed: number;
}

export interface Overrides {
  serial: SerialOverride[];
  server: ServerOverride[];
}

export interface Parameter {
  allowed: string;
  is_optional: boolean;
  is_secret: boolean;
  is_text: boolean;
  name: string;
  size_max: number;
}

export interface PdpAcceptedBody {
  when?: null | string;
}

export interface PdpDeactivateBody {
  context?: null | number;
  when?: null | string;
}

export interface PdpRefusedBody {
  duration?: null | string;
  when?: null | string;
}

export interface PdpSlowBody {
  duration: string;
  when?: null | string;
}

export interface Performed {
  id: null | number;
  number: null | number;
}

export interface PlaceUrcBody {
  place: "inside-echo" | "inside-answer" | "behind-result" | "before-echo";
  when?: null | string;
}

export interface PowerCutBody {
  duration?: null | string;
  when?: null | string;
}

export interface PowerOnBody {
  when?: null | string;
}

export interface Problem {
  detail: string;
  field?: string;
  right?: string;
  status: number;
  title: string;
  type: string;
}

export interface Radio {
  cell: null | Cell;
  is_attached: boolean;
  is_connected: boolean;
  is_on: boolean;
  operator: null | string;
  operator_code: null | string;
  registration: number;
  signal: null | Signal;
  technology: null | number;
}

export interface ReachableBody {
  when?: null | string;
}

export interface RegistrationDeniedBody {
  cause: number;
  duration?: null | string;
  when?: null | string;
}

export interface RegistrationLostBody {
  duration?: null | string;
  when?: null | string;
}

export interface RegistrationRestoredBody {
  when?: null | string;
}

export interface RegistrationRoamingBody {
  duration?: null | string;
  when?: null | string;
}

export interface RegistrationUnknownBody {
  duration?: null | string;
  when?: null | string;
}

export interface Removed {
  removed: number;
}

export interface Representation {
  content_format: null | number;
  hex: string;
  payload: null | string;
}

export interface Requests {
  last: number;
  requests: Array<Record<string, unknown>>;
}

export interface ResetBody {
  when?: null | string;
}

export interface Resource {
  content: string;
  exists: boolean;
  is_observable: boolean;
  observers: number;
  path: string;
  representations: Representation[];
  requests: number;
  version: number;
}

export interface ResourceRemoved {
  removed: number;
}

export interface Resources {
  resources: Resource[];
}

export interface ResumeBody {
  when?: null | string;
}

export interface Scenario {
  faults: number;
  id: number;
  waiting: number;
}

export interface ScenarioText {
  text: string;
}

export interface Scenarios {
  scenarios: Scenario[];
}

export interface Sent {
  octets: number;
}

export interface SerialClearBody {
  when?: null | string;
}

export interface SerialInput {
  hex?: null | string;
  text?: null | string;
}

export interface SerialOverride {
  command: string;
  id: number;
  lines: string[];
  result: string;
  times: null | number;
}

export interface SerialOverrideBody {
  command: string;
  lines?: null | string[];
  result?: null | string;
  times?: null | number;
}

export interface Server {
  endpoint: string;
  is_secured: boolean;
  is_silent: boolean;
  observers: number;
  resources: number;
}

export interface ServerOverride {
  client: null | string;
  code: string;
  content_format: null | number;
  delay: number;
  id: number;
  method: null | string;
  path: null | string;
  server: null | string;
  silent: boolean;
  size: number;
  times: null | number;
  token: null | string;
}

export interface ServerOverrideBody {
  client?: null | string;
  code?: null | string;
  content_format?: null | number;
  delay?: null | string;
  hex?: null | string;
  method?: null | "GET" | "POST" | "PUT" | "DELETE" | "FETCH" | "PATCH" | "iPATCH";
  path?: null | string;
  payload?: null | string;
  server?: null | string;
  silent?: null | boolean;
  times?: null | number;
  token?: null | string;
}

export interface ServerRestartBody {
  duration?: null | string;
  server?: null | string;
  when?: null | string;
}

export interface ServerSilentBody {
  duration?: null | string;
  server?: null | string;
  when?: null | string;
}

export interface Servers {
  servers: Server[];
}

export interface Signal {
  rsrp: number;
  rsrq: number;
  rssi: number;
  sinr: number;
}

export interface SignalBody {
  rsrp_dbm: number;
  when?: null | string;
}

export interface SimFailsBody {
  duration?: null | string;
  trouble: "busy" | "failure" | "wrong";
  when?: null | string;
}

export interface SimInsertBody {
  when?: null | string;
}

export interface SimRemoveBody {
  duration?: null | string;
  when?: null | string;
}

export interface SimWorksBody {
  when?: null | string;
}

export interface State {
  card: Card;
  clients: Client[];
  clock: Clock;
  contexts: Context[];
  counters: Counter[];
  exchanges: Exchange[];
  faults: Fault[];
  files: Files;
  line: Line;
  link: Link;
  modem: Modem;
  radio: Radio;
  servers: Server[];
}

export interface TruncateUrcBody {
  kept?: null | number;
  when?: null | string;
}

export interface UfsFailsBody {
  duration?: null | string;
  operation: "open" | "read" | "write" | "delete" | "list" | "info";
  when?: null | string;
}

export interface UfsFreeBody {
  when?: null | string;
}

export interface UfsFullBody {
  duration?: null | string;
  when?: null | string;
}

export interface UfsWorksBody {
  operation: "open" | "read" | "write" | "delete" | "list" | "info";
  when?: null | string;
}

export interface UnreachableBody {
  duration?: null | string;
  when?: null | string;
}

export interface UrcBody {
  text: string;
}

export interface Verb {
  arguments: VerbArgument[];
  help: string;
  name: string;
  undo: null | string;
}

export interface VerbArgument {
  allowed: string;
  is_optional: boolean;
  name: string;
  type: string;
  words: string[];
}

export interface Verbs {
  verbs: Verb[];
}

export interface Verdict {
  is_complete: boolean;
  matches: number[];
  nearest: Miss[];
  ok: boolean;
  step: null | number;
}

export interface Verify {
  count?: unknown;
  kind?: null | string;
  order?: null | VerifyStep[];
  since?: null | number;
  where?: null | Record<string, unknown>;
}

export interface VerifyStep {
  kind: string;
  last?: null | boolean;
  where?: null | Record<string, unknown>;
}

export interface Why {
  entries: Array<Record<string, unknown>>;
  number: number;
  text: string;
}

export interface Window {
  link: string;
}

export interface WrongLengthBody {
  delta: number;
  when?: null | string;
}
