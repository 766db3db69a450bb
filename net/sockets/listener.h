// The socket that clients connect to: one with a name and the mode 0600, or a port of loopback.
#pragma once

#include <sys/types.h>

#include <string>

#include "firmware/base/expected.h"
#include "net/listen_address.h"
#include "net/sockets/unique_fd.h"

namespace vmodem::net {

class Listener {
 public:
  // Listens, non-blocking. A name that a process left behind that has ended is taken; one of a
  // living process is refused with its number, and so is whatever is no socket. The error is one
  // phrase.
  [[nodiscard]] static Expected<Listener, std::string> open(const ListenAddress& address);
  // Its own name goes, if it is still its own.
  ~Listener();
  Listener(Listener&& other) noexcept;
  Listener& operator=(Listener&&) = delete;

  [[nodiscard]] int fd() const { return fd_.get(); }
  // The socket, which the caller closes; the name stays until the destruction.
  [[nodiscard]] int release() { return fd_.release(); }
  // With the port that it got, or the whole path.
  [[nodiscard]] const ListenAddress& address() const { return address_; }

 private:
  Listener(UniqueFd fd, ListenAddress address, ino_t inode)
      : fd_(std::move(fd)), address_(std::move(address)), inode_(inode) {}
  [[nodiscard]] static Expected<Listener, std::string> open_named(const std::string& path);
  [[nodiscard]] static Expected<Listener, std::string> open_port(const Endpoint& endpoint);

  UniqueFd fd_;
  ListenAddress address_;
  ino_t inode_;  // of the name; 0: none
};

}  // namespace vmodem::net
