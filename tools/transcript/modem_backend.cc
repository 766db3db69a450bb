#include "tools/transcript/modem_backend.h"

#include <algorithm>
#include <utility>

#include "firmware/base/check.h"
namespace vmodem::transcript {

ModemBackend::ModemBackend(const firmware::ModemConfig& config, const Script& script, Chunks chunks)
    : peers_(script.peers),
      chunks_(chunks),
      correspondences_(peers_.size()),
      random_(script.seed.value_or(Script::kSeedDefault)),
      modem_(config, files_, settings_, random_) {
}

Done ModemBackend::send_serial(Inbox& inbox, ByteView octets) {
  run_due(inbox);
  while (!octets.empty()) {
    const auto size_max = chunks_ == Chunks::kSingleOctets ? 1 : octets.size();
    const auto part = octets.first(std::min(size_max, modem_.serial_room()));
    BG_CHECK(!part.empty(), "no command of this modem leaves its input waiting");
    modem_.handle_serial(now_, part);
    octets = octets.subspan(part.size());
    perform_all(inbox);
  }
  return {};
}

Done ModemBackend::send_datagram(Inbox& inbox, std::size_t peer, ByteView datagram) {
  run_due(inbox);
  const auto& last = correspondences_[peer].last;
  BG_CHECK(last, "the parser wants a datagram to be expected first");
  modem_.handle_datagram(now_, *last, datagram);
  perform_all(inbox);
  return {};
}

void ModemBackend::handle_expected(std::size_t peer) {
  auto& [senders, last] = correspondences_[peer];
  last = senders.front();
  senders.pop_front();
}

Done ModemBackend::run_until(Inbox& inbox, Instant end) {
  run_due(inbox);
  for (auto due = modem_.poll_timeout(); due && *due < end; due = modem_.poll_timeout()) {
    now_ = std::max(now_, *due);
    run_due(inbox);
  }
  now_ = std::max(now_, end);
  return {};
}

Expected<bool, BackendError> ModemBackend::await(Inbox& inbox) {
  const auto count = [&inbox] {
    auto total = inbox.serial.size();
    for (const auto& queue : inbox.datagrams) total += queue.size();
    return total;
  };
  const auto before = count();
  run_due(inbox);
  return count() > before;
}

Done ModemBackend::settle(Inbox& inbox) {
  run_due(inbox);
  return {};
}

void ModemBackend::run_due(Inbox& inbox) {
  constexpr int kRoundsMax = 1000;
  perform_all(inbox);
  int rounds = 0;
  for (auto due = modem_.poll_timeout(); due && *due <= now_; due = modem_.poll_timeout()) {
    BG_CHECK(++rounds < kRoundsMax, "a deadline that has been served is over");
    modem_.handle_timeout(now_);
    perform_all(inbox);
  }
}

void ModemBackend::perform_all(Inbox& inbox) {
  while (auto action = modem_.poll_action()) {
    std::visit([&](auto& one) { perform(inbox, one); }, *action);
  }
  const auto serial = modem_.poll_serial();
  inbox.serial += as_text(serial);
  modem_.handle_serial_written(serial.size());
}

void ModemBackend::perform(Inbox&, firmware::OpenTransport& action) {
  const auto peer = std::ranges::find_if(
      peers_, [&](const Peer& one) { return one.host == action.host && one.port == action.port; });
  const auto fail = [&](firmware::TransportError error, std::string_view why) {
    modem_.handle_transport_failed(now_, action.transport, error, why);
  };
  if (peer == peers_.end()) {
    return fail(firmware::TransportError::kUnreachable, "the transcript has no such peer");
  }
  switch (peer->mood) {
    case PeerMood::kUnresolved:
      return fail(firmware::TransportError::kNameNotResolved, "the name does not resolve");
    case PeerMood::kSilent:
      return;
    case PeerMood::kReachable:
    case PeerMood::kRefusing:
      break;
  }
  transports_[action.transport] = static_cast<std::size_t>(peer - peers_.begin());
  modem_.handle_transport_opened(now_, action.transport);
}

void ModemBackend::perform(Inbox&, firmware::CloseTransport& action) {
  transports_.erase(action.transport);
}

void ModemBackend::perform(Inbox& inbox, firmware::SendDatagram& action) {
  const auto transport = transports_.find(action.transport);
  BG_CHECK(transport != transports_.end(), "the modem sends on open transports only");
  const auto peer = transport->second;
  const bool is_handed_over = peers_[peer].mood != PeerMood::kRefusing;
  if (is_handed_over) {
    inbox.datagrams[peer].push_back(std::move(action.datagram));
    correspondences_[peer].senders.push_back(action.transport);
  }
  modem_.handle_datagram_sent(now_, action.transport, is_handed_over);
}

void ModemBackend::perform(Inbox&, firmware::Query& action) {
  const firmware::QueryFailed failed{firmware::QueryError::kUnreachable,
                                     "a transcript answers CoAP only"};
  modem_.handle_answer(now_, action.id, failed);
}

void ModemBackend::perform(Inbox&, firmware::CancelQuery&) {
}

void ModemBackend::perform(Inbox&, firmware::PowerChanged&) {
}

void ModemBackend::perform(Inbox&, firmware::CommandRan&) {
}

void ModemBackend::perform(Inbox& inbox, firmware::Trace& action) {
  inbox.remarks.push_back(std::move(action.text));
}

void ModemBackend::perform(Inbox&, firmware::KeyLog&) {
}

}  // namespace vmodem::transcript
