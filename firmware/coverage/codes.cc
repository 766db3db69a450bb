#include "firmware/coverage/codes.h"

#include <fmt/format.h>

#include <algorithm>

#include "at_engine/result.h"
#include "coap_core/message.h"
#include "firmware/base/check.h"
#include "firmware/coap/result_code.h"
#include "firmware/commands/families.h"
#include "firmware/commands/files/error.h"

namespace vmodem::coverage {
namespace {

using firmware::ResultCode;

constexpr std::string_view kCmePrefix = "+CME ERROR: ";
constexpr std::string_view kPrompt = ">";

constexpr at::FinalResult kGivenResults[] = {at::FinalResult::kOk, at::FinalResult::kError,
                                             at::FinalResult::kNoCarrier,
                                             at::FinalResult::kConnect};
// What the others are of is not there: messages, phone books, personalised cards
// (tests/unit/testbed/every_result_test.cc).
constexpr at::CmeError kGivenErrors[] = {at::cme::kOperationNotAllowed,
                                         at::cme::kSimNotInserted,
                                         at::cme::kSimPinRequired,
                                         at::cme::kSimPukRequired,
                                         at::cme::kSimFailure,
                                         at::cme::kSimBusy,
                                         at::cme::kSimWrong,
                                         at::cme::kIncorrectPassword,
                                         at::cme::kNoNetworkService,
                                         at::cme::kNetworkNotAllowed};
// A full storage is 420 (quectel-at.md §9.3).
constexpr int kDriveFull = 403;

struct UrcResults {
  std::string_view urc;
  std::string_view source;
  std::vector<ResultCode> codes;
};
const std::vector<UrcResults>& urc_results() {
  using enum ResultCode;
  static const std::vector<UrcResults> all{
      {"+QCOAPOPEN",
       "the note §3.3.2, the note Table 5",
       {kSuccess, kInvalidParameter, kInProcessing, kNetworkFailure, kDnsError, kDataCallActivating,
        kSocketFailure, kOutOfMemory, kDtlsFailure, kClientOccupied}},
      {"+QCOAPCLOSE",
       "the note §3.3.3, the note Table 5",
       {kSuccess, kNotAllowed, kNetworkFailure}},
      {"+QCOAPACK",
       "the note §3.4.2, the note Table 5",
       {kSuccess, kInProcessing, kNotAllowed, kNetworkFailure, kOutOfMemory, kSendFailure}},
      {"+QCOAPIND", "the note §3.4.3, the note Table 5", {kSuccess, kSendFailure}},
  };
  return all;
}

// The note's Table 5.
std::string_view meaning(ResultCode code) {
  switch (code) {
    case ResultCode::kSuccess:
      return "operation successful";
    case ResultCode::kInvalidParameter:
      return "invalid parameter";
    case ResultCode::kInProcessing:
      return "operation in processing";
    case ResultCode::kNotAllowed:
      return "operation not allowed";
    case ResultCode::kNetworkFailure:
      return "network failure";
    case ResultCode::kDnsError:
      return "DNS error";
    case ResultCode::kDataCallActivating:
      return "data call activating";
    case ResultCode::kSocketFailure:
      return "socket connection failure";
    case ResultCode::kOutOfMemory:
      return "out of memory";
    case ResultCode::kDtlsFailure:
      return "DTLS handshaking failure";
    case ResultCode::kClientOccupied:
      return "CoAP client identifier occupied";
    case ResultCode::kSendFailure:
      return "data sending failure";
  }
  return {};
}

std::string cme_subject(int number) {
  return fmt::format("{}{}", kCmePrefix, number);
}

const at::CmeError* find_error(std::string_view text) {
  const auto is_it = [text](const at::CmeError& error) {
    return error.text == text || fmt::format("{}", error.number) == text;
  };
  const auto* module = std::ranges::find_if(at::cme::kTable, is_it);
  if (module != std::end(at::cme::kTable)) return module;
  const auto* file = std::ranges::find_if(firmware::file_cme::kTable, is_it);
  return file == std::end(firmware::file_cme::kTable) ? nullptr : file;
}

}  // namespace

std::vector<CodeRow> result_rows() {
  std::vector<CodeRow> rows;
  for (const auto result : kGivenResults) {
    rows.push_back({std::string(at::result_text(result).text), "", "", "V.250 §5.7.1"});
  }
  rows.push_back({std::string(kPrompt), "", "the host may send its data", "the note §3.3.6"});
  for (const auto& error : kGivenErrors) {
    rows.push_back({cme_subject(error.number), "", error.text, "27.007 §9.2"});
  }
  for (const auto& error : firmware::file_cme::kTable) {
    if (error.number == kDriveFull) continue;
    rows.push_back({cme_subject(error.number), "", error.text, "FILE95 Table 3"});
  }
  return rows;
}

std::vector<CodeRow> coap_result_rows() {
  std::vector<CodeRow> rows;
  for (const auto& [urc, source, codes] : urc_results()) {
    for (const auto code : codes) {
      rows.push_back(
          {std::string(urc), fmt::format("{}", firmware::to_number(code)), meaning(code), source});
    }
  }
  return rows;
}

std::vector<CodeRow> message_rows() {
  constexpr std::size_t kCodePlace = 2;
  constexpr std::string_view kSource = "the note Table 4";
  const auto found = firmware::command_table({}).find("+QCOAPSEND");
  BG_CHECK(found.size() == 1 && found[0]->write.size() > kCodePlace,
           "messages are sent by one row");
  const auto& param = found[0]->write[kCodePlace];
  std::vector<CodeRow> rows;
  for (std::size_t i = 0; i < param.list_size; ++i) {
    const auto code = static_cast<coap::Code>(param.list[i]);
    const auto subject = coap::to_string(code);
    if (coap::is_response(code)) {
      rows.push_back({subject, "received", "", kSource});
      continue;
    }
    rows.push_back({subject, "CON", "", kSource});
    if (!coap::is_empty(code)) rows.push_back({subject, "NON", "", kSource});
  }
  return rows;
}

std::string result_subject(std::string_view text) {
  if (text.starts_with(kCmePrefix)) {
    const auto* error = find_error(text.substr(kCmePrefix.size()));
    return error == nullptr ? std::string(text) : cme_subject(error->number);
  }
  for (const auto result : kGivenResults) {
    const auto& row = at::result_text(result);
    const bool is_connect = result == at::FinalResult::kConnect && text.starts_with(row.text);
    if (is_connect || text == fmt::format("{}", row.number)) return std::string(row.text);
  }
  return std::string(text);
}

}  // namespace vmodem::coverage
