#include "firmware/app/control/control.h"

#include <fmt/format.h>

#include <utility>

#include "firmware/app/control/door.h"
#include "firmware/app/control/gate.h"
#include "firmware/app/control/http_module.h"
#include "firmware/app/control/requests.h"
#include "firmware/app/control/token.h"
#include "firmware/app/control/window.h"
#include "firmware/base/check.h"
#include "firmware/control/api.h"
#include "firmware/control/window_control.h"
#include "firmware/journal/why.h"
#include "net/listen_address.h"

namespace vmodem::app {
namespace {

Expected<std::optional<Token>, std::string> open_token(const ControlConfig& config,
                                                       const net::ListenAddress& address) {
  const bool has_name = std::holds_alternative<net::UnixAddress>(address);
  if (config.token_file.empty() && has_name) return std::nullopt;
  auto token = config.token_file.empty() ? Token::of_own_file() : Token::of_file(config.token_file);
  if (!token) return unexpected(std::move(token.error()));
  return std::move(*token);
}

}  // namespace

struct Control::State final : control::WindowControl {
  Control::World world;
  const HttpModule& module;
  std::optional<Token> token;
  journal::Ring ring;
  control::Api api;
  Requests requests;
  std::unique_ptr<Door> door{};  // null: only the window is open
  std::string word{};            // of the window
  std::optional<Requests> window_requests{};
  std::optional<Window> window{};
  std::unique_ptr<Door> window_door{};

  State(const Control::World& around, const HttpModule& http, std::optional<Token> asked,
        bool has_name)
      : world(around),
        module(http),
        token(std::move(asked)),
        api({.testbed = world.testbed,
             .journal = ring,
             .time = &world.clock,
             .capture = world.capture,
             .version = world.version,
             .past = world.past,
             .window = this}),
        requests(requests_behind(Gate(has_name, token ? token->word() : std::string()))) {}

  Requests requests_behind(Gate gate) {
    return {std::move(gate), api, world.clock, world.past, ring, world.recorder};
  }

  Expected<std::string, std::string> open() override {
    return open_window(net::Endpoint{net::IpAddress::v4({127, 0, 0, 1}), 0});
  }

  // Gives its link; where it is open already, wherever that is.
  Expected<std::string, std::string> open_window(const net::ListenAddress& address) {
    if (window_door) return link();
    if (module.page.empty()) {
      return unexpected(std::string(
          "the live window is left out of this build: tools/window/build, then tools/build"));
    }
    word = draw_word();
    window_requests.emplace(requests_behind(Gate(false, word)));
    window.emplace(module.page, Gate(false, word), *window_requests);
    auto opened = Door::open(address, module, *window, world.poller);
    if (!opened) return unexpected(std::move(opened.error()));
    window_door = std::move(*opened);
    return link();
  }

  [[nodiscard]] std::string link() const {
    const auto& endpoint = std::get<net::Endpoint>(window_door->address());
    return fmt::format("http://{}/?token={}", to_string(endpoint), word);
  }
};

Expected<std::unique_ptr<Control>, std::string> Control::open(const ControlConfig& config,
                                                              const World& world) {
  const auto module = load_http_module();
  if (!module) return unexpected(module.error());
  std::unique_ptr<State> state;
  if (config.address.empty()) {
    state = std::make_unique<State>(world, **module, std::nullopt, true);
  } else {
    const auto address = net::parse_listen_address(config.address);
    BG_CHECK(address.has_value(), "the key takes no other text");
    auto token = open_token(config, *address);
    if (!token) return unexpected(std::move(token.error()));
    const bool has_name = std::holds_alternative<net::UnixAddress>(*address);
    state = std::make_unique<State>(world, **module, std::move(*token), has_name);
    auto door = Door::open(*address, **module, state->requests, world.poller);
    if (!door) return unexpected(std::move(door.error()));
    state->door = std::move(*door);
  }
  if (!config.window.empty()) {
    const auto address = net::parse_listen_address("tcp://" + config.window);
    BG_CHECK(address.has_value(), "the key takes no other text");
    const auto link = state->open_window(*address);
    if (!link) return unexpected(link.error());
  }
  return std::unique_ptr<Control>(new Control(std::move(state)));
}

Control::Control(std::unique_ptr<State> state) : state_(std::move(state)) {
}

Control::~Control() = default;

std::string Control::address() const {
  return state_->door ? to_string(state_->door->address()) : std::string();
}

std::string Control::token_path() const {
  return state_->token ? state_->token->path() : std::string();
}

std::string Control::window_link() const {
  return state_->window_door ? state_->link() : std::string();
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
  set_now(now);
  for (auto* door : {state_->door.get(), state_->window_door.get()}) {
    if (door != nullptr) door->handle_ready();
  }
}

void Control::handle_turn(Instant now) {
  set_now(now);
  for (auto* door : {state_->door.get(), state_->window_door.get()}) {
    if (door != nullptr) door->wake();
  }
}

void Control::set_now(Instant now) {
  state_->requests.set_now(now);
  if (state_->window_requests) state_->window_requests->set_now(now);
}

}  // namespace vmodem::app
