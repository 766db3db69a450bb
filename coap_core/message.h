// The CoAP message as a value (RFC 7252 §3).
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/bytes.h"
#include "firmware/base/check.h"

namespace vmodem::coap {

enum class Type : std::uint8_t { kConfirmable, kNonConfirmable, kAcknowledgement, kReset };
// "CON", "NON", "ACK", "RST".
[[nodiscard]] std::string_view name(Type type);
[[nodiscard]] std::optional<Type> parse_type(std::string_view text);

// c.dd as one octet, class × 32 + detail (RFC 7252 §3).
enum class Code : std::uint8_t {
  kEmpty = 0,
  kGet = 1,
  kPost = 2,
  kPut = 3,
  kDelete = 4,
  kCreated = 65,
  kDeleted = 66,
  kValid = 67,
  kChanged = 68,
  kContent = 69,
  kContinue = 95,
  kBadRequest = 128,
  kUnauthorized = 129,
  kBadOption = 130,
  kForbidden = 131,
  kNotFound = 132,
  kMethodNotAllowed = 133,
  kNotAcceptable = 134,
  kRequestEntityIncomplete = 136,
  kPreconditionFailed = 140,
  kRequestEntityTooLarge = 141,
  kUnsupportedContentFormat = 143,
  kInternalServerError = 160,
  kNotImplemented = 161,
  kBadGateway = 162,
  kServiceUnavailable = 163,
  kGatewayTimeout = 164,
  kProxyingNotSupported = 165,
};

[[nodiscard]] constexpr int code_class(Code code) {
  return static_cast<int>(code) >> 5;
}
[[nodiscard]] constexpr int code_detail(Code code) {
  return static_cast<int>(code) & 0x1F;
}
[[nodiscard]] constexpr bool is_empty(Code code) {
  return code == Code::kEmpty;
}
[[nodiscard]] constexpr bool is_request(Code code) {
  return code_class(code) == 0 && !is_empty(code);
}
// 2.00 to 5.31 (RFC 7252 §12.1.2), 3.xx too, though none is assigned; classes 1, 6 and 7 are
// reserved.
[[nodiscard]] constexpr bool is_response(Code code) {
  return code_class(code) >= 2 && code_class(code) <= 5;
}
// "4.04": the class, a dot, two digits.
[[nodiscard]] std::string to_string(Code code);
[[nodiscard]] std::optional<Code> parse_code(std::string_view text);

struct Method {
  Code code;
  std::string_view name;
};
// RFC 7252 §5.8, RFC 8132.
inline constexpr std::array<Method, 7> kMethods{{{Code::kGet, "GET"},
                                                 {Code::kPost, "POST"},
                                                 {Code::kPut, "PUT"},
                                                 {Code::kDelete, "DELETE"},
                                                 {Code{5}, "FETCH"},
                                                 {Code{6}, "PATCH"},
                                                 {Code{7}, "iPATCH"}}};
// Its name, else to_string().
[[nodiscard]] std::string method_name(Code code);

using MessageId = std::uint16_t;

// 0 to 8 octets (RFC 7252 §5.3.1).
class Token {
 public:
  static constexpr std::size_t kSizeMax = 8;

  Token() = default;
  // The caller has checked that there are at most kSizeMax octets.
  explicit Token(ByteView octets) : size_(static_cast<std::uint8_t>(octets.size())) {
    BG_CHECK(octets.size() <= kSizeMax, "callers check token lengths first");
    std::copy(octets.begin(), octets.end(), octets_.begin());
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] ByteView view() const { return {octets_.data(), size_}; }

  friend auto operator<=>(const Token&, const Token&) = default;

 private:
  std::array<std::uint8_t, kSizeMax> octets_{};  // zero behind size_, so comparison is memberwise
  std::uint8_t size_ = 0;
};

struct Option {
  std::uint16_t number = 0;
  Bytes value;

  friend bool operator==(const Option&, const Option&) = default;
};

struct Message {
  Type type = Type::kConfirmable;
  Code code = Code::kEmpty;
  MessageId message_id = 0;
  Token token;
  std::vector<Option> options;  // in any order; the codec sorts, equal numbers keep their order
  Bytes payload;

  friend bool operator==(const Message&, const Message&) = default;
};

}  // namespace vmodem::coap
