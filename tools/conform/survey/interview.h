// A host with sessions at a server that plays along: what the questions of a survey have in common.
// None of it depends on how a switch stands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "coap_core/message.h"
#include "tools/conform/survey/dialogue.h"
#include "tools/conform/survey/findings.h"

namespace vmodem::conform {

// The peers of a survey: one answers, one never does.
inline constexpr std::size_t kServer = 0;
inline constexpr std::size_t kMute = 1;
inline constexpr std::size_t kPeerCount = 2;

struct Meeting {
  std::string host;  // of both peers, as the device has it in its commands
  std::uint16_t ports[kPeerCount];
  Duration input_wait = 10s;      // how long a prompt is left without an octet
  Duration resolution = 250ms;    // durations are told in multiples of this
  std::size_t sample_count = 16;  // first time-outs
  bool is_virtual = false;        // of the backend's time
};

// An open with DTLS that goes on beside the questions.
struct SecuredOpen {
  int context = -1;  // the SSL context that was used last; -1: none
  bool is_open = false;
  std::string result{};  // its +QCOAPOPEN
  Instant begun{};
  Instant ended{};
};

class Interview {
 public:
  Interview(Dialogue& dialogue, Meeting meeting, Findings& findings)
      : dialogue(dialogue), meeting(std::move(meeting)), findings(findings) {}

  // Gets the line to where a command is answered, out of a prompt too.
  [[nodiscard]] bool wakes();
  // Waits for the network.
  [[nodiscard]] bool registers();
  // Reads past whatever is still to come: the final results of what was said before.
  std::vector<std::string> resynchronise();

  // A session of that client with that peer, opened where there is none.
  [[nodiscard]] bool has_session(int client, std::size_t peer = kServer);
  // +QCOAPOPEN's result of a fresh open, or nothing where none came.
  std::optional<std::string> open(int client, std::size_t peer);
  // How long it took, or nothing where no +QCOAPCLOSE came.
  std::optional<Duration> close(int client);
  [[nodiscard]] bool activate();

  // Presets a message ID not used before, and tokens generated.
  std::uint16_t preset(int client);
  // AT+QCOAPSEND with a payload of announced length, "x" where none is given: the final result.
  std::string post(int client, coap::Type type, int code, int mask, std::string_view payload = "x");
  // What the server gets next that is CoAP.
  std::optional<coap::Message> hear(std::size_t peer = kServer);
  std::optional<coap::Message> hear(std::size_t peer, Duration time_max);
  // preset(), post() and hear(): a GET of client 0.
  std::optional<coap::Message> request(coap::Type type, int mask = 0);
  void say(const coap::Message& message, std::size_t peer = kServer);
  // A response to that request, not piggybacked, with a message ID of the server's own.
  [[nodiscard]] coap::Message response(const coap::Message& request, std::string_view payload);
  std::uint16_t server_message_id() { return next_server_id_++; }
  // What the server has said is handled, and what the modem says to it has come: a CoAP ping is
  // answered (RFC 7252 §4.3), and a command. What the server got before the answer to the ping.
  std::vector<coap::Message> fence();
  // The next +QCOAPRECV that has come.
  std::optional<HeardLine> received() {
    return dialogue.await_line("+QCOAPRECV: ", Duration::zero());
  }
  [[nodiscard]] std::string in_steps(Duration duration) const;
  // Drops what has come and nobody waits for, but for the end of the open with DTLS.
  void tidy();
  void keep(const HeardLine& line);

  Dialogue& dialogue;
  const Meeting meeting;
  Findings& findings;
  SecuredOpen secured{};

 private:
  std::uint16_t next_id_ = 20000;
  std::uint16_t next_server_id_ = 40000;
};

}  // namespace vmodem::conform
