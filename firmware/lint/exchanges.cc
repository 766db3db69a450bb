#include "firmware/lint/exchanges.h"

#include <fmt/format.h>

#include <algorithm>

#include "firmware/base/duration_text.h"
#include "firmware/base/printable.h"

namespace vmodem::lint {
namespace {

using journal::CoapSent;
using journal::Entry;

// RFC 7252 §4.8.2, with the default transmission parameters.
constexpr Duration kExchangeLifetime = 247s;
constexpr Duration kNonLifetime = 145s;
// The same §4.8: one octet a second.
constexpr double kProbingRate = 1.0;
// Fewer may be a burst that waits for its first answer.
constexpr unsigned kSilentCountMin = 4;
constexpr std::uint16_t kUriPath = 11;
constexpr std::string_view kPost = "0.02";
constexpr std::size_t kSegmentMax = 60;

bool is_request(const CoapSent& sent) {
  return sent.code.starts_with("0.") && sent.code != "0.00";
}

std::uint64_t content_of(const CoapSent& sent) {
  Digest digest;
  digest.add(sent.code);
  for (const auto& option : sent.options) {
    digest.add(std::string_view(std::to_string(option.number))).add(ByteView(option.value));
  }
  return digest.add(ByteView(sent.payload)).value();
}

std::uint64_t digest_of(const CoapSent& sent, std::uint64_t content) {
  return Digest()
      .add(sent.type)
      .add(ByteView(sent.token))
      .add(std::string_view(std::to_string(content)))
      .value();
}

// RFC 7252 §3: four octets of header, the token, the options with a head each, 0xFF and the
// payload.
std::size_t size_of(const CoapSent& sent) {
  std::size_t size = 4 + sent.token.size();
  for (const auto& option : sent.options) size += 1 + option.value.size();
  return size + (sent.payload.empty() ? 0 : 1 + sent.payload.size());
}

}  // namespace

void Exchanges::handle(const Entry& entry, const std::vector<Command>& commands) {
  for (const auto& command : commands) {
    if (!command.is_write_of("+QCOAPHEADER")) continue;
    if (const auto client = command.client()) clients_[*client].header = entry.number;
  }
}

// A session begins or ends: its numbers count no more, unless the addresses stay the same.
void Exchanges::handle(const journal::ClientStatusChanged& change) {
  if (change.client >= kClientCount || change.status > 1) return;
  auto& client = clients_[change.client];
  client = {++session_count_, client.header, 0, 0, {}, false};
}

void Exchanges::handle(const Entry& entry, const CoapSent& sent) {
  const bool is_own = sent.type == "CON" || sent.type == "NON";
  if (!is_own || sent.client >= kClientCount) return;
  judge_path(entry, sent);
  if (is_request(sent) && sent.type == "NON") judge_rate(entry, sent, size_of(sent));
  const auto content = content_of(sent);
  if (sent_.size() >= kSentMax) sent_.pop_front();
  sent_.push_back({entry.number, entry.at, static_cast<std::size_t>(sent.client),
                   Path{{}, {}, clients_[sent.client].session}, sent.message_id,
                   digest_of(sent, content), content, sent.token, sent.type == "CON",
                   sent.code == kPost});
}

void Exchanges::judge_path(const Entry& entry, const CoapSent& sent) {
  if (!is_request(sent)) return;
  for (const auto& option : sent.options) {
    const auto segment = as_text(option.value);
    if (option.number != kUriPath || segment.find('/') == std::string_view::npos) continue;
    findings_.add_once(Rule::kSlashInUriPath, Digest().add(segment).value(), entry.number,
                       fmt::format("client {}: the Uri-Path option \"{}\" is one segment",
                                   sent.client, printable(segment, kSegmentMax)));
  }
}

void Exchanges::judge_rate(const Entry& entry, const CoapSent& sent, std::size_t size) {
  auto& client = clients_[sent.client];
  if (client.silent_count == 0) client.silent_since = entry.at;
  const std::chrono::duration<double> span = entry.at - client.silent_since;
  const auto allowed = span.count() * kProbingRate;
  const bool is_too_fast = static_cast<double>(client.silent_size) > allowed;
  ++client.silent_count;
  client.silent_size += size;
  if (!is_too_fast || client.silent_count < kSilentCountMin) return;
  if (std::exchange(client.is_silence_told, true)) return;
  findings_.add(
      Rule::kNonTooFast, entry.number,
      fmt::format("client {}: {} NON requests of {} octets in {}, and nothing was ever heard",
                  sent.client, client.silent_count, client.silent_size,
                  duration_text(entry.at - client.silent_since)));
}

void Exchanges::judge_repetition(const Sent& sent) {
  if (!sent.is_post || !sent.is_confirmable) return;
  const auto is_same = [&](const Unsure& one) {
    const bool is_there =
        one.path.remote.port != 0 ? one.path.remote == sent.path.remote : one.client == sent.client;
    return is_there && one.content == sent.content && one.message_id != sent.message_id &&
           sent.at - one.at < kExchangeLifetime;
  };
  const auto found = std::find_if(unsure_.rbegin(), unsure_.rend(), is_same);
  if (found == unsure_.rend()) return;
  findings_.add(Rule::kPostRetried, sent.number,
                fmt::format("client {}: message {} is the POST of #{}, message {}, again; nobody "
                            "knows whether that one arrived",
                            sent.client, sent.message_id, found->number, found->message_id));
}

// Now it is known from where to where.
void Exchanges::handle(const Entry& entry, const journal::DatagramUp& datagram) {
  const auto sent = std::find_if(sent_.rbegin(), sent_.rend(),
                                 [&](const Sent& one) { return one.number == entry.because; });
  if (sent == sent_.rend()) return;
  if (datagram.local.port != 0 && datagram.remote.port != 0) {
    sent->path = {datagram.local, datagram.remote, 0};
  }
  judge_message_id(*sent);
  judge_repetition(*sent);
}

void Exchanges::judge_message_id(const Sent& sent) {
  const auto is_same = [&](const Sent& one) {
    return one.number < sent.number && one.message_id == sent.message_id && one.path == sent.path;
  };
  const auto found = std::find_if(sent_.rbegin(), sent_.rend(), is_same);
  if (found == sent_.rend()) return;
  const auto age = sent.at - found->at;
  if (age >= (found->is_confirmable ? kExchangeLifetime : kNonLifetime)) return;
  // Without a new AT+QCOAPHEADER the module counts, and not the host.
  if (clients_[sent.client].header <= found->number) return;
  const bool is_repetition = found->digest == sent.digest && !found->is_answered;
  if (is_repetition) return;
  findings_.add(Rule::kMessageIdReused, sent.number,
                fmt::format("client {}: message ID {} by #{} was that of #{}, {} ago", sent.client,
                            sent.message_id, clients_[sent.client].header, found->number,
                            duration_text(age)));
}

Exchanges::Sent* Exchanges::last_sent(std::uint64_t client, std::uint64_t message_id) {
  const auto found = std::find_if(sent_.rbegin(), sent_.rend(), [&](const Sent& one) {
    return one.client == client && one.message_id == message_id;
  });
  return found == sent_.rend() ? nullptr : &*found;
}

void Exchanges::handle(const journal::CoapReceived& received) {
  if (received.client >= kClientCount) return;
  auto& client = clients_[received.client];
  client.silent_count = 0;
  client.silent_size = 0;
  client.is_silence_told = false;
  const bool is_of_exchange = received.type == "ACK" || received.type == "RST";
  for (auto& one : sent_) {
    if (one.client != received.client) continue;
    if (is_of_exchange ? one.message_id == received.message_id : one.token == received.token) {
      one.is_answered = true;
    }
  }
}

void Exchanges::handle(const Entry& entry, const journal::CoapConcluded& concluded) {
  const auto* const sent = last_sent(concluded.client, concluded.message_id);
  if (sent == nullptr || !sent->is_post || !sent->is_confirmable || sent->is_answered) return;
  const bool is_unsure = concluded.outcome == "never acknowledged" ||
                         concluded.outcome == "cut off by the end of its session";
  if (!is_unsure) return;
  if (unsure_.size() >= kUnsureMax) unsure_.pop_front();
  unsure_.push_back(
      {sent->number, entry.at, sent->client, sent->path, sent->content, sent->message_id});
}

}  // namespace vmodem::lint
