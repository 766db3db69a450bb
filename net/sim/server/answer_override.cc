#include "net/sim/server/answer_override.h"

#include <algorithm>
#include <utility>

namespace vmodem::sim {
namespace {

template <class Value>
bool fits(const std::optional<Value>& wanted, const Value& value) {
  return !wanted || *wanted == value;
}

}  // namespace

bool AnswerOverrides::add(AnswerOverride one) {
  if (overrides_.size() >= kCountMax) return false;
  overrides_.push_back(std::move(one));
  return true;
}

bool AnswerOverrides::remove(std::uint64_t id) {
  return std::erase_if(overrides_, [id](const AnswerOverride& one) { return one.id == id; }) > 0;
}

std::optional<AnswerOverride> AnswerOverrides::take(const net::Endpoint& server,
                                                    const net::Endpoint& client,
                                                    const Request& request) {
  const auto concerns = [&](const AnswerOverride& one) {
    return fits(one.server, server) && fits(one.client, client) && fits(one.method, request.code) &&
           fits(one.path, request.path) && fits(one.token, request.token);
  };
  const auto found = std::find_if(overrides_.rbegin(), overrides_.rend(), concerns);
  if (found == overrides_.rend()) return std::nullopt;
  if (found->times_left && --*found->times_left == 0) {
    const auto place = std::next(found).base();
    auto last = std::move(*place);
    overrides_.erase(place);
    return last;
  }
  return *found;
}

}  // namespace vmodem::sim
