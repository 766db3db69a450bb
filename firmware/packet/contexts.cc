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
    const bool is_asked_for =
        context.bearer != Bearer::kNone && context.bearer != Bearer::kOfAttachment;
    return is_asked_for || context.state == State::kActivating || context.state == State::kActive;
  }));
}

std::optional<PdpObstacle> PdpContexts::activate(Instant now, PdpRequest request,
                                                 std::size_t count_max) {
  auto& context = at(request.id);
  if (context.state == State::kDropped) return PdpObstacle::kDroppedBefore;
  const bool is_counted =
      context.bearer != Bearer::kNone && context.bearer != Bearer::kOfAttachment;
  if (!is_counted && count_up() >= count_max) return PdpObstacle::kTooMany;
  context = {context.bearer, State::kActivating,            request.user,
             request.layer,  std::move(request.definition), now + activation_time_};
  note_due();
  handle_timeout(now);
  return std::nullopt;
}

void PdpContexts::attach(int id, PdpDefinition definition) {
  auto& context = at(id);
  if (context.bearer != Bearer::kNone || context.state == State::kActivating) return;
  context.bearer = Bearer::kOfAttachment;
  context.definition = std::move(definition);
  events_.emplace_back(PdpActivated{id, true, false});
}

void PdpContexts::answer(int id) {
  auto& context = at(id);
  context.state = State::kInactive;
  if (refuses_activation_) {
    events_.emplace_back(PdpFailed{id, context.user, "the network refuses the data call"});
    return;
  }
  const bool has_context = context.layer == PdpLayer::kContext;
  const bool is_bearer_new = context.bearer == Bearer::kNone;
  if (is_bearer_new) context.bearer = has_context ? Bearer::kOfContext : Bearer::kOfHost;
  if (has_context) context.state = State::kActive;
  events_.emplace_back(PdpActivated{id, is_bearer_new, has_context});
}

void PdpContexts::handle_timeout(Instant now) {
  if (!due_ || now < *due_) return;
  for (int id = 1; id <= kPdpIdMax; ++id) {
    if (at(id).state == State::kActivating && now >= at(id).answered_at) answer(id);
  }
  note_due();
}

void PdpContexts::note_due() {
  due_.reset();
  for (const auto& context : contexts_) {
    if (context.state == State::kActivating) due_ = earliest(due_, context.answered_at);
  }
}

void PdpContexts::end(int id, State state_after, Bearer bearer_after, PdpDeactivated::By by) {
  auto& context = at(id);
  const auto state_before = std::exchange(context.state, state_after);
  const auto bearer_before = std::exchange(context.bearer, bearer_after);
  note_due();
  if (state_before == State::kActivating) {
    events_.emplace_back(PdpFailed{id, context.user, "the data call ended before it was up"});
  }
  const bool is_bearer_lost = bearer_before != Bearer::kNone && bearer_after == Bearer::kNone;
  if (state_before == State::kActive || is_bearer_lost) {
    events_.emplace_back(PdpDeactivated{id, by, is_bearer_lost});
  }
}

void PdpContexts::deactivate(int id) {
  end(id, State::kInactive, Bearer::kNone, PdpDeactivated::By::kHost);
}

void PdpContexts::deactivate_context(int id) {
  const auto bearer = at(id).bearer;
  end(id, State::kInactive, bearer == Bearer::kOfContext ? Bearer::kNone : bearer,
      PdpDeactivated::By::kHost);
}

void PdpContexts::drop(int id) {
  if (!has_bearer(id)) return;
  if (is_active(id)) {
    events_.emplace_back(at::Urc{fmt::format("+QIURC: \"pdpdeact\",{}", id), {}});
  }
  end(id, is_active(id) ? State::kDropped : State::kInactive, Bearer::kNone,
      PdpDeactivated::By::kNetwork);
}

void PdpContexts::detach(bool by_network) {
  for (int id = 1; id <= kPdpIdMax; ++id) {
    const bool is_dropped = by_network && is_active(id);
    if (is_dropped) {
      events_.emplace_back(at::Urc{fmt::format("+QIURC: \"pdpdeact\",{}", id), {}});
    }
    const auto state_after = at(id).state == State::kDropped ? State::kDropped : State::kInactive;
    end(id, is_dropped ? State::kDropped : state_after, Bearer::kNone,
        PdpDeactivated::By::kDetach);
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
