#include "firmware/testbed/simulated_network.h"

#include <algorithm>
#include <utility>

#include "firmware/base/overloaded.h"
#include "firmware/testbed/question_packet.h"

namespace vmodem::testbed {
namespace {

using firmware::QueryId;
using firmware::TransportId;

// RFC 6598: what carriers give to handsets.
net::IpAddress module_address() {
  return net::IpAddress::v4({100, 64, 0, 2});
}

// Pings and time queries are repeated by who asked them.
constexpr Duration kNameRepetition = 5s;

// An address in text is looked up without a network.
bool is_local(const sim::Query& query) {
  const auto* name = std::get_if<sim::NameQuery>(&query);
  return name != nullptr && net::parse_ip_address(name->name).has_value();
}

}  // namespace

SimulatedNetwork::SimulatedNetwork(sim::WorldSource source, net::LinkConfig link,
                                   RandomSource& random, journal::Journal& journal)
    : journal_(journal), trail_(journal), source_(std::move(source)), random_(random), link_(std::move(link), random) {
  if (source_.acts_alone) (void)internet();
}

bool SimulatedNetwork::has_host(std::string_view host) {
  const auto address = net::parse_ip_address(host);
  return address ? internet().has_host(*address) : internet().knows_name(host);
}

bool SimulatedNetwork::may_have_server(std::string_view host, std::uint16_t port) {
  const auto address = net::parse_ip_address(host);
  return address ? internet().has_server({*address, port}) : internet().knows_name(host);
}

bool SimulatedNetwork::has_transport(TransportId transport) const {
  return transports_.contains(transport) || std::ranges::any_of(questions_, [&](const auto& entry) {
           const auto* opening = std::get_if<Opening>(&entry.second.asker);
           return opening != nullptr && opening->transport == transport;
         });
}

void SimulatedNetwork::open(Instant now, const firmware::OpenTransport& action) {
  if (is_unreachable_) {
    events_.push_back(firmware::OpenFailed{action.transport, firmware::TransportError::kUnreachable,
                                           "no socket can be made"});
    return;
  }
  if (const auto address = net::parse_ip_address(action.host)) {
    return connect({action.transport, action.port, action.local_port_number}, *address);
  }
  ask_world(now, Opening{action.transport, action.port, action.local_port_number},
            sim::NameQuery{action.host});
}

void SimulatedNetwork::connect(const Opening& opening, const net::IpAddress& server) {
  const auto local_port = ports_.take(opening.transport, opening.local_port_number);
  transports_[opening.transport] = {local_port, {server, opening.port}};
  events_.push_back(firmware::Opened{opening.transport});
}

void SimulatedNetwork::attach(TransportId transport) {
  transports_[transport] = {ports_.take(transport, std::nullopt), {}};
}

void SimulatedNetwork::send(Instant now, firmware::SendDatagram action) {
  const auto found = transports_.find(action.transport);
  const bool is_open = found != transports_.end();
  events_.push_back(firmware::DatagramSent{action.transport, is_open});
  if (!is_open) return;

  send_up(now, found->second, std::move(action));
}

void SimulatedNetwork::send_up(Instant now, const Transport& transport,
                               firmware::SendDatagram action) {
  link_.send(now, net::Direction::kUplink,
             {{module_address(), transport.local_port},
              transport.server,
              std::move(action.datagram),
              action.cause});
  pump(now);
}

SimulatedNetwork::Path SimulatedNetwork::path_of(TransportId transport) const {
  const auto found = transports_.find(transport);
  if (found == transports_.end()) return {};
  return {{module_address(), found->second.local_port}, found->second.server};
}

void SimulatedNetwork::carry_up(Instant now, firmware::SendDatagram action) {
  const auto found = transports_.find(action.transport);
  if (found != transports_.end()) send_up(now, found->second, std::move(action));
}

void SimulatedNetwork::carry_down(Instant now, TransportId transport, Bytes datagram,
                                  journal::Number cause) {
  const auto found = transports_.find(transport);
  if (found == transports_.end()) return;
  link_.send(now, net::Direction::kDownlink,
             {{}, {module_address(), found->second.local_port}, std::move(datagram), cause});
  pump(now);
}

std::optional<firmware::SendDatagram> SimulatedNetwork::poll_carried() {
  if (carried_.empty()) return std::nullopt;
  auto datagram = std::move(carried_.front());
  carried_.pop_front();
  return datagram;
}

void SimulatedNetwork::close(const firmware::CloseTransport& action) {
  std::erase_if(questions_, [&](const auto& entry) {
    const auto* opening = std::get_if<Opening>(&entry.second.asker);
    return opening != nullptr && opening->transport == action.transport;
  });
  const auto found = transports_.find(action.transport);
  if (found != transports_.end()) {
    ports_.release(found->second.local_port);
    transports_.erase(found);
  }
  std::erase_if(events_, [&](const firmware::NetworkEvent& event) {
    return concerns(event, action.transport);
  });
}

void SimulatedNetwork::ask(Instant now, const firmware::Query& action) {
  ask_world(now, action, sim::NameQuery{std::string(target_of(action).host)});
}

void SimulatedNetwork::cancel(const firmware::CancelQuery& action) {
  std::erase_if(questions_, [&](const auto& entry) {
    const auto* query = std::get_if<firmware::Query>(&entry.second.asker);
    return query != nullptr && query->id == action.id;
  });
}

// What nobody answers is forgotten when the modem cancels it.
void SimulatedNetwork::ask_world(Instant now, Asker asker, const sim::Query& query) {
  const sim::QueryId id{++last_query_};
  auto& question = questions_.emplace(id, Question{std::move(asker), query}).first->second;
  if (is_local(query)) return internet().handle_query(now, id, query);
  if (std::holds_alternative<sim::NameQuery>(query)) question.repeated_at = now;
  send_question(now, id, question);
}

void SimulatedNetwork::send_question(Instant now, sim::QueryId id, Question& question) {
  question.asked_at = now;
  if (question.repeated_at) *question.repeated_at += kNameRepetition;
  link_.send(now, net::Direction::kUplink,
             {{module_address(), kQuestionPort}, {}, question_packet(id, question.query)},
             net::Counting::kUncounted);
}

void SimulatedNetwork::repeat_questions(Instant now) {
  for (auto& [id, question] : questions_) {
    while (question.repeated_at && *question.repeated_at <= now) send_question(now, id, question);
  }
}

void SimulatedNetwork::hear_question(Instant now, ByteView octets) {
  const auto id = question_in(octets);
  const auto question = id ? questions_.find(*id) : questions_.end();
  if (question != questions_.end()) internet().handle_query(now, *id, question->second.query);
}

void SimulatedNetwork::send_answer(Instant now, sim::QueryAnswer answer) {
  const auto found = questions_.find(answer.id);
  if (found == questions_.end()) return;
  auto& question = found->second;
  question.answer = std::move(answer.answer);
  if (is_local(question.query)) return finish_question(now, answer.id);
  link_.send(now, net::Direction::kDownlink,
             {{},
              {module_address(), kQuestionPort},
              answer_packet(answer.id, question.query, *question.answer)},
             net::Counting::kUncounted);
}

void SimulatedNetwork::finish_question(Instant now, sim::QueryId id) {
  const auto node = questions_.extract(id);
  if (!node.empty()) take_answer(now, node.mapped());
}

void SimulatedNetwork::handle_timeout(Instant now) {
  repeat_questions(now);
  if (world_) world_->handle_timeout(now);
  pump(now);
}

void SimulatedNetwork::pump(Instant now) {
  bool is_moving = true;
  while (is_moving) {
    is_moving = false;
    while (auto datagram = world_ ? world_->poll_datagram() : std::nullopt) {
      note_world();
      datagram->mark = trail_.sender_of(datagram->mark);
      link_.send(now, net::Direction::kDownlink, std::move(*datagram));
    }
    while (auto delivery = link_.poll_delivery(now)) {
      deliver(now, std::move(*delivery));
      is_moving = true;
    }
    while (auto answer = world_ ? world_->poll_answer() : std::nullopt) {
      send_answer(now, std::move(*answer));
      is_moving = true;
    }
    note_world();
    note_link();
  }
}

void SimulatedNetwork::note_world() {
  while (const auto event = world_ ? world_->poll_event() : std::nullopt) trail_.note(*event);
}

void SimulatedNetwork::note_link() {
  while (const auto event = link_.poll_event()) note_effect(journal_, *event);
}

void SimulatedNetwork::deliver(Instant now, net::Delivery delivery) {
  auto& datagram = delivery.datagram;
  switch (delivery.direction) {
    case net::Direction::kUplink:
      return deliver_up(now, datagram);
    case net::Direction::kDownlink:
      break;
  }
  if (datagram.to.port == kQuestionPort) {
    if (const auto id = question_in(datagram.octets)) finish_question(now, *id);
    return;
  }
  const auto transport = ports_.owner(datagram.to.port);
  // A socket that is connected hears its server only.
  if (!transport || transports_.at(*transport).server != datagram.from) return;
  events_.push_back(
      firmware::DatagramReceived{*transport, std::move(datagram.octets), datagram.mark});
}

void SimulatedNetwork::deliver_up(Instant now, net::Datagram& datagram) {
  if (datagram.from.port == kQuestionPort) return hear_question(now, datagram.octets);
  if (datagram.to != net::Endpoint{}) return internet().handle_datagram(now, datagram);
  const auto transport = ports_.owner(datagram.from.port);
  if (transport) carried_.push_back({*transport, std::move(datagram.octets), datagram.mark});
}

void SimulatedNetwork::take_answer(Instant now, const Question& question) {
  std::visit(Overloaded{[&](const Opening& opening) {
                          take_name(now, opening, std::get<sim::NameAnswer>(*question.answer));
                        },
                        [&](const firmware::Query& query) {
                          take_query_answer(now, query, *question.answer, now - question.asked_at);
                        }},
             question.asker);
}

void SimulatedNetwork::take_name(Instant, const Opening& opening, const sim::NameAnswer& answer) {
  if (!answer.addresses.empty()) {
    return connect(opening, answer.addresses.front());
  }
  events_.push_back(firmware::OpenFailed{opening.transport,
                                         firmware::TransportError::kNameNotResolved,
                                         "the simulated name server does not know the name"});
}

void SimulatedNetwork::take_query_answer(Instant now, const firmware::Query& query,
                                         const WorldAnswer& what, Duration round_trip) {
  std::visit(
      Overloaded{
          [&](const sim::NameAnswer& a) { take_addresses(now, query, a); },
          [&](const sim::PingAnswer& a) {
            answer(query.id, firmware::EchoReceived{to_string(a.address), a.ttl, round_trip});
          },
          [&](const sim::TimeAnswer& a) { answer(query.id, firmware::TimeTold{a.time}); }},
      what);
}

void SimulatedNetwork::take_addresses(Instant now, const firmware::Query& query,
                                      const sim::NameAnswer& found) {
  if (found.addresses.empty()) {
    return answer(query.id,
                  firmware::QueryFailed{firmware::QueryError::kNameNotResolved,
                                        "the simulated name server does not know the name"});
  }
  const auto& address = found.addresses.front();
  std::visit(
      Overloaded{[&](const firmware::ResolveName&) {
                   firmware::NameResolved resolved;
                   for (const auto& one : found.addresses) {
                     resolved.addresses.push_back(to_string(one));
                   }
                   answer(query.id, std::move(resolved));
                 },
                 [&](const firmware::PingHost& ping) {
                   ask_world(now, query, sim::PingQuery{address, ping.size});
                 },
                 [&](const firmware::AskTime& time) {
                   ask_world(now, query, sim::TimeQuery{address, time.port});
                 }},
      query.question);
}

void SimulatedNetwork::answer(QueryId id, firmware::Answer what) {
  events_.push_back(firmware::Answered{id, std::move(what)});
}

std::optional<firmware::NetworkEvent> SimulatedNetwork::poll_event() {
  if (events_.empty()) return std::nullopt;
  auto event = std::move(events_.front());
  events_.pop_front();
  return event;
}

std::optional<Instant> SimulatedNetwork::poll_timeout() const {
  auto deadline = link_.poll_timeout();
  if (world_) deadline = earliest(deadline, world_->poll_timeout());
  for (const auto& [id, question] : questions_) {
    deadline = earliest(deadline, question.repeated_at);
  }
  return deadline;
}

}  // namespace vmodem::testbed
