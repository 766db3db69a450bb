// An expectation of a journal that has entries of many kinds: it is judged, or refused with the
// place of its mistake. What is missing has fewer entries than were expected.
#include <nlohmann/json.hpp>

#include "firmware/base/check.h"
#include "firmware/control/schema/shape.h"
#include "firmware/control/verify/verify.h"

using namespace vmodem;

namespace {

journal::Ring make_ring() {
  journal::Ring ring(100);
  const auto push = [&ring](auto event) {
    ring.push({ring.last() + 1, Instant{}, ring.last(), std::move(event)});
  };
  const auto server = net::parse_endpoint("198.51.100.7:5683").value();
  push(journal::LineCommand{"AT+QCOAPSEND=0,0,1,1,5"});
  push(journal::CoapSent{.client = 0,
                         .type = "CON",
                         .code = "0.01",
                         .message_id = 1,
                         .token = {1, 2},
                         .options = {{11, {97}}},
                         .payload = {104},
                         .timeout = 2s});
  push(journal::DatagramUp{
      .transport = 1, .network = "simulated", .local = {}, .remote = server, .octets = {0x40}});
  push(journal::ServerRequest{.server = server,
                              .client = {},
                              .type = "CON",
                              .method = "GET",
                              .path = "/a",
                              .message_id = 1,
                              .token = {1, 2},
                              .options = {},
                              .payload = {}});
  push(journal::DtlsKeys{.client = 0, .line = {"secret"}});
  push(journal::ClientResult{.client = 0, .operation = "send", .result = -1, .why = ""});
  push(journal::DtlsEstablished{.client = 0, .is_resumed = true});
  push(journal::LineUrc{"+QCOAPRECV: 0", 3});
  return ring;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto kRing = make_ring();
  const auto body = nlohmann::json::parse(data, data + size, nullptr, false);
  if (control::find_mistake(body, control::expectation_shape())) return 0;
  const auto expectation = control::parse_expectation(body);
  if (!expectation) {
    BG_CHECK(!expectation.error().field.empty(), "a mistake has its place");
    return 0;
  }
  const auto verdict = control::verify(kRing, *expectation);
  BG_CHECK(!verdict.is_ok || !verdict.step, "what is there lacks no step");
  BG_CHECK(verdict.matches.size() <= kRing.entries().size(), "an entry matches once");
  for (const auto& miss : verdict.nearest) BG_CHECK(miss.entry != nullptr, "a miss is an entry");
  return 0;
}
