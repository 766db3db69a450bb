#include "firmware/packet/contexts.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "firmware/base/check.h"

namespace vmodem::firmware {
namespace {

std::string ipv4_of(const std::string& first, int id) {
  in_addr address{};
  BG_CHECK(inet_pton(AF_INET, first.c_str(), &address) == 1, "the configuration gives a literal");
  const auto number = ntohl(address.s_addr) + static_cast<std::uint32_t>(id - 1);
  return fmt::format("{}.{}.{}.{}", number >> 24, number >> 16 & 0xFF, number >> 8 & 0xFF,
                     number & 0xFF);
}

}  // namespace

const PdpContexts::Context& PdpContexts::at(int id) const {
  BG_CHECK(id >= 1 && id <= kPdpIdMax, "the commands take no other context");
  return contexts_[static_cast<std::size_t>(id - 1)];
}

PdpContexts::Context& PdpContexts::at(int id) {
  return const_cast<Context&>(std::as_const(*this).at(id));
}

std::optional<PdpUser> PdpContexts::activating_user(int id) const {
  if (at(id).state != State::kActivating) return std::nullopt;
  return at(id).user;
}

std::size_t PdpContexts::count_up() const {
  return static_cast<std::size_t>(std::ranges::count_if(contexts_, [](const Context& context) {
    return context.state == State::kActivating || context.state == State::kActive;
  }));
}

std::optional<PdpObstacle> PdpContexts::activate(Instant now, PdpRequest request,
                                                 std::size_t count_max) {
  auto& context = at(request.id);
  if (context.state == State::kDropped) return PdpObstacle::kDroppedBefore;
  if (count_up() >= count_max) return PdpObstacle::kTooMany;
  context = {State::kActivating, request.user, std::move(request.definition),
             now + activation_time_};
  note_due();
  handle_timeout(now);
  return std::nullopt;
}

void PdpContexts::handle_timeout(Instant now) {
  if (!due_ || now < *due_) return;
  for (int id = 1; id <= kPdpIdMax; ++id) {
    auto& context = at(id);
    if (context.state != State::kActivating || now < context.answered_at) continue;
    if (refuses_activation_) {
      context.state = State::kInactive;
      events_.emplace_back(PdpFailed{id, context.user, "the network refuses the data call"});
      continue;
    }
    context.state = State::kActive;
    events_.emplace_back(PdpActivated{id});
  }
  note_due();
}

void PdpContexts::note_due() {
  due_.reset();
  for (const auto& context : contexts_) {
    if (context.state == State::kActivating) due_ = earliest(due_, context.answered_at);
  }
}

void PdpContexts::end(int id, State state_after, PdpDeactivated::By by) {
  auto& context = at(id);
  const auto state_before = std::exchange(context.state, state_after);
  note_due();
  if (state_before == State::kActivating) {
    events_.emplace_back(PdpFailed{id, context.user, "the data call ended before it was up"});
  }
  if (state_before == State::kActive) events_.emplace_back(PdpDeactivated{id, by});
}

void PdpContexts::deactivate(int id) {
  end(id, State::kInactive, PdpDeactivated::By::kHost);
}

void PdpContexts::drop(int id) {
  if (!is_active(id)) return;
  events_.emplace_back(at::Urc{fmt::format("+QIURC: \"pdpdeact\",{}", id), {}});
  end(id, State::kDropped, PdpDeactivated::By::kNetwork);
}

void PdpContexts::detach(bool by_network) {
  for (int id = 1; id <= kPdpIdMax; ++id) {
    const bool is_dropped = by_network && is_active(id);
    if (is_dropped) {
      events_.emplace_back(at::Urc{fmt::format("+QIURC: \"pdpdeact\",{}", id), {}});
    }
    const auto state_after = at(id).state == State::kDropped ? State::kDropped : State::kInactive;
    end(id, is_dropped ? State::kDropped : state_after, PdpDeactivated::By::kDetach);
  }
}

void PdpContexts::reset() {
  contexts_.fill({});
  due_.reset();
  events_.clear();
}

std::vector<std::string> PdpContexts::addresses(int id) const {
  const auto& definition = at(id).definition;
  std::vector<std::string> addresses;
  if (definition.has_ipv4()) {
    // 27.007 §10.1.1: an address that the host asks for is its own, a null one the network's.
    const bool is_asked = !definition.address.empty() && definition.address != "0.0.0.0";
    addresses.push_back(is_asked ? definition.address : ipv4_of(config_.ipv4, id));
  }
  if (definition.has_ipv6()) addresses.push_back(fmt::format("{}::{:x}", config_.ipv6_prefix, id));
  return addresses;
}

}  // namespace vmodem::firmware
