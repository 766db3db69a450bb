// Secured sessions through the modem object, both ends in this process.
#include "tools/benchmark/benchmarks.h"
#include "tools/benchmark/floor/bare_dtls.h"
#include "tools/benchmark/samples.h"
#include "tools/benchmark/world.h"

namespace vmodem::benchmark {
namespace {

constexpr int kRounds = 150;
constexpr int kHandshakes = 20;  // a round and kind
constexpr int kRequests = 200;
constexpr std::size_t kRequestSize = 4;  // the modem's GET: a header
constexpr std::size_t kAnswerSize = 10;

// One operation's share of `count`; nothing where one fails.
template <class Operation>
std::optional<double> each_us(int count, Operation&& operation) {
  bool is_good = true;
  const auto spent_us = time_us([&] {
    for (int i = 0; i < count; ++i) is_good &= operation();
  });
  if (!is_good) return std::nullopt;
  return spent_us / count;
}

struct Times {
  Samples bare_handshake, handshake, bare_records, secured, plain;
};

struct Parties {
  BareDtls bare_handshakes;
  BareDtls bare_session;
  World handshaking{World::Transport::kSecured};
  World secured{World::Transport::kSecured};
  World plain{World::Transport::kPlain};
};

bool connect_and_close(BareDtls& bare) {
  const bool is_connected = bare.connect();
  bare.close();
  return is_connected;
}

bool add(std::optional<double> time, Samples& samples) {
  if (time) samples.add(*time);
  return time.has_value();
}

// Of the best round: nothing here waits, so that slower ones are the machine's other work.
double rate(const Samples& times_us) {
  return 1e6 / times_us.best();
}

bool run_round(Parties& p, Times& times) {
  return add(each_us(kHandshakes, [&] { return connect_and_close(p.bare_handshakes); }),
             times.bare_handshake) &&
         add(each_us(kHandshakes, [&] { return p.handshaking.open() && p.handshaking.close(); }),
             times.handshake) &&
         add(each_us(kRequests, [&] { return p.plain.get(); }), times.plain) &&
         add(each_us(kRequests, [&] { return p.secured.get(); }), times.secured) &&
         add(each_us(kRequests, [&] { return p.bare_session.exchange(kRequestSize, kAnswerSize); }),
             times.bare_records);
}

}  // namespace

Figures measure_dtls(const Programs&) {
  Parties parties;
  if (!parties.bare_session.connect() || !parties.secured.open() || !parties.plain.open()) {
    return unexpected(std::string("a session does not come up"));
  }
  Times times;
  for (int round = 0; round < kRounds; ++round) {
    if (!run_round(parties, times)) return unexpected(std::string("a session fails"));
  }
  return std::vector<Figure>{
      {"handshakes (floor: bare mbedTLS)", "1/s", rate(times.handshake), rate(times.bare_handshake),
       Target{Judged::kRatio, Bound::kAtLeast, 0.9}},
      {"secured CON GET (floor: plain)", "1/s", rate(times.secured), rate(times.plain),
       Target{Judged::kRatio, Bound::kAtLeast, 0.85}},
      {"its two records alone, bare mbedTLS", "1/s", rate(times.bare_records)}};
}

}  // namespace vmodem::benchmark
