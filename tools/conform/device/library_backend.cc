#include "tools/conform/device/library_backend.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "firmware/base/check.h"
#include "firmware/configuration/keys.h"
#include "firmware/configuration/schema/key.h"
#include "net/endpoint.h"

namespace vmodem::conform {
namespace {

constexpr const char* kThereAtOnce = "a session with an address is there at once";

vmodem_instant count_of(Instant instant) {
  return instant.time_since_epoch().count();
}

// A scenario's "WHEN: VERB", as the key "faults" has it.
std::string fault_text(const testbed::Fault& fault) {
  const auto colon = fault.text.rfind(": ");
  return fmt::format("{}@{}", std::string_view(fault.text).substr(colon + 2),
                     std::string_view(fault.text).substr(0, colon));
}

std::string settings_text(const Script& script) {
  app::Config config;
  std::set<std::string> keys;
  for (const auto& [name, value, line] : script.settings) {
    const auto applied = app::set_config_text(config, name, value);
    BG_CHECK(applied, "the settings of the script are right");
    keys.insert(name);
  }
  std::string text;
  for (const auto& key : keys) {
    text += fmt::format("{} = {}\n", key, app::find_config_key(key)->literal(config));
  }
  return text;
}

template <class Items, class Text>
std::string list_text(std::string_view key, const Items& items, const Text& text) {
  std::string list;
  for (const auto& item : items) list += app::in_quotes(text(item)) + ", ";
  return fmt::format("{} = [{}]\n", key, list);
}

// Each peer is a destination in the caller's network, whatever the simulated internet has; without
// one all else is the caller's too.
std::string configuration_text(const Script& script) {
  auto text = fmt::format("seed = {}\n", script.seed.value_or(Script::kSeedDefault));
  if (!script.has_internet) text += "internet.shipped = false\nnetwork.mode = \"host\"\n";
  text += list_text("routes", script.peers,
                    [](const Peer& peer) { return destination(peer) + "=127.0.0.1:1"; });
  text += list_text("faults", script.faults, fault_text);
  return text + settings_text(script);
}

// To an address that is nobody's, where there is no simulated internet.
bool opens_nowhere(const Script& script, const Step& step) {
  const auto* send = std::get_if<SendSerial>(&step.action);
  if (script.has_internet || send == nullptr) return false;
  const auto line = send->octets.literal();
  const auto open = line.find("+QCOAPOPEN=");
  const auto quote = line.find('"', open);
  if (open == std::string::npos || quote == std::string::npos) return false;
  const auto host = line.substr(quote + 1, line.find('"', quote + 1) - quote - 1);
  return net::parse_ip_address(host) &&
         std::ranges::find(script.peers, host, &Peer::host) == script.peers.end();
}

}  // namespace

std::optional<std::string> LibraryBackend::why_not_play(const Script& script) {
  for (const auto& peer : script.peers) {
    const bool is_named = !net::parse_ip_address(peer.host);
    switch (peer.mood) {
      case PeerMood::kReachable:
        break;
      case PeerMood::kUnresolved:
      case PeerMood::kSilent:
        if (!is_named) return kThereAtOnce;
        break;
      case PeerMood::kRefusing:
        return "every datagram is handed over";
    }
  }
  const bool is_nowhere = std::ranges::any_of(
      script.steps, [&](const Step& step) { return opens_nowhere(script, step); });
  if (is_nowhere) return kThereAtOnce;
  return std::nullopt;
}

Expected<std::unique_ptr<LibraryBackend>, BackendError> LibraryBackend::create(
    const Script& script) {
  char* error = nullptr;
  Modem modem(vmodem_create(configuration_text(script).c_str(), &error));
  if (modem) return std::unique_ptr<LibraryBackend>(new LibraryBackend(std::move(modem), script));
  const std::string why = error;
  vmodem_free(error);
  return failed(why);
}

LibraryBackend::LibraryBackend(Modem modem, const Script& script)
    : VirtualBackend(script.peers), modem_(std::move(modem)) {
}

Done LibraryBackend::send_serial(Inbox& inbox, ByteView octets) {
  run_due(inbox);
  while (!octets.empty()) {
    const auto count = vmodem_feed(modem_.get(), count_of(now()), octets.data(), octets.size());
    BG_CHECK(count > 0, "no command of this modem leaves its input waiting");
    octets = octets.subspan(count);
    collect(inbox);
  }
  return {};
}

void LibraryBackend::deliver(Inbox& inbox, std::uint32_t session, ByteView datagram) {
  (void)vmodem_feed_datagram(modem_.get(), count_of(now()), session, datagram.data(),
                             datagram.size());
  collect(inbox);
}

std::optional<Instant> LibraryBackend::deadline() const {
  const auto due = vmodem_deadline(modem_.get());
  if (due == VMODEM_NEVER) return std::nullopt;
  return Instant(Duration(due));
}

void LibraryBackend::run_due(Inbox& inbox) {
  bool is_answered = true;
  while (is_answered) {
    vmodem_advance(modem_.get(), count_of(now()));
    is_answered = collect(inbox);
  }
}

bool LibraryBackend::collect(Inbox& inbox) {
  bool is_answered = false;
  while (answer_queries()) is_answered = true;
  std::array<char, 4096> octets;
  while (const auto size = vmodem_take(modem_.get(), octets.data(), octets.size())) {
    inbox.serial.append(octets.data(), size);
  }
  take_datagrams(inbox);
  while (const auto* entry = vmodem_journal(modem_.get())) inbox.remarks.emplace_back(entry);
  return is_answered;
}

void LibraryBackend::take_datagrams(Inbox& inbox) {
  vmodem_datagram datagram;
  while (vmodem_take_datagram(modem_.get(), &datagram)) {
    const auto peer = find_peer(datagram.host, datagram.port);
    if (!peer) continue;
    receive(inbox, *peer, datagram.session,
            Bytes(datagram.octets, datagram.octets + datagram.size));
  }
}

bool LibraryBackend::answer_queries() {
  vmodem_query query;
  bool is_any = false;
  while (vmodem_take_query(modem_.get(), &query)) {
    const auto peer = std::ranges::find(peers(), std::string_view(query.host), &Peer::host);
    const bool is_peer = query.question == VMODEM_NAME && peer != peers().end();
    if (is_peer && peer->mood == PeerMood::kSilent) continue;
    const bool is_unresolved = is_peer && peer->mood == PeerMood::kUnresolved;
    const char* answer = is_peer ? "127.0.0.1" : "";
    (void)vmodem_answer_query(modem_.get(), count_of(now()), query.number,
                              is_unresolved ? nullptr : answer);
    is_any = true;
  }
  return is_any;
}

}  // namespace vmodem::conform
