// The modem of the C library, in virtual time: the script in place of the peers, as with the modem
// object.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "firmware/library/c_face.h"
#include "tools/transcript/backend.h"
#include "tools/transcript/script.h"

namespace vmodem::transcript {

class LibraryBackend final : public Backend {
 public:
  // Why the library cannot play it; nothing: it can.
  [[nodiscard]] static std::optional<std::string> why_not_play(const Script& script);
  // Of a script whose settings are right.
  [[nodiscard]] static Expected<std::unique_ptr<LibraryBackend>, BackendError> create(
      const Script& script);

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
  struct Destroy {
    void operator()(vmodem_of_c* modem) const { vmodem_destroy(modem); }
  };
  using Modem = std::unique_ptr<vmodem_of_c, Destroy>;
  // One peer's side: which sessions the datagrams in the inbox are of, and that of the last
  // expected one.
  struct Correspondence {
    std::deque<std::uint32_t> senders;
    std::optional<std::uint32_t> last;
  };

  LibraryBackend(Modem modem, const Script& script);

  void run_due(Inbox& inbox);
  // All that the modem has for its caller; true where something was answered.
  bool collect(Inbox& inbox);
  void take_datagrams(Inbox& inbox);
  bool answer_queries();

  Modem modem_;
  std::vector<Peer> peers_;
  std::vector<Correspondence> correspondences_;  // by peer
  Instant now_{};
};

}  // namespace vmodem::transcript
