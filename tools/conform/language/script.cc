#include "tools/conform/language/script.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "firmware/base/check.h"
#include "tools/conform/language/parsing.h"

namespace vmodem::conform {
namespace {

constexpr std::uintmax_t kFileSizeMax = 1 << 20;

// Lines that are no text of a dialogue may end in a comment.
std::string_view without_comment(std::string_view text) {
  text = text.substr(0, text.find('#'));
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

std::vector<Keyword> all_keywords() {
  std::vector<Keyword> all(header_keywords().begin(), header_keywords().end());
  all.insert(all.end(), step_keywords().begin(), step_keywords().end());
  return all;
}

const Keyword* find_keyword(std::string_view name) {
  static const auto kAll = all_keywords();
  const auto keyword = std::ranges::find(kAll, name, &Keyword::name);
  return keyword == kAll.end() ? nullptr : &*keyword;
}

std::string names_of_keywords() {
  std::string names = "#";
  for (const auto word : line_words()) names += fmt::format(" {}", word);
  return names + ", then a blank";
}

Parsed parse_line(Parsing& parsing, std::string_view line) {
  if (line.ends_with('\r')) return fault("the line ends in CR LF", "LF alone");
  const auto end = std::min(line.find(' '), line.size());
  const auto name = line.substr(0, end);
  const auto* keyword = find_keyword(name);
  if (keyword == nullptr) {
    return fault(fmt::format("'{}' begins no line", name), names_of_keywords());
  }
  if (keyword->place == Place::kHeader && !parsing.script.steps.empty()) {
    return fault(fmt::format("'{}' behind the first step", name), "it stands above all steps");
  }
  auto rest = line.substr(std::min(end + 1, line.size()));
  if (!keyword->is_text) {
    rest = without_comment(rest);
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  }
  return keyword->parse(parsing, rest);
}

// What only the object backend can stage must not look as if it ran on a PTY.
Parsed check_peers(const Script& script) {
  if (script.virtual_only) return {};
  constexpr std::string_view kRight = "a line 'real no — why' above the first step";
  if (script.has_internet && !script.peers.empty()) {
    return fault("a virtual clock goes with the wall while a peer of the script may answer",
                 std::string(kRight));
  }
  const bool all_reachable = std::ranges::all_of(
      script.peers, [](const Peer& peer) { return peer.mood == PeerMood::kReachable; });
  if (all_reachable) return {};
  return fault("a peer is unresolved, silent or refusing, which real networks are not at will",
               std::string(kRight));
}

Expected<Script, ScriptError> parse(std::string_view text, const Includer& includer,
                                    const ReadOptions& options) {
  auto source = read_source(text, includer);
  if (!source) return unexpected(std::move(source.error()));
  Parsing parsing(options);
  parsing.script.lines = std::move(source->own);
  parsing.script.is_plain = source->is_plain;
  for (const auto& line : source->lines) {
    parsing.line = &line;
    if (auto parsed = parse_line(parsing, line.text); !parsed) {
      return unexpected(ScriptError{line.number, std::move(parsed.error()), line.file});
    }
  }
  if (parsing.unordered) {
    return unexpected(
        ScriptError{parsing.unordered->line, {"'unordered' without its end", "a line 'end'"}});
  }
  if (auto checked = check_peers(parsing.script); !checked) {
    return unexpected(ScriptError{0, std::move(checked.error())});
  }
  return std::move(parsing.script);
}

Expected<std::string, Fault> read_text(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error || size > kFileSizeMax) return fault("it cannot be read", "the path of a case");
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) return fault("it cannot be read", "the path of a case");
  return text;
}

}  // namespace

std::string_view take_word(std::string_view& rest) {
  const auto end = std::min(rest.find(' '), rest.size());
  const auto word = rest.substr(0, end);
  rest.remove_prefix(end);
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  return word;
}

Expected<Script, ScriptError> parse_script(std::string_view text, const ReadOptions& options) {
  const auto none = [](const std::string&, std::string_view path) -> Expected<Included, Fault> {
    return fault(fmt::format("'{}' has no folder to be looked for in", path), "a case in a file");
  };
  return parse(text, none, options);
}

Expected<Script, ScriptError> read_script(const std::string& path, const ReadOptions& options) {
  const auto text = read_text(path);
  if (!text) return unexpected(ScriptError{0, text.error()});
  const auto beside = [&](const std::string& from,
                          std::string_view name) -> Expected<Included, Fault> {
    const std::filesystem::path includer = from.empty() ? path : from;
    auto file = (includer.parent_path() / name).lexically_normal().string();
    auto included = read_text(file);
    if (!included) return fault(fmt::format("'{}' cannot be read", file), "a file beside this one");
    return Included{std::move(file), std::move(*included)};
  };
  return parse(*text, beside, options);
}

std::vector<std::string_view> line_words() {
  std::vector<std::string_view> words;
  for (const auto& keyword : all_keywords()) words.push_back(keyword.name);
  words.insert(words.end(), {"each", "let", "include"});
  return words;
}

std::string_view name_of(Certainty certainty) {
  switch (certainty) {
    case Certainty::kDocumented:
      return "documented";
    case Certainty::kCaptured:
      return "captured";
    case Certainty::kRuled:
      break;
  }
  return "ruled";
}

std::string_view name_of(Need need) {
  switch (need) {
    case Need::kCard:
      return "card";
    case Need::kNetwork:
      break;
  }
  return "network";
}

}  // namespace vmodem::conform
