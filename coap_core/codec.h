// Messages to octets and back (RFC 7252 §3), over libcoap's option codec. The header checks are
// ours: libcoap's versions disagree about reserved token lengths.
#pragma once

#include <cstddef>
#include <iterator>
#include <optional>

#include "coap_core/message.h"
#include "firmware/base/expected.h"

namespace vmodem::coap {

struct OptionView {
  std::uint16_t number = 0;
  ByteView value;
};

// The options of a decoded datagram, walked lazily. decode() has proved the encoding sound, so
// walking cannot fail.
class OptionSequence {
 public:
  class Iterator {
   public:
    using value_type = OptionView;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::input_iterator_tag;

    Iterator() = default;
    explicit Iterator(ByteView rest);
    const OptionView& operator*() const { return current_; }
    const OptionView* operator->() const { return &current_; }
    Iterator& operator++();
    void operator++(int) { ++*this; }
    friend bool operator==(const Iterator& it, std::default_sentinel_t) { return it.at_end_; }

   private:
    ByteView rest_;
    OptionView current_;
    bool at_end_ = true;
  };

  OptionSequence() = default;
  OptionSequence(ByteView encoded, std::size_t count) : encoded_(encoded), count_(count) {}
  [[nodiscard]] Iterator begin() const { return Iterator(encoded_); }
  [[nodiscard]] std::default_sentinel_t end() const { return {}; }
  [[nodiscard]] std::size_t size() const { return count_; }

 private:
  ByteView encoded_;  // without payload marker
  std::size_t count_ = 0;
};

// A decoded datagram that borrows its octets.
struct MessageView {
  Type type = Type::kConfirmable;
  Code code = Code::kEmpty;
  MessageId message_id = 0;
  Token token;
  OptionSequence options;
  ByteView payload;

  [[nodiscard]] Message to_message() const;
};

enum class DecodeFault : std::uint8_t {
  kTooShort,          // less than a header: nothing to answer
  kUnknownVersion,    // RFC 7252 §3: silently ignored
  kTokenLength,       // TKL 9–15, or a token that runs past the end
  kEmptyWithContent,  // RFC 7252 §4.1: code 0.00 with anything behind the message ID
  kOptionReserved,    // a delta or length nibble of 15 that is no payload marker
  kOptionTruncated,   // an option that runs past the end
  kOptionNumber,      // an option number over 65535
  kMarkerNoPayload,   // 0xFF followed by nothing
};

// What RFC 7252 §4.2 and §4.3 need to answer a datagram that does not decode.
struct DecodeError {
  DecodeFault fault;
  std::optional<Type> type;             // absent for kTooShort and kUnknownVersion
  std::optional<MessageId> message_id;  // likewise
};

[[nodiscard]] Expected<MessageView, DecodeError> decode(ByteView datagram);

// The fields of a message to be encoded, borrowed. `options` ascend by number.
struct EncodeFields {
  Type type = Type::kConfirmable;
  Code code = Code::kEmpty;
  MessageId message_id = 0;
  const Token* token = nullptr;  // null: none
  std::span<const OptionView> options;
  ByteView payload;
};

// Writes into `out` without allocating; the size written, or nothing where it does not fit. Writes
// what it is told: illegal combinations are the caller's to refuse.
[[nodiscard]] std::optional<std::size_t> encode_into(const EncodeFields& fields,
                                                     std::span<std::uint8_t> out);

// The convenient form: sorts options stably by number (RFC 7252 §3.1).
[[nodiscard]] Bytes encode(const Message& message);

// The uint format of RFC 7252 §3.2: no leading zeros, 0 is no octets. Decoding accepts leading
// zeros; nothing where more than 8 octets are significant.
[[nodiscard]] Bytes encode_uint(std::uint64_t value);
[[nodiscard]] std::optional<std::uint64_t> decode_uint(ByteView octets);

}  // namespace vmodem::coap
