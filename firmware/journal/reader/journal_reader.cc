#include "firmware/journal/reader/journal_reader.h"

#include <fmt/format.h>

#include "firmware/journal/reader/entry_reader.h"

namespace vmodem::journal {

struct JournalReader::State {
  std::string waiting;
  std::size_t taken = 0;  // of what waits
  std::size_t line_count = 0;
  bool is_over = false;
  Words words;
};

JournalReader::JournalReader() : state_(std::make_unique<State>()) {
}
JournalReader::~JournalReader() = default;
JournalReader::JournalReader(JournalReader&&) noexcept = default;
JournalReader& JournalReader::operator=(JournalReader&&) noexcept = default;

void JournalReader::append(std::string_view octets) {
  if (state_->is_over) return;
  state_->waiting.erase(0, std::exchange(state_->taken, 0));
  state_->waiting += octets;
}

Expected<std::optional<ReadEntry>, Mistake> JournalReader::poll_entry() {
  if (state_->is_over) return std::nullopt;
  const std::string_view rest = std::string_view(state_->waiting).substr(state_->taken);
  const auto end = rest.find('\n');
  const auto fail = [&](std::string what) {
    state_->is_over = true;
    return unexpected(Mistake{state_->line_count + 1, std::move(what)});
  };
  if (std::min(end, rest.size()) > kLineSizeMax) {
    return fail(fmt::format("it is longer than {} octets", kLineSizeMax));
  }
  if (end == std::string_view::npos) return std::nullopt;
  auto read = read_entry(rest.substr(0, end), state_->words);
  if (!read) return fail(std::move(read.error()));
  ++state_->line_count;
  state_->taken += end + 1;
  return std::move(*read);
}

std::size_t JournalReader::line_count() const {
  return state_->line_count;
}

bool JournalReader::is_cut() const {
  return state_->taken < state_->waiting.size();
}

}  // namespace vmodem::journal
