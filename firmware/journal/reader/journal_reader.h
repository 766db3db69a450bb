// The lines of a journal's file back as entries, by the rows of the same table that wrote them: a
// kind that is added there is read here.
//
// In:  octets of a file, cut anywhere.
// Out: entries in their order, or in which line what is wrong.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "firmware/base/expected.h"
#include "firmware/base/time.h"
#include "firmware/journal/journal.h"

namespace vmodem::journal {

// What a line holds. Secrets are empty, and so is how severe a client.note is: no file tells them.
struct ReadEntry {
  Entry entry;
  std::optional<CalendarTime> wall;
};

struct Mistake {
  std::size_t line;  // from 1
  std::string what;
};

class JournalReader {
 public:
  // A line of a journal is shorter: it tells the octets of one datagram twice at the most.
  static constexpr std::size_t kLineSizeMax = std::size_t{1} << 20;
  // Words are what fields of few values hold, as the type of a message.
  static constexpr std::size_t kWordsMax = 4096;

  JournalReader();
  ~JournalReader();
  JournalReader(JournalReader&&) noexcept;
  JournalReader& operator=(JournalReader&&) noexcept;

  void append(std::string_view octets);
  // Nothing where the next line has not ended yet. Behind a mistake there is nothing more. The
  // words of an entry live as long as this object.
  [[nodiscard]] Expected<std::optional<ReadEntry>, Mistake> poll_entry();

  // Whole lines that have been read, and whether octets of another wait: the file was cut off
  // there.
  [[nodiscard]] std::size_t line_count() const;
  [[nodiscard]] bool is_cut() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vmodem::journal
