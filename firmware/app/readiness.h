// What vmodem says when a host may connect.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vmodem::app {

struct Served {
  std::string host;
  std::string uri;
};

struct Readiness {
  std::string_view model;
  std::string_view pty;
  std::string_view link;  // empty: none
  int pid;
  std::string_view control = {};         // where the control interface listens; empty: nowhere
  std::string_view control_token = {};   // the file of its token; empty: none is asked for
  std::vector<std::string> listen = {};  // where hosts connect beside the PTY
  std::vector<Served> serve = {};        // simulated servers that others reach
  std::string_view window = {};          // the link of the live window; empty: there is none
};

// One line for programs: {"ready":true,"pty":"/dev/pts/5","link":null,"pid":123,
// "control":"unix:/run/vm","control_token":null,"listen":["tcp://127.0.0.1:4001"],
// "serve":[{"host":"coap.sim","uri":"coap://127.0.0.1:5683"}],
// "window":"http://127.0.0.1:8080/?token=…"}.
[[nodiscard]] std::string to_json_line(const Readiness& readiness);
// For people: how to connect and how to stop.
[[nodiscard]] std::string to_human_text(const Readiness& readiness);

}  // namespace vmodem::app
