// Secured sessions through the modem object, both ends in this process.
#include "tools/benchmark/bare_dtls.h"
#include "tools/benchmark/benchmarks.h"
#include "tools/benchmark/samples.h"
#include "tools/benchmark/world.h"

namespace vmodem::benchmark {
namespace {

constexpr int kRounds = 60;
constexpr int kHandshakes = 20;  // a round and kind
constexpr int kRequests = 200;
constexpr std::size_t kRequestSize = 4;  // the modem's GET: a header
constexpr std::size_t kAnswerSize = 10;

// The rate of `operation`; nothing where one fails.
template <class Operation>
std::optional<double> per_second(int count, Operation&& operation) {
  bool is_good = true;
  const auto spent_us = time_us([&] {
    for (int i = 0; i < count; ++i) is_good &= operation();
  });
  if (!is_good) return std::nullopt;
  return count * 1e6 / spent_us;
}

struct Rates {
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

bool add(std::optional<double> rate, Samples& samples) {
  if (rate) samples.add(*rate);
  return rate.has_value();
}

bool run_round(Parties& p, Rates& rates) {
  return add(per_second(kHandshakes, [&] { return connect_and_close(p.bare_handshakes); }),
             rates.bare_handshake) &&
         add(per_second(kHandshakes, [&] { return p.handshaking.open() && p.handshaking.close(); }),
             rates.handshake) &&
         add(per_second(kRequests, [&] { return p.plain.get(); }), rates.plain) &&
         add(per_second(kRequests, [&] { return p.secured.get(); }), rates.secured) &&
         add(per_second(kRequests,
                        [&] { return p.bare_session.exchange(kRequestSize, kAnswerSize); }),
             rates.bare_records);
}

}  // namespace

Figures measure_dtls(const Programs&) {
  Parties parties;
  if (!parties.bare_session.connect() || !parties.secured.open() || !parties.plain.open()) {
    return unexpected(std::string("a session does not come up"));
  }
  Rates rates;
  for (int round = 0; round < kRounds; ++round) {
    if (!run_round(parties, rates)) return unexpected(std::string("a session fails"));
  }
  return std::vector<Figure>{
      {"handshakes (floor: bare mbedTLS)", "1/s", rates.handshake.median(),
       rates.bare_handshake.median(), Target{Judged::kRatio, Bound::kAtLeast, 0.9}},
      {"secured CON GET (floor: plain)", "1/s", rates.secured.median(), rates.plain.median(),
       Target{Judged::kRatio, Bound::kAtLeast, 0.85}},
      {"its two records alone, bare mbedTLS", "1/s", rates.bare_records.median()}};
}

}  // namespace vmodem::benchmark
