#include "tools/conform/answer/volatile_fields.h"

#include <algorithm>
#include <array>

#include "firmware/base/check.h"

namespace vmodem::conform {
namespace {

using enum VolatileKind;

constexpr auto kFields = std::to_array<VolatileField>({
    {.answer = "+CGSN", .is_named = false, .kind = kImei},
    {.answer = "+GSN", .is_named = false, .kind = kImei},
    {.answer = "+CGSN", .kind = kImei},
    {.answer = "+CIMI", .is_named = false, .kind = kImsi},
    {.answer = "+QCCID", .kind = kIccid},
    {.answer = "+CCID", .kind = kIccid},
    {.answer = "+ICCID", .kind = kIccid},
    {.answer = "+CCLK", .kind = kTime},
    {.answer = "+QLTS", .kind = kTime},
    {.answer = "+CTZV", .kind = kTime},
    {.answer = "+CTZE", .last = 3, .kind = kTime},
    {.answer = "+QNTP", .first = 2, .last = 2, .kind = kTime},
    {.answer = "+QPING", .first = 2, .last = 2, .kind = kAddress},
    {.answer = "+QPING", .first = 4, .last = 7, .kind = kReading},
    {.answer = "+QIURC", .first = 2, .last = 2, .kind = kAddress, .tag = "\"dnsgip\""},
    {.answer = "+CGPADDR", .first = 2, .last = 3, .kind = kAddress},
    {.answer = "+CGDCONT", .first = 4, .last = 4, .kind = kAddress},
    {.answer = "+QIACT", .first = 4, .last = 5, .kind = kAddress},
    {.answer = "+QIDNSCFG", .first = 2, .last = 3, .kind = kAddress},
    {.answer = "+CGCONTRDP", .first = 4, .last = 9, .kind = kAddress},
    {.answer = "+CSQ", .last = 2, .kind = kSignal},
    {.answer = "+CESQ", .last = 6, .kind = kSignal},
    {.answer = "+QCSQ", .first = 2, .last = 5, .kind = kSignal},
    {.answer = "+QIND", .first = 2, .last = 3, .kind = kSignal, .tag = "\"csq\""},
    {.answer = "+QNWINFO", .first = 4, .last = 4, .kind = kCell},
    {.answer = "+CREG", .first = 2, .last = 4, .kind = kCell},
    {.answer = "+CGREG", .first = 2, .last = 4, .kind = kCell},
    {.answer = "+CEREG", .first = 2, .last = 4, .kind = kCell},
    {.answer = "+CBC", .first = 2, .last = 3, .kind = kReading},
    {.answer = "+QADC", .first = 2, .last = 2, .kind = kReading},
    {.answer = "+QTEMP", .last = 3, .kind = kReading},
    {.answer = "+QFLDS", .last = 1, .kind = kReading},
    {.answer = "+QFOPEN", .kind = kHandle},
    {.answer = "+QCOAPACK", .first = 3, .last = 3, .kind = kMessageId},
    {.answer = "+QCOAPIND", .first = 3, .last = 3, .kind = kMessageId},
    {.answer = "+QCOAPRECV", .first = 2, .last = 2, .kind = kMessageId},
    {.answer = "+QCOAPRECV", .first = 5, .last = 5, .kind = kToken},
});

std::string_view unquoted(std::string_view text) {
  const bool is_quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return is_quoted ? text.substr(1, text.size() - 2) : text;
}

bool is_all_of(std::string_view text, std::string_view characters) {
  return !text.empty() && text.find_first_not_of(characters) == std::string_view::npos;
}

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kHexDigits = "0123456789ABCDEFabcdef";

bool is_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return is_all_of(text, kDigits);
}

}  // namespace

std::span<const VolatileField> volatile_fields() {
  return kFields;
}

std::string_view name_of(VolatileKind kind) {
  switch (kind) {
    case kImei:
      return "IMEI";
    case kImsi:
      return "IMSI";
    case kIccid:
      return "ICCID";
    case kToken:
      return "token";
    case kMessageId:
      return "message ID";
    case kHandle:
      return "handle";
    case kTime:
      return "time";
    case kAddress:
      return "address";
    case kSignal:
      return "signal";
    case kCell:
      return "cell";
    case kReading:
      return "reading";
  }
  BG_CHECK(false, "every kind has its name");
  return {};
}

bool has_form_of(VolatileKind kind, std::string_view text) {
  const auto value = unquoted(text);
  switch (kind) {
    case kImei:
    case kImsi:
      return value.size() == 15 && is_all_of(value, kDigits);
    case kIccid:
      return value.size() >= 18 && value.size() <= 22 && is_all_of(value, kHexDigits);
    case kToken:
      return is_all_of(value, kHexDigits) && value.size() <= 16;
    case kMessageId:
    case kHandle:
      return is_all_of(value, kDigits) && value.size() <= 5;
    case kTime:
      return is_all_of(value, "0123456789/,:+-");
    case kAddress:
      return is_all_of(value, "0123456789ABCDEFabcdef.:") &&
             value.find_first_of(".:") != std::string_view::npos;
    case kSignal:
    case kReading:
      return is_number(value);
    case kCell:
      // In quotes or a channel: a registration's state is one digit.
      return is_all_of(value, kHexDigits) && (value.size() > 1 || value != text);
  }
  BG_CHECK(false, "every kind has its form");
  return false;
}

}  // namespace vmodem::conform
