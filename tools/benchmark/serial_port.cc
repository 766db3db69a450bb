#include "tools/benchmark/serial_port.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

namespace vmodem::benchmark {

Expected<SerialPort, std::string> SerialPort::open(const std::string& path) {
  net::UniqueFd fd(::open(path.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC));
  termios mode{};
  if (!fd.is_open() || ::tcgetattr(fd.get(), &mode) != 0) {
    return unexpected(fmt::format("cannot open {}", path));
  }
  ::cfmakeraw(&mode);
  // In tenths of a second; the limit is the line's, so that a read stays one system call.
  mode.c_cc[VMIN] = 0;
  mode.c_cc[VTIME] = 50;
  if (::tcsetattr(fd.get(), TCSANOW, &mode) != 0) {
    return unexpected(fmt::format("cannot set {}", path));
  }
  return SerialPort(std::move(fd));
}

bool SerialPort::exchange(std::string_view line, std::string_view end) {
  answer_.clear();
  if (::write(fd_.get(), line.data(), line.size()) < 0) return false;
  char buffer[4096];
  while (!answer_.ends_with(end)) {
    const auto count = ::read(fd_.get(), buffer, sizeof buffer);
    if (count <= 0) return false;
    answer_.append(buffer, static_cast<std::size_t>(count));
  }
  return true;
}

Expected<Modem, std::string> start_modem(std::vector<std::string> arguments) {
  auto process = Process::start(arguments);
  if (!process) return unexpected(process.error());
  const auto ready = nlohmann::json::parse(process->read_line(), nullptr, false);
  if (!ready.is_object() || !ready.contains("pty")) {
    return unexpected(fmt::format("{} does not name its port", arguments[0]));
  }
  auto port = SerialPort::open(ready["pty"].get<std::string>());
  if (!port) return unexpected(port.error());
  if (!port->exchange("AT\r")) return unexpected(fmt::format("{} is silent", arguments[0]));
  return Modem{std::move(*process), std::move(*port)};
}

}  // namespace vmodem::benchmark
