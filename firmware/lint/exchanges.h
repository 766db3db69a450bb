// The host's side of CoAP: message IDs, paths, repetition and rate (RFC 7252).
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "firmware/lint/command.h"
#include "firmware/lint/findings.h"

namespace vmodem::lint {

class Exchanges {
 public:
  explicit Exchanges(Findings& findings) : findings_(findings) {}

  void handle(const journal::Entry& entry, const std::vector<Command>& commands);
  void handle(const journal::Entry& entry, const journal::CoapSent& sent);
  void handle(const journal::Entry& entry, const journal::DatagramUp& datagram);
  void handle(const journal::CoapReceived& received);
  void handle(const journal::Entry& entry, const journal::CoapConcluded& concluded);
  void handle(const journal::ClientStatusChanged& change);

 private:
  static constexpr std::size_t kClientCount = 6;
  static constexpr std::size_t kSentMax = 512;
  static constexpr std::size_t kUnsureMax = 32;

  // From where to where. Where the journal does not know the addresses, a session is as good.
  struct Path {
    net::Endpoint local;
    net::Endpoint remote;
    std::uint64_t session = 0;

    friend bool operator==(const Path&, const Path&) = default;
  };
  struct Sent {
    journal::Number number;
    Instant at;
    std::size_t client;
    Path path;
    std::uint64_t message_id;
    std::uint64_t digest;   // of the whole message
    std::uint64_t content;  // of it without message ID and token
    Bytes token;
    bool is_confirmable;
    bool is_post;
    bool is_answered = false;
  };
  // A POST of which nobody knows whether it arrived.
  struct Unsure {
    journal::Number number;
    Instant at;
    std::size_t client;
    Path path;
    std::uint64_t content;
    std::uint64_t message_id;
  };
  struct Client {
    std::uint64_t session = 0;
    journal::Number header = 0;  // the last AT+QCOAPHEADER
    // NONs since something was heard.
    unsigned silent_count = 0;
    std::size_t silent_size = 0;
    Instant silent_since{};
    bool is_silence_told = false;
  };

  void judge_path(const journal::Entry& entry, const journal::CoapSent& sent);
  void judge_rate(const journal::Entry& entry, const journal::CoapSent& sent, std::size_t size);
  void judge_repetition(const Sent& sent);
  void judge_message_id(const Sent& sent);
  [[nodiscard]] Sent* last_sent(std::uint64_t client, std::uint64_t message_id);

  Findings& findings_;
  std::array<Client, kClientCount> clients_{};
  std::uint64_t session_count_ = 0;
  std::deque<Sent> sent_;      // the latest, in their order
  std::deque<Unsure> unsure_;  // the same
};

}  // namespace vmodem::lint
