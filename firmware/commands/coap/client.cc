// The six CoAP commands (the note §3.3, ruled by qcoap.md §2–7).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "firmware/base/check.h"
#include "firmware/coap/host_name.h"
#include "firmware/coap/security.h"
#include "firmware/commands/coap/send.h"
#include "firmware/commands/coap/tables.h"
#include "firmware/commands/packet/activation.h"
#include "firmware/handlers.h"

namespace vmodem::firmware {
namespace {

constexpr IntParam<> kPdpContext{"PDP_cid", 1, 16};
constexpr IntParam<> kDtlsEnable{"DTLS_enable", {0, 1}};
constexpr IntParam<> kDtlsContext{"DTLS_contextID", 0, 5};
constexpr IntParam<> kTimeout{"timeout", 2, 60};
constexpr IntParam<> kRetryCount{"retry_count", 4, 8};

constexpr TextParam kServer{"CoAP_server",
                            {.size_min = 1, .size_max = 255, .sample = "127.0.0.1"}};
constexpr IntParam<std::uint16_t> kPort{"port", 1, 65535};

constexpr IntParam<std::uint16_t> kMessageId{"msgID", 0, 65535};
constexpr IntParam<> kTokenMode{"mode", {0, 1}};

// Nothing of them is checked before the mode: it may be that one of them does not count.
constexpr TextParam kTokenLength{"TKL", {.size_max = 4096, .bare = Bare::kAny, .sample = "4"}};
constexpr TextParam kToken{"token", {.size_max = 4096, .bare = Bare::kAny, .sample = "01020304"}};
constexpr auto kTokenSize = IntParam<std::size_t>("TKL", 0, coap::Token::kSizeMax);
constexpr at::ParamList kOnlyTokenSize{kTokenSize};

constexpr IntParam<> kOptionMode{"mode", {0, 1}};
constexpr IntParam<std::size_t> kOptionIndex{"opt_index", 0, 7};
// qcoap.md §6: mode 1 ignores what follows the index, so nothing of it is checked before the mode.
constexpr TextParam::Shape kAnything{.size_max = 4096, .bare = Bare::kAny, .sample = "11"};
constexpr TextParam kOptionNumber{"opt_number", kAnything};
constexpr TextParam kOptionValue{"opt_value", kAnything};
constexpr std::size_t kOptionFieldCount = 5;
constexpr std::array<TextParam, 3> kIgnored{
    {{"ignored", kAnything}, {"ignored", kAnything}, {"ignored", kAnything}}};
constexpr IntParam<std::uint16_t> kNumber{"opt_number", 0, 65535};
constexpr at::ParamList kOnlyNumber{kNumber};

Outcome configure_pdp(Services& services, Instant, const Arguments& args) {
  auto& client = services.coap[args.get(kClientId)];
  auto configuration = client.configuration();
  if (!args.has(kPdpContext)) {
    return at::ok(fmt::format("+QCOAPCFG: \"pdpcid\",{}", configuration.pdp_context));
  }
  configuration.pdp_context = args.get(kPdpContext);
  client.configure(configuration);
  return at::ok();
}

Outcome configure_dtls(Services& services, Instant, const Arguments& args) {
  auto& client = services.coap[args.get(kClientId)];
  auto configuration = client.configuration();
  const auto enable = args.find(kDtlsEnable);
  const auto context = args.find(kDtlsContext);
  if (!enable && !context) {
    if (!configuration.dtls && !services.config.dialect.show_unused_dtls_context) {
      return at::ok("+QCOAPCFG: \"dtls\",0");
    }
    return at::ok(fmt::format("+QCOAPCFG: \"dtls\",{},{}", static_cast<int>(configuration.dtls),
                              configuration.dtls_context));
  }
  const bool is_partial = !enable || !context;
  if (is_partial && !services.config.dialect.partial_values) return at::error();
  if (enable) configuration.dtls = *enable == 1;
  configuration.dtls_context = context.value_or(configuration.dtls_context);
  client.configure(configuration);
  return at::ok();
}

Outcome configure_transmission(Services& services, Instant, const Arguments& args) {
  auto& client = services.coap[args.get(kClientId)];
  auto configuration = client.configuration();
  const auto timeout = args.find(kTimeout);
  const auto retry_count = args.find(kRetryCount);
  if (!timeout && !retry_count) {
    return at::ok(fmt::format("+QCOAPCFG: \"trans\",{},{}", configuration.ack_timeout_s,
                              configuration.retry_count));
  }
  const bool is_partial = !timeout || !retry_count;
  if (is_partial && !services.config.dialect.partial_values) return at::error();
  configuration.ack_timeout_s = timeout.value_or(configuration.ack_timeout_s);
  configuration.retry_count = retry_count.value_or(configuration.retry_count);
  client.configure(configuration);
  return at::ok();
}

struct Refusal {
  ResultCode result;
  std::string_view why;
};

std::optional<Refusal> refusal_of_open(const Services& services, const CoapClient& client,
                                       std::string_view host) {
  if (client.status() == ClientStatus::kConnected) {
    return Refusal{ResultCode::kClientOccupied, "the client is connected already"};
  }
  if (client.status() != ClientStatus::kIdle) {
    return Refusal{ResultCode::kInProcessing, "the client is opening or closing already"};
  }
  if (!is_server(host)) {
    return Refusal{ResultCode::kInvalidParameter, "no server can have this name or address"};
  }
  if (services.is_memory_full) return Refusal{ResultCode::kOutOfMemory, "out of memory"};
  if (!services.radio.is_registered()) {
    return Refusal{ResultCode::kNetworkFailure, "not registered"};
  }
  return std::nullopt;
}

// Where there is none, the context is active or activating afterwards.
std::optional<Refusal> bring_up_context(Services& services, Instant now, int context) {
  if (services.pdp.is_active(context)) return std::nullopt;
  if (services.pdp.activating_user(context) == PdpUser::kCommand) {
    return Refusal{ResultCode::kDataCallActivating, "a command is activating the PDP context"};
  }
  if (!services.config.dialect.auto_activate_pdp) {
    return Refusal{ResultCode::kNetworkFailure, "the PDP context is not active"};
  }
  if (!load_pdp(services.saved, context).carries_ip()) {
    return Refusal{ResultCode::kNetworkFailure, "the PDP context carries no IP"};
  }
  if (const auto obstacle =
          begin_activation(services, now, context, PdpUser::kCoap, PdpLayer::kContext)) {
    return Refusal{ResultCode::kNetworkFailure, describe(*obstacle)};
  }
  if (services.pdp.is_active(context) || services.pdp.activating_user(context)) {
    return std::nullopt;
  }
  return Refusal{ResultCode::kNetworkFailure, "the network refuses the data call"};
}

Outcome open_session(Services& services, Instant now, const Arguments& args) {
  const auto host = args.get(kServer);
  auto& client = services.coap[args.get(kClientId)];
  if (const auto refusal = refusal_of_open(services, client, host)) {
    client.refuse_open(refusal->result, refusal->why);
    return at::ok();
  }
  const auto context = client.configuration().pdp_context;
  if (const auto refusal = bring_up_context(services, now, context)) {
    client.refuse_open(refusal->result, refusal->why);
    return at::ok();
  }
  Server server{std::string(host), args.get(kPort)};
  std::optional<dtls::ClientConfig> security;
  if (client.configuration().dtls) {
    const auto id = client.configuration().dtls_context;
    auto made = make_security(services.ssl[static_cast<std::size_t>(id)], id, services.files,
                              server, services.config.dialect, client);
    if (!made) {
      client.refuse_open(ResultCode::kDtlsFailure, made.error());
      return at::ok();
    }
    security = std::move(*made);
    security->export_keys = services.config.export_keys;
  }
  client.open(now, TransportId{++services.last_transport}, std::move(server),
              std::move(security));
  if (services.pdp.is_active(context)) client.handle_context_activated(context);
  return at::ok();
}

Outcome list_sessions(Services& services, Instant, const Arguments&) {
  Response response;
  for (std::size_t i = 0; i < kClientCount; ++i) {
    const auto& client = services.coap[ClientId{static_cast<std::uint8_t>(i)}];
    const bool is_idle = client.status() == ClientStatus::kIdle;
    if (is_idle && !services.config.dialect.list_idle_clients) continue;
    response.lines.push_back(fmt::format("+QCOAPOPEN: {},\"{}\",{},{}", i, client.server().host,
                                         client.server().port, static_cast<int>(client.status())));
  }
  return response;
}

Response close_idle(CoapClient& client, IdleClose reading) {
  switch (reading) {
    case IdleClose::kError:
      return at::error();
    case IdleClose::kOk:
      return at::ok();
    case IdleClose::kNotAllowed:
      client.refuse_close("there is no session");
      return at::ok();
  }
  BG_CHECK(false, "every reading has its answer");
  return at::error();
}

Outcome close_session(Services& services, Instant now, const Arguments& args) {
  auto& client = services.coap[args.get(kClientId)];
  if (client.status() == ClientStatus::kDisconnecting) return at::error();
  if (client.status() == ClientStatus::kIdle) {
    return close_idle(client, services.config.dialect.close_idle);
  }
  client.close(now);
  return at::ok();
}

// Nothing where <TKL> and <token> are not what the note has or do not fit each other.
std::optional<coap::Token> given_token(const Arguments& args, bool is_raw_text) {
  const auto& given = args.find_argument(kTokenLength);
  std::size_t size = 0;
  if (given.present) {
    if (given.quoted) return std::nullopt;
    const auto number = Arguments::parse(given.text, kOnlyTokenSize, 0);
    if (!number) return std::nullopt;
    size = number->get(kTokenSize);
  }
  return parse_token(size, args.get(kToken), is_raw_text);
}

Outcome set_header(Services& services, Instant, const Arguments& args) {
  const auto& dialect = services.config.dialect;
  const bool generates = args.get(kTokenMode) == 1;
  const auto token = given_token(args, dialect.token_text);
  if (!token && (!generates || dialect.check_generated_token)) return at::error();

  auto& header = services.coap[args.get(kClientId)].header();
  const bool names_token = args.has(kTokenLength) || args.has(kToken);
  if (!generates && !names_token && dialect.keep_token) {
    header.set_keeping_token(args.get(kMessageId));
  } else {
    header.set(args.get(kMessageId), generates ? std::nullopt : token);
  }
  return at::ok();
}

// Of mode 0; nothing where it is no number.
std::optional<std::uint16_t> option_number(const Arguments& args) {
  const auto& given = args.find_argument(kOptionNumber);
  if (given.quoted || args.count() > kOptionFieldCount) return std::nullopt;
  const auto number = Arguments::parse(given.text, kOnlyNumber, 0);
  return number ? number->find(kNumber) : std::nullopt;
}

Outcome set_option(Services& services, Instant, const Arguments& args) {
  auto& slots = services.coap[args.get(kClientId)].options();
  const auto index = args.get(kOptionIndex);
  if (args.get(kOptionMode) == 1) {
    const bool was_set = slots.clear(index);
    if (!was_set && !services.config.dialect.clear_empty_option) return at::error();
    return at::ok();
  }
  const auto number = option_number(args);
  if (!number) return at::error();

  const auto& value = args.find_argument(kOptionValue);
  auto option = parse_option(*number, {value.text, value.present}, services.config.dialect);
  if (!option) return at::error();
  slots.set(index, std::move(*option));
  return at::ok();
}

constexpr CommandSpec kCoapCommands[] = {
    {.name = "+QCOAPCFG", .keyword = "pdpcid", .summary = "PDP context of a client",
     .write = {kClientId, kPdpContext}, .optional = 1, .on_write = configure_pdp,
     .source = "the note §3.3.1, LOG-M3", .evidence = Evidence::kCaptured},
    {.name = "+QCOAPCFG", .keyword = "dtls", .summary = "DTLS mode of a client",
     .write = {kClientId, kDtlsEnable, kDtlsContext}, .optional = 2, .on_write = configure_dtls,
     .source = "the note §3.3.1, LOG-M3", .evidence = Evidence::kCaptured},
    {.name = "+QCOAPCFG", .keyword = "trans", .summary = "Retransmission settings of a client",
     .write = {kClientId, kTimeout, kRetryCount}, .optional = 2,
     .on_write = configure_transmission, .source = "the note §3.3.1, LOG-M3",
     .evidence = Evidence::kCaptured},
    {.name = "+QCOAPCLOSE", .summary = "Disconnect from a CoAP server", .write = {kClientId},
     .on_write = close_session, .response_time_max = 75s, .source = "the note §3.3.3"},
    {.name = "+QCOAPHEADER",
     .summary = "Message ID and token of the next messages; at first a random ID and no token. TKL "
                "is 0–8, the token twice as many hex digits",
     .write = {kClientId, kMessageId, kTokenMode, kTokenLength, kToken}, .optional = 2,
     .test = "+QCOAPHEADER: (0-5),(0-65535),(0,1),(0-8),<token>", .on_write = set_header,
     .source = "the note §3.3.4"},
    {.name = "+QCOAPOPEN", .summary = "Create a CoAP session",
     .write = {kClientId, kServer, kPort}, .on_read = list_sessions, .on_write = open_session,
     .response_time_max = 75s, .source = "the note §3.3.2"},
    {.name = "+QCOAPOPTION", .summary = "Options of the next messages, in eight slots",
     .write = {kClientId, kOptionMode, kOptionIndex, kOptionNumber, kOptionValue, kIgnored[0],
               kIgnored[1], kIgnored[2]},
     .optional = 5, .test = "+QCOAPOPTION: (0-5),(0,1),(0-7),<opt_number>,<opt_value>",
     .on_write = set_option, .source = "the note §3.3.5"},
    {.name = "+QCOAPSEND", .summary = "Send a CoAP message",
     .write = {kClientId, kType, kCode, kBitmask, kPayloadLength}, .optional = 1,
     .on_test = test_send, .on_write = send_message, .source = "the note §3.3.6"},
};
static_assert(at::is_sorted_by_name(kCoapCommands));

}  // namespace

std::span<const CommandSpec> coap_commands() { return kCoapCommands; }

}  // namespace vmodem::firmware
