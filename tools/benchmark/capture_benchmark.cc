// What a capture costs: the entries of one CON GET as blocks.
#include "firmware/journal/capture/capture_writer.h"
#include "tools/benchmark/benchmarks.h"
#include "tools/benchmark/samples.h"

namespace vmodem::benchmark {
namespace {

constexpr int kCaptureRounds = 100;
constexpr int kExchanges = 500;  // a round

constexpr std::uint8_t kRequest[] = {0x42, 0x01, 0x04, 0xd2, 0xd2, 0x04, 0xb2, 0x31, 0x39};
constexpr std::uint8_t kResponse[] = {0x62, 0x45, 0x04, 0xd2, 0xd2, 0x04,
                                      0xff, 'h',  'e',  'l',  'l',  'o'};

// In the order in which a run emits them.
std::vector<journal::Entry> entries_of_get() {
  const auto module = net::parse_endpoint("100.64.0.2:49152").value();
  const auto server = net::parse_endpoint("220.180.239.212:5683").value();
  const Bytes token{0xd2, 0x04};
  const journal::OptionFields path{{11, to_bytes("19")}};
  const Bytes payload = to_bytes("hello");
  std::vector<journal::Event> events{
      journal::LineCommand{"AT+QCOAPSEND=0,0,1,1"},
      journal::CoapSent{0, "CON", "0.01", 1234, token, path, {}, Duration(4s)},
      journal::DatagramUp{
          1, "simulated", module, server, {std::begin(kRequest), std::end(kRequest)}},
      journal::LineResult{"OK"},
      journal::ServerRequest{server, module, "CON", "GET", "/19", 1234, token, path, {}},
      journal::ServerAnswer{{server, module, "ACK", "2.05", 1234, token, {}, payload}},
      journal::DatagramDown{
          1, "simulated", module, server, {std::begin(kResponse), std::end(kResponse)}},
      journal::CoapReceived{0, "ACK", "2.05", 1234, token, {}, payload, {}},
      journal::CoapConcluded{0, 1234, "acknowledged"},
      journal::ClientResult{0, "send", 0, ""},
      journal::LineUrc{"+QCOAPACK: 0,0,1234,0", 0},
      journal::LineUrc{"+QCOAPRECV: 0,1234,2.05,2,D204,0,5", 7},
  };
  std::vector<journal::Entry> entries;
  for (auto& event : events) {
    const auto number = entries.size() + 1;
    entries.push_back({number, Instant(1s), number - 1, std::move(event)});
  }
  return entries;
}

}  // namespace

Figures measure_capture(const Programs&) {
  const auto entries = entries_of_get();
  journal::CaptureWriter writer(CalendarTime(std::chrono::hours(24)));
  writer.handle({1, Instant(1s), 0, journal::PacketContext{1, "active", ""}});
  std::size_t size = 0;
  Samples capture;
  for (int round = 0; round < kCaptureRounds; ++round) {
    capture.add(time_us([&] {
                  for (int i = 0; i < kExchanges; ++i) {
                    for (const auto& entry : entries) writer.handle(entry);
                    size += writer.take_octets().size();
                  }
                }) /
                kExchanges);
  }
  if (size == 0) return unexpected(std::string("nothing is captured"));
  return std::vector<Figure>{{"capture a CON GET, 12 entries", "us", capture.best(), std::nullopt,
                              Target{Judged::kValue, Bound::kAtMost, 5}}};
}

}  // namespace vmodem::benchmark
