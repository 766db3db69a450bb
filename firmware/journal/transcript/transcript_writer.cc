#include "firmware/journal/transcript/transcript_writer.h"

#include <fmt/format.h>

#include <algorithm>

#include "dtls/record.h"
#include "firmware/journal/transcript/transcript_text.h"

namespace vmodem::transcript {
namespace {

using namespace firmware;

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::size_t kRawSizeMax = 400;  // in one line

// A line of text stands for itself, unless a variable of a case is named in it.
bool is_plain(std::string_view text) {
  return !text.empty() && !text.ends_with(' ') && text.find("${") == std::string_view::npos &&
         std::ranges::all_of(text, [](char c) { return c >= 0x20 && c <= 0x7E; });
}

std::string escaped_input(std::string_view octets) {
  auto text = escape(octets);
  for (auto at = text.find("${"); at != std::string::npos; at = text.find("${", at)) {
    text.replace(at, 1, "\\x24");
  }
  return text;
}

// In what is expected a name in braces is a capture.
bool is_plain_output(std::string_view text) {
  return is_plain(text) && text.find('{') == std::string_view::npos;
}

std::string escaped_output(std::string_view octets) {
  auto text = escape(octets);
  for (auto at = text.find('{'); at != std::string::npos; at = text.find('{', at)) {
    text.replace(at, 1, "\\x7B");
  }
  return text;
}

std::string destination_text(std::string_view host, std::uint16_t port) {
  const bool is_v6 = host.find(':') != std::string_view::npos;
  return fmt::format("{}{}{}:{}", is_v6 ? "[" : "", host, is_v6 ? "]" : "", port);
}

}  // namespace

std::string transcript_text(const TranscriptHead& head) {
  std::string text =
      head.is_redacted
          ? "# A session of vmodem without what is secret: to be read, since what is masked cannot "
            "be played.\n"
          : "# A session of vmodem, octet for octet: SECRETS THAT WERE TYPED STAND IN IT. For its "
            "owner alone (mode 0600).\n";
  for (const auto& remark : head.remarks) text += "# " + remark + "\n";
  text += fmt::format("seed {}\n", head.seed);
  for (const auto& setting : head.settings) text += "set " + setting + "\n";
  if (head.has_internet) text += "internet\n";
  for (const auto& fault : head.faults) text += "fault " + fault + "\n";
  return text + "real no — it was recorded with its instants\n\n";
}

void TranscriptWriter::handle_input(Instant now, ByteView octets) {
  flush_output();
  goes_on_ = false;
  if (!typed_.empty() && now - typing_since_ > kTypingMax) flush_typed();
  if (typed_.empty()) typing_since_ = now;
  typed_at_ = now;
  typed_ += as_text(octets);
  while (take_line(now)) {
  }
  if (typed_.size() >= kWaitingMax) flush_typed();
}

bool TranscriptWriter::take_line(Instant now) {
  const auto end = typed_.find('\r');
  if (end == std::string::npos) return false;
  const std::string text = typed_.substr(0, end);
  const bool has_line_feed = end + 1 < typed_.size() && typed_[end + 1] == '\n';
  const auto size = end + (has_line_feed ? 2 : 1);
  lines_.wait_for_input(now);
  if (is_plain(text)) {
    lines_.add((has_line_feed ? ">lf " : "> ") + text);
  } else {
    lines_.add(">> " + escaped_input(typed_.substr(0, size)));
  }
  const auto echoed = std::min(echoed_, size);
  output_ += typed_.substr(0, echoed);
  output_at_ = now;
  echoed_ -= echoed;
  typed_.erase(0, size);
  return true;
}

void TranscriptWriter::handle_output(Instant now, ByteView octets) {
  const std::string_view text = as_text(octets);
  if (output_.empty() && !typed_.empty() &&
      std::string_view(typed_).substr(echoed_).starts_with(text)) {
    echoed_ += text.size();
    return;
  }
  flush_typed();
  if (!output_.empty() && now > output_at_) flush_output();
  if (output_.empty()) output_at_ = now;
  output_ += text;
  if (output_.size() >= kWaitingMax) flush_output();
}

void TranscriptWriter::flush_typed() {
  if (typed_.empty()) return;
  flush_output();
  lines_.wait_for_input(typed_at_);
  for (std::size_t at = 0; at < typed_.size(); at += kRawSizeMax) {
    lines_.add(">> " + escaped_input(std::string_view(typed_).substr(at, kRawSizeMax)));
  }
  output_ = typed_.substr(0, echoed_);
  output_at_ = typed_at_;
  typed_.clear();
  echoed_ = 0;
}

void TranscriptWriter::flush_output() {
  if (output_.empty()) return;
  lines_.wait_for_output(output_at_);
  goes_on_ = false;
  while (!output_.empty()) add_output();
}

void TranscriptWriter::settle_lines() {
  while (true) {
    const auto line = front_line();
    const auto end = output_.find(kLineEnd);
    const bool is_before_line =
        end != std::string::npos && end > 0 && output_.size() > end + kLineEnd.size();
    if (line.size == 0 && !is_before_line) return;
    lines_.wait_for_output(output_at_);
    line.size > 0 ? add_line(line) : add_output();
  }
}

// Text between line ends, or a further line of an answer.
TranscriptWriter::OutputLine TranscriptWriter::front_line() const {
  const std::string_view rest(output_);
  const bool is_framed = rest.starts_with(kLineEnd);
  const auto begin = is_framed ? kLineEnd.size() : 0;
  const auto end = rest.find(kLineEnd, begin);
  if (end == std::string_view::npos || (!is_framed && !goes_on_)) return {};
  const auto text = rest.substr(begin, end - begin);
  if (!is_plain_output(text)) return {};
  return {text, end + kLineEnd.size(), is_framed};
}

void TranscriptWriter::add_line(const OutputLine& line) {
  lines_.add((line.is_framed ? "< " : "<+ ") + std::string(line.text));
  goes_on_ = true;
  output_.erase(0, line.size);
}

// A line, or octets up to where one may begin.
void TranscriptWriter::add_output() {
  if (const auto line = front_line(); line.size > 0) return add_line(line);
  const auto end = output_.find(kLineEnd, output_.starts_with(kLineEnd) ? kLineEnd.size() : 0);
  const bool is_whole = end != std::string::npos;
  const auto size =
      std::min({is_whole ? std::max<std::size_t>(end, 1) : output_.size(), kRawSizeMax});
  lines_.add("<< " + escaped_output(std::string_view(output_).substr(0, size)));
  goes_on_ = false;
  output_.erase(0, size);
}

void TranscriptWriter::handle_action(Instant now, const Action& action) {
  if (const auto* open = std::get_if<OpenTransport>(&action)) {
    opening_[open->transport] = {open->host, open->port};
  } else if (const auto* send = std::get_if<SendDatagram>(&action)) {
    flush_typed();
    flush_output();
    lines_.wait_for_output(now);
    add_datagram("udp<", send->transport, send->datagram);
  } else if (const auto* close = std::get_if<CloseTransport>(&action)) {
    add_peer(close->transport, " silent");
    peers_.erase(close->transport);
  } else if (const auto* query = std::get_if<Query>(&action)) {
    lines_.add_comment(fmt::format("asked of the real network, which no transcript has: {}",
                                   target_of(*query).host));
  }
}

void TranscriptWriter::handle_event(Instant now, const NetworkEvent& event) {
  if (const auto* opened = std::get_if<Opened>(&event)) {
    add_peer(opened->transport, "");
  } else if (const auto* failed = std::get_if<OpenFailed>(&event)) {
    const bool is_unresolved = failed->error == TransportError::kNameNotResolved;
    // What is no peer is unreachable.
    if (is_unresolved) add_peer(failed->transport, " unresolved");
    opening_.erase(failed->transport);
  } else if (const auto* received = std::get_if<DatagramReceived>(&event)) {
    flush_typed();
    flush_output();
    lines_.wait_for_input(now);
    add_datagram("udp>", received->transport, received->datagram);
  }
}

// A handshake with a real peer has chance of the operating system in it.
void TranscriptWriter::add_datagram(std::string_view keyword, TransportId transport,
                                    ByteView datagram) {
  const auto peer = peers_.find(transport);
  if (peer == peers_.end()) return;
  const auto line = fmt::format("{} {} {}", keyword, peer->second, to_pattern_text(datagram));
  if (!dtls::begins_as_record(datagram)) return lines_.add(line);
  if (!has_dtls_) lines_.add_comment("DTLS with a real peer cannot be played again:");
  has_dtls_ = true;
  lines_.add("# " + line);
}

void TranscriptWriter::add_peer(TransportId transport, std::string_view mood) {
  const auto opening = opening_.find(transport);
  if (opening == opening_.end()) return;
  const auto destination = destination_text(opening->second.host, opening->second.port);
  const auto [name, is_new] = names_.emplace(destination, fmt::format("p{}", names_.size() + 1));
  if (is_new) lines_.add(fmt::format("peer {} {}{}", name->second, destination, mood));
  if (mood.empty()) peers_[transport] = name->second;
  opening_.erase(opening);
}

void TranscriptWriter::finish() {
  flush_typed();
  flush_output();
}

}  // namespace vmodem::transcript
