// The control interface without its transport: requests in, answers out, by one table of routes.
// It opens nothing and knows no clock; whoever has a connection decodes HTTP and passes it on.
//
// In:  requests, the time.
// Out: answers, and what they have changed in the testbed.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "firmware/base/time.h"

namespace vmodem::testbed {
class Testbed;
}
namespace vmodem::journal {
class Ring;
}

namespace vmodem::control {

class CaptureControl;
class PastControl;
class TimeControl;
class WindowControl;

struct Request {
  std::string method;  // "GET"
  std::string path;    // decoded, "/verbs/reset"
  std::map<std::string, std::string> query{};
  std::string body{};
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::string body{};
};

// What is shown and steered. All of it outlives the Api.
struct Subject {
  testbed::Testbed& testbed;
  const journal::Ring& journal;       // the entries there are; empty where nobody keeps them
  TimeControl* time = nullptr;        // null: the time is nobody's to steer
  CaptureControl* capture = nullptr;  // null: none can be written
  std::string version{};              // of the program
  PastControl* past = nullptr;        // null: no run is kept
  WindowControl* window = nullptr;    // null: there is no page
};

class Api {
 public:
  // Larger bodies are refused (413), as the transport does before it has them.
  static constexpr std::size_t kBodySizeMax = 1024 * 1024;

  explicit Api(Subject subject);
  ~Api();

  // Every change of the world comes from here, so that the same requests at the same instants make
  // the same world; no instant is before an earlier one. Poll the testbed afterwards, as after any
  // of its handle_*(). GET /events is the transport's own.
  [[nodiscard]] Response handle(Instant now, const Request& request);
  // The testbed is one that has just been made.
  void begin_again();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vmodem::control
