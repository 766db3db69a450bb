#include "firmware/testbed/world_trail.h"

#include <algorithm>

#include "firmware/journal/message/message.h"

namespace vmodem::testbed {
namespace {

using journal::Number;

constexpr std::uint16_t kUriPath = 11;  // RFC 7252 §5.10

template <class Event>
void fill(Event& event, const sim::WorldEvent& news, const coap::MessageView& message) {
  event.server = news.server;
  event.client = news.peer;
  journal::fill(event, message);
}

std::string path_of(const coap::MessageView& message) {
  std::string path;
  for (const auto& option : message.options) {
    if (option.number == kUriPath) path.append("/").append(as_text(option.value));
  }
  return path.empty() ? "/" : path;
}

std::string_view words(net::Direction direction) {
  return direction == net::Direction::kUplink ? "uplink" : "downlink";
}

template <class Effect>
void emit_effect(journal::Journal& journal, const net::LinkEvent& event) {
  journal.emit_because<Effect>(event.mark, [&] {
    return Effect{{words(event.direction), event.ordinal, event.size, net::describe(event.kind)}};
  });
}

}  // namespace

void note_effect(journal::Journal& journal, const net::LinkEvent& event) {
  switch (event.kind) {
    case net::LinkEventKind::kLost:
    case net::LinkEventKind::kLostByScript:
    case net::LinkEventKind::kDroppedDown:
    case net::LinkEventKind::kDroppedLarge:
    case net::LinkEventKind::kDroppedFull:
    case net::LinkEventKind::kDroppedAsleep:
      return emit_effect<journal::LinkLost>(journal, event);
    case net::LinkEventKind::kDuplicated:
      return emit_effect<journal::LinkDuplicated>(journal, event);
    case net::LinkEventKind::kReordered:
      return emit_effect<journal::LinkDelayed>(journal, event);
    case net::LinkEventKind::kCorrupted:
      return emit_effect<journal::LinkCorrupted>(journal, event);
    case net::LinkEventKind::kCount:
      break;
  }
}

void WorldTrail::note(const sim::WorldEvent& event) {
  switch (event.kind) {
    case sim::WorldEventKind::kRequest:
      if (!event.message.empty()) return note_request(event);
      break;
    case sim::WorldEventKind::kSent:
      return note_message<journal::ServerAnswer>(event);
    case sim::WorldEventKind::kNotified:
      return note_message<journal::ServerNotification>(event);
    case sim::WorldEventKind::kUnreachable:
    case sim::WorldEventKind::kDuplicate:
    case sim::WorldEventKind::kUndecodable:
    case sim::WorldEventKind::kRejected:
    case sim::WorldEventKind::kAcknowledged:
    case sim::WorldEventKind::kReset:
    case sim::WorldEventKind::kGaveUp:
    case sim::WorldEventKind::kResponse:
    case sim::WorldEventKind::kObserverAdded:
    case sim::WorldEventKind::kObserverRemoved:
    case sim::WorldEventKind::kRestarted:
    case sim::WorldEventKind::kSessionOpened:
    case sim::WorldEventKind::kSessionEnded:
    case sim::WorldEventKind::kOverflow:
    case sim::WorldEventKind::kCount:
      break;
  }
  note_news(event);
}

void WorldTrail::note_news(const sim::WorldEvent& event) {
  journal_.emit_because<journal::ServerNews>(event.mark, [&] {
    return journal::ServerNews{event.server, event.peer, describe(event.kind)};
  });
}

void WorldTrail::note_request(const sim::WorldEvent& event) {
  const auto message = coap::decode(event.message);
  if (!message) return;
  const auto number = journal_.emit_because<journal::ServerRequest>(event.mark, [&] {
    journal::ServerRequest request{};
    fill(request, event, *message);
    request.method = coap::method_name(message->code);
    request.path = path_of(*message);
    return request;
  });
  if (event.mark != 0) step_of(event.mark).request = number;
}

template <class Message>
void WorldTrail::note_message(const sim::WorldEvent& event) {
  const auto message = coap::decode(event.message);
  if (!message) return;  // malformed on purpose
  auto because = event.mark;
  if (event.mark != 0) {
    const auto request = step_of(event.mark).request;
    if (request != 0) because = request;
  }
  const auto number = journal_.emit_because<Message>(because, [&] {
    Message sent{};
    fill(sent, event, *message);
    return sent;
  });
  if (event.mark != 0) step_of(event.mark).message = number;
}

WorldTrail::Step& WorldTrail::step_of(Number mark) {
  const auto found = std::ranges::find(steps_, mark, &Step::mark);
  if (found != steps_.end()) return *found;
  if (steps_.size() >= kSizeMax) steps_.erase(steps_.begin());
  return steps_.emplace_back(Step{mark});
}

Number WorldTrail::sender_of(Number mark) const {
  const auto found = std::ranges::find(steps_, mark, &Step::mark);
  return found == steps_.end() || found->message == 0 ? mark : found->message;
}

}  // namespace vmodem::testbed
