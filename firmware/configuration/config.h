// All that a run of vmodem may be told.
//
// In:  files, --set, environment as texts.
// Out: a Config, or where and what is wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firmware/configuration/cellular.h"
#include "firmware/configuration/internet/config.h"
#include "firmware/configuration/log_config.h"
#include "firmware/configuration/texts/clock.h"
#include "firmware/configuration/texts/clock_mode.h"
#include "firmware/modem_config.h"
#include "firmware/testbed/scenario.h"
#include "net/network_policy.h"
#include "net/routes.h"

namespace vmodem::app {

struct NetworkConfig {
  net::NetworkMode mode = net::NetworkMode::kLoopback;
  net::Routes routes;
};

struct UfsConfig {
  std::string directory;  // empty: files live in memory
};

struct StateConfig {
  std::string directory;  // empty: the settings live in memory
  bool starts_new = false;  // whatever settings the directory has
};

struct ControlConfig {
  std::string address;     // as net::parse_listen_address() takes it; empty: none
  std::string token_file;  // empty: none, or one of its own where a port needs it
  std::string window;      // "127.0.0.1:8080", where a browser gets the page; empty: nowhere

  [[nodiscard]] bool is_open() const { return !address.empty() || !window.empty(); }
};

// What becomes of what the host does wrong.
enum class LintMode : std::uint8_t { kOff, kReport, kError };

// Simulated servers that others than the module reach.
struct ServeConfig {
  std::vector<std::string> addresses;  // as parse_serving() takes them
  bool is_anywhere = false;            // addresses beyond loopback too
};

struct Config {
  firmware::ModemConfig modem;
  ClockTexts clock;
  NetworkConfig network;
  CellularConfig cellular;
  InternetConfig internet;
  StateConfig state;
  UfsConfig ufs;
  ControlConfig control;
  std::string key_log;  // empty: none
  std::string journal;  // empty: none
  bool explains = false;
  LintMode lint = LintMode::kOff;
  std::string record;  // empty: none
  std::string capture;     // empty: none; "-": standard output
  std::string transcript;  // likewise
  bool redacts_transcript = false;
  LogConfig log;
  TimeConfig time;
  std::vector<testbed::Fault> faults;
  std::string scenario;  // empty: none
  std::string link;                  // empty: none
  std::vector<std::string> listen;   // as net::parse_host_port_address() takes them
  ServeConfig serve;
  bool port_reappears = false;       // the port goes and comes with the power
  std::optional<std::int64_t> seed;  // absent: drawn from the operating system
};

}  // namespace vmodem::app
