// Where a recording goes that only its owner may read: a file, a pipe or standard output. Never
// stops the program: what a reader makes no room for waits here, within a bound.
//
// In:  a path, records.
// Out: whole records at that path, in their order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "firmware/app/loop/output_descriptor.h"
#include "firmware/base/bytes.h"
#include "firmware/base/expected.h"

namespace vmodem::app {

class PrivateOutput {
 public:
  // What waits at the most; a record that does not fit beside it is lost whole, and counted.
  static constexpr std::size_t kWaitingMax = std::size_t{1024} * 1024;
  // What those that must not be lost may take on top.
  static constexpr std::size_t kReserveMax = std::size_t{256} * 1024;
  static constexpr std::string_view kStandardOutput = "-";

  enum class Need : std::uint8_t { kMayBeLost, kMustStay };

  // A file is made anew, and from then on read by its owner alone; a link and what belongs to
  // another user are refused, devices apart. A FIFO needs no reader yet. "-" is standard output,
  // unless that is a terminal. The error is one phrase that begins with `what`.
  [[nodiscard]] static Expected<PrivateOutput, std::string> open(const std::string& what,
                                                                 const std::string& path);

  void write(ByteView record, Need need = Need::kMayBeLost);
  // Hands over what waits, as far as there is room.
  void flush();
  // What waits goes, and all of the file behind `size`; false for what is no file.
  [[nodiscard]] bool cut(std::size_t size);
  [[nodiscard]] bool is_waiting() const { return written_ < waiting_.size(); }
  // Since the last call.
  [[nodiscard]] std::uint64_t take_lost_count() { return std::exchange(lost_count_, 0); }
  // True once behind a reader that has left: what waited for it is gone, and what is written from
  // now on is for another one.
  [[nodiscard]] bool take_reader_left() { return std::exchange(has_reader_left_, false); }

 private:
  // `fifo` is the path of one, whose readers come and go; empty: no FIFO.
  PrivateOutput(std::optional<OutputDescriptor> output, std::string fifo)
      : output_(std::move(output)), fifo_(std::move(fifo)) {}

  [[nodiscard]] static Expected<PrivateOutput, std::string> open_standard_output();
  [[nodiscard]] static Expected<PrivateOutput, std::string> open_file(const std::string& path);
  // False where no reader has come.
  bool open_fifo();
  void lose_reader();

  std::optional<OutputDescriptor> output_;  // nothing: a FIFO without a reader
  std::string fifo_;
  Bytes waiting_;
  std::size_t written_ = 0;  // of waiting_
  std::uint64_t lost_count_ = 0;
  bool has_reader_left_ = false;
  bool is_over_ = false;  // nobody can come any more
};

}  // namespace vmodem::app
