// Performs one modem's actions in real time: its serial line on a PTY, its transports on a network.
#pragma once

#include <memory>
#include <string>

#include "firmware/app/clock.h"
#include "firmware/app/log.h"
#include "firmware/app/network.h"
#include "firmware/app/pty.h"
#include "firmware/base/expected.h"
#include "firmware/modem.h"

namespace boost::asio {
class io_context;
}

namespace vmodem::app {

// What a loop runs; all of it outlives the loop.
struct World {
  firmware::Modem& modem;
  Pty& port;
  Network& network;
  const Clock& clock;
  Log& log;
};

class EventLoop {
 public:
  // From here on SIGINT, SIGTERM and SIGHUP end run() instead of the program; SIGHUP is left alone
  // where it was ignored already (nohup).
  EventLoop(boost::asio::io_context& io, const World& world);
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // Returns when a signal ends it, or with one phrase when the port is lost.
  [[nodiscard]] Expected<void, std::string> run();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vmodem::app
