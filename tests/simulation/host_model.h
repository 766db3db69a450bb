// What a host may count on of what it was promised: one URC for every accepted command that leads
// to one.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "tests/simulation/finding.h"
#include "tests/simulation/host_step.h"

namespace vmodem::simulation {

class HostModel {
 public:
  explicit HostModel(Findings& findings) : findings_(findings) {}

  // The command was answered OK.
  void handle_accepted(const Step& step);
  void handle_urc(std::string_view urc);
  // The module has forgotten everything.
  void handle_reset() { clients_ = {}; }
  // All sessions are closed and nothing is under way: nothing is owed.
  void check_settled();

 private:
  static constexpr int kClientCount = 6;
  struct Client {
    bool is_open = false;
    int opens = 0;
    int messages = 0;
    int closes = 0;
    std::map<std::string, int, std::less<>> indicated;  // the latest retransmission, by message ID
  };

  void handle_indication(Client& client, std::string_view urc);
  void handle_acknowledgement(Client& client, std::string_view urc);
  void handle_close(Client& client, std::string_view urc);

  Findings& findings_;
  std::array<Client, kClientCount> clients_{};
};

}  // namespace vmodem::simulation
