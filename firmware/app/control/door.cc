#include "firmware/app/control/door.h"

#include <utility>

namespace vmodem::app {
namespace {

constexpr Tag kControlTag{Source::kControl};

}  // namespace

Expected<std::unique_ptr<Door>, std::string> Door::open(const net::ListenAddress& address,
                                                        const HttpModule& module,
                                                        HttpHandler& handler, Poller& poller) {
  auto listener = net::Listener::open(address);
  if (!listener) return unexpected(std::move(listener.error()));
  std::unique_ptr<Door> door(new Door(std::move(*listener), poller));
  const int fd = door->listener_.release();
  door->server_.reset(module.serve(fd, handler));
  if (!door->server_) {
    net::UniqueFd(fd).reset();
    return unexpected(std::string("the control interface does not start: too few descriptors"));
  }
  poller.watch(door->server_->fd(), kControlTag);
  return door;
}

Door::~Door() {
  if (server_) poller_.forget(server_->fd());
}

}  // namespace vmodem::app
