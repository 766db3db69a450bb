#include "firmware/library/caller_network.h"

#include <utility>
#include <vector>

#include "firmware/base/number.h"
#include "firmware/base/overloaded.h"
#include "net/endpoint.h"

namespace vmodem::library {
namespace {

using firmware::Answer;
using firmware::Answered;
using firmware::NetworkEvent;
using firmware::QueryError;
using firmware::QueryFailed;
using firmware::TransportError;
using firmware::TransportId;

// What Linux gives its answers on their way.
constexpr int kHopLimit = 64;
constexpr std::string_view kNoSuchName = "the name does not resolve";
constexpr std::string_view kOutOfReach = "it cannot be reached";

template <class Item, class Predicate>
void erase_from(Queue<Item>& queue, const Predicate& is_gone) {
  for (auto count = queue.size(); count > 0; --count) {
    auto item = queue.take_front();
    if (!is_gone(*item)) queue.push_back(std::move(*item));
  }
}

// Addresses with blanks between them; nothing where one is none.
std::optional<std::vector<net::IpAddress>> parse_addresses(std::string_view text) {
  std::vector<net::IpAddress> addresses;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) {
      const auto address = net::parse_ip_address(text.substr(0, end));
      if (!address) return std::nullopt;
      addresses.push_back(*address);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return addresses;
}

Answer make_failure(QuestionKind kind, std::string_view host) {
  const bool is_name = kind == QuestionKind::kName || !net::parse_ip_address(host);
  if (is_name) return QueryFailed{QueryError::kNameNotResolved, std::string(kNoSuchName)};
  return QueryFailed{QueryError::kUnreachable, std::string(kOutOfReach)};
}

// Nothing for text that is no answer.
std::optional<Answer> make_answer(QuestionKind kind, std::string_view text) {
  if (text.empty()) return QueryFailed{QueryError::kUnreachable, std::string(kOutOfReach)};
  switch (kind) {
    case QuestionKind::kName: {
      const auto addresses = parse_addresses(text);
      if (!addresses) return std::nullopt;
      firmware::NameResolved resolved;
      for (const auto& address : *addresses) resolved.addresses.push_back(to_string(address));
      return resolved;
    }
    case QuestionKind::kPing: {
      const auto address = net::parse_ip_address(text);
      if (!address) return std::nullopt;
      return firmware::EchoReceived{to_string(*address), kHopLimit};
    }
    case QuestionKind::kTime: {
      // The years that NTP's first era and the next tell; more would not fit in a CalendarTime.
      constexpr std::int64_t kSecondsMax = 1LL << 32;
      const auto seconds = parse_number<std::int64_t>(text);
      if (!seconds || *seconds < 0 || *seconds > kSecondsMax) return std::nullopt;
      return firmware::TimeTold{CalendarTime(std::chrono::seconds(*seconds))};
    }
  }
  return std::nullopt;
}

QuestionKind kind_of(const firmware::Query& query) {
  return std::visit(Overloaded{[](const firmware::ResolveName&) { return QuestionKind::kName; },
                               [](const firmware::PingHost&) { return QuestionKind::kPing; },
                               [](const firmware::AskTime&) { return QuestionKind::kTime; }},
                    query.question);
}

firmware::Opened make_opened(TransportId transport, const net::IpAddress& address,
                             std::uint16_t port) {
  return {transport, to_string(net::Endpoint{address, port})};
}

}  // namespace

CallerNetwork::News CallerNetwork::perform(const firmware::OpenTransport& open) {
  auto& session = sessions_[open.transport];
  session = {open.host, open.port, std::nullopt};
  if (const auto address = net::parse_ip_address(open.host)) {
    return make_opened(open.transport, *address, open.port);
  }
  session.asked = ask(QuestionKind::kName, open.host, open.transport);
  return std::nullopt;
}

CallerNetwork::News CallerNetwork::perform(const firmware::SendDatagram& send) {
  const auto session = sessions_.find(send.transport);
  const bool is_open = session != sessions_.end() && !session->second.asked;
  if (is_open && sent_.size() < kDatagramsMax) {
    sent_.push_back({static_cast<std::uint32_t>(send.transport), session->second.host,
                     session->second.port, send.datagram});
  }
  return firmware::DatagramSent{send.transport, is_open};
}

CallerNetwork::News CallerNetwork::perform(const firmware::CloseTransport& close) {
  const auto session = sessions_.find(close.transport);
  if (session == sessions_.end()) return std::nullopt;
  if (session->second.asked) forget(*session->second.asked);
  sessions_.erase(session);
  erase_from(sent_, [&](const SentDatagram& one) {
    return one.session == static_cast<std::uint32_t>(close.transport);
  });
  return std::nullopt;
}

CallerNetwork::News CallerNetwork::perform(const firmware::Query& query) {
  ask(kind_of(query), target_of(query).host, query);
  return std::nullopt;
}

CallerNetwork::News CallerNetwork::perform(const firmware::CancelQuery& cancel) {
  for (const auto& [number, asker] : askers_) {
    const auto* query = std::get_if<firmware::Query>(&asker);
    if (query == nullptr || query->id != cancel.id) continue;
    forget(number);
    break;
  }
  return std::nullopt;
}

bool CallerNetwork::is_open(std::uint32_t session) const {
  const auto found = sessions_.find(TransportId{session});
  return found != sessions_.end() && !found->second.asked;
}

std::uint32_t CallerNetwork::ask(QuestionKind kind, std::string_view host, Asker asker) {
  const auto number = ++last_question_;
  questions_.push_back({number, kind, std::string(host)});
  askers_.insert_or_assign(number, std::move(asker));
  return number;
}

void CallerNetwork::forget(std::uint32_t number) {
  askers_.erase(number);
  erase_from(questions_, [&](const Question& one) { return one.number == number; });
}

CallerNetwork::News CallerNetwork::answer(std::uint32_t number,
                                          std::optional<std::string_view> text) {
  const auto found = askers_.find(number);
  if (found == askers_.end()) return std::nullopt;
  if (const auto* transport = std::get_if<TransportId>(&found->second)) {
    auto news = open_named(*transport, text);
    if (news) forget(number);
    return news;
  }
  const auto& query = std::get<firmware::Query>(found->second);
  const auto kind = kind_of(query);
  auto answer = text ? make_answer(kind, *text) : make_failure(kind, target_of(query).host);
  if (!answer) return std::nullopt;
  const Answered news{query.id, std::move(*answer)};
  forget(number);
  return news;
}

CallerNetwork::News CallerNetwork::open_named(TransportId transport,
                                              std::optional<std::string_view> text) {
  if (!text) {
    sessions_.erase(transport);
    return firmware::OpenFailed{transport, TransportError::kNameNotResolved,
                                std::string(kNoSuchName)};
  }
  const auto addresses = parse_addresses(*text);
  if (!addresses) return std::nullopt;
  if (addresses->empty()) {
    sessions_.erase(transport);
    return firmware::OpenFailed{transport, TransportError::kUnreachable, std::string(kOutOfReach)};
  }
  auto& session = sessions_.at(transport);
  session.asked.reset();
  return make_opened(transport, addresses->front(), session.port);
}

}  // namespace vmodem::library
