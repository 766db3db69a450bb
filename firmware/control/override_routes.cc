// Answers in the place of the servers' and of the module's own.
#include <algorithm>
#include <array>

#include "at_engine/override_table.h"
#include "firmware/base/duration_text.h"
#include "firmware/control/route.h"
#include "firmware/control/values.h"
#include "net/sim/server/answer_override.h"

namespace vmodem::control {
namespace {

using nlohmann::json;
using sim::AnswerOverride;
using enum MemberType;

// On each side, so that both are bounded alike.
constexpr std::size_t kOverridesMax = 256;
static_assert(at::OverrideTable::kCountMax == kOverridesMax);
static_assert(sim::AnswerOverrides::kCountMax == kOverridesMax);
constexpr std::size_t kLinesMax = 64;
constexpr std::size_t kLineSizeMax = 1024;
constexpr std::size_t kPatternSizeMax = 4096;
constexpr Duration kDelayMax = 24h;

constexpr auto kMethodNames = [] {
  std::array<std::string_view, coap::kMethods.size()> names;
  std::ranges::transform(coap::kMethods, names.begin(), &coap::Method::name);
  return names;
}();

constexpr Member kTimes =
    member("times", kInteger, "how often; null: always").within(1, INT64_MAX).optional();

constexpr Member kServerOverrideMembers[] = {
    member("server", kEndpoint, "only requests to this one").optional(),
    member("path", kText, "only to this resource, without its queries").optional(),
    member("method", kMethodNames, "only these").optional(),
    member("token", kHex, "only with this token").optional(),
    member("client", kEndpoint, "only of this one, as GET /state/clients has it").optional(),
    kTimes,
    member("code", kText, "of the answer, as \"4.04\"; needed unless it is silent").optional(),
    member("content_format", kInteger).within(0, 65535).optional(),
    member("payload", kText, "of the answer").optional(),
    member("hex", kHex, "in place of payload").optional(),
    member("delay", kDuration, "before the answer").optional(),
    member("silent", kTruth, "nothing is sent at all").optional(),
};
constexpr Shape kServerOverrideShape{"ServerOverrideBody", "An answer of a simulated server.",
                                     kServerOverrideMembers};
constexpr Member kSerialOverrideMembers[] = {
    member("command", kText, "\"AT+CSQ\", or a beginning with * behind it; in either case"),
    member("lines", kText, "of information").list().optional(),
    member("result", kText, "OK without it; ERROR, \"+CME ERROR: 3\", NO CARRIER …").optional(),
    kTimes,
};
constexpr Shape kSerialOverrideShape{"SerialOverrideBody", "An answer to a command.",
                                     kSerialOverrideMembers};
constexpr Member kIdMembers[] = {member("id", kInteger)};
constexpr Shape kIdShape{"OverrideId", "An override that was made.", kIdMembers};
constexpr Member kServerShownMembers[] = {
    member("id", kInteger),
    member("server", kEndpoint).optional(),
    member("path", kText).optional(),
    member("method", kText).optional(),
    member("token", kHex).optional(),
    member("client", kEndpoint).optional(),
    member("times", kInteger, "that are left").optional(),
    member("silent", kTruth),
    member("code", kText),
    member("content_format", kInteger).optional(),
    member("size", kInteger, "of the payload"),
    member("delay", kNumber, "seconds"),
};
constexpr Shape kServerShownShape{"ServerOverride", "An answer of a simulated server.",
                                  kServerShownMembers};
constexpr Member kSerialShownMembers[] = {
    member("id", kInteger),
    member("command", kText),
    member("lines", kText).list(),
    member("result", kText),
    member("times", kInteger, "that are left").optional(),
};
constexpr Shape kSerialShownShape{"SerialOverride", "An answer to a command.", kSerialShownMembers};
constexpr Member kOverridesMembers[] = {
    member("server", kServerShownShape, "the latest that concerns a request counts").list(),
    member("serial", kSerialShownShape, "the latest that matches a command counts").list(),
};
constexpr Shape kOverridesShape{"Overrides", "What is answered in the place of others.",
                                kOverridesMembers};
constexpr Member kOverrideGoneMembers[] = {member("removed", kInteger, "how many")};
constexpr Shape kOverrideGoneShape{"OverrideRemoved", "What is gone.", kOverrideGoneMembers};

std::optional<coap::Code> method_of(const json& body) {
  const auto name = find_member<std::string>(body, "method");
  if (!name) return std::nullopt;
  return std::ranges::find(coap::kMethods, *name, &coap::Method::name)->code;
}

std::optional<net::Endpoint> endpoint_of(const json& body, const char* name) {
  const auto text = find_member<std::string>(body, name);
  if (!text) return std::nullopt;
  return net::parse_endpoint(*text).value();
}

// What concerns a request.
std::optional<Problem> read_request(const json& body, AnswerOverride& one) {
  one.server = endpoint_of(body, "server");
  one.client = endpoint_of(body, "client");
  one.method = method_of(body);
  if (auto path = find_member<std::string>(body, "path")) {
    if (path->starts_with('/')) path->erase(0, 1);
    one.path = std::move(*path);
  }
  const auto token = find_member<std::string>(body, "token");
  if (!token) return std::nullopt;
  const auto octets = from_hex(*token).value_or(Bytes{});
  if (octets.size() > coap::Token::kSizeMax) {
    return Problem{.detail = "the token is too long", .field = "token", .right = "up to 8 octets"};
  }
  one.token = coap::Token(octets);
  return std::nullopt;
}

// What is answered.
std::optional<Problem> read_answer(const json& body, AnswerOverride& one) {
  one.is_silent = find_member<bool>(body, "silent").value_or(false);
  one.content_format = find_member<std::uint16_t>(body, "content_format");
  if (const auto delay = find_member<std::string>(body, "delay")) {
    one.delay = parse_duration(*delay).value_or(Duration::zero());
  }
  if (one.delay > kDelayMax) {
    return Problem{.detail = "the delay is too long",
                   .field = "delay",
                   .right = "up to " + duration_text(kDelayMax)};
  }
  auto payload = octets_of(body, "payload", sim::AnswerOverrides::kPayloadSizeMax);
  if (!payload) return std::move(payload.error());
  one.payload = std::move(*payload);
  const auto text = find_member<std::string>(body, "code");
  if (one.is_silent && !text) return std::nullopt;
  const auto code = coap::parse_code(text.value_or(""));
  if (!code || !coap::is_response(*code)) {
    return Problem{
        .detail = text ? fmt::format("\"{}\" is no code of an answer", *text) : "code is missing",
        .field = "code",
        .right = "a class 2 to 5 and a detail of two digits up to 31, as \"4.04\""};
  }
  one.code = *code;
  return std::nullopt;
}

Problem too_many_overrides() {
  return {.status = 409,
          .detail = "there are too many overrides",
          .right = fmt::format("up to {} on each side", kOverridesMax)};
}

Answer post_server_override(Controlled& controlled, const Call& call) {
  AnswerOverride one{.id = controlled.last_override + 1,
                     .times_left = find_member<std::uint64_t>(call.body, "times")};
  if (auto problem = read_request(call.body, one)) return unexpected(std::move(*problem));
  if (auto problem = read_answer(call.body, one)) return unexpected(std::move(*problem));
  if (!controlled.steering.internet().overrides().add(std::move(one))) {
    return unexpected(too_many_overrides());
  }
  return json{{"id", ++controlled.last_override}};
}

// Lines that would end early would be two.
bool is_one_line(std::string_view text) {
  return text.size() <= kLineSizeMax && text.find_first_of("\r\n") == std::string_view::npos;
}

Expected<at::CommandOverride, Problem> read_serial_override(const json& body) {
  at::CommandOverride one{.pattern = body.at("command").get<std::string>(),
                          .times_left = find_member<std::uint64_t>(body, "times")};
  if (one.pattern.empty() || one.pattern.size() > kPatternSizeMax) {
    return unexpected(Problem{.detail = "no command has this length",
                              .field = "command",
                              .right = fmt::format("1–{} octets", kPatternSizeMax)});
  }
  one.lines = find_member<std::vector<std::string>>(body, "lines").value_or(one.lines);
  if (one.lines.size() > kLinesMax || !std::ranges::all_of(one.lines, is_one_line)) {
    return unexpected(Problem{.detail = "lines are too many, too long, or hold a line end",
                              .field = "lines",
                              .right = fmt::format("up to {} texts without CR and LF, each up to "
                                                   "{} octets",
                                                   kLinesMax, kLineSizeMax)});
  }
  const auto text = find_member<std::string>(body, "result").value_or("OK");
  const auto result = at::parse_result(text);
  if (!result) {
    return unexpected(Problem{.detail = fmt::format("\"{}\" is no final result", text),
                              .field = "result",
                              .right = "OK, ERROR, \"+CME ERROR: 3\", NO CARRIER, NO DIALTONE, "
                                       "BUSY or NO ANSWER"});
  }
  one.result = *result;
  return one;
}

Answer post_serial_override(Controlled& controlled, const Call& call) {
  auto one = read_serial_override(call.body);
  if (!one) return unexpected(std::move(one.error()));
  one->id = controlled.last_override + 1;
  if (!controlled.steering.serial_overrides().add(std::move(*one))) {
    return unexpected(too_many_overrides());
  }
  return json{{"id", ++controlled.last_override}};
}

json show_override(const AnswerOverride& one) {
  const auto shown = [](const std::optional<net::Endpoint>& endpoint) {
    return endpoint ? json(to_string(*endpoint)) : json();
  };
  const auto method = one.method ? json(coap::method_name(*one.method)) : json();
  return {{"id", one.id},
          {"server", shown(one.server)},
          {"path", or_null(one.path)},
          {"method", method},
          {"token", one.token ? json(to_hex_lower(one.token->view())) : json()},
          {"client", shown(one.client)},
          {"times", or_null(one.times_left)},
          {"silent", one.is_silent},
          {"code", to_string(one.code)},
          {"content_format", or_null(one.content_format)},
          {"size", one.payload.size()},
          {"delay", seconds(one.delay)}};
}

json show_override(const at::CommandOverride& one) {
  const auto& [result, error] = one.result;
  return {{"id", one.id},
          {"command", one.pattern},
          {"lines", one.lines},
          {"result", error ? at::cme_text(*error, at::CmeLevel::kNumeric)
                           : std::string(at::result_text(result).text)},
          {"times", or_null(one.times_left)}};
}

Answer get_overrides(Controlled& controlled, const Call&) {
  auto server = json::array();
  for (const auto& one : controlled.steering.internet().overrides().all()) {
    server.push_back(show_override(one));
  }
  auto serial = json::array();
  for (const auto& one : controlled.steering.serial_overrides().all()) {
    serial.push_back(show_override(one));
  }
  return json{{"server", std::move(server)}, {"serial", std::move(serial)}};
}

Answer delete_override(Controlled& controlled, const Call& call) {
  const auto& text = call.parameters.at("id");
  const auto id = parse_whole_number(text);
  const bool is_there = id && (controlled.steering.internet().overrides().remove(*id) ||
                               controlled.steering.serial_overrides().remove(*id));
  if (!is_there) {
    return unexpected(Problem{
        .status = 404, .detail = fmt::format("no override \"{}\" is there", text), .field = "id"});
  }
  return json{{"removed", 1}};
}

Answer delete_overrides(Controlled& controlled, const Call&) {
  auto& servers = controlled.steering.internet().overrides();
  auto& serial = controlled.steering.serial_overrides();
  const auto count = servers.all().size() + serial.all().size();
  servers.clear();
  serial.clear();
  return json{{"removed", count}};
}

}  // namespace

void append_override_routes(std::vector<Route>& routes) {
  const std::vector<Route> rows{
      {{.method = "POST",
        .path = "/overrides/server",
        .summary = "The next requests that fit are answered so.",
        .body = &kServerOverrideShape,
        .answer = &kIdShape,
        .problems = {409}},
       post_server_override},
      {{.method = "POST",
        .path = "/overrides/serial",
        .summary = "The next commands that match are answered so, and do not run.",
        .body = &kSerialOverrideShape,
        .answer = &kIdShape,
        .problems = {409}},
       post_serial_override},
      {{.method = "GET",
        .path = "/overrides",
        .summary = "The overrides there are.",
        .answer = &kOverridesShape},
       get_overrides},
      {{.method = "DELETE",
        .path = "/overrides",
        .summary = "All of them end.",
        .answer = &kOverrideGoneShape},
       delete_overrides},
      {{.method = "DELETE",
        .path = "/overrides/{id}",
        .summary = "One of them ends.",
        .answer = &kOverrideGoneShape,
        .problems = {404}},
       delete_override},
  };
  routes.insert(routes.end(), rows.begin(), rows.end());
}

}  // namespace vmodem::control
