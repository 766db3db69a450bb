#include "net/rfc2217/com_port.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "firmware/base/overloaded.h"

namespace vmodem::net {
namespace {

constexpr std::uint8_t kBinary = 0;           // RFC 856
constexpr std::uint8_t kEcho = 1;             // RFC 857
constexpr std::uint8_t kSuppressGoAhead = 3;  // RFC 858
constexpr std::uint8_t kComPortOption = 44;   // RFC 2217 §2

// RFC 2217 §3; the answer to each has its number and 100.
enum Command : std::uint8_t {
  kSignature = 0,
  kSetBaudRate = 1,
  kSetDataSize = 2,
  kSetParity = 3,
  kSetStopSize = 4,
  kSetControl = 5,
  kNotifyLineState = 6,
  kNotifyModemState = 7,
  kFlowControlSuspend = 8,
  kFlowControlResume = 9,
  kSetLineStateMask = 10,
  kSetModemStateMask = 11,
  kPurgeData = 12,
};
constexpr std::uint8_t kAnswer = 100;
constexpr std::string_view kOwnSignature = "vmodem";

// Of SET-CONTROL.
enum Control : std::uint8_t {
  kAskFlowOut = 0,
  kFlowOutMax = 3,
  kAskBreak = 4,
  kBreakOn = 5,
  kBreakOff = 6,
  kAskDtr = 7,
  kDtrOn = 8,
  kDtrOff = 9,
  kAskRts = 10,
  kRtsOn = 11,
  kRtsOff = 12,
  kAskFlowIn = 13,
  kFlowInMax = 16,
};

// Of NOTIFY-MODEMSTATE.
constexpr std::uint8_t kCarrier = 0x80;
constexpr std::uint8_t kRing = 0x40;
constexpr std::uint8_t kDataSetReady = 0x20;
constexpr std::uint8_t kClearToSend = 0x10;
constexpr std::uint8_t kCarrierChanged = 0x08;
constexpr std::uint8_t kRingEnded = 0x04;
constexpr std::uint8_t kDataSetReadyChanged = 0x02;
constexpr std::uint8_t kClearToSendChanged = 0x01;

// Of NOTIFY-LINESTATE: nothing waits to be sent, always.
constexpr std::uint8_t kTransmitterEmpty = 0x60;

constexpr std::size_t kRateSize = 4;

std::uint32_t to_rate(ByteView value) {
  std::uint32_t rate = 0;
  for (const auto octet : value.first(kRateSize)) rate = rate << 8 | octet;
  return rate;
}

Bytes to_octets(std::uint32_t rate) {
  return {static_cast<std::uint8_t>(rate >> 24), static_cast<std::uint8_t>(rate >> 16),
          static_cast<std::uint8_t>(rate >> 8), static_cast<std::uint8_t>(rate)};
}

}  // namespace

ComPort::ComPort() {
  // The module echoes what is typed, so the client is not to.
  ask(TelnetVerb::kWill, kEcho);
  for (const auto option : {kSuppressGoAhead, kBinary}) {
    ask(TelnetVerb::kWill, option);
    ask(TelnetVerb::kDo, option);
  }
  ask(TelnetVerb::kDo, kComPortOption);
}

ComPort::OptionState* ComPort::find_option(std::uint8_t option) {
  switch (option) {
    case kBinary:
      return &binary_;
    case kEcho:
      return &echo_;
    case kSuppressGoAhead:
      return &suppress_go_ahead_;
    case kComPortOption:
      return &com_port_;
    default:
      return nullptr;
  }
}

void ComPort::ask(TelnetVerb verb, std::uint8_t option) {
  auto& state = *find_option(option);
  (verb == TelnetVerb::kWill ? state.ours : state.theirs) = Agreed::kAsked;
  output_ += {static_cast<char>(kIac), static_cast<char>(verb), static_cast<char>(option)};
}

void ComPort::handle_octets(ByteView octets) {
  for (const auto octet : octets) {
    std::visit(Overloaded{[](const TelnetNothing&) {},
                          [&](const TelnetOctet& item) { handle(item.octet); },
                          [&](const TelnetCommand& item) { handle(item); },
                          [&](const TelnetSuboption& item) { handle_suboption(item.octets); }},
               reader_.feed(octet));
  }
}

void ComPort::handle(std::uint8_t octet) {
  // RFC 854: outside binary mode a carriage return alone is sent as CR NUL.
  const bool is_padding = octet == 0 && was_carriage_return_ && binary_.theirs != Agreed::kYes;
  was_carriage_return_ = octet == '\r';
  if (is_padding) return;
  if (events_.empty() || !std::holds_alternative<Bytes>(events_.back())) {
    events_.emplace_back(Bytes{});
  }
  std::get<Bytes>(events_.back()).push_back(octet);
}

void ComPort::handle(const TelnetCommand& command) {
  switch (static_cast<TelnetVerb>(command.verb)) {
    case TelnetVerb::kWill:
    case TelnetVerb::kWont:
    case TelnetVerb::kDo:
    case TelnetVerb::kDont:
      return negotiate(command);
    case TelnetVerb::kBreak:
      return send_break();
    case TelnetVerb::kBegin:
    case TelnetVerb::kEnd:
      return;
  }
}

void ComPort::negotiate(const TelnetCommand& command) {
  const auto verb = static_cast<TelnetVerb>(command.verb);
  const bool is_theirs = verb == TelnetVerb::kWill || verb == TelnetVerb::kWont;
  const bool is_wanted = verb == TelnetVerb::kWill || verb == TelnetVerb::kDo;
  auto* option = find_option(command.option);
  // A client that echoes would send the module its own words.
  const bool is_known = option != nullptr && !(is_theirs && command.option == kEcho);
  auto unknown = Agreed::kNo;
  auto& agreed = !is_known ? unknown : is_theirs ? option->theirs : option->ours;
  const auto before = agreed;
  agreed = is_wanted && is_known ? Agreed::kYes : Agreed::kNo;

  const bool is_settled = is_wanted ? before != Agreed::kNo : before != Agreed::kYes;
  if (!is_settled) {
    const auto yes = is_theirs ? TelnetVerb::kDo : TelnetVerb::kWill;
    const auto no = is_theirs ? TelnetVerb::kDont : TelnetVerb::kWont;
    output_ += {static_cast<char>(kIac), static_cast<char>(agreed == Agreed::kYes ? yes : no),
                static_cast<char>(command.option)};
  }
  const bool begins = command.option == kComPortOption && is_theirs && before != Agreed::kYes &&
                      agreed == Agreed::kYes;
  if (begins) begin_com_port();
}

void ComPort::begin_com_port() {
  com_port_.theirs = Agreed::kYes;
  tell_modem_state(0);
}

void ComPort::handle_suboption(ByteView suboption) {
  if (suboption.size() < 2 || suboption[0] != kComPortOption) return;
  // One that has taken our DO for an answer to its WILL sends none, as pyserial may.
  if (com_port_.theirs == Agreed::kAsked) begin_com_port();
  const auto command = suboption[1];
  const auto value = suboption.subspan(2);
  switch (command) {
    case kSignature:
      // With a text it is the client's own name.
      if (value.empty()) answer(kSignature, as_bytes(kOwnSignature));
      return;
    case kSetBaudRate:
      return set_rate(value);
    case kFlowControlSuspend:
      is_suspended_ = true;
      return;
    case kFlowControlResume:
      is_suspended_ = false;
      return;
    case kNotifyModemState:
      // pyserial asks so for the state of now.
      return tell_modem_state(0);
    default:
      if (!value.empty()) set_setting(command, value[0]);
  }
}

void ComPort::set_setting(std::uint8_t command, std::uint8_t value) {
  const auto set = [&](std::uint8_t& setting, std::uint8_t low, std::uint8_t high) {
    // 0 asks; what no port can do leaves it as it is.
    if (value >= low && value <= high) setting = value;
    answer(command, setting);
  };
  switch (command) {
    case kSetDataSize:
      return set(data_size_, 5, 8);
    case kSetParity:
      return set(parity_, 1, 5);
    case kSetStopSize:
      return set(stop_size_, 1, 3);
    case kSetControl:
      return set_control(value);
    case kSetLineStateMask:
      line_mask_ = value;
      answer(command, value);
      if ((line_mask_ & kTransmitterEmpty) != 0) {
        answer(kNotifyLineState, static_cast<std::uint8_t>(line_mask_ & kTransmitterEmpty));
      }
      return;
    case kSetModemStateMask:
      modem_mask_ = value;
      return answer(command, value);
    case kPurgeData:
      // Nothing is kept here that could be purged.
      return answer(command, value);
    default:
      return;
  }
}

void ComPort::set_rate(ByteView value) {
  if (value.size() < kRateSize) return;
  if (const auto rate = to_rate(value); rate != 0) {
    auto settings = settings_;
    settings.rate = rate;
    change(settings);
  }
  answer(kSetBaudRate, to_octets(settings_.rate.value_or(lines_.rate)));
}

void ComPort::set_control(std::uint8_t value) {
  answer(kSetControl, apply_control(value));
}

// What the answer says: the setting as it is now.
std::uint8_t ComPort::apply_control(std::uint8_t value) {
  auto settings = settings_;
  if (value == kDtrOn || value == kDtrOff) settings.dtr = value == kDtrOn;
  if (value == kRtsOn || value == kRtsOff) settings.rts = value == kRtsOn;
  change(settings);
  if (value > kAskFlowOut && value <= kFlowOutMax) flow_out_ = value;
  if (value > kAskFlowIn && value <= kFlowInMax) flow_in_ = value;
  if (value == kBreakOn && !is_break_on_) send_break();
  if (value == kBreakOn || value == kBreakOff) is_break_on_ = value == kBreakOn;

  if (value <= kFlowOutMax) return flow_out_;
  if (value <= kBreakOff) return is_break_on_ ? kBreakOn : kBreakOff;
  if (value <= kDtrOff) return settings_.dtr ? kDtrOn : kDtrOff;
  if (value <= kRtsOff) return settings_.rts ? kRtsOn : kRtsOff;
  return flow_in_;
}

void ComPort::send_break() {
  events_.emplace_back(ComPortBreak{});
}

void ComPort::change(const ComPortSettings& settings) {
  if (settings == settings_) return;
  settings_ = settings;
  events_.emplace_back(settings_);
}

std::size_t ComPort::write(ByteView octets) {
  if (is_suspended_ || !has_room()) return 0;
  const auto taken = octets.first(std::min(octets.size(), kOutputMax));
  append_escaped(taken);
  return taken.size();
}

void ComPort::show(const ComPortLines& lines) {
  // A client that reads nothing is told when it does: of all that has changed by then.
  if (!has_room()) return;
  const auto before = lines_;
  lines_ = lines;
  std::uint8_t changes = 0;
  if (before.dcd != lines.dcd) changes |= kCarrierChanged;
  if (before.ri && !lines.ri) changes |= kRingEnded;
  if (before.dsr != lines.dsr) changes |= kDataSetReadyChanged;
  if (before.cts != lines.cts) changes |= kClearToSendChanged;
  const bool begins_ring = !before.ri && lines.ri;
  const bool is_wanted =
      (changes & modem_mask_) != 0 || (begins_ring && (modem_mask_ & kRing) != 0);
  if (is_wanted && com_port_.theirs == Agreed::kYes) tell_modem_state(changes);
}

std::uint8_t ComPort::modem_state() const {
  std::uint8_t state = 0;
  if (lines_.dcd) state |= kCarrier;
  if (lines_.ri) state |= kRing;
  if (lines_.dsr) state |= kDataSetReady;
  if (lines_.cts) state |= kClearToSend;
  return state;
}

void ComPort::tell_modem_state(std::uint8_t changes) {
  answer(kNotifyModemState, static_cast<std::uint8_t>((modem_state() | changes) & modem_mask_));
}

void ComPort::answer(std::uint8_t command, std::uint8_t value) {
  answer(command, ByteView(&value, 1));
}

void ComPort::answer(std::uint8_t command, ByteView value) {
  output_ += {static_cast<char>(kIac), static_cast<char>(TelnetVerb::kBegin),
              static_cast<char>(kComPortOption), static_cast<char>(command + kAnswer)};
  append_escaped(value);
  output_ += {static_cast<char>(kIac), static_cast<char>(TelnetVerb::kEnd)};
}

void ComPort::append_escaped(ByteView octets) {
  for (const auto octet : octets) {
    output_ += static_cast<char>(octet);
    if (octet == kIac) output_ += static_cast<char>(kIac);
  }
}

ByteView ComPort::poll_output() const {
  return as_bytes(output_).subspan(written_);
}

void ComPort::handle_output_written(std::size_t count) {
  written_ += count;
  if (written_ < output_.size()) return;
  output_.clear();
  written_ = 0;
}

}  // namespace vmodem::net
