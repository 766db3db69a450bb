#include "tools/conform/language/script.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <set>

#include "firmware/base/duration_text.h"
#include "net/routes.h"

namespace vmodem::conform {
namespace {

using Parsed = Expected<void, Fault>;

tl::unexpected<Fault> fault(std::string what, std::string right) {
  return unexpected(Fault{std::move(what), std::move(right)});
}

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number number{};
  const auto* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  if (error != std::errc{} || end != last) return std::nullopt;
  return number;
}

std::string_view take_word(std::string_view& rest) {
  const auto end = std::min(rest.find(' '), rest.size());
  const auto word = rest.substr(0, end);
  rest.remove_prefix(end);
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  return word;
}

// Lines that are no text of a dialogue may end in a comment.
std::string_view without_comment(std::string_view text) {
  text = text.substr(0, text.find('#'));
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

Expected<Duration, Fault> read_duration(std::string_view text) {
  if (const auto duration = parse_duration(text)) return *duration;
  return fault(fmt::format("'{}' is no time", text), "a whole number and its unit: 4s or 250ms");
}

class Parser {
 public:
  Expected<Script, ScriptError> run(std::string_view text);

 private:
  struct Keyword {
    std::string_view name;
    Parsed (Parser::*parse)(std::string_view rest);
    bool is_text;    // what stands behind the blank counts as it is
    bool is_header;  // stands above the first step
  };
  static const std::array<Keyword, 17> kKeywords;

  Parsed parse_line(std::string_view line);
  Parsed set(std::string_view rest);
  Parsed seed(std::string_view rest);
  Parsed peer(std::string_view rest);
  Parsed internet(std::string_view rest);
  Parsed fault_line(std::string_view rest);
  Parsed real(std::string_view rest);
  Parsed send_line(std::string_view rest);
  Parsed send_line_lf(std::string_view rest);
  Parsed send_raw(std::string_view rest);
  Parsed expect_line(std::string_view rest);
  Parsed expect_continuation(std::string_view rest);
  Parsed expect_raw(std::string_view rest);
  Parsed expect_text(std::string_view before, std::string_view rest, bool is_raw);
  Parsed expect_datagram(std::string_view rest);
  Parsed send_datagram(std::string_view rest);
  Parsed wait(std::string_view rest);
  Parsed at(std::string_view rest);
  Parsed mark(std::string_view rest);

  Expected<std::size_t, Fault> take_peer(std::string_view& rest) const;
  Parsed check_peers() const;
  template <class Action>
  void add(Action action) {
    script_.steps.push_back({script_.lines.size(), std::move(action)});
  }

  Script script_;
  CaptureSizes captures_;
  std::set<std::size_t> heard_;  // peers that a datagram is expected from above
};

const std::array<Parser::Keyword, 17> Parser::kKeywords{{
    {"set", &Parser::set, false, true},
    {"seed", &Parser::seed, false, true},
    {"peer", &Parser::peer, false, false},
    {"internet", &Parser::internet, false, true},
    {"fault", &Parser::fault_line, true, true},
    {"real", &Parser::real, true, true},
    {">", &Parser::send_line, true, false},
    {">lf", &Parser::send_line_lf, true, false},
    {">>", &Parser::send_raw, true, false},
    {"<", &Parser::expect_line, true, false},
    {"<+", &Parser::expect_continuation, true, false},
    {"<<", &Parser::expect_raw, true, false},
    {"udp<", &Parser::expect_datagram, false, false},
    {"udp>", &Parser::send_datagram, false, false},
    {"wait", &Parser::wait, false, false},
    {"at", &Parser::at, false, false},
    {"mark", &Parser::mark, false, false},
}};

Expected<Script, ScriptError> Parser::run(std::string_view text) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    script_.lines.emplace_back(line);
    if (const auto parsed = parse_line(line); !parsed) {
      return unexpected(ScriptError{script_.lines.size(), parsed.error()});
    }
  }
  if (const auto checked = check_peers(); !checked) {
    return unexpected(ScriptError{0, checked.error()});
  }
  return std::move(script_);
}

