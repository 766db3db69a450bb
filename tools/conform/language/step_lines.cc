// What is said and expected, line by line.
#include <array>

#include "firmware/base/duration_text.h"
#include "tools/conform/language/parsing.h"

namespace vmodem::conform {
namespace {

Expected<Duration, Fault> read_duration(std::string_view text) {
  if (const auto duration = parse_duration(text)) return *duration;
  return fault(fmt::format("'{}' is no time", text), "a whole number and its unit: 4s or 250ms");
}

template <class Action>
Parsed add(Parsing& parsing, Action action) {
  Step step{.action = std::move(action)};
  if (parsing.unordered && !step.is_expectation()) {
    return fault("a step that expects nothing, where the order is open", "a line 'end' above it");
  }
  add_step(parsing, std::move(step));
  return {};
}

// Commands name the server where the case's own is not to be reached.
std::string moved(const Parsing& parsing, std::string_view text) {
  std::string result(text);
  for (const auto& [from, to] : parsing.moved) {
    for (auto at = result.find(from); at != std::string::npos; at = result.find(from, at + to.size())) {
      result.replace(at, from.size(), to);
    }
  }
  return result;
}

Expected<TextPattern, Fault> read_text(Parsing& parsing, std::string_view rest, TextPlace place) {
  return TextPattern::parse(moved(parsing, rest), place, parsing.octets, parsing.texts);
}

Parsed send_text(Parsing& parsing, std::string_view rest, TextPlace place, std::string end) {
  auto text = read_text(parsing, rest, place);
  if (!text) return unexpected(std::move(text.error()));
  if (!end.empty()) text->append(std::move(end));
  return add(parsing, SendSerial{std::move(*text)});
}

Parsed send_line(Parsing& parsing, std::string_view rest) {
  return send_text(parsing, rest, TextPlace::kSent, "\r");
}

Parsed send_line_lf(Parsing& parsing, std::string_view rest) {
  return send_text(parsing, rest, TextPlace::kSent, "\r\n");
}

Parsed send_raw(Parsing& parsing, std::string_view rest) {
  return send_text(parsing, rest, TextPlace::kSentRaw, {});
}

Parsed expect_text(Parsing& parsing, std::string_view before, std::string_view rest,
                   TextPlace place) {
  const auto text = read_text(parsing, rest, place);
  if (!text) return unexpected(text.error());
  TextPattern pattern{std::string(before)};
  pattern.append(*text);
  if (place == TextPlace::kExpected) pattern.append("\r\n");
  return add(parsing, ExpectSerial{std::move(pattern)});
}

Parsed expect_line(Parsing& parsing, std::string_view rest) {
  return expect_text(parsing, "\r\n", rest, TextPlace::kExpected);
}

Parsed expect_continuation(Parsing& parsing, std::string_view rest) {
  return expect_text(parsing, "", rest, TextPlace::kExpected);
}

Parsed expect_raw(Parsing& parsing, std::string_view rest) {
  return expect_text(parsing, "", rest, TextPlace::kExpectedRaw);
}

Parsed expect_pattern(Parsing& parsing, std::string_view rest, bool starts_answer) {
  auto text = read_text(parsing, rest, TextPlace::kPattern);
  if (!text) return unexpected(std::move(text.error()));
  return add(parsing, ExpectLine{std::move(*text), starts_answer});
}

Parsed expect_line_pattern(Parsing& parsing, std::string_view rest) {
  return expect_pattern(parsing, rest, true);
}

Parsed expect_continuation_pattern(Parsing& parsing, std::string_view rest) {
  return expect_pattern(parsing, rest, false);
}

Expected<std::size_t, Fault> take_peer(const Parsing& parsing, std::string_view& rest) {
  const auto name = take_word(rest);
  const auto& peers = parsing.script.peers;
  const auto peer = std::ranges::find(peers, name, &Peer::name);
  if (peer != peers.end()) return static_cast<std::size_t>(peer - peers.begin());
  return fault(fmt::format("no peer is called '{}'", name), "a 'peer' line above the first step");
}

Parsed expect_datagram(Parsing& parsing, std::string_view rest) {
  const auto peer = take_peer(parsing, rest);
  if (!peer) return unexpected(peer.error());
  auto pattern = DatagramPattern::parse(rest, parsing.octets);
  if (!pattern) return unexpected(pattern.error());
  parsing.heard.insert(*peer);
  return add(parsing, ExpectDatagram{*peer, std::move(*pattern)});
}

Parsed send_datagram(Parsing& parsing, std::string_view rest) {
  const auto peer = take_peer(parsing, rest);
  if (!peer) return unexpected(peer.error());
  auto pattern = DatagramPattern::parse(rest, parsing.octets);
  if (!pattern) return unexpected(pattern.error());
  if (!pattern->is_definite()) {
    return fault("octets that nobody has said", "?? and {name:N} in udp<");
  }
  if (!parsing.heard.contains(*peer)) {
    return fault("a server cannot know the modem's port yet", "a 'udp<' line of this peer above");
  }
  parsing.sent.insert(*peer);
  return add(parsing, SendDatagram{*peer, std::move(*pattern)});
}

Parsed send_again(Parsing& parsing, std::string_view rest) {
  const auto peer = take_peer(parsing, rest);
  if (!peer) return unexpected(peer.error());
  if (!parsing.sent.contains(*peer)) {
    return fault("that peer has sent nothing yet", "a 'udp>' line of this peer above");
  }
  return add(parsing, SendAgain{*peer});
}

Parsed wait(Parsing& parsing, std::string_view rest) {
  const auto duration = read_duration(rest);
  if (!duration) return unexpected(duration.error());
  return add(parsing, Wait{*duration});
}

Parsed at(Parsing& parsing, std::string_view rest) {
  const auto duration = read_duration(rest);
  if (!duration) return unexpected(duration.error());
  return add(parsing, At{*duration});
}

Parsed mark(Parsing& parsing, std::string_view rest) {
  if (!rest.empty()) return fault("'mark' takes nothing", "mark");
  return add(parsing, Mark{});
}

Parsed silence(Parsing& parsing, std::string_view rest) {
  const auto duration = read_duration(rest);
  if (!duration) return unexpected(duration.error());
  return add(parsing, Silence{*duration});
}

Parsed absent(Parsing& parsing, std::string_view rest) {
  const auto duration = read_duration(take_word(rest));
  if (!duration) return unexpected(duration.error());
  if (rest.empty()) return fault("'absent' does not say what", "absent 5s +QCOAPRECV");
  return add(parsing, Absent{*duration, std::string(rest)});
}

Parsed unordered(Parsing& parsing, std::string_view rest) {
  if (!rest.empty()) return fault("'unordered' takes nothing", "unordered");
  if (parsing.unordered) return fault("'unordered' twice", "a line 'end' above it");
  parsing.unordered.emplace(Step{.line = parsing.line->number,
                                 .file = parsing.line->file,
                                 .text = parsing.line->text,
                                 .action = Unordered{}});
  return {};
}

Parsed end(Parsing& parsing, std::string_view) {
  if (!parsing.unordered) return fault("'end' ends nothing", "'each' or 'unordered' above it");
  auto step = std::move(*parsing.unordered);
  parsing.unordered.reset();
  if (std::get<Unordered>(step.action).steps.empty()) {
    return fault("nothing is expected, in any order", "expectations above 'end'");
  }
  add_step(parsing, std::move(step));
  return {};
}

Parsed clean_up(Parsing& parsing, std::string_view rest) {
  if (!rest.empty()) return fault("'clean-up' takes nothing", "clean-up");
  if (parsing.script.clean_up) return fault("a second 'clean-up'", "one, above the last steps");
  parsing.script.clean_up = parsing.script.steps.size();
  return {};
}

// Above the first step of the case as a whole, else of the check it stands in.
Parsed shows(Parsing& parsing, std::string_view rest) {
  if (rest.empty()) return fault("'shows' does not say what", "shows N3.3.1-04");
  auto& script = parsing.script;
  const bool is_in_check = parsing.check == parsing.line->check;
  auto& shown = script.steps.empty() ? script.shows
                : is_in_check        ? script.checks.back().shows
                                     : parsing.shown;
  while (!rest.empty()) {
    auto word = take_word(rest);
    if (word.ends_with(',')) word.remove_suffix(1);
    shown.emplace_back(word);
  }
  return {};
}

constexpr std::array<Keyword, 20> kStepKeywords{{
    {">", &send_line, true, Place::kAnywhere},
    {">lf", &send_line_lf, true, Place::kAnywhere},
    {">>", &send_raw, true, Place::kAnywhere},
    {"<", &expect_line, true, Place::kAnywhere},
    {"<+", &expect_continuation, true, Place::kAnywhere},
    {"<<", &expect_raw, true, Place::kAnywhere},
    {"<~", &expect_line_pattern, true, Place::kAnywhere},
    {"<+~", &expect_continuation_pattern, true, Place::kAnywhere},
    {"unordered", &unordered, false, Place::kAnywhere},
    {"end", &end, false, Place::kAnywhere},
    {"udp<", &expect_datagram, false, Place::kAnywhere},
    {"udp>", &send_datagram, false, Place::kAnywhere},
    {"again", &send_again, false, Place::kAnywhere},
    {"wait", &wait, false, Place::kAnywhere},
    {"at", &at, false, Place::kAnywhere},
    {"mark", &mark, false, Place::kAnywhere},
    {"silence", &silence, false, Place::kAnywhere},
    {"absent", &absent, true, Place::kAnywhere},
    {"clean-up", &clean_up, false, Place::kAnywhere},
    {"shows", &shows, false, Place::kAnywhere},
}};

}  // namespace

std::span<const Keyword> step_keywords() {
  return kStepKeywords;
}

void add_step(Parsing& parsing, Step step) {
  if (step.line == 0) {
    step.line = parsing.line->number;
    step.file = parsing.line->file;
    step.text = parsing.line->text;
  }
  if (parsing.unordered) {
    std::get<Unordered>(parsing.unordered->action).steps.push_back(std::move(step));
    return;
  }
  auto& checks = parsing.script.checks;
  if (parsing.check != parsing.line->check) {
    const auto& title = parsing.line->title;
    checks.push_back({step.line, title.empty() ? step.text : title, std::exchange(parsing.shown, {})});
    parsing.check = parsing.line->check;
  }
  step.check = checks.size() - 1;
  parsing.script.steps.push_back(std::move(step));
}

}  // namespace vmodem::conform
