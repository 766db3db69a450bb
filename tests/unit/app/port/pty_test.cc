#include "firmware/app/port/pty.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <array>

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::app;

namespace {

std::size_t read_size(Pty& pty) {
  std::array<std::uint8_t, 8> buffer{};
  const auto size = pty.read(buffer);
  REQUIRE(size);
  return *size;
}

}  // namespace

TEST_CASE("a host finds a raw line that alters and echoes nothing") {
  auto pty = Pty::open();
  REQUIRE(pty);
  const net::UniqueFd host(::open(pty->path().c_str(), O_RDWR | O_NOCTTY));
  REQUIRE(host.is_open());
  termios settings{};
  REQUIRE(::tcgetattr(host.get(), &settings) == 0);
  CHECK((settings.c_lflag & (ECHO | ICANON | ISIG | IEXTEN)) == 0U);
  CHECK((settings.c_iflag & (ICRNL | INLCR | IGNCR | IXON | ISTRIP)) == 0U);
  CHECK((settings.c_oflag & OPOST) == 0U);
  CHECK((settings.c_cflag & CSIZE) == CS8);
  CHECK(::cfgetospeed(&settings) == B115200);
}

TEST_CASE("the line outlives its hosts") {
  auto pty = Pty::open();
  REQUIRE(pty);
  for (int host_count = 0; host_count < 3; ++host_count) {
    const net::UniqueFd host(::open(pty->path().c_str(), O_RDWR | O_NOCTTY));
    REQUIRE(::write(host.get(), "AT\r", 3) == 3);
    CHECK(read_size(*pty) == 3);
  }
  CHECK(read_size(*pty) == 0);  // and no EIO
}

TEST_CASE("a full line takes nothing more, without waiting and without an error") {
  auto pty = Pty::open();
  REQUIRE(pty);
  const Bytes block(4096, 'x');
  std::size_t total = 0;
  for (;;) {
    const auto written = pty->write(block);
    REQUIRE(written);
    if (*written == 0) break;
    total += *written;
    REQUIRE(total < 1'000'000);
  }
  CHECK(total >= 4096);
}
