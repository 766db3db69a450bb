// Who is told what happened, entry by entry.
#pragma once

#include "firmware/journal/journal.h"

namespace vmodem::app {

class JournalReader {
 public:
  virtual ~JournalReader() = default;

  virtual void handle(const journal::Entry& entry) = 0;
  // The module has gone back: what has not happened since is forgotten, and what had happened before
  // is recalled, from the first entry on. It was handled long ago.
  virtual void forget() {}
  virtual void recall(const journal::Entry&) {}
  // The loop has settled: nothing more happens before it sleeps.
  virtual void flush() {}
  // There was no room for all; flush() is tried again though nothing happens.
  [[nodiscard]] virtual bool is_waiting() const { return false; }
};

}  // namespace vmodem::app
