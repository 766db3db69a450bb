// The AT engine of one serial line (V.250, 27.007): command lines in, responses and URCs out.
//
// In:  serial octets, a table of commands, the time.
// Out: serial octets, calls of handlers.
//
// Two lanes, one rule: a transaction opens when a command line ends and closes with its final
// result code; only its own lines go out while it is open. URCs wait for the gap between
// transactions, outside data mode and half-typed lines, so a URC follows the result of the command
// that caused it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "at_engine/command.h"
#include "at_engine/command_line.h"
#include "at_engine/data_collector.h"
#include "at_engine/line_reader.h"
#include "at_engine/override_table.h"
#include "at_engine/serial_output.h"
#include "at_engine/settings.h"
#include "firmware/base/bytes.h"
#include "firmware/base/queue.h"
#include "firmware/base/time.h"

namespace vmodem::at {

struct EngineOptions {
  bool hold_urcs_while_typing = true;
  PromptForm prompt;
  // step() ends before it runs a line, or hands over the data of one, and does it the next time.
  bool pause_before_lines = false;
};

class Engine {
 public:
  static constexpr std::size_t kInputSizeMax = 16 * 1024;  // waits while a command runs
  static constexpr std::size_t kUrcCountMax = 64;
  static constexpr std::size_t kUrcSizeMax = 64 * 1024;
  // How long a half-typed line keeps a URC back.
  static constexpr Duration kTypingHoldMax = 5s;

  // `commands` and `services` outlive the engine.
  Engine(const CommandTable& commands, Services& services, const EngineOptions& options = {});
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Octets that receive() takes now.
  [[nodiscard]] std::size_t serial_room() const { return kInputSizeMax - (input_.size() - read_); }
  // Queues received octets; step() works on them.
  void receive(ByteView octets);
  // Works off input until a command line or a data mode has ended, or is about to run where the
  // options ask for that pause; true then, and there may be more. So a driver can act on what
  // one command asked for before the next one runs, however the octets were chunked.
  [[nodiscard]] bool step(Instant now);

  void handle_timeout(Instant now);
  [[nodiscard]] std::optional<Instant> poll_timeout() const;

  // Power-off: input, a pending command, data mode and URCs are gone. What was answered stays
  // readable, and so do `last_words`, one line that nothing holds back.
  void reset(std::string_view last_words = {});
  // From hold_urcs() to release_urcs() none goes out.
  void hold_urcs() { holds_urcs_ = true; }
  void release_urcs(Instant now);
  // None goes out before that instant.
  void hold_urcs_until(Instant instant) { urcs_held_until_ = instant; }
  // That have gone out since the beginning.
  [[nodiscard]] std::uint64_t written_urc_count() const { return written_urc_count_; }

  // DTR drops: where a data mode that CONNECT has opened takes octets it ends as by "+++" (AT95
  // §3.2) and, where the host `hangs_up`, with NO CARRIER for its answer. True where there was one.
  bool interrupt_data(Instant now, bool hangs_up);
  // A data mode that CONNECT has opened.
  [[nodiscard]] bool is_connected() const;

  // The answer of a command that returned Pending.
  void complete(Instant now, const Response& response);
  [[nodiscard]] bool is_command_pending() const { return state_ == State::kPending; }

  // Queues a URC; it goes out now if nothing holds it back. Dropped, and counted, where the queue
  // is full.
  void post(Instant now, Urc urc);

  [[nodiscard]] ByteView poll_serial() const { return output_.pending(); }
  // The first segment of poll_serial().
  [[nodiscard]] std::optional<SerialSegment> poll_serial_segment() const {
    return output_.front_segment();
  }
  void handle_serial_written(std::size_t count) { output_.handle_written(count); }
  // URCs that wait, or are not written whole.
  [[nodiscard]] std::size_t urc_count() const { return urcs_.size() + output_.urc_count(); }

  // The command line that runs, or ran last, or is about to, without its prefix.
  [[nodiscard]] const std::string& line() const { return line_; }
  // The same for a log.
  [[nodiscard]] std::string masked_line() const;
  // No command line runs, and none waits for its data or its answer.
  [[nodiscard]] bool is_between_lines() const { return state_ == State::kIdle; }
  // The same, and nothing of a line or of what stands behind it has come.
  [[nodiscard]] bool is_at_rest() const {
    return is_between_lines() && read_ == input_.size() && reader_.is_between_lines();
  }
  // The next step() runs it.
  [[nodiscard]] bool is_before_line() const { return state_ == State::kBeforeLine; }
  // The next step() hands over the data; that many octets.
  [[nodiscard]] bool is_before_data() const { return state_ == State::kBeforeData; }
  [[nodiscard]] std::size_t data_size() const { return collector_->input(data_end_).octets.size(); }
  // Of the answers from now on.
  void set_mark(std::uint64_t mark) { output_.set_mark(mark); }

  // Data mode or a half-typed line: timers that wait for the host are running.
  [[nodiscard]] bool is_waiting_for_host() const;

  // As EngineOptions::pause_before_lines, from the next line on.
  void pause_before_lines() { options_.pause_before_lines = true; }
  // Answers in the place of those of the table, whatever the command.
  [[nodiscard]] OverrideTable& overrides() { return overrides_; }

  [[nodiscard]] Settings& settings() { return settings_; }
  [[nodiscard]] std::uint64_t dropped_urc_count() const { return dropped_urc_count_; }
  [[nodiscard]] std::uint64_t dropped_output_count() const { return output_.dropped_count(); }

 private:
  enum class State : std::uint8_t { kIdle, kBeforeLine, kExecuting, kPending, kData, kBeforeData };
  struct QueuedUrc {
    Instant queued_at;
    Urc urc;
  };

  bool read_octet(Instant now);
  bool read_data(Instant now);
  void run_line(Instant now);
  void run_rest(Instant now);
  // `text` is the command as it was typed.
  [[nodiscard]] Outcome run(Instant now, const Command& command, std::string_view text);
  [[nodiscard]] Outcome run_write(Instant now, const Command& command,
                                  std::span<const CommandSpec* const> rows);
  // True where the command line goes on.
  bool answer(const Response& response);
  void begin_data(Instant now, DataMode mode);
  void finish_data(Instant now, DataEnd end);
  void end_data(Instant now, DataEnd end);
  void close_transaction(Instant now);
  void flush_urcs(Instant now);
  [[nodiscard]] bool may_write_urc(Instant now, const QueuedUrc& urc) const;

  const CommandTable& commands_;
  Services& services_;
  EngineOptions options_;
  Settings settings_;
  SerialOutput output_{settings_};
  LineReader reader_;
  OverrideTable overrides_;

  std::string input_;
  std::size_t read_ = 0;

  State state_ = State::kIdle;
  std::string line_;       // line(), for A/
  std::string_view rest_;  // what of it has not run yet
  std::optional<DataCollector> collector_;
  DataEnd data_end_{};  // while kBeforeData
  bool hangs_up_ = false;  // the data mode that ends

  Queue<QueuedUrc> urcs_;
  std::size_t urc_size_ = 0;
  bool holds_urcs_ = false;
  Instant urcs_held_until_{};
  std::uint64_t written_urc_count_ = 0;
  std::uint64_t dropped_urc_count_ = 0;
};

}  // namespace vmodem::at
