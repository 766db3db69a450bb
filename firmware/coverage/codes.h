// The numbers and texts by which the module says how something ended.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vmodem::coverage {

struct CodeRow {
  std::string subject;
  std::string aspect;
  std::string_view help;
  std::string_view source;
};
// "OK", "+CME ERROR: 3" and the like: those that this module gives.
[[nodiscard]] std::vector<CodeRow> result_rows();
// "+QCOAPOPEN" with "-5", in the URC's order, then by number.
[[nodiscard]] std::vector<CodeRow> coap_result_rows();
// The note's Table 4, as the row of AT+QCOAPSEND takes it: requests that leave, responses that
// come.
[[nodiscard]] std::vector<CodeRow> message_rows();

// The subject of result_rows() for the text of a final result, whatever AT+CMEE and ATV make of it.
[[nodiscard]] std::string result_subject(std::string_view text);

}  // namespace vmodem::coverage
