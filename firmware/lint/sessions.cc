#include "firmware/lint/sessions.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "firmware/base/duration_text.h"
#include "firmware/base/number.h"
#include "firmware/base/printable.h"
#include "firmware/base/text.h"
#include "firmware/lint/dialogue.h"

namespace vmodem::lint {
namespace {

using journal::Entry;

constexpr std::size_t kPlaceMax = 80;
// The note §3.3.2: the maximum response time of AT+QCOAPOPEN, up to its URC.
constexpr Duration kOpenTimeMax = 75s;
// The note, Table 5: this client has its session already; it is opening or closing one.
constexpr int kConnectedAlready = -10;
constexpr int kBusyAlready = -2;
constexpr std::uint32_t kStatusConnected = 3;

bool is_leaving(const Command& command) {
  if (command.name == "+QPOWD" && command.form != at::Form::kTest) return true;
  return command.is_write_of("+CFUN") && command.number(1) == 1u;
}

// "+QCOAPOPEN: 0,0": the client, and what stands behind it.
struct Report {
  std::size_t client;
  std::string_view rest;
};

std::optional<Report> report_of(std::string_view text, std::string_view name) {
  if (!text.starts_with(name)) return std::nullopt;
  text.remove_prefix(name.size());
  const auto comma = text.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const auto client = parse_number<std::size_t>(trimmed(text.substr(0, comma)));
  if (!client || *client >= 6) return std::nullopt;
  return Report{*client, text.substr(comma + 1)};
}

}  // namespace

void Sessions::forget() {
  for (auto& client : clients_) client.state = State::kUnknown;
}

void Sessions::handle(const Entry& entry, const std::vector<Command>& commands) {
  line_ = entry.number;
  line_text_ = shown(entry.number, std::get<journal::LineCommand>(entry.event).text);
  asked_.clear();
  for (const auto& command : commands) {
    if (is_leaving(command)) leaving_line_ = entry.number;
    const auto client = command.client();
    if (!client || command.form != at::Form::kWrite) continue;
    if (command.name == "+QCOAPSEND") judge_send(entry, *client);
    if (command.name == "+QCOAPCLOSE") asked_.push_back({*client, false, {}});
    if (command.name != "+QCOAPOPEN") continue;
    judge_open(entry, *client);
    auto where = fmt::format("{}:{}", command.arguments[1].text, command.arguments[2].text);
    asked_.push_back({*client, true, printable(where, kPlaceMax)});
  }
}

void Sessions::judge_open(const Entry& entry, std::size_t client) {
  const auto& one = clients_[client];
  const auto waited = entry.at - one.opened_at;
  if (one.state != State::kOpening || waited >= kOpenTimeMax) return;
  findings_.add(
      Rule::kGaveUpEarly, entry.number,
      fmt::format("client {} is still opening by #{}, which may take 75 s; after {} came {}",
                  client, one.opened_by, duration_text(waited), line_text_));
}

void Sessions::judge_send(const Entry& entry, std::size_t client) {
  const auto& one = clients_[client];
  const auto add = [&](const std::string& why) {
    findings_.add(Rule::kSendBeforeOpen, entry.number, fmt::format("{}: {}", line_text_, why));
  };
  switch (one.state) {
    case State::kUnknown:
    case State::kOpen:
      return;
    case State::kNever:
      return add(fmt::format("client {} was never opened", client));
    case State::kOpening:
      return add(
          fmt::format("+QCOAPOPEN: {},0 has not come yet, behind #{}", client, one.opened_by));
    case State::kFailed:
      return add(fmt::format("+QCOAPOPEN had told that client {} is not open", client));
    case State::kClosed:
      return add(fmt::format("the host has closed client {}", client));
  }
}

void Sessions::handle(const Entry& entry, const journal::LineResult& result) {
  if (entry.because != line_) return;
  const auto asked = std::exchange(asked_, {});
  if (!is_success(result)) return;
  for (const auto& one : asked) {
    auto& client = clients_[one.client];
    if (!one.is_open) {
      client.state = State::kClosed;
    } else if (client.state != State::kOpen && client.state != State::kOpening) {
      client = {State::kOpening, line_, entry.at, one.where};
    }
  }
}

// Some hosts ask in place of waiting for the URC.
void Sessions::handle(const journal::LineAnswer& answer) {
  const auto report = report_of(answer.text, "+QCOAPOPEN: ");
  if (!report) return;
  const auto status = parse_number<std::uint32_t>(report->rest.substr(report->rest.rfind(',') + 1));
  auto& client = clients_[report->client];
  const bool is_told = client.state == State::kOpening || client.state == State::kUnknown;
  if (is_told && status == kStatusConnected) client.state = State::kOpen;
}

void Sessions::handle(const journal::LineUrc& urc) {
  if (const auto closed = report_of(urc.text, "+QCOAPCLOSE: ")) {
    auto& client = clients_[closed->client];
    if (client.state != State::kClosed) client.state = State::kUnknown;
    return;
  }
  const auto opened = report_of(urc.text, "+QCOAPOPEN: ");
  if (!opened) return;
  const auto result = parse_number<int>(trimmed(opened->rest));
  auto& client = clients_[opened->client];
  if (result == kBusyAlready) return;
  client.state = result == 0 || result == kConnectedAlready ? State::kOpen : State::kFailed;
}

// What the module has given up by itself, the host need not know yet.
void Sessions::handle(const Entry& entry, const journal::ClientStatusChanged& change) {
  if (change.status != 0 || change.client >= kClientCount) return;
  const bool is_asked = leaving_line_ != 0 && entry.because == leaving_line_;
  if (is_asked) return;
  auto& client = clients_[change.client];
  if (client.state == State::kOpen) client.state = State::kUnknown;
}

void Sessions::handle(const Entry& entry, const journal::PowerState& power) {
  if (power.state != "off") return;
  const bool is_asked = leaving_line_ != 0 && entry.because == leaving_line_;
  if (is_asked) judge_leaving(fmt::format("when #{} switched the module off", leaving_line_));
  for (auto& client : clients_) {
    const bool is_known =
        is_asked || client.state == State::kNever || client.state == State::kClosed;
    client = {is_known ? State::kNever : State::kUnknown, 0, {}, {}};
  }
  leaving_line_ = 0;
}

void Sessions::end() {
  judge_leaving("at the end of the run");
}

void Sessions::judge_leaving(std::string_view when) {
  for (std::size_t i = 0; i < kClientCount; ++i) {
    const auto& client = clients_[i];
    if (client.state != State::kOpen || client.opened_by == 0) continue;
    findings_.add(Rule::kSessionNotClosed, client.opened_by,
                  fmt::format("client {} ({}) is open {}; the last that the host wrote is {}", i,
                              client.where, when, line_text_));
  }
}

void Sessions::handle(const Entry& entry, const journal::DtlsCredential& credential) {
  const auto key = Digest().add(credential.file).value();
  if (credential.form == "|identity|:key") {
    findings_.add_once(Rule::kPskFileLwm2mForm, key, entry.number,
                       fmt::format("{} has the form |identity|:key of LwM2M",
                                   printable(credential.file, kPlaceMax)));
  } else if (credential.trailing > 0) {
    findings_.add_once(Rule::kPskFileTrailingOctets, key, entry.number,
                       fmt::format("behind the key in {} stand {} more octets",
                                   printable(credential.file, kPlaceMax), credential.trailing));
  }
}

}  // namespace vmodem::lint
