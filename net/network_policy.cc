#include "net/network_policy.h"

#include <fmt/format.h>

namespace vmodem::net {

std::optional<std::string> NetworkPolicy::refusal(const Endpoint& target) const {
  if (!target.address.is_one_host()) {
    return fmt::format("{} is the address of no one host", to_string(target));
  }
  if (mode_ == NetworkMode::kHost || target.address.is_loopback()) return std::nullopt;

  const auto text = to_string(target);
  return fmt::format(
      "{} is beyond loopback and no route leads there (--route {}=ADDRESS:PORT or "
      "--network host reaches it)",
      text, text);
}

}  // namespace vmodem::net
