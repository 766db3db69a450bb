// A server of HTTP/1.1 by libmicrohttpd: its epoll descriptor and a timer, behind one descriptor of
// a loop.
//
// In:  a listening socket, who answers.
// Out: what its clients asked, and their answers to them.
#pragma once

#include <optional>

#include "firmware/app/http/connections.h"
#include "firmware/app/http/http.h"

struct MHD_Daemon;

namespace vmodem::app {

class MicrohttpdServer final : public HttpServer {
 public:
  // Null where the system denies what it needs.
  [[nodiscard]] static HttpServer* serve(int listener, HttpHandler& handler) noexcept;

  explicit MicrohttpdServer(HttpHandler& handler);
  ~MicrohttpdServer() override;
  MicrohttpdServer(const MicrohttpdServer&) = delete;
  MicrohttpdServer& operator=(const MicrohttpdServer&) = delete;

  [[nodiscard]] int fd() const noexcept override { return epoll_; }
  void handle_ready() noexcept override;
  void wake() noexcept override;

 private:
  friend struct Callbacks;

  [[nodiscard]] bool start(int listener);
  void run(WallTime now);
  void sweep(WallTime now);
  void set_timer(WallTime now);
  void resume(Connection& connection);

  HttpHandler& handler_;
  Connections connections_;
  MHD_Daemon* daemon_ = nullptr;
  int epoll_ = -1;
  int timer_ = -1;
  std::size_t suspended_count_ = 0;
  bool has_news_ = false;
  WallTime woken_{};
  WallTime swept_{};
  std::optional<WallTime> due_;  // what the timer is set to
};

}  // namespace vmodem::app
