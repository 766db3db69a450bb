// The modem object in virtual time: the script in place of the peers, and the simulated internet
// where the script asks for it.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "firmware/base/random.h"
#include "firmware/network_event.h"
#include "firmware/testbed/testbed.h"
#include "tools/transcript/backend.h"
#include "tools/transcript/script.h"
#include "ufs/memory_store.h"

namespace vmodem::transcript {

class ModemBackend final : public Backend {
 public:
  // How a line's octets reach the modem; what it answers must not depend on it.
  enum class Chunks : std::uint8_t { kWholeLines, kSingleOctets };
  // Gets every entry of the journal, which without one has what makes remarks.
  using Listener = std::function<void(const journal::Entry& entry)>;

  ModemBackend(const firmware::ModemConfig& config, const Script& script,
               Chunks chunks = Chunks::kWholeLines, Listener listener = {});

  [[nodiscard]] Instant now() const override { return now_; }
  [[nodiscard]] Duration tolerance() const override { return Duration::zero(); }
  [[nodiscard]] bool knows_instants() const override { return true; }
  [[nodiscard]] Done send_serial(Inbox& inbox, ByteView octets) override;
  [[nodiscard]] Done send_datagram(Inbox& inbox, std::size_t peer, ByteView datagram) override;
  void handle_expected(std::size_t peer) override;
  [[nodiscard]] Done run_until(Inbox& inbox, Instant end) override;
  [[nodiscard]] Expected<bool, BackendError> await(Inbox& inbox) override;
  [[nodiscard]] Done settle(Inbox& inbox) override;

 private:
  // One peer's side: who sent the datagrams that wait in the inbox, and who sent the last expected
  // one.
  struct Correspondence {
    std::deque<firmware::TransportId> senders;
    std::optional<firmware::TransportId> last;
  };

  void run_due(Inbox& inbox);
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
  void tell(const firmware::NetworkEvent& event) { testbed_.handle_network(now_, event); }

  std::vector<Peer> peers_;
  Chunks chunks_;
  Listener listener_;
  std::vector<Correspondence> correspondences_;              // by peer
  std::map<firmware::TransportId, std::size_t> transports_;  // open ones, to their peer
  ufs::MemoryStore files_;
  firmware::MemoryNvStore settings_;
  SeededRandom random_;
  testbed::Testbed testbed_;
  Instant now_{};
};

}  // namespace vmodem::transcript
