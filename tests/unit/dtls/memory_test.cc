// What a session does where memory wants: the library, which is C, sees no exception.
#include <new>

#include "dtls/engine.h"
#include "tests/support/catch.h"
#include "tests/unit/dtls/bench.h"

using namespace vmodem;
using namespace vmodem::dtls;

namespace {

// Has room for so many datagrams.
class PoorHost final : public EngineHost {
 public:
  explicit PoorHost(int room) : room_(room) {}

  void send(ByteView) override {
    if (room_-- == 0) throw std::bad_alloc();
  }
  std::size_t receive(std::span<std::uint8_t>) override { return 0; }
  void set_timer(Duration, Duration final_delay) override { is_running_ = final_delay != 0ms; }
  TimerState timer_state() const override {
    if (!is_running_) return TimerState::kCancelled;
    return is_over ? TimerState::kOver : TimerState::kRunning;
  }
  void log_keys(ByteView, ByteView) override {}

  bool is_over = false;  // the library's timer

 private:
  int room_;
  bool is_running_ = false;
};

std::unique_ptr<Engine> client(EngineHost& host, RandomSource& random) {
  EngineConfig config;
  config.credentials = {testing::credential()};
  config.suites = {CipherSuite::kPskAes128Ccm8};
  config.retransmission_min = 1s;
  config.retransmission_max = 60s;
  config.mtu = 1280;
  config.random = &random;
  return make_engine(std::move(config), host);
}

}  // namespace

TEST_CASE("want of memory while the library sends leaves it as want of memory") {
  SeededRandom random(1);
  PoorHost host(0);
  const auto engine = client(host, random);
  REQUIRE(engine);
  CHECK_THROWS_AS(engine->advance(), std::bad_alloc);
}

TEST_CASE("want of memory at a retransmission leaves it likewise") {
  SeededRandom random(1);
  PoorHost host(1);
  const auto engine = client(host, random);
  REQUIRE(engine);
  CHECK(engine->advance().outcome == Outcome::kStarved);
  host.is_over = true;
  CHECK_THROWS_AS(engine->advance(), std::bad_alloc);
}
