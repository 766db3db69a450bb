// The modem object in virtual time: the script in place of the peers, and the simulated internet
// where the script asks for it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>

#include "firmware/base/random.h"
#include "firmware/network_event.h"
#include "firmware/testbed/testbed.h"
#include "tools/conform/language/script.h"
#include "tools/conform/device/virtual_backend.h"
#include "ufs/memory_store.h"

namespace vmodem::conform {

class ModemBackend final : public VirtualBackend {
 public:
  // How a line's octets reach the modem; what it answers must not depend on it.
  enum class Chunks : std::uint8_t { kWholeLines, kSingleOctets };
  // Gets every entry of the journal, which without one has what makes remarks.
  using Listener = std::function<void(const journal::Entry& entry)>;

  ModemBackend(const firmware::ModemConfig& config, const Script& script,
               Chunks chunks = Chunks::kWholeLines, Listener listener = {});

  [[nodiscard]] Done send_serial(Inbox& inbox, ByteView octets) override;
  [[nodiscard]] std::string sender(std::size_t peer) const override;

 private:
  [[nodiscard]] std::optional<Instant> deadline() const override { return testbed_.poll_timeout(); }
  void run_due(Inbox& inbox) override;
  void deliver(Inbox& inbox, std::uint32_t session, ByteView datagram) override;
  // Performs actions and collects serial output until the modem has nothing more to do.
  void perform_all(Inbox& inbox);
  void perform(Inbox& inbox, firmware::OpenTransport& action);
  void perform(Inbox& inbox, firmware::CloseTransport& action);
  void perform(Inbox& inbox, firmware::SendDatagram& action);
  void perform(Inbox& inbox, firmware::Query& action);
  void perform(Inbox& inbox, firmware::CancelQuery& action);
  void perform(Inbox& inbox, firmware::PowerChanged& action);
  void perform(Inbox& inbox, firmware::CommandRead& action);
  void perform(Inbox& inbox, firmware::LineEnded& action);
  void read_journal(Inbox& inbox);
  void tell(const firmware::NetworkEvent& event) { testbed_.handle_network(now(), event); }

  Chunks chunks_;
  Listener listener_;
  std::map<firmware::TransportId, std::size_t> transports_;  // open ones, to their peer
  std::map<firmware::TransportId, std::string> local_ports_;  // of those there have been
  ufs::MemoryStore files_;
  firmware::MemoryNvStore settings_;
  SeededRandom random_;
  testbed::Testbed testbed_;
};

}  // namespace vmodem::conform
