// The whole module: serial octets, time and datagrams in any order, the file commands' data mode
// included. Input: steps of one octet and its operands.
#include <algorithm>
#include <optional>
#include <variant>

#include "firmware/base/check.h"
#include "firmware/modem.h"
#include "ufs/memory_store.h"

using namespace vmodem;
using namespace vmodem::firmware;

namespace {

constexpr int kStepsMax = 200;
constexpr int kActionsMax = 20'000;

class World {
 public:
  void serial(ByteView octets) {
    while (!octets.empty()) {
      const auto part = octets.first(std::min(octets.size(), modem_.serial_room()));
      if (part.empty()) return;  // a command that waits for time
      modem_.handle_serial(now_, part);
      octets = octets.subspan(part.size());
      settle();
    }
  }
  void datagram(ByteView octets) {
    if (!transport_) return;
    modem_.handle_datagram(now_, *transport_, octets);
    settle();
  }
  void pass(Duration duration) {
    const auto end = now_ + duration;
    for (auto due = modem_.poll_timeout(); due && *due <= end; due = modem_.poll_timeout()) {
      now_ = std::max(now_, *due);
      modem_.handle_timeout(now_);
      settle();
    }
    now_ = end;
  }

 private:
  void settle() {
    while (const auto action = modem_.poll_action()) {
      BG_CHECK(++actions_ < kActionsMax, "a finite input asks for finitely many actions");
      perform(*action);
    }
    modem_.handle_serial_written(modem_.poll_serial().size());
  }
  void perform(const Action& action) {
    if (const auto* open = std::get_if<OpenTransport>(&action)) {
      transport_ = open->transport;
      modem_.handle_transport_opened(now_, open->transport);
    }
    if (const auto* send = std::get_if<SendDatagram>(&action)) {
      modem_.handle_datagram_sent(now_, send->transport, true);
    }
  }

  ufs::MemoryStore files_;
  MemoryNvStore settings_;
  SeededRandom random_{1};
  Modem modem_{ModemConfig{}, files_, settings_, random_};
  Instant now_{};
  std::optional<TransportId> transport_;
  int actions_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  World world;
  ByteView rest(data, size);
  const auto take = [&rest](std::size_t count) {
    const auto taken = rest.first(std::min(count, rest.size()));
    rest = rest.subspan(taken.size());
    return taken;
  };
  for (int step = 0; step < kStepsMax && !rest.empty(); ++step) {
    const auto kind = take(1)[0];
    switch (kind & 3) {
      case 0:  // a command line up to its CR
        world.serial(
            take(static_cast<std::size_t>(std::ranges::find(rest, '\r') - rest.begin()) + 1));
        break;
      case 1:  // octets, CR or not
        world.serial(take(kind >> 2));
        break;
      case 2:
        world.datagram(take(kind >> 2));
        break;
      case 3:
        world.pass(100ms * (1 << (kind >> 4)));
        break;
    }
  }
  return 0;
}