Parsed Parser::parse_line(std::string_view line) {
  if (line.ends_with('\r')) return fault("the line ends in CR LF", "LF alone");
  if (line.find_first_not_of(' ') == std::string_view::npos || line[0] == '#') return {};

  const auto end = std::min(line.find(' '), line.size());
  const auto name = line.substr(0, end);
  const auto keyword = std::ranges::find(kKeywords, name, &Keyword::name);
  if (keyword == kKeywords.end()) {
    return fault(fmt::format("'{}' begins no line", name),
                 "# set seed peer internet fault real > >lf >> < <+ << udp< udp> wait at mark, "
                 "then a blank");
  }
  if (keyword->is_header && !script_.steps.empty()) {
    return fault(fmt::format("'{}' behind the first step", name), "it stands above all steps");
  }
  auto rest = line.substr(std::min(end + 1, line.size()));
  if (!keyword->is_text) {
    rest = without_comment(rest);
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  }
  return (this->*keyword->parse)(rest);
}

Parsed Parser::set(std::string_view rest) {
  const auto equals = rest.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    return fault("a setting without '='", "set dialect.sticky_message_id=true");
  }
  script_.settings.push_back({std::string(rest.substr(0, equals)),
                              std::string(rest.substr(equals + 1)), script_.lines.size()});
  return {};
}

Parsed Parser::seed(std::string_view rest) {
  script_.seed = parse_number<std::uint64_t>(rest);
  if (!script_.seed) return fault(fmt::format("'{}' is no seed", rest), "seed 1");
  return {};
}

Parsed Parser::peer(std::string_view rest) {
  const auto name = take_word(rest);
  auto address = take_word(rest);
  const auto mood = parse_mood(rest);
  const auto colon = address.rfind(':');
  const auto port = colon == std::string_view::npos
                        ? std::nullopt
                        : parse_number<std::uint16_t>(address.substr(colon + 1));
  if (!port || *port == 0 || !mood) {
    return fault("this is no destination",
                 "peer NAME ADDRESS:PORT, then nothing or unresolved, silent or refusing");
  }
  auto host = address.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (std::ranges::find(script_.peers, name, &Peer::name) != script_.peers.end()) {
    return fault(fmt::format("a second peer '{}'", name), "one line per name");
  }
  Peer one{std::string(name), std::string(host), *port, *mood};
  if (auto routed = net::Routes().add(destination(one), "127.0.0.1:1"); !routed) {
    return fault(std::move(routed.error().wrong), std::move(routed.error().right));
  }
  script_.peers.push_back(std::move(one));
  return {};
}

Parsed Parser::internet(std::string_view rest) {
  if (!rest.empty()) return fault("'internet' takes nothing", "internet");
  script_.has_internet = true;
  return {};
}

Parsed Parser::fault_line(std::string_view rest) {
  auto scenario = testbed::parse_scenario(rest);
  if (!scenario.errors.empty()) {
    auto& error = scenario.errors.front().what;
    return fault(std::move(error.wrong), std::move(error.right));
  }
  if (scenario.faults.empty()) return fault("a fault of no words", "fault 10s: link-down 30s");
  script_.faults.push_back(std::move(scenario.faults.front()));
  return {};
}

Parsed Parser::real(std::string_view rest) {
  const auto answer = take_word(rest);
  const auto dash = take_word(rest);
  if (answer != "no" || (dash != "—" && dash != "-") || rest.empty()) {
    return fault("'real' says one thing only", "real no — why it needs virtual time");
  }
  script_.virtual_only = std::string(rest);
  return {};
}

