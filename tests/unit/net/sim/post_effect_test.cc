// What POST makes of a resource.
#include "tests/support/catch.h"
#include "tests/unit/net/sim/world_timeline.h"

namespace vmodem::sim {
namespace {

constexpr auto kConfirmable = coap::Type::kConfirmable;

coap::Message to(coap::Code code, coap::MessageId message_id, std::string_view path,
                 RequestParts parts = {}) {
  return request(kConfirmable, code, message_id, path, std::move(parts));
}

TEST_CASE("An echo answers a POST with its payload, in the same content format") {
  auto resource = hello();
  resource.methods = kPost;
  resource.post = PostEffect::kEcho;
  WorldTimeline timeline(one_server(std::move(resource)));
  timeline.send(to(coap::Code::kPost, 1, "r",
                   {.options = {uint_option(kContentFormat, 50)}, .payload = "{}"}));
  timeline.send(to(coap::Code::kPost, 2, "r", {.payload = "plain"}));
  timeline.send(to(coap::Code::kPost, 3, "r"));
  CHECK(timeline.take() ==
        Lines{"0 ACK 2.04 1 a1 [12:32] '{}'", "0 ACK 2.04 2 a1 'plain'", "0 ACK 2.04 3 a1"});
}

TEST_CASE("An echo of a body in blocks goes back in blocks") {
  auto resource = hello();
  resource.methods = kPost;
  resource.post = PostEffect::kEcho;
  auto world = one_server(std::move(resource));
  world.servers.front().block_szx = 0;
  WorldTimeline timeline(std::move(world));
  const auto post = [&](coap::MessageId id, std::uint16_t number, std::uint64_t block,
                        std::string_view payload) {
    timeline.send(to(coap::Code::kPost, id, "r",
                     {.options = {uint_option(number, block)}, .payload = payload}));
  };
  post(1, kBlock1, 0x08, "0123456789abcdef");
  post(2, kBlock1, 0x10, "ghij");
  post(3, kBlock2, 0x10, "");
  const auto lines = timeline.take();
  REQUIRE(lines.size() == 3);
  CHECK(lines[1] == "0 ACK 2.04 2 a1 [23:08 27:10 28:14] '0123456789abcdef'");
  CHECK(lines[2] == "0 ACK 2.04 3 a1 [23:10] 'ghij'");
}

TEST_CASE("What POST has made allows the methods that its parent says") {
  auto resource = hello();
  resource.methods = kPost;
  resource.post = PostEffect::kCreateChild;
  resource.child_methods = kPost | kDelete;
  resource.location_path = {"r"};
  WorldTimeline timeline(one_server(std::move(resource)));
  timeline.send(to(coap::Code::kPost, 1, "r"));
  timeline.send(to(coap::Code::kPost, 2, "r/1"));
  timeline.send(to(coap::Code::kGet, 3, "r/1"));
  timeline.send(to(coap::Code::kDelete, 4, "r/1"));
  timeline.send(to(coap::Code::kPost, 5, "r/1"));
  CHECK(timeline.take() == Lines{"0 ACK 2.01 1 a1 [8:72 8:31]", "0 ACK 2.04 2 a1",
                                 "0 ACK 4.05 3 a1 'Method Not Allowed'", "0 ACK 2.02 4 a1",
                                 "0 ACK 4.04 5 a1 'Not Found'"});
}

}  // namespace
}  // namespace vmodem::sim
