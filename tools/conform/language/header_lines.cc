// What a case wants around the modem, and what it says of itself.
#include <array>

#include "net/routes.h"
#include "tools/conform/language/parsing.h"

namespace vmodem::conform {
namespace {

Parsed parse_set(Parsing& parsing, std::string_view rest) {
  const auto equals = rest.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    return fault("a setting without '='", "set dialect.sticky_message_id=true");
  }
  parsing.script.settings.push_back({std::string(rest.substr(0, equals)),
                                     std::string(rest.substr(equals + 1)), parsing.line->number});
  return {};
}

Parsed parse_seed(Parsing& parsing, std::string_view rest) {
  parsing.script.seed = parse_number<std::uint64_t>(rest);
  if (!parsing.script.seed) return fault(fmt::format("'{}' is no seed", rest), "seed 1");
  return {};
}

Expected<Peer, Fault> read_peer(std::string_view rest) {
  const auto name = take_word(rest);
  const auto address = take_word(rest);
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
  return Peer{std::string(name), std::string(host), *port, *mood};
}

void move_host(Parsing& parsing, std::string_view host) {
  if (parsing.options.server_address.empty()) return;
  parsing.moved.emplace_back(fmt::format("\"{}\"", host),
                             fmt::format("\"{}\"", parsing.options.server_address));
}

Parsed parse_peer(Parsing& parsing, std::string_view rest) {
  auto peer = read_peer(rest);
  if (!peer) return unexpected(std::move(peer.error()));
  auto& peers = parsing.script.peers;
  if (std::ranges::find(peers, peer->name, &Peer::name) != peers.end()) {
    return fault(fmt::format("a second peer '{}'", peer->name), "one line per name");
  }
  if (auto routed = net::Routes().add(destination(*peer), "127.0.0.1:1"); !routed) {
    return fault(std::move(routed.error().wrong), std::move(routed.error().right));
  }
  move_host(parsing, peer->host);
  peers.push_back(std::move(*peer));
  return {};
}

Parsed parse_internet(Parsing& parsing, std::string_view rest) {
  if (!rest.empty()) return fault("'internet' takes nothing", "internet");
  parsing.script.has_internet = true;
  move_host(parsing, kSimulatedHost);
  return {};
}

Parsed parse_fault(Parsing& parsing, std::string_view rest) {
  auto scenario = testbed::parse_scenario(rest);
  if (!scenario.errors.empty()) {
    auto& error = scenario.errors.front().what;
    return fault(std::move(error.wrong), std::move(error.right));
  }
  if (scenario.faults.empty()) return fault("a fault of no words", "fault 10s: link-down 30s");
  parsing.script.faults.push_back(std::move(scenario.faults.front()));
  return {};
}

Parsed parse_real(Parsing& parsing, std::string_view rest) {
  const auto answer = take_word(rest);
  const auto dash = take_word(rest);
  if (answer != "no" || (dash != "—" && dash != "-") || rest.empty()) {
    return fault("'real' says one thing only", "real no — why it needs virtual time");
  }
  parsing.script.virtual_only = std::string(rest);
  return {};
}

Parsed parse_clause(Parsing& parsing, std::string_view rest) {
  while (!rest.empty()) {
    const auto end = std::min(rest.find(';'), rest.size());
    const auto clause = rest.substr(0, end);
    if (clause.empty()) return fault("a clause of no words", "clause the note §3.3.1; AT95 §2.16");
    parsing.script.clauses.emplace_back(clause);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  }
  return {};
}

Parsed parse_certainty(Parsing& parsing, std::string_view rest) {
  const auto word = take_word(rest);
  for (const auto certainty : {Certainty::kDocumented, Certainty::kCaptured, Certainty::kRuled}) {
    const bool is_by = certainty != Certainty::kDocumented;
    if (word != name_of(certainty) || is_by == rest.empty()) continue;
    parsing.script.ground = {certainty, std::string(rest)};
    return {};
  }
  return fault(fmt::format("'{}' is no certainty", word),
               "documented, captured LOG-M3 (which capture), or ruled dialect.KEY (which switch)");
}

Parsed parse_tags(Parsing& parsing, std::string_view rest) {
  while (!rest.empty()) parsing.script.tags.emplace_back(take_word(rest));
  return {};
}

Parsed parse_needs(Parsing& parsing, std::string_view rest) {
  while (!rest.empty()) {
    const auto word = take_word(rest);
    const bool is_card = word == name_of(Need::kCard);
    if (!is_card && word != name_of(Need::kNetwork)) {
      return fault(fmt::format("'{}' is nothing to need", word), "card or network");
    }
    parsing.script.needs.push_back(is_card ? Need::kCard : Need::kNetwork);
  }
  return {};
}

constexpr std::array<Keyword, 10> kHeaderKeywords{{
    {"set", &parse_set, false, Place::kHeader},
    {"seed", &parse_seed, false, Place::kHeader},
    {"peer", &parse_peer, false, Place::kAnywhere},
    {"internet", &parse_internet, false, Place::kHeader},
    {"fault", &parse_fault, true, Place::kHeader},
    {"real", &parse_real, true, Place::kHeader},
    {"clause", &parse_clause, false, Place::kHeader},
    {"certainty", &parse_certainty, false, Place::kHeader},
    {"tags", &parse_tags, false, Place::kHeader},
    {"needs", &parse_needs, false, Place::kHeader},
}};

}  // namespace

std::span<const Keyword> header_keywords() {
  return kHeaderKeywords;
}

}  // namespace vmodem::conform