// What only the object backend can stage must not look as if it ran on a PTY.
Parsed Parser::check_peers() const {
  if (script_.virtual_only) return {};
  constexpr std::string_view kRight = "a line 'real no — why' above the first step";
  if (script_.has_internet && !script_.peers.empty()) {
    return fault("a virtual clock goes with the wall while a peer of the script may answer",
                 std::string(kRight));
  }
  const bool all_reachable = std::ranges::all_of(
      script_.peers, [](const Peer& peer) { return peer.mood == PeerMood::kReachable; });
  if (all_reachable) return {};
  return fault("a peer is unresolved, silent or refusing, which real networks are not at will",
               std::string(kRight));
}

Parsed Parser::send_line(std::string_view rest) {
  add(SendSerial{std::string(rest) + '\r'});
  return {};
}

Parsed Parser::send_line_lf(std::string_view rest) {
  add(SendSerial{std::string(rest) + "\r\n"});
  return {};
}

Parsed Parser::send_raw(std::string_view rest) {
  auto octets = unescape(rest);
  if (!octets) return unexpected(octets.error());
  add(SendSerial{std::move(*octets)});
  return {};
}

Parsed Parser::expect_text(std::string_view before, std::string_view rest, bool is_raw) {
  const auto text = TextPattern::parse(rest, is_raw, captures_);
  if (!text) return unexpected(text.error());
  TextPattern pattern{std::string(before)};
  pattern.append(*text);
  if (!is_raw) pattern.append("\r\n");
  add(ExpectSerial{std::move(pattern)});
  return {};
}

Parsed Parser::expect_line(std::string_view rest) {
  return expect_text("\r\n", rest, false);
}

Parsed Parser::expect_continuation(std::string_view rest) {
  return expect_text("", rest, false);
}

Parsed Parser::expect_raw(std::string_view rest) {
  return expect_text("", rest, true);
}

Expected<std::size_t, Fault> Parser::take_peer(std::string_view& rest) const {
  const auto name = take_word(rest);
  const auto peer = std::ranges::find(script_.peers, name, &Peer::name);
  if (peer != script_.peers.end()) {
    return static_cast<std::size_t>(peer - script_.peers.begin());
  }
  return fault(fmt::format("no peer is called '{}'", name), "a 'peer' line above the first step");
}

Parsed Parser::expect_datagram(std::string_view rest) {
  const auto peer = take_peer(rest);
  if (!peer) return unexpected(peer.error());
  auto pattern = DatagramPattern::parse(rest, captures_);
  if (!pattern) return unexpected(pattern.error());
  heard_.insert(*peer);
  add(ExpectDatagram{*peer, std::move(*pattern)});
  return {};
}

Parsed Parser::send_datagram(std::string_view rest) {
  const auto peer = take_peer(rest);
  if (!peer) return unexpected(peer.error());
  auto pattern = DatagramPattern::parse(rest, captures_);
  if (!pattern) return unexpected(pattern.error());
  if (!pattern->is_definite())
    return fault("octets that nobody has said", "?? and {name:N} in udp<");
  if (!heard_.contains(*peer)) {
    return fault("a server cannot know the modem's port yet", "a 'udp<' line of this peer above");
  }
  add(SendDatagram{*peer, std::move(*pattern)});
  return {};
}

Parsed Parser::wait(std::string_view rest) {
  const auto duration = read_duration(rest);
  if (!duration) return unexpected(duration.error());
  add(Wait{*duration});
  return {};
}

Parsed Parser::at(std::string_view rest) {
  const auto duration = read_duration(rest);
  if (!duration) return unexpected(duration.error());
  add(At{*duration});
  return {};
}

Parsed Parser::mark(std::string_view rest) {
  if (!rest.empty()) return fault("'mark' takes nothing", "mark");
  add(Mark{});
  return {};
}

}  // namespace

Expected<Script, ScriptError> parse_script(std::string_view text) {
  return Parser().run(text);
}

Expected<Script, ScriptError> read_script(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) return unexpected(ScriptError{0, {"it cannot be read", "the path of a transcript"}});
  return parse_script(text);
}

}  // namespace vmodem::conform
