// What a host has met of all that a host can meet: forms of commands, results, URCs, options,
// faults.
//
// In:  entries of journals.
// Out: which items of the universe stood in them.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "at_engine/command_line.h"
#include "firmware/coverage/universe.h"
#include "firmware/journal/journal.h"

namespace vmodem::coverage {

class Coverage {
 public:
  static constexpr std::size_t kUnknownMax = 64;

  Coverage();

  void handle(const journal::Entry& entry);
  // Afterwards what was met in either is met. Neither order nor grouping of merges matters.
  void merge(const Coverage& other);

  // By the item's place in the universe.
  [[nodiscard]] bool has(std::size_t item) const { return met_[item]; }
  [[nodiscard]] std::size_t count(Group group) const;

  // Names of commands that were typed and that no table has: the first of them by their letters.
  [[nodiscard]] const std::set<std::string>& unknown_commands() const { return unknown_; }

  friend bool operator==(const Coverage&, const Coverage&) = default;

 private:
  void meet(Group group, std::string_view subject, std::string_view aspect = {});
  void note_unknown(std::string name);
  void meet_line(std::string_view line);
  void meet_command(const at::Command& command);
  void meet_options(const journal::OptionFields& options, std::string_view aspect);

  void handle_event(const journal::LineCommand& event);
  void handle_event(const journal::LineResult& event);
  void handle_event(const journal::LinePrompt& event);
  void handle_event(const journal::LineUrc& event);
  void handle_event(const journal::CoapSent& event);
  void handle_event(const journal::CoapReceived& event);
  void handle_event(const journal::FaultPerformed& event);
  void handle_event(const journal::LinkLost& event);
  void handle_event(const journal::LinkDelayed& event);
  void handle_event(const journal::LinkDuplicated& event);
  void handle_event(const journal::LinkCorrupted& event);
  template <class Other>
  void handle_event(const Other&) {}

  std::vector<bool> met_;
  std::set<std::string> unknown_;
};

}  // namespace vmodem::coverage
