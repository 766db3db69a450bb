// The modem of the C library, in virtual time: the script in place of the peers, as with the modem
// object.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "firmware/library/c_face.h"
#include "tools/conform/language/script.h"
#include "tools/conform/device/virtual_backend.h"

namespace vmodem::conform {

class LibraryBackend final : public VirtualBackend {
 public:
  // Why the library cannot play it; nothing: it can.
  [[nodiscard]] static std::optional<std::string> why_not_play(const Script& script);
  // Of a script whose settings are right.
  [[nodiscard]] static Expected<std::unique_ptr<LibraryBackend>, BackendError> create(
      const Script& script);

  [[nodiscard]] Done send_serial(Inbox& inbox, ByteView octets) override;

 private:
  struct Destroy {
    void operator()(vmodem_of_c* modem) const { vmodem_destroy(modem); }
  };
  using Modem = std::unique_ptr<vmodem_of_c, Destroy>;
  LibraryBackend(Modem modem, const Script& script);

  [[nodiscard]] std::optional<Instant> deadline() const override;
  void run_due(Inbox& inbox) override;
  void deliver(Inbox& inbox, std::uint32_t session, ByteView datagram) override;
  // All that the modem has for its caller; true where something was answered.
  bool collect(Inbox& inbox);
  void take_datagrams(Inbox& inbox);
  bool answer_queries();

  Modem modem_;
};

}  // namespace vmodem::conform
