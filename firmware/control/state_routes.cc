// GET /state and its parts.
#include "firmware/control/state_parts.h"
#include "firmware/control/values.h"

namespace vmodem::control {
namespace {

using nlohmann::json;

std::vector<StatePart> all_parts() {
  std::vector<StatePart> parts(module_parts().begin(), module_parts().end());
  parts.insert(parts.end(), surroundings_parts().begin(), surroundings_parts().end());
  return parts;
}

const Shape& state_shape() {
  static const auto kMembers = [] {
    std::vector<Member> members;
    for (const auto& part : all_parts()) {
      const auto one = member(part.name, *part.shape, part.help);
      members.push_back(part.is_list ? one.list() : one);
    }
    return members;
  }();
  static const Shape kShape{"State", "All parts of the state.", kMembers};
  return kShape;
}

Answer get_state(Controlled& controlled, const Call& call) {
  const auto shown = shown_of(controlled, call.now);
  auto state = json::object();
  for (const auto& part : all_parts()) state[std::string(part.name)] = part.show(shown);
  return state;
}

Answer get_part(Controlled& controlled, const Call& call) {
  constexpr std::string_view kPrefix = "/state/";
  const auto name = call.request.path.substr(kPrefix.size());
  const auto parts = all_parts();
  const auto part = std::ranges::find(parts, name, &StatePart::name);
  return part->show(shown_of(controlled, call.now));
}

}  // namespace

void append_state_routes(std::vector<Route>& routes) {
  routes.push_back({{.method = "GET",
                     .path = "/state",
                     .summary = "Everything that is to be seen, by its parts.",
                     .answer = &state_shape()},
                    get_state});
  for (const auto& part : all_parts()) {
    routes.push_back({{.method = "GET",
                       .path = fmt::format("/state/{}", part.name),
                       .summary = std::string(part.help),
                       .answer = part.shape,
                       .is_answer_list = part.is_list},
                      get_part});
  }
}

}  // namespace vmodem::control
