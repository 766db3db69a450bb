// A run as what went into it: the whole of a modem in its surroundings is a calculator, so that
// configuration, seed, octets, instants, verbs and what real peers sent are the run. A record holds
// secrets.
//
// In:  calls of a testbed; a record.
// Out: a record; the same calls of another testbed.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "firmware/base/bytes.h"
#include "firmware/base/time.h"
#include "firmware/circuits/circuits.h"
#include "firmware/network_event.h"

namespace vmodem::recording {

// What the run began with.
struct Header {
  std::int64_t seed = 0;
  CalendarTime host_time{};       // that the module's calendar was made from
  CalendarTime automatic_time{};  // and what "auto" stood for
  std::string config_name;   // of the file, for messages
  std::string config;        // its text
  std::string scenario;      // likewise
  // Of the command line: where, key, value.
  std::vector<std::vector<std::string>> assignments;
  std::string settings;  // what outlived the power-off before
  std::vector<std::pair<std::string, Bytes>> files;

  friend bool operator==(const Header&, const Header&) = default;
};

struct SerialRead {
  Bytes octets;  // of the host
};
// The host has taken `count` of what was polled, of which hash_of() is this.
struct SerialWritten {
  std::size_t count;
  std::uint64_t hash;
};
struct SerialDropped {};
// The host drives other circuits than before.
struct CircuitsDriven {
  firmware::HostCircuits circuits;
};
struct BreakSent {};
struct TimePassed {};
// A verb that somebody performed, as testbed::parse_deed() reads it.
struct VerbDone {
  std::string text;
};
// Of the control interface.
struct RequestMade {
  std::string method;
  std::string path;
  std::vector<std::pair<std::string, std::string>> query;
  std::string body;
};
using Input = std::variant<SerialRead, SerialWritten, SerialDropped, CircuitsDriven, BreakSent,
                           firmware::NetworkEvent, TimePassed, VerbDone, RequestMade>;

struct Step {
  // What the driver polled since the last step, in its order: a for actions, s for serial octets.
  std::string polls;
  Instant at;
  Input input;
};

// What a DTLS session with a real peer gave after one call, which cannot be calculated again: its
// entropy was the operating system's.
struct SessionTurn {
  std::uint32_t session;  // from 1, in the order of their making
  std::vector<Bytes> datagrams;
  std::string events;             // JSON, as sessions.cc writes them
  std::int64_t deadline_ns = -1;  // -1: none
  bool is_connected = false;
  bool is_written = true;  // of a write()
};

}  // namespace vmodem::recording
