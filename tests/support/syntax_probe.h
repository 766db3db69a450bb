// Asks the engine whether a table's syntax takes a line, whatever its handlers would say to it.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "at_engine/engine.h"

namespace vmodem::at {

class SyntaxProbe {
 public:
  // `services` is handed on and not used.
  SyntaxProbe(const CommandTable& table, Services& services)
      : rows_(accepting(table)), table_(std::span(&family_, 1)), engine_(table_, services) {
    engine_.settings().echo = false;
  }

  // A line without its CR; true where every command of it would have been handled.
  [[nodiscard]] bool accepts(std::string_view line) {
    engine_.receive(as_bytes(line));
    engine_.receive(as_bytes("\r"));
    while (engine_.step(Instant{})) {
    }
    const auto output = engine_.poll_serial();
    const bool is_accepted = as_text(output) == "\r\nOK\r\n";
    engine_.handle_serial_written(output.size());
    return is_accepted;
  }

 private:
  static Outcome accept(Services&, Instant, const Arguments&) { return ok(); }

  static std::vector<CommandSpec> accepting(const CommandTable& table) {
    std::vector<CommandSpec> rows;
    for (const auto* row : table.all()) {
      rows.push_back(*row);
      rows.back().on_refused = nullptr;
      for (auto* handler : {&rows.back().on_test, &rows.back().on_read, &rows.back().on_write,
                            &rows.back().on_execute}) {
        if (*handler != nullptr) *handler = accept;
      }
    }
    return rows;
  }

  std::vector<CommandSpec> rows_;
  std::span<const CommandSpec> family_ = rows_;
  CommandTable table_;
  Engine engine_;
};

}  // namespace vmodem::at
