// One step of a random host.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/bytes.h"
#include "firmware/base/time.h"

namespace vmodem::simulation {

// What an accepted command leads to later, for whoever counts the URCs.
enum class Effect : std::uint8_t { kNone, kOpen, kSend, kClose, kTransmission };

struct Step {
  Duration think{};  // before it
  std::string line;  // without its CR; empty: none
  Effect effect = Effect::kNone;
  int client = 0;

  // Where the module prompts: after `data_think` these, and whatever ends them.
  Bytes data;
  Duration data_think{};
  bool is_cancelled = false;  // they end by Esc: accepted, and nothing sent

  // After the answer the host waits for a URC that begins so, not longer than kUrcWaitMax.
  std::string awaited;
  static constexpr Duration kUrcWaitMax = 90s;

  // AT+QCOAPCFG="trans".
  int timeout_s = 0;
  int retry_count = 0;
};

}  // namespace vmodem::simulation
