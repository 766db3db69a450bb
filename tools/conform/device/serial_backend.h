// A serial line in real time, with a UDP socket for each peer; or the line of a modem whose time
// jumps.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/sockets/unique_fd.h"
#include "tools/conform/device/backend.h"
#include "tools/conform/device/case_servers.h"
#include "tools/conform/device/line.h"
#include "tools/conform/language/script.h"
#include "tools/conform/device/vmodem_process.h"

namespace vmodem::conform {

// Gone at the end, with what is in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// A modem that runs already.
struct Port {
  std::string place;  // that Line::open() takes
  std::optional<unsigned> baud{};
  std::string
      server_address{};  // stands in commands in place of the peers' hosts; empty: it does not
};

class SerialBackend final : public Backend {
 public:
  using Created = Expected<std::unique_ptr<SerialBackend>, BackendError>;

  // A vmodem of this script's own: its settings, seed and faults, its peers routed to loopback;
  // with the simulated internet on the virtual clock.
  // `over` is one of kWays.
  [[nodiscard]] static Created spawn(const std::string& program, const Script& script,
                                     std::string_view over);
  // How much longer than usual an answer may take; 1 where nothing is said.
  void set_timeout_scale(double scale) { timeout_scale_ = scale; }
  // How a vmodem of one's own is met.
  static constexpr std::array<std::string_view, 4> kWays{"pty", "unix", "tcp", "rfc2217"};
  // A modem that runs already. Each peer is served at its own address on this machine, or at the
  // port's server address.
  [[nodiscard]] static Created open(const Port& port, const Script& script);
  // Why a script cannot be played on a modem that runs already, if so.
  [[nodiscard]] static std::optional<std::string> why_not_open(const Port& port,
                                                               const Script& script);

  // The UDP port at which a peer is served.
  [[nodiscard]] Expected<std::uint16_t, BackendError> bound_port(std::size_t peer) const;

  [[nodiscard]] Instant now() const override;
  [[nodiscard]] Duration tolerance() const override {
    return is_virtual_ ? Duration::zero() : 150ms;
  }
  [[nodiscard]] bool knows_instants() const override { return !is_virtual_; }
  [[nodiscard]] Done send_serial(Inbox& inbox, ByteView octets) override;
  [[nodiscard]] Done send_datagram(Inbox& inbox, std::size_t peer, ByteView datagram) override;
  void handle_expected(std::size_t peer) override;
  [[nodiscard]] Done run_until(Inbox& inbox, Instant end) override;
  [[nodiscard]] Done run_until_heard(Inbox& inbox, Instant end) override;
  [[nodiscard]] std::string sender(std::size_t peer) const override;
  [[nodiscard]] Expected<bool, BackendError> await(Inbox& inbox) override;
  [[nodiscard]] Done settle(Inbox& inbox) override;

 private:
  struct Address {
    sockaddr_storage storage{};
    socklen_t size = sizeof(sockaddr_storage);
  };
  struct Socket {
    net::UniqueFd descriptor;
    std::deque<Address> senders;  // of the datagrams in the inbox
    Address last;                 // who sent the last expected one
  };

  [[nodiscard]] Done open_line(const std::string& place, std::optional<unsigned> baud = {});
  [[nodiscard]] Done serve(const Peer& peer, const std::string& server_address);
  [[nodiscard]] Done bind_peer(const std::string& host, std::uint16_t port);
  // Waits for at most `duration`; true where something came, or room for `writes` did.
  [[nodiscard]] Expected<bool, BackendError> poll_once(Inbox& inbox, Duration duration,
                                                       bool writes = false);
  [[nodiscard]] Expected<bool, BackendError> poll_sockets(Inbox& inbox, Duration duration,
                                                          bool writes);
  void read_socket(Inbox& inbox, std::size_t peer);
  [[nodiscard]] Done run_virtually_until(Inbox& inbox, Instant end);

  std::unique_ptr<VmodemProcess> process_;
  double timeout_scale_ = 1;
  bool is_virtual_ = false;
  Instant virtual_now_{};  // what the script has waited for so far
  std::optional<Line> line_;
  std::unique_ptr<TemporaryFolder> folder_;  // of the socket of a vmodem of one's own
  std::vector<Socket> sockets_;  // by peer
  std::unique_ptr<CaseServers> servers_;  // of a case with `internet` on a port
};

}  // namespace vmodem::conform
