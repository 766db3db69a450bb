// A client and a server joined by a wire in virtual time. The wire takes no time and keeps order; a
// test bends it by a rule that says what arrives in place of each datagram.
#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "dtls/session.h"

namespace vmodem::dtls::testing {

enum class End : std::uint8_t { kClient, kServer };

struct Sent {
  End from;
  Duration at;
  Bytes datagram;
};

// What arrives for a datagram: itself, nothing, or anything else. Counted from 0 for each end.
using WireRule = std::function<std::vector<Bytes>(End from, std::size_t index, const Bytes&)>;

inline constexpr std::string_view kClientAddress = "10.0.0.2:4711";

PskCredential credential(std::string identity = "password", std::string_view key = "sesame");
ClientConfig client_config(RandomSource& random);
ServerConfig server_config(RandomSource& random);

class Bench {
 public:
  Bench(ClientConfig client, ServerConfig server, WireRule rule = {});

  // Starts both and runs until nothing is due before `limit`.
  void connect(Duration limit = 300s);
  void run_until(Duration limit);
  // The client's host forgot its session and starts another from the same address.
  void replace_client(ClientConfig config);
  // Exchanges what is ready at this instant.
  void settle();
  void inject(End to, ByteView datagram);
  void write(End from, std::string_view plaintext);
  void close(End end);

  Session& session(End end) { return end == End::kClient ? *client_ : *server_; }
  const std::vector<Event>& events(End end) const { return events_[index(end)]; }
  Instant now() const { return now_; }
  std::vector<Duration> instants_sent(End from) const;
  std::vector<std::string> plaintexts(End at) const;

  template <class Kind>
  std::vector<Kind> all(End end) const {
    std::vector<Kind> found;
    for (const auto& event : events(end)) {
      if (const auto* match = std::get_if<Kind>(&event)) found.push_back(*match);
    }
    return found;
  }

  std::vector<Sent> sent;  // before the rule

 private:
  static std::size_t index(End end) { return static_cast<std::size_t>(end); }
  bool forward(End from);

  WireRule rule_;
  std::unique_ptr<Session> client_;
  std::unique_ptr<Session> server_;
  Instant now_{};
  std::array<std::vector<Event>, 2> events_;
  std::array<std::size_t, 2> sent_count_{};
};

// A session with nothing at the other end of its wire.
struct Alone {
  std::unique_ptr<Session> session;
  std::vector<Duration> sent_at;
  std::vector<Event> events;
  Duration ended_at{};

  // `answer` is what comes back for each datagram, at once.
  void run(std::function<std::vector<Bytes>(const Bytes&)> answer = {});
};

Failed only_failure(const std::vector<Event>& events);

}  // namespace vmodem::dtls::testing
