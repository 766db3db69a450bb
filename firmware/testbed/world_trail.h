// What happens in the air and in the simulated internet, as entries of the journal, and which entry
// a datagram of a server is a consequence of.
#pragma once

#include <cstddef>
#include <vector>

#include "firmware/journal/journal.h"
#include "net/link/link_event.h"
#include "net/sim/world.h"

namespace vmodem::testbed {

void note_effect(journal::Journal& journal, const net::LinkEvent& event);

class WorldTrail {
 public:
  // What led to the latest messages; the oldest give way.
  static constexpr std::size_t kSizeMax = 128;

  explicit WorldTrail(journal::Journal& journal) : journal_(journal) {}

  void note(const sim::WorldEvent& event);
  // The last message that a server sent because of `mark`, else `mark` itself.
  [[nodiscard]] journal::Number sender_of(journal::Number mark) const;

 private:
  struct Step {
    journal::Number mark;  // the datagram that led to it
    journal::Number request = 0;
    journal::Number message = 0;  // the last of the server's
  };

  [[nodiscard]] Step& step_of(journal::Number mark);
  void note_request(const sim::WorldEvent& event);
  template <class Message>
  void note_message(const sim::WorldEvent& event);
  void note_news(const sim::WorldEvent& event);

  journal::Journal& journal_;
  std::vector<Step> steps_;  // the oldest first
};

}  // namespace vmodem::testbed
