// The network that a module meets: what it hears, who lets it in, and when (quectel-at.md §6).
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "firmware/base/time.h"
#include "firmware/model.h"

namespace vmodem::firmware {

struct Cell {
  std::string area_code = "00C3";   // <lac>, <tac>: 4 hex digits
  std::string id = "01A2D101";      // <ci>: up to 8 hex digits
  std::string routing_area = "01";  // <rac>: 2 hex digits
  std::string band = "LTE BAND 3";  // as AT+QNWINFO prints it
  int channel = 1300;               // ARFCN or EARFCN, 0–262143

  friend bool operator==(const Cell&, const Cell&) = default;
};

struct Signal {
  int rssi_dbm = -57;   // −113…−51
  int ber = 99;         // 0–7, 99: unknown
  int rsrp_dbm = -85;   // −140…−44
  double sinr_db = 15;  // −20…+30
  int rsrq_db = -11;    // −20…−3

  friend bool operator==(const Signal&, const Signal&) = default;
};

// Whether an operator takes this SIM.
enum class Access : std::uint8_t { kHome, kPartner, kForbidden };

// One line of AT+COPS=?: a network on one technology.
struct Operator {
  std::string long_name;
  std::string short_name;
  std::string numeric;  // MCC and MNC, 5 or 6 digits
  Technology technology = Technology::kEmtc;
  Access access = Access::kHome;
  Cell cell;
  bool is_on_every_band = false;  // has a cell on each other band of the module, too
};

// What the network offers the module at a time.
enum class Coverage : std::uint8_t {
  kSearching,  // no suitable cell yet: <stat> 2
  kHome,       // <stat> 1
  kRoaming,    // partners only: <stat> 5
  kDenied,     // cells answer with a reject: <stat> 3
  kUnknown,    // out of coverage and not looked for: <stat> 4
  kLost,       // the cell is gone; the module looks for it: <stat> 2, sessions stand
};

struct NetworkStage {
  Coverage coverage = Coverage::kHome;
  Duration duration{};    // seconds; of no account in the last stage of a timeline
  int reject_cause = 15;  // kDenied: EMM or GMM cause of 24.301, 24.008; 1–255
};

// From now on, over the timeline, until Recovery: lost, denied, roaming …
struct Recovery {};
using NetworkChange = std::variant<NetworkStage, Recovery, Cell, Signal>;

[[nodiscard]] std::vector<Operator> default_operators();

struct RadioConfig {
  std::vector<Operator> operators = default_operators();
  // Begins with every start of the radio (boot, AT+CFUN=1, AT+COPS=0 after 2); its last stage
  // stays. Empty: at home at once.
  std::vector<NetworkStage> timeline;
  Signal signal;
  Duration connection_release = 10s;  // seconds without traffic until the radio connection is idle
  std::string granted_tau;  // 8 bits (T3412 extended, 24.008 §10.5.7.4a); empty: as requested
  std::string granted_active_time;     // 8 bits (T3324, 24.008 §10.5.7.4); empty: as requested
  std::string granted_edrx;            // 4 bits; empty: as requested
  std::string paging_window = "0011";  // 4 bits (24.008 §10.5.5.32)
};

}  // namespace vmodem::firmware
