// A client of octets before a simulated internet, on its own clock. What the world sends is written
// down line by line, so that a test reads as a table of instants:
//
//   0 ACK 2.05 1234 a1 [12:] 'hello'
//   4.5 CON 2.05 * a1 [6:02] 'done'
//
// A message ID the client never used is shown as "*": servers choose theirs by chance.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "net/sim/description/ready_worlds.h"
#include "net/sim/site/option_numbers.h"
#include "net/sim/world.h"

namespace vmodem::sim {

using Lines = std::vector<std::string>;

inline const net::Endpoint kLibcoap{net::IpAddress::v4({220, 180, 239, 212}), 8028};
inline const net::Endpoint kLeshan{net::IpAddress::v4({198, 51, 100, 84}), 5684};
inline const net::Endpoint kPlugtest{net::IpAddress::v4({198, 51, 100, 7}), 5683};
inline const net::Endpoint kPlugtestDtls{net::IpAddress::v4({198, 51, 100, 7}), 5684};
inline const net::Endpoint kClient{net::IpAddress::v4({10, 0, 0, 2}), 49152};
inline const net::Endpoint kOther{net::IpAddress::v4({10, 0, 0, 3}), 49152};
// Of the worlds that one_server() makes.
inline const net::Endpoint kServer{net::IpAddress::v4({192, 0, 2, 1}), 5683};

// Hexadecimal octets, blanks between fields.
[[nodiscard]] Bytes octets(std::string_view text);

struct RequestParts {
  std::string_view token = "a1";  // hexadecimal
  std::vector<coap::Option> options;
  std::string_view payload;
};
[[nodiscard]] coap::Message request(coap::Type type, coap::Code code, coap::MessageId message_id,
                                    std::string_view path, RequestParts parts = {});
[[nodiscard]] coap::Message con_get(coap::MessageId message_id, std::string_view path,
                                    RequestParts parts = {});
[[nodiscard]] coap::Message non_get(coap::MessageId message_id, std::string_view path,
                                    RequestParts parts = {});
[[nodiscard]] coap::Option uint_option(std::uint16_t number, std::uint64_t value);

// A world of one plain server at kServer with "hello" at /r, bent by the test.
[[nodiscard]] WorldConfig one_server(ResourceConfig resource);
[[nodiscard]] ResourceConfig hello(std::vector<AnswerConfig> answers = {});

class WorldTimeline {
 public:
  explicit WorldTimeline(WorldConfig config = ready_world(), std::uint64_t seed = 1);

  // Whom the next datagrams go to and come from.
  void set_server(const net::Endpoint& server) { server_ = server; }
  void set_client(const net::Endpoint& client) { client_ = client; }

  void run_to(Duration since_start);
  void send(const coap::Message& message);
  void send_octets(ByteView datagram);
  // Answers the last datagram by an empty ACK or RST.
  void acknowledge();
  void reset();
  // Acknowledges each CON the moment it comes.
  void set_polite(bool is_polite) { is_polite_ = is_polite; }
  void settle();

  // What has been written since the last call.
  [[nodiscard]] Lines take();
  [[nodiscard]] const std::vector<net::Datagram>& received() const { return received_; }
  [[nodiscard]] coap::Message last() const;
  [[nodiscard]] World& world() { return world_; }
  [[nodiscard]] Instant now() const { return now_; }

 private:
  void answer(coap::Type type, const net::Datagram& datagram);
  [[nodiscard]] std::string line(const net::Datagram& datagram) const;

  SeededRandom random_;
  World world_;
  Instant now_{};
  net::Endpoint server_ = kServer;
  net::Endpoint client_ = kClient;
  bool is_polite_ = false;
  std::set<coap::MessageId> used_;
  Lines lines_;
  std::vector<net::Datagram> received_;
};

}  // namespace vmodem::sim
