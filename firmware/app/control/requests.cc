#include "firmware/app/control/requests.h"

#include <string>
#include <utility>

#include "firmware/app/control/event_streams.h"
#include "firmware/app/control/problem.h"
#include "firmware/control/target.h"

namespace vmodem::app {
namespace {

// The answer to who moves the time comes when the time has arrived.
class ArrivalStream final : public HttpStream {
 public:
  ArrivalStream(control::Api& api, const SteeredClock& clock, const control::PastControl* past)
      : api_(api), clock_(clock), past_(past) {}

  bool is_ready() const noexcept override {
    return !clock_.is_moving() && (past_ == nullptr || !past_->is_going());
  }
  bool is_over() const noexcept override { return is_over_; }
  std::string_view idle_text() const noexcept override { return {}; }

  std::string read() noexcept override {
    if (!is_ready()) return {};
    is_over_ = true;
    return api_.handle(clock_.now(), {"GET", "/state/clock"}).body;
  }

 private:
  control::Api& api_;
  const SteeredClock& clock_;
  const control::PastControl* past_;
  bool is_over_ = false;
};

}  // namespace

std::optional<HttpAnswer> Requests::refuse(const HttpHead& head) noexcept {
  return gate_.refuse(head);
}

HttpAnswer Requests::handle(const HttpHead& head, std::string_view body) noexcept {
  auto target = control::parse_target(head.target);
  if (!target) {
    return to_answer({400, "the target is no path, or is escaped wrongly"});
  }
  // RFC 9110 §9.3.2: as GET, and the transport leaves out the body.
  const auto method = head.method == "HEAD" ? std::string_view("GET") : head.method;
  const control::Request request{std::string(method), std::move(target->path),
                                 std::move(target->query), std::string(body)};
  if (request.path == "/events") return handle_events(head, request);

  // What steers the clock is in the instants, and what writes a capture or shows a page is the
  // program's.
  const bool is_of_world = request.method != "GET" && !request.path.starts_with("/time/") &&
                           !request.path.starts_with("/capture") && request.path != "/window";
  if (recorder_ != nullptr && is_of_world) {
    recorder_->record(now_, recording::RequestMade{request.method,
                                                   request.path,
                                                   {request.query.begin(), request.query.end()},
                                                   request.body});
  }
  auto response = api_.handle(now_, request);
  auto answer = make_answer(response.status, response.content_type, std::move(response.body));
  if (is_time_moving() && response.status == 200 && request.path.starts_with("/time/")) {
    answer.stream = std::make_unique<ArrivalStream>(api_, clock_, past_);
  }
  return answer;
}

HttpAnswer Requests::handle_events(const HttpHead& head, const control::Request& request) {
  if (request.method != "GET") {
    auto answer = to_answer({405, "events are read by GET"});
    answer.fields.emplace_back("Allow", "GET, HEAD");
    return answer;
  }
  const auto query =
      parse_event_query(request.query, find_field(head, "Last-Event-ID").value_or(""),
                        find_field(head, "Accept").value_or(""));
  return query ? answer_events(ring_, *query) : to_answer(query.error());
}

}  // namespace vmodem::app
