// The PTY, and beside it ports where a host connects: unix:PATH, tcp://, rfc2217://. One host at a
// time over all of these; another finds its connection closed, and never a word of it in the
// dialogue. Whichever host writes is heard, and each that is there reads what the module says.
//
// While a host is connected, the module waits for it as it does for the host of the PTY otherwise,
// and the PTY never makes it wait: what that has no room for is lost there. What waits at the PTY
// for a host to come goes to the first one, wherever it comes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firmware/app/port/network_host.h"
#include "firmware/app/port/serial_port.h"
#include "firmware/base/queue.h"
#include "net/sockets/listener.h"

namespace vmodem::app {

class SharedPort final : public ModemPort {
 public:
  // Listens where `addresses` say. All references outlive it. The error is one phrase.
  [[nodiscard]] static Expected<SharedPort, std::string> open(
      const std::vector<std::string>& addresses, SerialPort& serial, Poller& poller, Log& log);

  // With the ports that they got, or the whole paths.
  [[nodiscard]] std::vector<std::string> addresses() const;

  [[nodiscard]] const std::string& path() const override { return serial_.path(); }
  [[nodiscard]] bool reappears() const override { return serial_.reappears(); }
  [[nodiscard]] bool is_open() const override { return serial_.is_open(); }
  void set_interest(Interest interest) override;
  [[nodiscard]] Expected<Readiness, std::string> handle_ready(const Ready& ready) override;
  [[nodiscard]] Expected<std::size_t, std::error_code> read(
      Tag tag, std::span<std::uint8_t> buffer) override;
  [[nodiscard]] Expected<std::size_t, std::error_code> write(ByteView octets) override;
  [[nodiscard]] std::optional<HostNews> poll_news() override;
  [[nodiscard]] firmware::HostCircuits circuits() const override;
  void show(const firmware::ModuleCircuits& circuits) override;
  [[nodiscard]] Expected<void, std::string> handle_power(bool is_on) override;

 private:
  struct Door {
    net::Listener listener;
    bool is_rfc2217;
  };
  struct Caller {
    net::UniqueFd fd;
    std::size_t door;
  };

  SharedPort(SerialPort& serial, Poller& poller, Log& log);
  [[nodiscard]] std::string name_of(std::size_t door) const;
  // True where a host has come.
  bool receive_callers(std::size_t door);
  void admit(Caller caller);
  void take_over_unread();
  void lose_host(std::string_view why);
  void watch_host(Interest interest);
  [[nodiscard]] Readiness handle_host(const Ready& ready);

  SerialPort& serial_;
  Poller& poller_;
  Log& log_;
  std::vector<Door> doors_;
  std::optional<NetworkHost> host_;
  std::size_t host_door_ = 0;
  std::optional<Caller> next_;  // while the host before it is leaving
  Tag host_tag_{Source::kHost};
  Interest interest_;  // the host is watched for this; neither: not watched
  Queue<HostNews> news_;
};

}  // namespace vmodem::app
