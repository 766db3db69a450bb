// What of the modem's surroundings is told to the journal, and as whose consequence.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "firmware/base/overloaded.h"
#include "firmware/testbed/testbed.h"

namespace vmodem::testbed {
namespace {

using firmware::PeerKind;
using journal::Number;

constexpr std::string_view kLineEnd = "\r\n";

// Without the framing.
std::string_view line_in(ByteView segment) {
  auto text = as_text(segment);
  text.remove_prefix(std::min(text.find_first_not_of(kLineEnd), text.size()));
  return text.substr(0, text.find_first_of(kLineEnd));
}

// What stands behind the line of a URC, without the line ends.
std::size_t payload_size(ByteView urc, std::string_view line) {
  const auto text = as_text(urc);
  const auto end = text.find(line) + line.size() + kLineEnd.size();
  return text.size() > end + kLineEnd.size() ? text.size() - end - kLineEnd.size() : 0;
}

std::string_view network_name(PeerKind peer) {
  return peer == PeerKind::kReal ? "real" : "simulated";
}

std::string answer_words(const firmware::Answer& answer) {
  return std::visit(
      Overloaded{[](const firmware::NameResolved& a) {
                   return fmt::format("{}", fmt::join(a.addresses, " "));
                 },
                 [](const firmware::EchoReceived& a) { return "an echo of " + a.address; },
                 [](const firmware::TimeTold&) { return std::string("the time"); },
                 [](const firmware::QueryFailed& a) { return a.why; }},
      answer);
}

bool is_name(std::string_view host) {
  return !net::parse_ip_address(host).has_value();
}

}  // namespace

void Testbed::note_urc(const at::SerialSegment& urc) {
  note_octets();
  const auto line = line_in(urc.octets);
  const journal::Because because(
      journal_, journal_.emit_because<journal::LineUrc>(urc.mark, [&] {
        return journal::LineUrc{std::string(line), payload_size(urc.octets, line)};
      }));
  ++noted_urc_count_;
  is_front_noted_ = true;
  // Faults that happened when this many URCs, or more, were there have not brought it about.
  const auto causes = std::ranges::lower_bound(urc_counts_, noted_urc_count_) - urc_counts_.begin();
  note({OccurrenceKind::kUrc, line, static_cast<std::size_t>(causes)});
}

// Octets without lines are told when something else follows them, however they were cut.
void Testbed::note_octets() {
  const auto octets = std::exchange(noted_octets_, {});
  const auto size = octets.size;
  if (size == 0) return;
  if (octets.kind == at::SegmentKind::kEcho) {
    journal_.emit_because<journal::LineEcho>(0, [&] { return journal::LineEcho{size}; });
  } else {
    journal_.emit_because<journal::LineData>(
        octets.mark, [&] { return journal::LineData{"to_host", size}; });
  }
}

void Testbed::note_segment(const at::SerialSegment& segment) {
  if (!journal_.is_read()) return;
  const bool goes_on = noted_octets_.kind == segment.kind && noted_octets_.mark == segment.mark;
  if (!goes_on) note_octets();
  const auto text = [&] { return std::string(line_in(segment.octets)); };
  switch (segment.kind) {
    case at::SegmentKind::kEcho:
    case at::SegmentKind::kRaw:
      noted_octets_ = {segment.kind, segment.mark, noted_octets_.size + segment.octets.size()};
      return;
    case at::SegmentKind::kPrompt:
      journal_.emit_because<journal::LinePrompt>(
          segment.mark, [&] { return journal::LinePrompt{text()}; });
      return;
    case at::SegmentKind::kInformation:
      journal_.emit_because<journal::LineAnswer>(segment.mark, [&] {
        return journal::LineAnswer{modem_.masked_answer(line_in(segment.octets))};
      });
      return;
    case at::SegmentKind::kFinalResult:
      journal_.emit_because<journal::LineResult>(
          segment.mark, [&] { return journal::LineResult{text()}; });
      return;
    case at::SegmentKind::kUrc:
      return;
  }
}

void Testbed::note_line_faults() {
  while (auto event = line_.poll_event()) {
    journal_.emit<journal::LineDropped>(
        [&] { return journal::LineDropped{std::move(event->text)}; });
  }
}

void Testbed::note_question(const firmware::Query& query) {
  if (!journal_.is_read()) return;
  const auto host = std::string(target_of(query).host);
  const journal::Because because(journal_, query.cause);
  const auto entry = std::visit(
      Overloaded{[&](const firmware::ResolveName&) {
                   return journal_.emit<journal::NameAsked>([&] { return journal::NameAsked{host}; });
                 },
                 [&](const firmware::PingHost&) {
                   return journal_.emit<journal::QuestionAsked>(
                       [&] { return journal::QuestionAsked{"ping", host}; });
                 },
                 [&](const firmware::AskTime&) {
                   return journal_.emit<journal::QuestionAsked>(
                       [&] { return journal::QuestionAsked{"time", host}; });
                 }},
      query.question);
  asked_queries_[query.id] = {entry, host};
}

void Testbed::note_open(const firmware::OpenTransport& open) {
  if (!journal_.is_read()) return;
  auto entry = open.cause;
  if (is_name(open.host)) {
    entry = journal_.emit_because<journal::NameAsked>(
        open.cause, [&] { return journal::NameAsked{open.host}; });
  }
  asked_opens_[open.transport] = {entry, open.host};
}

Number Testbed::note_resolved(const Asked& asked, std::string addresses, std::string why) {
  if (!is_name(asked.what)) return asked.entry;
  const auto entry = journal_.emit_because<journal::NameAnswered>(asked.entry, [&] {
    return journal::NameAnswered{asked.what, std::move(addresses), std::move(why)};
  });
  return entry != 0 ? entry : asked.entry;
}

Number Testbed::note_opened(firmware::TransportId transport, std::string address, std::string why) {
  const auto node = asked_opens_.extract(transport);
  if (node.empty()) return 0;
  return note_resolved(node.mapped(), std::move(address), std::move(why));
}

Number Testbed::note_answered(firmware::QueryId query, const firmware::Answer& answer) {
  const auto node = asked_queries_.extract(query);
  if (node.empty()) return 0;
  const auto& asked = node.mapped();
  const bool is_time = std::holds_alternative<firmware::TimeTold>(answer);
  const bool is_echo = std::holds_alternative<firmware::EchoReceived>(answer);
  if (std::holds_alternative<firmware::NameResolved>(answer)) {
    return note_resolved(asked, answer_words(answer), {});
  }
  const auto entry = journal_.emit_because<journal::QuestionAnswered>(asked.entry, [&] {
    return journal::QuestionAnswered{is_time ? "time" : is_echo ? "ping" : "question", asked.what,
                                     answer_words(answer)};
  });
  return entry != 0 ? entry : asked.entry;
}

Number Testbed::asked_by(const firmware::NetworkEvent& event) {
  return std::visit(
      Overloaded{[&](const firmware::Opened& e) {
                   const auto path = network_.path_of(e.transport);
                   auto address = e.address.empty() ? to_string(path.remote) : e.address;
                   return note_opened(e.transport, std::move(address), {});
                 },
                 [&](const firmware::OpenFailed& e) { return note_opened(e.transport, {}, e.why); },
                 [](const firmware::DatagramReceived&) { return Number{0}; },
                 [](const firmware::DatagramSent&) { return Number{0}; },
                 [&](const firmware::Answered& e) { return note_answered(e.query, e.answer); }},
      event);
}

SimulatedNetwork::Path Testbed::path_of(firmware::TransportId transport) const {
  auto path = network_.path_of(transport);
  const auto real = real_transports_.find(transport);
  if (real != real_transports_.end()) path.remote = real->second;
  return path;
}

Number Testbed::note_datagram(const firmware::DatagramReceived& received, PeerKind peer) {
  return journal_.emit_because<journal::DatagramDown>(received.cause, [&] {
    const auto path = path_of(received.transport);
    return journal::DatagramDown{static_cast<std::uint64_t>(received.transport), network_name(peer),
                                 path.local, path.remote, received.datagram};
  });
}

Number Testbed::note_datagram(const firmware::SendDatagram& sent) {
  const bool is_real = real_transports_.contains(sent.transport);
  return journal_.emit_because<journal::DatagramUp>(sent.cause, [&] {
    const auto path = path_of(sent.transport);
    return journal::DatagramUp{static_cast<std::uint64_t>(sent.transport),
                               network_name(is_real ? PeerKind::kReal : PeerKind::kSimulated),
                               path.local, path.remote, sent.datagram};
  });
}

}  // namespace vmodem::testbed
