// A host of one modem of the library, as a test writes it.
#pragma once

#include <vmodem.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace library_test {

inline constexpr vmodem_instant kSecond = 1'000'000'000;

template <class... Parts>
[[nodiscard]] bool has(const std::string& text, const Parts&... parts) {
  return ((text.find(parts) != std::string::npos) && ...);
}

struct Sent {
  std::uint32_t session;
  std::string host;
  std::uint16_t port;
  std::string octets;
};

class Host {
 public:
  explicit Host(const std::string& configuration = {}) {
    char* error = nullptr;
    modem_ = vmodem_create(configuration.c_str(), &error);
    if (error != nullptr) error_ = error;
    vmodem_free(error);
  }
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;
  ~Host() { vmodem_destroy(modem_); }

  [[nodiscard]] vmodem* modem() { return modem_; }
  [[nodiscard]] const std::string& error() const { return error_; }
  [[nodiscard]] vmodem_instant now() const { return now_; }

  // What comes of it at this instant.
  std::string say(std::string_view octets) {
    if (vmodem_feed(modem_, now_, octets.data(), octets.size()) != octets.size()) return "no room";
    vmodem_advance(modem_, now_);
    return take();
  }
  // All at once, however much is due on the way.
  std::string wait(vmodem_instant duration) {
    now_ += duration;
    vmodem_advance(modem_, now_);
    return take();
  }
  std::string take() {
    std::string taken;
    std::array<char, 100> octets;
    while (const auto size = vmodem_take(modem_, octets.data(), octets.size())) {
      taken.append(octets.data(), size);
    }
    return taken;
  }

  std::vector<Sent> datagrams() {
    std::vector<Sent> sent;
    vmodem_datagram one;
    while (vmodem_take_datagram(modem_, &one)) {
      sent.push_back({one.session, one.host, one.port,
                      std::string(reinterpret_cast<const char*>(one.octets), one.size)});
    }
    return sent;
  }
  std::vector<std::string> journal() {
    std::vector<std::string> entries;
    while (const auto* entry = vmodem_journal(modem_)) entries.emplace_back(entry);
    return entries;
  }

 private:
  vmodem* modem_ = nullptr;
  std::string error_;
  vmodem_instant now_ = 0;
};

}  // namespace library_test
