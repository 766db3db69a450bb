#include "tools/reference/fresh_module.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "firmware/base/check.h"
#include "firmware/base/random.h"
#include "firmware/modem.h"
#include "ufs/memory_store.h"

namespace vmodem::reference {
namespace {

bool is_extended(const at::CommandSpec& spec) {
  return spec.name.starts_with('+');
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find("\r\n"), text.size());
    if (end > 0) lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return lines;
}

// The module has just booted, and nobody has said anything to it.
Answer ask(const firmware::Identity& identity, std::string_view line) {
  constexpr Instant kNow{};
  ufs::MemoryStore files;
  firmware::MemoryNvStore settings;
  SeededRandom random(1);
  firmware::Modem modem({.identity = identity}, files, settings, random);

  const auto echo = std::string(line) + '\r';
  modem.handle_serial(kNow, as_bytes(echo));
  while (modem.poll_action()) {
  }
  const auto serial = as_text(modem.poll_serial());
  BG_CHECK(serial.starts_with(echo), "a new module echoes");
  auto lines = split_lines(serial.substr(echo.size()));
  const auto final_result = std::ranges::find(lines, "OK");
  if (final_result == lines.end()) return std::nullopt;
  lines.erase(final_result, lines.end());
  return lines;
}

Answer keep_lines(Answer answer, std::string_view start) {
  if (answer) std::erase_if(*answer, [&](const auto& line) { return !line.starts_with(start); });
  return answer;
}

// `=<first>`: with nothing but what the form needs.
std::string query_of(const at::CommandSpec& spec) {
  std::string text = spec.keyword.empty() ? "" : fmt::format("\"{}\"", spec.keyword);
  for (std::size_t i = 0; i < spec.write.size() - spec.optional; ++i) {
    text += fmt::format("{}{}", text.empty() ? "" : ",", spec.write[i].min);
  }
  return text;
}

// Of one of several alike, named by its number, a write form without values tells what is set; a
// first parameter with a list of values says what to do instead.
bool is_queried_by_write(const at::CommandSpec& spec) {
  if (!spec.keyword.empty()) return true;
  if (spec.on_write == nullptr || spec.optional == 0) return false;
  const auto& first = spec.write[0];
  const bool is_index = first.kind == at::ParamKind::kInteger && first.list_size == 0;
  return is_index && spec.write.size() - spec.optional == 1;
}

std::string question(const at::CommandSpec& spec) {
  if (spec.on_read != nullptr) return fmt::format("AT{}?", spec.name);
  if (spec.on_execute != nullptr || !is_extended(spec)) return fmt::format("AT{}", spec.name);
  if (is_queried_by_write(spec)) return fmt::format("AT{}={}", spec.name, query_of(spec));
  return {};
}

bool is_setting(const at::CommandSpec& spec) {
  return spec.write.size() == 1 && spec.write[0].min < spec.write[0].max;
}

}  // namespace

Answer test_answer(const at::CommandSpec& spec) {
  if (!is_extended(spec)) return std::nullopt;
  const auto line = fmt::format("AT{}=?", spec.name);
  if (spec.keyword.empty()) return ask({}, line);

  const auto start = fmt::format("{}: \"{}\"", spec.name, spec.keyword);
  auto answer = keep_lines(ask({}, line), start);
  if (answer && !answer->empty()) return answer;
  return keep_lines(ask({.later_firmware = true}, line), start);
}

Answer current_values(const at::CommandSpec& spec) {
  if (!is_extended(spec) && spec.on_read == nullptr && is_setting(spec)) {
    return keep_lines(ask({}, "AT&V"), fmt::format("{}: ", spec.name));
  }
  const auto line = question(spec);
  if (line.empty()) return std::nullopt;
  return ask({}, line);
}

}  // namespace vmodem::reference
