#include "dtls/cookies.h"

#include <algorithm>
#include <optional>

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::dtls;

namespace {

int fill_with(void* value, unsigned char* out, std::size_t size) {
  std::fill_n(out, size, *static_cast<const unsigned char*>(value));
  return 0;
}

struct Server {
  explicit Server(unsigned char key) { CHECK(cookies.set_up(fill_with, &key) == 0); }

  std::optional<Bytes> cookie_for(std::string_view address, std::size_t room = Cookies::kSize) {
    Bytes out(room);
    auto* place = out.data();
    const auto octets = as_bytes(address);
    if (Cookies::on_write(&cookies, &place, out.data() + room, octets.data(), octets.size()) != 0) {
      return std::nullopt;
    }
    out.resize(static_cast<std::size_t>(place - out.data()));
    return out;
  }
  bool takes(const Bytes& cookie, std::string_view address) {
    const auto octets = as_bytes(address);
    return Cookies::on_check(&cookies, cookie.data(), cookie.size(), octets.data(),
                             octets.size()) == 0;
  }

  Cookies cookies;
};

}  // namespace

TEST_CASE("an address has one cookie, whenever it is asked for") {
  Server server(1);
  const auto cookie = server.cookie_for("10.0.0.1:5684");
  REQUIRE(cookie);
  CHECK(cookie->size() == Cookies::kSize);
  CHECK(server.cookie_for("10.0.0.1:5684") == cookie);
  CHECK(server.cookie_for("10.0.0.2:5684") != cookie);
  CHECK(Server(2).cookie_for("10.0.0.1:5684") != cookie);
}

TEST_CASE("a cookie is taken from its address, whole and unchanged") {
  Server server(1);
  auto cookie = server.cookie_for("10.0.0.1:5684").value();
  CHECK(server.takes(cookie, "10.0.0.1:5684"));
  CHECK_FALSE(server.takes(cookie, "10.0.0.1:5685"));
  CHECK_FALSE(Server(2).takes(cookie, "10.0.0.1:5684"));
  CHECK_FALSE(server.takes({}, "10.0.0.1:5684"));
  CHECK_FALSE(server.takes(Bytes(cookie.begin(), cookie.end() - 1), "10.0.0.1:5684"));
  cookie.back() ^= 1;
  CHECK_FALSE(server.takes(cookie, "10.0.0.1:5684"));
}

TEST_CASE("a cookie that does not fit is not written") {
  CHECK_FALSE(Server(1).cookie_for("10.0.0.1:5684", Cookies::kSize - 1));
}
