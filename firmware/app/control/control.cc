#include "firmware/app/control/control.h"

#include <fmt/format.h>

#include <utility>

#include "firmware/app/control/gate.h"
#include "firmware/app/control/http_module.h"
#include "firmware/app/control/requests.h"
#include "firmware/app/control/token.h"
#include "firmware/base/check.h"
#include "firmware/control/api.h"
#include "firmware/journal/why.h"
#include "net/listen_address.h"
#include "net/sockets/listener.h"

namespace vmodem::app {
namespace {

constexpr Tag kControlTag{Source::kControl};

Expected<std::optional<Token>, std::string> open_token(const ControlConfig& config,
                                                       const net::ListenAddress& address) {
  const bool has_name = std::holds_alternative<net::UnixAddress>(address);
  if (config.token_file.empty() && has_name) return std::nullopt;
  auto token = config.token_file.empty() ? Token::of_own_file() : Token::of_file(config.token_file);
  if (!token) return unexpected(std::move(token.error()));
  return std::move(*token);
}

}  // namespace

struct Control::State {
  Poller& poller;
  net::Listener listener;
  std::optional<Token> token;
  journal::Ring ring;
  control::Api api;
  Requests requests;
  std::unique_ptr<HttpServer> server{};

  State(const Control::World& world, net::Listener bound, std::optional<Token> asked)
      : poller(world.poller),
        listener(std::move(bound)),
        token(std::move(asked)),
        api({.testbed = world.testbed,
             .journal = ring,
             .time = &world.clock,
             .capture = world.capture,
             .version = world.version,
             .past = world.past}),
        requests(Gate(std::holds_alternative<net::UnixAddress>(listener.address()),
                      token ? token->word() : std::string()),
                 api, world.clock, world.past, ring, world.recorder) {}
};

Expected<std::unique_ptr<Control>, std::string> Control::open(const ControlConfig& config,
                                                              const World& world) {
  const auto address = net::parse_listen_address(config.address);
  BG_CHECK(address.has_value(), "the key takes no other text");
  const auto module = load_http_module();
  if (!module) return unexpected(module.error());
  auto token = open_token(config, *address);
  if (!token) return unexpected(std::move(token.error()));
  auto listener = net::Listener::open(*address);
  if (!listener) return unexpected(std::move(listener.error()));

  auto state = std::make_unique<State>(world, std::move(*listener), std::move(*token));
  const int fd = state->listener.release();
  state->server.reset((*module)->serve(fd, state->requests));
  if (!state->server) {
    net::UniqueFd(fd).reset();
    return unexpected(std::string("the control interface does not start: too few descriptors"));
  }
  state->poller.watch(state->server->fd(), kControlTag);
  return std::unique_ptr<Control>(new Control(std::move(state)));
}

Control::Control(std::unique_ptr<State> state) : state_(std::move(state)) {
}

Control::~Control() {
  state_->poller.forget(state_->server->fd());
}

std::string Control::address() const {
  return to_string(state_->listener.address());
}

std::string Control::token_path() const {
  return state_->token ? state_->token->path() : std::string();
}

void Control::handle(const journal::Entry& entry) {
  state_->ring.push(entry);
}

void Control::forget() {
  state_->ring.forget();
}

void Control::recall(const journal::Entry& entry) {
  state_->ring.recall(entry);
}

control::Api& Control::api() {
  return state_->api;
}

void Control::handle_ready(Instant now) {
  state_->requests.set_now(now);
  state_->server->handle_ready();
}

void Control::handle_turn(Instant now) {
  state_->requests.set_now(now);
  state_->server->wake();
}

}  // namespace vmodem::app
