// The module's time, and captures.
#include "firmware/base/duration_text.h"
#include "firmware/control/capture_control.h"
#include "firmware/control/past_control.h"
#include "firmware/control/state_parts.h"
#include "firmware/control/time_control.h"
#include "firmware/control/values.h"

namespace vmodem::control {
namespace {

using nlohmann::json;
using enum MemberType;

constexpr Member kAdvanceMembers[] = {member("duration", kDuration, "how far the time moves")};
constexpr Shape kAdvanceShape{"Advance", "A move of the time.", kAdvanceMembers};

// What a clock does with the time; false where its mode does not allow it.
using Move = bool (*)(TimeControl& time, const Call& call);

Answer move_time(Controlled& controlled, const Call& call, Move move) {
  auto* time = controlled.subject.time;
  if (time == nullptr) {
    return unexpected(Problem{.status = 409, .detail = "nobody steers the time here"});
  }
  if (!move(*time, call)) {
    return unexpected(
        Problem{.status = 409,
                .detail = fmt::format("the clock \"{}\" does not allow it", time->mode()),
                .right = "--clock manual, or a paused clock"});
  }
  return show_clock(shown_of(controlled, call.now));
}

Answer post_pause(Controlled& controlled, const Call& call) {
  return move_time(controlled, call, [](TimeControl& time, const Call&) { return time.pause(); });
}
Answer post_run(Controlled& controlled, const Call& call) {
  return move_time(controlled, call, [](TimeControl& time, const Call&) { return time.run(); });
}
Answer post_step(Controlled& controlled, const Call& call) {
  return move_time(controlled, call, [](TimeControl& time, const Call&) { return time.step(); });
}
Answer post_advance(Controlled& controlled, const Call& call) {
  return move_time(controlled, call, [](TimeControl& time, const Call& one) {
    const auto by = parse_duration(one.body.at("duration").get_ref<const std::string&>());
    return time.advance(by.value_or(Duration::zero()));
  });
}

constexpr Member kBackMembers[] = {
    member("duration", kDuration, "how far; not behind the start of the run")};
constexpr Shape kBackShape{"Back", "A way back.", kBackMembers};

Answer post_back(Controlled& controlled, const Call& call) {
  auto* past = controlled.subject.past;
  if (past == nullptr) {
    return unexpected(Problem{.status = 409,
                              .detail = "no run is kept to go back in",
                              .right = "--record FILE"});
  }
  const auto by = parse_duration(call.body.at("duration").get_ref<const std::string&>());
  const auto gone = past->go_back(call.now, by.value_or(Duration::zero()));
  if (!gone) return unexpected(Problem{.status = 409, .detail = gone.error()});
  return show_clock(shown_of(controlled, call.now));
}

constexpr Member kCaptureMembers[] = {
    member("file", kText, "a path of the machine that vmodem runs on")};
constexpr Shape kCaptureShape{"Capture", "Where a capture goes.", kCaptureMembers};
constexpr Member kCapturedMembers[] = {member("file", kText, "null: none is written").optional()};
constexpr Shape kCapturedShape{"Captured", "The capture that is written.", kCapturedMembers};

Answer post_capture(Controlled& controlled, const Call& call) {
  auto* capture = controlled.subject.capture;
  if (capture == nullptr) {
    return unexpected(Problem{.status = 409, .detail = "no capture can be written here"});
  }
  const auto file = call.body.at("file").get<std::string>();
  const auto begun = capture->begin(file);
  if (!begun) {
    return unexpected(Problem{.status = 409, .detail = begun.error(), .field = "file"});
  }
  return json{{"file", file}};
}

Answer delete_capture(Controlled& controlled, const Call&) {
  auto* capture = controlled.subject.capture;
  if (capture == nullptr || !capture->end()) {
    return unexpected(Problem{.status = 404, .detail = "no capture is written"});
  }
  return json{{"file", nullptr}};
}

}  // namespace

void append_time_routes(std::vector<Route>& routes) {
  struct Row {
    std::string_view path;
    std::string_view summary;
    const Shape* body;  // null: none
    Answer (*run)(Controlled& controlled, const Call& call);
  };
  constexpr Row kRows[] = {
      {"/time/pause", "The module's time stands.", nullptr, post_pause},
      {"/time/run", "It goes on.", nullptr, post_run},
      {"/time/step", "It moves on to the next deadline.", nullptr, post_step},
      {"/time/advance", "It moves on by so much, through every deadline on the way.",
       &kAdvanceShape, post_advance},
      {"/time/back", "The module is again as it was so long ago.", &kBackShape, post_back},
  };
  for (const auto& row : kRows) {
    routes.push_back({{.method = "POST",
                       .path = std::string(row.path),
                       .summary = std::string(row.summary),
                       .body = row.body,
                       .answer = &kClockShape,
                       .problems = {409}},
                      row.run});
  }
  routes.push_back({{.method = "POST",
                     .path = "/capture",
                     .summary = "A capture is written from now on.",
                     .body = &kCaptureShape,
                     .answer = &kCapturedShape,
                     .problems = {409}},
                    post_capture});
  routes.push_back({{.method = "DELETE",
                     .path = "/capture",
                     .summary = "It ends.",
                     .answer = &kCapturedShape,
                     .problems = {404}},
                    delete_capture});
}

}  // namespace vmodem::control
