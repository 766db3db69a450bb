// What is put on the serial line.
#include "firmware/control/route.h"
#include "firmware/control/values.h"

namespace vmodem::control {
namespace {

using nlohmann::json;
using enum MemberType;

constexpr std::size_t kUrcSizeMax = 1024;

constexpr Member kUrcMembers[] = {member("text", kText, "its line, as \"+QIND: SMS DONE\"")};
constexpr Shape kUrcShape{"UrcBody", "A URC without a reason.", kUrcMembers};
constexpr Member kInputMembers[] = {
    member("text", kText, "as a host types it, its end as \\r").optional(),
    member("hex", kHex, "in place of text").optional(),
};
constexpr Shape kInputShape{"SerialInput", "Octets as if the host had sent them.", kInputMembers};
constexpr Member kSentMembers[] = {member("octets", kInteger, "that are on their way")};
constexpr Shape kSentShape{"Sent", "What was taken.", kSentMembers};

Answer post_urc(Controlled& controlled, const Call& call) {
  auto text = call.body.at("text").get<std::string>();
  const auto size = text.size();
  const bool is_line =
      size > 0 && size <= kUrcSizeMax && text.find_first_of("\r\n") == std::string::npos;
  if (!is_line) {
    return unexpected(Problem{.detail = "text is no line of a URC",
                              .field = "text",
                              .right = fmt::format("1–{} octets without CR and LF", kUrcSizeMax)});
  }
  if (!controlled.steering.send_urc(call.now, std::move(text))) {
    return unexpected(Problem{.status = 409,
                              .detail = "the module is off or hangs",
                              .right = "a module whose power is on"});
  }
  return json{{"octets", size}};
}

Answer post_input(Controlled& controlled, const Call& call) {
  const auto octets = octets_of(call.body, "text", testbed::Testbed::kTypedSizeMax);
  if (!octets) return unexpected(octets.error());
  if (octets->empty()) {
    return unexpected(
        Problem{.detail = "there are no octets", .field = "text", .right = "text or hex"});
  }
  if (!controlled.steering.type(call.now, *octets)) {
    return unexpected(Problem{.status = 409,
                              .detail = "too many inputs wait for the end of a command line",
                              .right = "a line that is between two commands"});
  }
  return json{{"octets", octets->size()}};
}

}  // namespace

void append_serial_routes(std::vector<Route>& routes) {
  routes.push_back({{.method = "POST",
                     .path = "/serial/urc",
                     .summary = "The module sends this URC, as soon as it may send one.",
                     .body = &kUrcShape,
                     .answer = &kSentShape,
                     .problems = {409}},
                    post_urc});
  routes.push_back({{.method = "POST",
                     .path = "/serial/input",
                     .summary = "The module reads these octets as the host's, together, as soon as "
                                "no command line runs or is half typed.",
                     .body = &kInputShape,
                     .answer = &kSentShape,
                     .problems = {409}},
                    post_input});
}

}  // namespace vmodem::control
