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

// What may be asked for; an address in place of a name asks for nothing.
constexpr std::string_view kNothing;
constexpr std::string_view kName = "name";

std::string_view question_of(const firmware::Query& query) {
  return std::visit(Overloaded{[](const firmware::ResolveName&) { return kName; },
                               [](const firmware::PingHost&) { return std::string_view("ping"); },
                               [](const firmware::AskTime&) { return std::string_view("time"); }},
                    query.question);
}

bool is_name(std::string_view host) {
  return !net::parse_ip_address(host).has_value();
}

}  // namespace

void Testbed::note_urc(const at::SerialSegment& urc) {
  note_octets();
  const auto line = line_in(urc.octets);
  const journal::Because because(journal_, journal_.emit_because<journal::LineUrc>(urc.mark, [&] {
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
    journal_.emit_because<journal::LineData>(octets.mark, [&] {
      return journal::LineData{"to_host", size};
    });
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
      journal_.emit_because<journal::LinePrompt>(segment.mark,
                                                 [&] { return journal::LinePrompt{text()}; });
      return;
    case at::SegmentKind::kInformation:
      journal_.emit_because<journal::LineAnswer>(segment.mark, [&] {
        return journal::LineAnswer{modem_.masked_answer(line_in(segment.octets))};
      });
      return;
    case at::SegmentKind::kFinalResult:
      journal_.emit_because<journal::LineResult>(segment.mark,
                                                 [&] { return journal::LineResult{text()}; });
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
  Asked asked{question_of(query), std::string(target_of(query).host)};
  asked.entry = note_asked(asked, query.cause);
  asked_queries_[query.id] = std::move(asked);
}

void Testbed::note_open(const firmware::OpenTransport& open) {
  if (!journal_.is_read()) return;
  Asked asked{is_name(open.host) ? kName : kNothing, open.host};
  asked.entry = note_asked(asked, open.cause);
  asked_opens_[open.transport] = std::move(asked);
}

Number Testbed::note_asked(const Asked& asked, Number cause) {
  if (asked.question == kNothing) return cause;
  if (asked.question == kName) {
    return journal_.emit_because<journal::NameAsked>(
        cause, [&] { return journal::NameAsked{asked.host}; });
  }
  return journal_.emit_because<journal::QuestionAsked>(cause, [&] {
    return journal::QuestionAsked{asked.question, asked.host};
  });
}

// `why` there is none; else empty.
Number Testbed::note_answered(const Asked& asked, std::string answer, std::string why) {
  if (asked.question == kNothing) return asked.entry;
  if (asked.question == kName) {
    return journal_.emit_because<journal::NameAnswered>(asked.entry, [&] {
      return journal::NameAnswered{asked.host, std::move(answer), std::move(why)};
    });
  }
  return journal_.emit_because<journal::QuestionAnswered>(asked.entry, [&] {
    return journal::QuestionAnswered{asked.question, asked.host,
                                     why.empty() ? std::move(answer) : std::move(why)};
  });
}

Number Testbed::note_opened(const firmware::Opened& opened) {
  const auto node = asked_opens_.extract(opened.transport);
  if (node.empty()) return 0;
  const auto remote = network_.path_of(opened.transport).remote;
  return note_answered(node.mapped(), opened.address.empty() ? to_string(remote) : opened.address,
                       {});
}

// The name may have been found, and its server not.
Number Testbed::note_failed(const firmware::OpenFailed& failed) {
  const auto node = asked_opens_.extract(failed.transport);
  if (node.empty()) return 0;
  if (failed.error != firmware::TransportError::kNameNotResolved) return node.mapped().entry;
  return note_answered(node.mapped(), {}, failed.why);
}

Number Testbed::note_answer(const firmware::Answered& answered) {
  const auto node = asked_queries_.extract(answered.query);
  if (node.empty()) return 0;
  const auto* failed = std::get_if<firmware::QueryFailed>(&answered.answer);
  if (failed != nullptr) return note_answered(node.mapped(), {}, failed->why);
  return note_answered(node.mapped(), answer_words(answered.answer), {});
}

Number Testbed::asked_by(const firmware::NetworkEvent& event) {
  return std::visit(Overloaded{[&](const firmware::Opened& e) { return note_opened(e); },
                               [&](const firmware::OpenFailed& e) { return note_failed(e); },
                               [](const firmware::DatagramReceived&) { return Number{0}; },
                               [](const firmware::DatagramSent&) { return Number{0}; },
                               [&](const firmware::Answered& e) { return note_answer(e); }},
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
