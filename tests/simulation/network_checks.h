// What holds of everything the modem asks of the network: transports, and the messages on the plain
// ones.
#pragma once

#include <map>
#include <unordered_map>

#include "coap_core/codec.h"
#include "firmware/testbed/testbed.h"
#include "tests/simulation/finding.h"
#include "tests/simulation/scene.h"

namespace vmodem::simulation {

// What AT+QCOAPCFG="trans" has been in the run so far.
struct TransmissionBounds {
  Duration timeout_min = 2s;
  Duration timeout_max = 2s;
  int retry_count_max = 5;

  void add(int timeout_s, int retry_count);
};

class NetworkChecks {
 public:
  NetworkChecks(const Scene& scene, Findings& findings);

  void handle(Instant now, const testbed::Passage& passage, const TransmissionBounds& bounds);
  // The module is off: nothing is open any more.
  void check_all_closed();

  [[nodiscard]] std::size_t datagram_count() const { return datagram_count_; }

 private:
  enum class Stage : std::uint8_t { kAsked, kOpen, kClosed };
  struct Exchange {
    Bytes datagram;
    std::uint64_t begun;  // in this order
    Instant last;
    Duration interval{};
    int transmissions = 1;
  };
  struct Transport {
    Stage stage = Stage::kAsked;
    std::map<coap::MessageId, Exchange> exchanges;
    std::map<coap::MessageId, Instant> used;  // when a message ID of ours was new last
  };

  void handle_action(Instant now, const firmware::Action& action, const TransmissionBounds& bounds);
  void handle_news(const firmware::NetworkEvent& news);
  void open(const firmware::OpenTransport& action);
  void close(const firmware::CloseTransport& action);
  void send(Instant now, const firmware::SendDatagram& action, const TransmissionBounds& bounds);
  void check_message(Instant now, Transport& transport, const Bytes& datagram,
                     const TransmissionBounds& bounds);
  void check_retransmission(Instant now, Exchange& exchange, const TransmissionBounds& bounds);
  void begin_exchange(Instant now, Transport& transport, const coap::MessageView& message,
                      const Bytes& datagram);
  [[nodiscard]] bool hears_everything() const;
  void receive(Transport& transport, const Bytes& datagram);

  const Scene& scene_;
  Findings& findings_;
  std::unordered_map<firmware::TransportId, Transport> transports_;
  std::size_t datagram_count_ = 0;
  std::uint64_t begun_count_ = 0;
};

}  // namespace vmodem::simulation
