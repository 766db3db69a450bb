// The module's six CoAP clients. What moves all of them costs what the busy ones cost: a test of
// thousands of modules waits for memory, and five of the six clients are idle as a rule.
//
// In:  what the six commands say, datagrams, the time.
// Out: URCs, actions on transports, the next deadline.
#pragma once

#include <array>
#include <optional>

#include "firmware/coap/client.h"

namespace vmodem::firmware {

class CoapClients {
 public:
  // All outlive this object.
  CoapClients(const Dialect& dialect, RandomSource& random, journal::Journal& journal,
              dtls::SessionSource* sessions = nullptr);

  [[nodiscard]] CoapClient& operator[](ClientId id) {
    return clients_[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] auto begin() { return clients_.begin(); }
  [[nodiscard]] auto end() { return clients_.end(); }
  // Null where no session has it.
  [[nodiscard]] CoapClient* find(TransportId transport);
  [[nodiscard]] bool is_waiting_for_peer() const;

  // Power-off: nothing is left to be told either. The caller frees the transports.
  void reset();

  // No command line runs now.
  void handle_line_end();
  void handle_timeout(Instant now);
  [[nodiscard]] std::optional<CoapEvent> poll_event() { return news_.events.take_front(); }
  [[nodiscard]] std::optional<Instant> poll_timeout() const;

 private:
  CoapNews news_;
  std::array<CoapClient, kClientCount> clients_;
};

}  // namespace vmodem::firmware
