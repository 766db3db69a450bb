// Reads what a module says as a host does that waits for every answer: framing, what belongs to the
// answer and what does not.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "firmware/base/bytes.h"
#include "tests/simulation/finding.h"

namespace vmodem::simulation {

enum class ItemKind : std::uint8_t { kUrc, kInformation, kFinal, kPrompt };

struct Item {
  ItemKind kind;
  std::string text;
};

class OutputReader {
 public:
  explicit OutputReader(Findings& findings) : findings_(findings) {}

  void feed(ByteView octets) { text_.append(as_text(octets)); }
  // A complete item, as soon as there is one.
  [[nodiscard]] std::optional<Item> poll();
  // Octets that make no complete item.
  [[nodiscard]] const std::string& rest() const { return text_; }

  // The host has sent this line with its CR.
  void begin_answer(std::string_view line);
  // The host has sent the last of its data, as far as it knows.
  void end_data() { state_ = State::kAnswer; }
  // Reset, power-off or a hang: until the next line anything may come, also what was said before.
  void interrupt();
  // Nobody knows any more whether octets are echoed.
  void forget_echo() { echo_.reset(); }

 private:
  enum class State : std::uint8_t { kGap, kEcho, kAnswer, kDownload, kData, kAnything };

  bool take_echo();
  [[nodiscard]] std::optional<Item> take_line();
  [[nodiscard]] std::optional<Item> take_urc(std::string_view line, std::size_t size);
  [[nodiscard]] std::optional<Item> take_prompt();
  [[nodiscard]] bool skip_download();
  [[nodiscard]] Item classify(std::string text);
  void learn_echo();
  void check_information(std::string_view text);
  void complain(std::string_view check, std::string_view what);

  Findings& findings_;
  State state_ = State::kGap;
  std::string text_;
  std::string line_;
  std::optional<bool> echo_ = true;
  bool is_behind_information_ = false;
};

// "+QCOAPRECV: …": how many octets its payload has; nothing where the line is none.
[[nodiscard]] std::optional<std::size_t> payload_size(std::string_view receive_urc);
[[nodiscard]] bool is_known_urc(std::string_view text);
[[nodiscard]] bool is_final_result(std::string_view text);

}  // namespace vmodem::simulation
