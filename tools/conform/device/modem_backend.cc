#include "tools/conform/device/modem_backend.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "firmware/base/check.h"
#include "net/sim/description/ready_worlds.h"

namespace vmodem::conform {
namespace {

// Each peer is a destination in the real network, whatever the simulated internet has; without one
// there is nothing but the real network.
testbed::TestbedConfig make_testbed_config(const firmware::ModemConfig& modem, const Script& script,
                                           const journal::Kinds& kinds) {
  testbed::TestbedConfig config{.modem = modem};
  for (const auto& peer : script.peers) {
    const auto added = config.routes.add(destination(peer), "127.0.0.1:1");
    BG_CHECK(added, "the parser takes no peer that no route can lead to");
  }
  config.reaches_host = !script.has_internet;
  if (script.has_internet) config.internet = sim::ready_world();
  config.faults = script.faults;
  config.journal = kinds;
  return config;
}

journal::Kinds remarkable() {
  return journal::Journal::of_level(journal::Level::kInfo);
}

}  // namespace

ModemBackend::ModemBackend(const firmware::ModemConfig& config, const Script& script, Chunks chunks,
                           Listener listener)
    : VirtualBackend(script.peers),
      chunks_(chunks),
      listener_(std::move(listener)),
      random_(script.seed.value_or(Script::kSeedDefault)),
      testbed_(make_testbed_config(config, script,
                                   listener_ ? journal::Journal::everything() : remarkable()),
               files_, settings_, random_) {
}

Done ModemBackend::send_serial(Inbox& inbox, ByteView octets) {
  run_due(inbox);
  while (!octets.empty()) {
    const auto size_max = chunks_ == Chunks::kSingleOctets ? 1 : octets.size();
    const auto part = octets.first(std::min(size_max, testbed_.serial_room()));
    BG_CHECK(!part.empty(), "no command of this modem leaves its input waiting");
    testbed_.handle_serial(now(), part);
    octets = octets.subspan(part.size());
    perform_all(inbox);
  }
  return {};
}

std::string ModemBackend::sender(std::size_t peer) const {
  const auto session = last_session(peer);
  if (!session) return {};
  const auto port = local_ports_.find(firmware::TransportId{*session});
  return port == local_ports_.end() ? std::string() : port->second;
}

void ModemBackend::deliver(Inbox& inbox, std::uint32_t session, ByteView datagram) {
  tell(firmware::DatagramReceived{firmware::TransportId{session},
                                  Bytes(datagram.begin(), datagram.end())});
  perform_all(inbox);
}

void ModemBackend::run_due(Inbox& inbox) {
  constexpr int kRoundsMax = 1000;
  perform_all(inbox);
  int rounds = 0;
  for (auto due = deadline(); due && *due <= now(); due = deadline()) {
    BG_CHECK(++rounds < kRoundsMax, "a deadline that has been served is over");
    testbed_.handle_timeout(now());
    perform_all(inbox);
  }
}

void ModemBackend::perform_all(Inbox& inbox) {
  while (auto action = testbed_.poll_action()) {
    read_journal(inbox);
    std::visit([&](auto& one) { perform(inbox, one); }, *action);
  }
  read_journal(inbox);
  const auto serial = testbed_.poll_serial();
  inbox.serial += as_text(serial);
  testbed_.handle_serial_written(serial.size());
}

void ModemBackend::perform(Inbox&, firmware::OpenTransport& action) {
  const auto peer = find_peer(action.host, action.port);
  const auto fail = [&](firmware::TransportError error, std::string_view why) {
    tell(firmware::OpenFailed{action.transport, error, std::string(why)});
  };
  if (!peer) {
    return fail(firmware::TransportError::kUnreachable, "the transcript has no such peer");
  }
  switch (peers()[*peer].mood) {
    case PeerMood::kUnresolved:
      return fail(firmware::TransportError::kNameNotResolved, "the name does not resolve");
    case PeerMood::kSilent:
      return;
    case PeerMood::kReachable:
    case PeerMood::kRefusing:
      break;
  }
  transports_[action.transport] = *peer;
  const auto number = static_cast<std::uint32_t>(action.transport);
  local_ports_[action.transport] = action.local_port_number
                                       ? fmt::format("kept {}", *action.local_port_number)
                                       : fmt::format("new {}", number);
  tell(firmware::Opened{action.transport});
}

void ModemBackend::perform(Inbox&, firmware::CloseTransport& action) {
  transports_.erase(action.transport);
}

void ModemBackend::perform(Inbox& inbox, firmware::SendDatagram& action) {
  const auto transport = transports_.find(action.transport);
  BG_CHECK(transport != transports_.end(), "the modem sends on open transports only");
  const auto peer = transport->second;
  const bool is_handed_over = peers()[peer].mood != PeerMood::kRefusing;
  if (is_handed_over) {
    receive(inbox, peer, static_cast<std::uint32_t>(action.transport), std::move(action.datagram));
  }
  tell(firmware::DatagramSent{action.transport, is_handed_over});
}

void ModemBackend::perform(Inbox&, firmware::Query& action) {
  const firmware::QueryFailed failed{firmware::QueryError::kUnreachable,
                                     "nobody in the transcript answers it"};
  tell(firmware::Answered{action.id, failed});
}

void ModemBackend::perform(Inbox&, firmware::CancelQuery&) {
}

void ModemBackend::perform(Inbox&, firmware::PowerChanged&) {
}

void ModemBackend::perform(Inbox&, firmware::CommandRead&) {
}

void ModemBackend::perform(Inbox&, firmware::LineEnded&) {
}

void ModemBackend::read_journal(Inbox& inbox) {
  while (const auto entry = testbed_.journal().poll_entry()) {
    if (listener_) listener_(*entry);
    if (remarkable()[entry->event.index()]) inbox.remarks.push_back(phrase(entry->event));
  }
}

}  // namespace vmodem::conform
