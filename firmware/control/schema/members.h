// Members of a body that is as its shape says.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>

namespace vmodem::control {

// A member of an object that has the type which its shape says; nothing where it is left out or
// null.
template <class Value>
[[nodiscard]] std::optional<Value> find_member(const nlohmann::json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || found->is_null()) return std::nullopt;
  return found->get<Value>();
}

}  // namespace vmodem::control
