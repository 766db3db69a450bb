// The readers of the journal that write text: the log, the key log, the journal's own file, and the
// explanations of what went wrong.
#pragma once

#include <string>

#include "firmware/app/loop/journal_reader.h"
#include "firmware/app/loop/key_log.h"
#include "firmware/app/loop/line_output.h"
#include "firmware/app/loop/log.h"
#include "firmware/base/expected.h"
#include "firmware/journal/positions.h"
#include "firmware/journal/why.h"

namespace vmodem::app {

// `log` outlives it.
class LogReader final : public JournalReader {
 public:
  explicit LogReader(Log& log) : log_(log) {}
  // What a log of this threshold is told.
  [[nodiscard]] static journal::Kinds wanted(const Log& log);
  void handle(const journal::Entry& entry) override;
  void forget() override { positions_ = {}; }
  void recall(const journal::Entry& entry) override {
    static_cast<void>(positions_.count(entry));
  }

 private:
  Log& log_;
  journal::Positions positions_;
};

class KeyLogReader final : public JournalReader {
 public:
  explicit KeyLogReader(KeyLogFile file) : file_(std::move(file)) {}
  [[nodiscard]] static journal::Kinds wanted();
  void handle(const journal::Entry& entry) override;

 private:
  KeyLogFile file_;
};

// JSON lines, whole ones whenever the program ends. A reader that is slow loses lines, and is told
// how many by the log.
class JournalFile final : public JournalReader {
 public:
  // Replaces a file; a FIFO or a terminal is written to. `log` outlives it. The error is one phrase.
  [[nodiscard]] static Expected<JournalFile, std::string> open(const std::string& path, Log& log);
  void handle(const journal::Entry& entry) override;
  void flush() override;

 private:
  JournalFile(LineOutput output, Log& log) : output_(std::move(output)), log_(&log) {}

  LineOutput output_;
  Log* log_;
  std::string waiting_;
};

// Writes the chain of causes behind each result that is not a success. `log` outlives it.
class Explainer final : public JournalReader {
 public:
  explicit Explainer(Log& log) : log_(log) {}
  void handle(const journal::Entry& entry) override;
  void forget() override { ring_.forget(); }
  void recall(const journal::Entry& entry) override { ring_.recall(entry); }

 private:
  static constexpr std::size_t kEntriesMax = 4096;

  Log& log_;
  journal::Ring ring_{kEntriesMax};
};

}  // namespace vmodem::app
