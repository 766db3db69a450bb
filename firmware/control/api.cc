#include "firmware/control/api.h"

#include <utility>

namespace vmodem::control {

struct Api::State {
  Subject subject;
};

Api::Api(Subject subject) : state_(new State{std::move(subject)}) {
}
Api::~Api() = default;

Response Api::handle(Instant, const Request&) {
  return {.status = 404, .content_type = "application/problem+json", .body = "{}"};
}

}  // namespace vmodem::control
