// One modem object in memory with a CoAP server in its place: no port, no socket, no clock.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "dtls/session.h"
#include "firmware/modem.h"
#include "ufs/memory_store.h"

namespace vmodem::benchmark {

// Of every secured session in this program.
[[nodiscard]] dtls::PskCredential credential();

class World {
 public:
  enum class Transport : std::uint8_t { kPlain, kSecured };

  explicit World(Transport transport);

  // Each returns false where the modem says anything else than it does on success.
  [[nodiscard]] bool open();
  [[nodiscard]] bool close();
  // A confirmable GET that is answered 2.05 in the ACK.
  [[nodiscard]] bool get();

  // The session's other end goes without a word.
  void forget_server() { server_.reset(); }

 private:
  [[nodiscard]] bool run(std::string_view line, std::string_view end);
  void settle();
  void perform(const firmware::CommandRead& /*action*/) {}
  void perform(const firmware::LineEnded& /*action*/) {}
  void perform(const firmware::OpenTransport& action);
  void perform(const firmware::SendDatagram& action);
  void perform(const firmware::CloseTransport& action);
  void perform(const firmware::Query& /*action*/) {}
  void perform(const firmware::CancelQuery& /*action*/) {}
  void perform(const firmware::PowerChanged& /*action*/) {}
  void serve_records(firmware::TransportId transport);

  Transport transport_;
  ufs::MemoryStore files_;
  firmware::MemoryNvStore settings_;
  SeededRandom random_{1};
  firmware::Modem modem_;
  std::unique_ptr<dtls::Session> server_;
  std::string output_;
  Instant now_{};
};

}  // namespace vmodem::benchmark
