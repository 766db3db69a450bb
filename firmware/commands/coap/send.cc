#include "firmware/commands/coap/send.h"

#include <fmt/format.h>

#include "firmware/base/check.h"
#include "firmware/services.h"

namespace vmodem::firmware {
namespace {

using at::Arguments;
using at::DataEnd;
using at::DataInput;
using at::DataMode;
using at::Outcome;
using at::Response;
using at::Services;

// Under LongPayload::kSent, which knows no limit; this one bounds the memory.
constexpr std::size_t kLongPayloadSizeMax = 4096;

struct SendHeader {
  ClientId client;
  coap::Type type;
  coap::Code code;
  unsigned mask;
};

// RFC 7252 §4.2, §4.3 table 1: which type carries which code.
bool is_combination_allowed(coap::Type type, coap::Code code) {
  switch (type) {
    case coap::Type::kConfirmable:
      return true;
    case coap::Type::kNonConfirmable:
      return !coap::is_empty(code);
    case coap::Type::kAcknowledgement:
      return !coap::is_request(code);
    case coap::Type::kReset:
      break;
  }
  return coap::is_empty(code);
}

Response send_payload(Services& services, Instant now, const SendHeader& header, ByteView payload) {
  auto& client = services.coap[header.client];
  if (client.status() != ClientStatus::kConnected) return at::error();
  const OutgoingMessage message{header.type, header.code, header.mask, payload};
  if (!services.radio.is_registered()) {
    client.refuse_send(message, ResultCode::kNetworkFailure, "not registered");
    return at::ok();
  }
  if (services.is_memory_full) {
    client.refuse_send(message, ResultCode::kOutOfMemory, "out of memory");
    return at::ok();
  }
  client.send(now, message);
  return at::ok();
}

Response cancel_payload(EscapeAnswer answer) {
  switch (answer) {
    case EscapeAnswer::kOk:
      return at::ok();
    case EscapeAnswer::kError:
      return at::error();
    case EscapeAnswer::kNone:
      return {.is_silent = true};
  }
  BG_CHECK(false, "every answer is told");
  return at::ok();
}

Response end_payload(Services& services, Instant now, const SendHeader& header,
                     const DataInput& input) {
  if (input.end == DataEnd::kEscape) {
    return cancel_payload(services.config.dialect.payload.escape_answer);
  }
  if (input.end == DataEnd::kIdle || input.is_overflown) return at::error();
  if (coap::is_empty(header.code) && !input.octets.empty()) return at::error();
  return send_payload(services, now, header, input.octets);
}

}  // namespace

Outcome test_send(Services& services, Instant, const Arguments&) {
  return at::ok(fmt::format("+QCOAPSEND: {},{},{},{},({}-{})", kClientId.to_test_text(),
                            kType.to_test_text(), kCode.to_test_text(), kBitmask.to_test_text(),
                            services.config.dialect.payload.length_min, kPayloadSizeMax));
}

Outcome send_message(Services& services, Instant now, const Arguments& args) {
  const auto& dialect = services.config.dialect;
  const SendHeader header{args.get(kClientId), args.get(kType), args.get(kCode),
                          args.get(kBitmask)};
  const auto length = args.find(kPayloadLength);
  if (services.coap[header.client].status() != ClientStatus::kConnected) return at::error();
  if (!dialect.any_type_and_code && !is_combination_allowed(header.type, header.code)) {
    return at::error();
  }
  if (coap::is_empty(header.code) && length.value_or(0) > 0) return at::error();
  if (length && *length < dialect.payload.length_min) return at::error();
  if (length == 0) return send_payload(services, now, header, {});

  const auto reading = dialect.payload.long_payload;
  return DataMode{
      .prompt = DataMode::Prompt::kText,
      .size = length,
      .control_ends_size = dialect.payload.control_ends_counted,
      .size_max = reading == LongPayload::kSent ? kLongPayloadSizeMax : kPayloadSizeMax,
      .ends_over_size_max = reading == LongPayload::kErrorAtOnce,
      .idle_timeout = dialect.payload.input_timeout,
      .on_data = [header](Services& at_end, Instant then, const DataInput& input) {
        return end_payload(at_end, then, header, input);
      }};
}

}  // namespace vmodem::firmware
