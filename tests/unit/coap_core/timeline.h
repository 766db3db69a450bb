// One endpoint on its own clock. What it sends and reports is written down line by line, so that a
// test reads as a table of instants:
//
//   0 -> CON 0.01 1234
//   4 -> CON 0.01 1234
//   5 <- ACK 0.00 1234
//   5 CON 0.01 1234 acknowledged
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "coap_core/message_layer.h"

namespace vmodem::coap {

using Lines = std::vector<std::string>;

// Hexadecimal octets, blanks between fields.
[[nodiscard]] Bytes octets(std::string_view text);

struct MessageParts {
  std::string_view token;  // hexadecimal
  std::vector<Option> options;
  std::string_view payload;
};
[[nodiscard]] Message message(Type type, Code code, MessageId message_id, MessageParts parts = {});
[[nodiscard]] Message con_get(MessageId message_id, std::string_view token = "");
[[nodiscard]] Message non_get(MessageId message_id, std::string_view token = "");
[[nodiscard]] Message with_observe(Message message, std::uint32_t value);
[[nodiscard]] Message empty(Type type, MessageId message_id);
[[nodiscard]] Message response(Type type, MessageId message_id, std::string_view token = "",
                               std::string_view payload = "");

struct TimelineSetup {
  // Without chance in the first timeout.
  TransmissionParameters parameters{.ack_timeout = 4s, .ack_random_factor = 1.0};
  MessageLayerOptions options;
  std::uint64_t seed = 1;
};

class Timeline {
 public:
  explicit Timeline(const TimelineSetup& setup = {});

  // Serves every deadline up to this instant (since the start) and stands there.
  void run_to(Duration since_start);
  // Serves what is due once, however late, as a driver does that was held up.
  void oversleep_to(Duration since_start);

  bool send(const Message& message);
  void receive(const Message& message);
  void receive_octets(ByteView datagram);
  void end_session();

  // From now on the network takes, or refuses, what it is given.
  void set_network_up(bool is_up) { network_is_up_ = is_up; }
  // What has been written since the last call.
  [[nodiscard]] Lines take();
  // All datagrams handed out so far.
  [[nodiscard]] const std::vector<Bytes>& datagrams() const { return datagrams_; }
  [[nodiscard]] MessageLayer& layer() { return layer_; }
  [[nodiscard]] Instant now() const { return now_; }

 private:
  void drain();
  void write(const std::string& what);

  SeededRandom random_;
  MessageLayer layer_;
  Instant now_{};
  bool network_is_up_ = true;
  Lines lines_;
  std::vector<Bytes> datagrams_;
};

}  // namespace vmodem::coap
