// Where clients of one kind connect: the HTTP module listens there, and the loop's poller watches
// it.
#pragma once

#include <memory>
#include <string>

#include "firmware/app/http/http.h"
#include "firmware/app/loop/poller.h"
#include "firmware/base/expected.h"
#include "net/listen_address.h"
#include "net/sockets/listener.h"

namespace vmodem::app {

class Door {
 public:
  // All that it is given outlives it. The error is one phrase.
  [[nodiscard]] static Expected<std::unique_ptr<Door>, std::string> open(
      const net::ListenAddress& address, const HttpModule& module, HttpHandler& handler,
      Poller& poller);
  ~Door();
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;

  [[nodiscard]] const net::ListenAddress& address() const { return listener_.address(); }
  // Cheap where nobody has come.
  void handle_ready() { server_->handle_ready(); }
  // Streams may have become ready.
  void wake() { server_->wake(); }

 private:
  Door(net::Listener listener, Poller& poller) : listener_(std::move(listener)), poller_(poller) {}

  net::Listener listener_;
  Poller& poller_;
  std::unique_ptr<HttpServer> server_;
};

}  // namespace vmodem::app
