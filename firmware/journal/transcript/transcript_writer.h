// A session of a host with the module as a transcript (docs/cases.md), which a later
// run plays again: what went over the serial line and to peers in the real network, with instants.
//
// In:  octets of the serial line, actions and news of the real network, entries of the journal.
// Out: lines of a transcript.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/action.h"
#include "firmware/journal/transcript/script_lines.h"
#include "firmware/network_event.h"

namespace vmodem::transcript {

// What stands above the first step.
struct TranscriptHead {
  std::uint64_t seed = 0;
  bool has_internet = false;          // the simulated one, as it is shipped
  std::vector<std::string> settings;  // "KEY=VALUE", of the module
  std::vector<std::string> faults;    // as lines of a scenario
  std::vector<std::string> remarks;   // what a transcript cannot say
  bool is_redacted = false;
};
[[nodiscard]] std::string transcript_text(const TranscriptHead& head);

// Octet for octet, secrets too.
class TranscriptWriter {
 public:
  // How long octets without a line end are taken for a line that somebody types.
  static constexpr Duration kTypingMax = 5s;
  // How many octets without a line end wait for one, of either side.
  static constexpr std::size_t kWaitingMax = 4096;

  // Octets that have come from the host, and that it has got, in their order.
  void handle_input(Instant now, ByteView octets);
  void handle_output(Instant now, ByteView octets);
  // What the module asks of the real network, and what becomes of it. What leads into the simulated
  // internet happens again by itself.
  void handle_action(Instant now, const firmware::Action& action);
  void handle_event(Instant now, const firmware::NetworkEvent& event);
  // What has come out is written as far as it is whole lines; the rest may belong to what follows.
  void settle_lines();
  // Some of it has not been written yet.
  [[nodiscard]] bool has_output() const { return !output_.empty(); }
  // Nothing more belongs to what has come out.
  void settle() { flush_output(); }
  // The session is over.
  void finish();

  [[nodiscard]] std::string take_text() { return lines_.take(); }

 private:
  struct Destination {
    std::string host;
    std::uint16_t port;
  };

  bool take_line(Instant now);
  void flush_typed();
  void flush_output();
  struct OutputLine {
    std::string_view text;
    std::size_t size = 0;  // in output_; 0: none
    bool is_framed = false;
  };
  [[nodiscard]] OutputLine front_line() const;
  void add_line(const OutputLine& line);
  void add_output();
  void add_datagram(std::string_view keyword, firmware::TransportId transport, ByteView datagram);
  void add_peer(firmware::TransportId transport, std::string_view mood);

  ScriptLines lines_;
  std::string typed_;       // by the host, not yet in lines_
  std::size_t echoed_ = 0;  // of them
  Instant typing_since_{};
  Instant typed_at_{};  // the latest of them
  std::string output_;  // not yet in lines_
  Instant output_at_{};
  bool goes_on_ = false;  // the latest output was a line
  std::map<firmware::TransportId, Destination> opening_;
  std::map<firmware::TransportId, std::string> peers_;  // by their names
  std::map<std::string, std::string> names_;            // of destinations
  bool has_dtls_ = false;
};

}  // namespace vmodem::transcript
