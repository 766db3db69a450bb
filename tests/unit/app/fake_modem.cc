// firmware::Modem with just enough behaviour to exercise what drives it:
//   AT               OK
//   AT+ID?           +ID: <model>,<draw of the token stream>
//   AT+FLOOD=n       n octets before the OK, held to kOutputMax, dropped beyond it
//   AT+DROPPED?      +DROPPED: <octets dropped>
//   AT+TIMER=ms      OK, and +TIMER when the time has come
//   AT+BEEP=ms       OK, and the datagram "beep" when the time has come
//   AT+STALL=ms      takes no serial octet until the time has come
//   AT+OPEN=host port, AT+SEND=text, AT+CLOSE    one transport, its news as lines
//   circuits are told as +CIRCUITS: DTR,RTS,rate, a break as +BREAK; DCD follows RTS, RI AT+TIMER
//   AT+TRACE=text    a warning for the log
#include <charconv>
#include <deque>
#include <string>

#include "firmware/modem.h"

namespace vmodem::firmware {
namespace {

constexpr std::size_t kRoom = 1024;
constexpr std::size_t kOutputMax = 256 * 1024;

int to_int(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

struct Modem::State {
  std::string model;
  RandomSource& random;
  journal::Journal* journal;
  std::string line{};
  std::string output{};
  std::size_t dropped = 0;
  std::deque<Action> actions{};
  TransportId transport{0};
  std::optional<Instant> timer{};
  std::optional<Instant> stall{};
  std::optional<Instant> beep{};
  at::OverrideTable overrides{};
  HostCircuits host{};

  void emit(std::string_view text) {
    const auto room = kOutputMax - output.size();
    dropped += text.size() - std::min(text.size(), room);
    output += text.substr(0, room);
  }
  void emit_line(std::string_view text) { emit("\r\n" + std::string(text) + "\r\n"); }

  void run(Instant now, const std::string& command) {
    const auto equals = command.find('=');
    const auto name = command.substr(0, equals);
    const auto value = equals == std::string::npos ? std::string() : command.substr(equals + 1);
    const auto delay = std::chrono::milliseconds(to_int(value));
    if (name == "AT+ID?") {
      const auto draw = random.next(RandomStream::kToken);
      emit_line("+ID: " + model + "," + std::to_string(draw));
    }
    if (name == "AT+FLOOD") emit(std::string(static_cast<std::size_t>(to_int(value)), 'x'));
    if (name == "AT+DROPPED?") emit_line("+DROPPED: " + std::to_string(dropped));
    if (name == "AT+TIMER") timer = now + delay;
    if (name == "AT+BEEP") beep = now + delay;
    if (name == "AT+STALL") stall = now + delay;
    if (name == "AT+OPEN") open(value);
    if (name == "AT+SEND") actions.push_back(SendDatagram{transport, to_bytes(value)});
    if (name == "AT+CLOSE") actions.push_back(CloseTransport{transport});
    if (name == "AT+TRACE") {
      journal->emit<journal::ClientNote>(
          [&] { return journal::ClientNote{0, journal::Level::kWarning, value}; });
    }
    emit_line("OK");
  }

  void open(const std::string& target) {
    transport = TransportId{static_cast<std::uint32_t>(transport) + 1};
    const auto space = target.find(' ');
    actions.push_back(OpenTransport{transport, target.substr(0, space),
                                    static_cast<std::uint16_t>(to_int(target.substr(space + 1)))});
  }
};

Modem::Modem(const ModemConfig& config, ufs::Store&, NvStore&, RandomSource& random,
             journal::Journal* journal)
    : state_(new State{config.identity.model, random, journal}) {
}
std::string Modem::masked_answer(std::string_view line) const {
  return std::string(line);
}
Modem::~Modem() = default;
Modem::Modem(Modem&&) noexcept = default;
Modem& Modem::operator=(Modem&&) noexcept = default;

std::size_t Modem::serial_room() const {
  return state_->stall ? 0 : kRoom;
}

void Modem::handle_serial(Instant now, ByteView octets) {
  for (const auto octet : octets) {
    if (octet != '\r') {
      state_->line += static_cast<char>(octet);
      continue;
    }
    state_->run(now, std::exchange(state_->line, {}));
  }
}

void Modem::handle_circuits(Instant, const HostCircuits& circuits) {
  state_->host = circuits;
  state_->emit_line("+CIRCUITS: " + std::to_string(circuits.dtr) + "," +
                    std::to_string(circuits.rts) + "," + std::to_string(circuits.rate.value_or(0)));
}
void Modem::handle_break(Instant) {
  state_->emit_line("+BREAK");
}
ModuleCircuits Modem::circuits() const {
  return {.dsr = true,
          .cts = true,
          .dcd = state_->host.rts,
          .ri = state_->timer.has_value(),
          .rate = 9600};
}
bool Modem::is_output_held() const {
  return false;
}

void Modem::handle_transport_opened(Instant, TransportId, PeerKind) {
  state_->emit_line("+OPENED");
}

void Modem::handle_transport_failed(Instant, TransportId, TransportError error,
                                    std::string_view why) {
  const auto* word = error == TransportError::kNameNotResolved ? "unresolved" : "unreachable";
  state_->emit_line("+FAILED: " + std::string(word) + "," + std::string(why));
}

void Modem::handle_datagram(Instant, TransportId, ByteView datagram) {
  state_->emit_line("+DATA: " + std::string(as_text(datagram)));
}

void Modem::handle_datagram_sent(Instant, TransportId, bool handed_over) {
  state_->emit_line(handed_over ? "+SENT" : "+NOT SENT");
}

void Modem::handle_answer(Instant, QueryId, const Answer&) {
}

void Modem::handle_timeout(Instant now) {
  if (state_->timer && *state_->timer <= now) {
    state_->timer.reset();
    state_->emit_line("+TIMER");
  }
  if (state_->beep && *state_->beep <= now) {
    state_->beep.reset();
    state_->actions.push_back(SendDatagram{state_->transport, to_bytes("beep")});
  }
  if (state_->stall && *state_->stall <= now) state_->stall.reset();
}

// What verbs do to a module is tested with the real one.
bool Modem::post_urc(Instant, at::Urc urc) {
  state_->emit_line(urc.text);
  return true;
}
at::OverrideTable& Modem::overrides() {
  return state_->overrides;
}
void Modem::report_commands() {
}
bool Modem::is_at_rest() const {
  return state_->line.empty();
}
ModuleSnapshot Modem::snapshot(Instant) const {
  return {};
}
void Modem::change_network(Instant, const NetworkChange&) {
}
void Modem::insert_sim(Instant) {
}
void Modem::remove_sim(Instant) {
}
void Modem::set_sim_trouble(Instant, std::optional<Sim::Trouble>) {
}
void Modem::set_memory_full(Instant, bool) {
}
void Modem::drop_pdp_context(Instant, int) {
}
void Modem::refuse_pdp_contexts(Instant, bool) {
}
void Modem::delay_pdp_contexts(Instant, Duration) {
}
void Modem::cut_power(Instant) {
}
void Modem::press_power_key(Instant) {
}
void Modem::reset(Instant) {
}
void Modem::hang(Instant) {
}
void Modem::resume(Instant) {
}

std::optional<Action> Modem::poll_action() {
  if (state_->actions.empty()) return std::nullopt;
  auto action = std::move(state_->actions.front());
  state_->actions.pop_front();
  return action;
}

ByteView Modem::poll_serial() const {
  return as_bytes(state_->output);
}

std::optional<at::SerialSegment> Modem::poll_serial_segment() const {
  if (state_->output.empty()) return std::nullopt;
  return at::SerialSegment{at::SegmentKind::kRaw, poll_serial()};
}

void Modem::handle_serial_written(std::size_t count) {
  state_->output.erase(0, count);
}

std::optional<Instant> Modem::poll_timeout() const {
  return earliest(state_->beep, earliest(state_->timer, state_->stall));
}

std::size_t Modem::urc_count() const {
  return 0;
}

bool Modem::is_waiting_for_host() const {
  return false;
}
bool Modem::is_waiting_for_peer() const {
  return false;
}

}  // namespace vmodem::firmware
