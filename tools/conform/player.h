// Conformance: plays a case's steps on a backend and judges what comes.
//
// In:  a script, a modem object, a process or a serial port.
// Out: what differed, or the script as it would be right.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tools/conform/device/backend.h"
#include "tools/conform/language/script.h"

namespace vmodem::conform {

struct Failure {
  std::size_t line = 0;
  std::string file{};    // an included one; empty: the case's own
  std::size_t check = 0;  // of Script::checks; the last one's where the end is wrong
  std::string what{};    // what is wrong, in words
  std::string expected;  // escaped, hex for datagrams; may be empty
  std::string actual;
  std::vector<std::string> dialogue;  // what was said until then
};

// `script` and `backend` outlive the player.
class Player {
 public:
  Player(const Script& script, Backend& backend);

  // Performs one step; a failed expectation takes nothing out of the inbox.
  [[nodiscard]] std::optional<Failure> perform(const Step& step);
  // Behind the last step nothing may be left over.
  [[nodiscard]] std::optional<Failure> finish();

  [[nodiscard]] Inbox& inbox() { return inbox_; }
  // Lets what comes now come; for a caller that wants to see it all.
  void collect();
  // Takes the front datagram of a peer out of the inbox as if it had been expected.
  void take_datagram(std::size_t peer);

 private:
  using Verdict = std::optional<Failure>;
  Verdict perform(const Step& step, const SendSerial& action);
  Verdict perform(const Step& step, const ExpectSerial& action);
  Verdict perform(const Step& step, const ExpectLine& action);
  Verdict perform(const Step& step, const ExpectDatagram& action);
  Verdict perform(const Step& step, const Unordered& action);
  Verdict perform(const Step& step, const SendDatagram& action);
  Verdict perform(const Step& step, const SendAgain& action);
  Verdict perform(const Step& step, const Wait& action);
  Verdict perform(const Step& step, const At& action);
  Verdict perform(const Step& step, const Mark& action);
  Verdict perform(const Step& step, const Silence& action);
  Verdict perform(const Step& step, const Absent& action);

  // Whether what has come begins with what is expected; taken out of the inbox where it does.
  enum class Match : std::uint8_t { kYes, kNotYet, kNo };
  Match take(const ExpectSerial& expected);
  Match take(const ExpectLine& expected);
  Match take(const ExpectDatagram& expected);
  Match take(const Step& expectation);
  [[nodiscard]] Verdict expect(const Step& step);
  [[nodiscard]] Failure missed(const Step& step, bool is_waiting);
  [[nodiscard]] std::string expected_text(const Step& step) const;

  [[nodiscard]] Failure fail(const Step& step, std::string what, std::string expected = {},
                             std::string actual = {});
  [[nodiscard]] Verdict judge(const Step& step, const Done& done);
  void note(const Step& step);
  void note_remarks();
  [[nodiscard]] std::string describe_inbox() const;

  const Script& script_;
  Backend& backend_;
  Inbox inbox_;
  Captures captures_;
  Texts texts_;
  std::vector<Bytes> last_sent_;  // by peer
  Instant mark_;
  std::vector<std::string> dialogue_;
};

// The whole script, from its first step to its last; what cleans up behind a failure is not judged.
[[nodiscard]] std::optional<Failure> play(const Script& script, Backend& backend);

}  // namespace vmodem::conform
