// A host that asks a modem and hears what it says: lines of the serial port and datagrams of the
// peers, each with the instant it came.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/conform/device/backend.h"

namespace vmodem::conform {

struct HeardLine {
  std::string text;
  std::string payload{};  // of +QCOAPRECV
  Instant at{};
  std::size_t number = 0;  // of all lines, in the order they came
};

// What answered a command.
struct Reply {
  std::vector<std::string> lines{};  // information text
  std::string result{};              // "OK", "ERROR", "+CME ERROR: 3", "CONNECT"; empty: none came
  Duration took{};

  // The lines and the result as one text, "nothing" where nothing came.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool is_ok() const { return result == "OK"; }
};

struct HeardDatagram {
  Bytes octets;
  Instant at;
};

class Dialogue {
 public:
  // How long an answer may take, and how long silence is listened to; both in the backend's time.
  struct Patience {
    Duration answer = 5s;
    Duration silence = 300ms;
  };

  Dialogue(Backend& backend, std::size_t peer_count, Patience patience);

  // Sends a command and CR, and reads to its final result. Lines that nobody has asked for wait for
  // await_line(); those of a +…COAP… that is none of the note's are strays.
  Reply ask(std::string_view command, std::optional<Duration> time_max = {});
  void type(std::string_view octets);
  // The next final result; empty: none came.
  std::string await_result(std::optional<Duration> time_max = {});
  // Sends a command that answers with a line that begins so, and reads to the result of it. The
  // final results that came before that line: of what was said before.
  std::vector<std::string> ask_past(std::string_view command, std::string_view known);
  // The line end, the '>' and the blank of a prompt as they came; nothing: none came, and the
  // result that came instead waits as a line. A blank that comes late is waited for if told to.
  std::optional<std::string> await_prompt(bool waits_for_blank = false);
  // The first line that begins so, now or by then, taken out of those that wait.
  std::optional<HeardLine> await_line(std::string_view start, Duration time_max);
  std::optional<HeardLine> await_line(std::string_view start) {
    return await_line(start, patience_.answer);
  }
  // The lines that have come and wait; taken.
  std::vector<HeardLine> take_lines();

  // The next datagram of a peer, now or by then.
  std::optional<HeardDatagram> await_datagram(std::size_t peer, Duration time_max);
  std::optional<HeardDatagram> await_datagram(std::size_t peer) {
    return await_datagram(peer, patience_.answer);
  }
  void drop_datagrams(std::size_t peer);
  // To where the last datagram taken from this peer came from.
  void send(std::size_t peer, ByteView datagram);
  [[nodiscard]] std::string sender(std::size_t peer) const { return backend_.sender(peer); }
  void wait(Duration duration);

  [[nodiscard]] Instant now() const { return backend_.now(); }
  [[nodiscard]] const Patience& patience() const { return patience_; }
  [[nodiscard]] const std::vector<std::string>& strays() const { return strays_; }
  // The line or a socket has failed, and nothing is heard any more.
  [[nodiscard]] const std::optional<std::string>& trouble() const { return trouble_; }

 private:
  using Condition = std::function<bool()>;
  bool until(const Condition& is_met, Duration time_max);
  void pump(Instant end);
  void judge(const Done& done);
  // Takes whole lines out of the inbox.
  void absorb();
  bool absorb_line();
  void sort_out(std::string_view command, Reply& reply, std::vector<HeardLine> lines);
  void set_aside(std::string_view command, HeardLine line);

  Backend& backend_;
  Patience patience_;
  Inbox inbox_;
  std::vector<std::deque<Instant>> arrivals_;  // of the datagrams in the inbox
  std::deque<HeardLine> lines_;
  Instant heard_at_{};
  std::size_t line_count_ = 0;
  std::vector<std::string> strays_;
  std::optional<std::string> trouble_;
};

}  // namespace vmodem::conform
