// vmodemctl: the control interface of a running modem for people and scripts. What a command line
// asks for becomes a request, and its answer text.
//
// In:  an address, requests.
// Out: answers, at once or as they come.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "firmware/base/expected.h"
#include "net/listen_address.h"
#include "net/sockets/unique_fd.h"

namespace vmodem::ctl {

struct HttpCall {
  std::string method;
  std::string target;
  std::string accept = "application/json";
  std::string body{};  // JSON; empty: none
};

struct Reply {
  int status = 0;
  std::string body{};
};

// One request over one connection: a program as short as this one gains nothing by keeping it.
class Client {
 public:
  // The error is why there is no modem.
  [[nodiscard]] static Expected<Client, std::string> connect(const net::ListenAddress& address);

  // `token`: empty for none. `take` gets the body of a status 200 bit by bit; every other stands in
  // the reply. The error is one phrase.
  [[nodiscard]] Expected<Reply, std::string> ask(const HttpCall& call, std::string_view token,
                                                 const std::function<void(std::string_view)>& take);
  [[nodiscard]] Expected<Reply, std::string> ask(const HttpCall& call, std::string_view token);

 private:
  explicit Client(net::UniqueFd fd) : fd_(std::move(fd)) {}
  [[nodiscard]] bool send(std::string_view octets);
  // False at the end, or where reading fails.
  [[nodiscard]] bool receive();

  net::UniqueFd fd_;
  std::string waiting_;  // read, not yet looked at
};

}  // namespace vmodem::ctl
