// What AT+QCOAPHEADER and AT+QCOAPOPTION preset for the messages to come (the note §3.3.4–3.3.6).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "coap_core/message.h"
#include "firmware/base/random.h"
#include "firmware/coap/dialect.h"

namespace vmodem::firmware {

// Message ID and token of the next messages (qcoap.md §5).
class HeaderPreset {
 public:
  explicit HeaderPreset(RandomSource& random);

  // The first message uses `message_id`; no `token` means a fresh one per message.
  void set(coap::MessageId message_id, std::optional<coap::Token> token);
  // The same with the token of before, or none where there was none.
  void set_keeping_token(coap::MessageId message_id);

  [[nodiscard]] coap::MessageId peek_message_id() const { return next_; }
  // Nothing: a fresh one per message.
  [[nodiscard]] const std::optional<coap::Token>& preset_token() const { return token_; }
  // The message ID of a CON or NON; the next one will use the following value.
  [[nodiscard]] coap::MessageId take_message_id(bool sticky);
  [[nodiscard]] coap::Token token(coap::MessageId message_id, RandomSource& random) const;

 private:
  coap::MessageId next_;
  std::optional<coap::Token> token_ = coap::Token{};  // nothing: generate
};

// AT+QCOAPHEADER's <TKL>,<token>, or nothing where they do not fit each other.
[[nodiscard]] std::optional<coap::Token> parse_token(std::size_t length, std::string_view text,
                                                     bool is_raw_text);

class OptionSlots {
 public:
  static constexpr std::size_t kCount = 8;

  void set(std::size_t index, coap::Option option) { slots_[index] = std::move(option); }
  [[nodiscard]] const std::optional<coap::Option>& at(std::size_t index) const {
    return slots_[index];
  }
  // False where the slot was empty.
  [[nodiscard]] bool clear(std::size_t index);
  // The options of the set bits, in index order; empty slots are passed over.
  [[nodiscard]] std::vector<coap::Option> select(unsigned mask, bool split_uri) const;

 private:
  std::array<std::optional<coap::Option>, kCount> slots_;
};

// An option value as the host writes it.
struct OptionText {
  std::string_view text;
  bool is_present = false;
};

// Nothing where the number is not allowed, the value does not have the number's format, or its
// encoded length is out of range (the note's Table 3).
[[nodiscard]] std::optional<coap::Option> parse_option(std::uint16_t number,
                                                       const OptionText& value,
                                                       const Dialect& dialect);

}  // namespace vmodem::firmware
