#include "tests/simulation/host_model.h"

#include <fmt/format.h>

#include <charconv>
#include <vector>

namespace vmodem::simulation {
namespace {

std::vector<std::string_view> fields_of(std::string_view urc) {
  std::vector<std::string_view> fields;
  auto rest = urc.substr(urc.find(": ") + 2);
  while (true) {
    const auto comma = rest.find(',');
    fields.push_back(rest.substr(0, comma));
    if (comma == std::string_view::npos) return fields;
    rest.remove_prefix(comma + 1);
  }
}

int number(std::string_view text) {
  int value = -1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

void HostModel::handle_accepted(const Step& step) {
  if (step.effect == Effect::kNone || step.effect == Effect::kTransmission) return;
  auto& client = clients_[static_cast<std::size_t>(step.client)];
  if (step.effect == Effect::kOpen) ++client.opens;
  if (step.effect == Effect::kClose) ++client.closes;
  if (step.effect == Effect::kSend && !step.is_cancelled) ++client.messages;
}

void HostModel::handle_urc(std::string_view urc) {
  if (!urc.starts_with("+QCOAP")) return;
  const auto index = number(fields_of(urc).front());
  if (index < 0 || index >= kClientCount) return findings_.add("client", std::string(urc));

  auto& client = clients_[static_cast<std::size_t>(index)];
  if (urc.starts_with("+QCOAPOPEN")) {
    if (--client.opens < 0) findings_.add("open", fmt::format("a URC without a command: {}", urc));
    if (fields_of(urc).back() == "0") client.is_open = true;
  }
  if (urc.starts_with("+QCOAPACK")) handle_acknowledgement(client, urc);
  if (urc.starts_with("+QCOAPIND")) handle_indication(client, urc);
  if (urc.starts_with("+QCOAPCLOSE")) handle_close(client, urc);
}

void HostModel::handle_acknowledgement(Client& client, std::string_view urc) {
  if (--client.messages < 0)
    findings_.add("acknowledgement", fmt::format("a URC without a message: {}", urc));
  const auto fields = fields_of(urc);
  if (fields.size() != 4)
    return findings_.add("acknowledgement", fmt::format("four fields: {}", urc));
  if (fields[1] == "0") client.indicated.erase(std::string(fields[2]));
}

// +QCOAPIND: c,0,mid,i,result (qcoap.md §8): i counts up from 1.
void HostModel::handle_indication(Client& client, std::string_view urc) {
  constexpr int kRetryCountMax = 8;
  const auto fields = fields_of(urc);
  if (fields.size() != 5) return findings_.add("indication", fmt::format("five fields: {}", urc));
  if (client.messages <= 0) findings_.add("indication", fmt::format("of no message: {}", urc));
  const auto ordinal = number(fields[3]);
  auto& latest = client.indicated[std::string(fields[2])];
  if (ordinal != latest + 1) findings_.add("indication", fmt::format("out of order: {}", urc));
  if (ordinal > kRetryCountMax) findings_.add("indication", fmt::format("too many: {}", urc));
  latest = ordinal;
}

// qcoap.md §4: what is outstanding is told before; a close in an open takes its URC. An open of a
// client that is open has one of its own, whatever ends the session before it is refused.
void HostModel::handle_close(Client& client, std::string_view urc) {
  const bool is_asked = fields_of(urc).back() == "0";
  if (is_asked && --client.closes < 0)
    findings_.add("close", fmt::format("a URC without a command: {}", urc));
  if (client.messages != 0) {
    findings_.add("acknowledgement",
                  fmt::format("{} messages without one before {}", client.messages, urc));
  }
  const auto opens = client.is_open ? client.opens : 0;
  client = Client{.opens = opens, .closes = client.closes};
}

void HostModel::check_settled() {
  for (std::size_t i = 0; i < clients_.size(); ++i) {
    const auto& client = clients_[i];
    if (client.opens == 0 && client.messages == 0 && client.closes == 0) continue;
    findings_.add("settled",
                  fmt::format("client {} is owed {} +QCOAPOPEN, {} +QCOAPACK, {} +QCOAPCLOSE", i,
                              client.opens, client.messages, client.closes));
  }
}

}  // namespace vmodem::simulation
