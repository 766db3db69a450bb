// ETSI TD_COAP_LINK_01–09, RFC 6690.
#include "net/sim/site/link_format.h"
#include "tests/support/catch.h"
#include "tests/unit/net/sim/world_timeline.h"

namespace vmodem::sim {
namespace {

// The whole link-format document, fetched in as many blocks as it takes.
std::string discover(std::string_view query = "", std::string_view path = kDiscoveryPath) {
  WorldTimeline timeline;
  timeline.set_server(kPlugtest);
  std::string text;
  for (std::uint32_t number = 0;; ++number) {
    std::vector<coap::Option> options{uint_option(kBlock2, Block{number, false, 6}.value())};
    if (!query.empty()) options.push_back({kUriQuery, to_bytes(query)});
    timeline.send(
        con_get(static_cast<coap::MessageId>(number), path, {.options = std::move(options)}));
    const auto answer = timeline.last();
    text += as_text(answer.payload);
    const auto block2 = std::ranges::find(answer.options, kBlock2, &coap::Option::number);
    if (block2 == answer.options.end() || !parse_block(block2->value)->has_more) return text;
  }
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

TEST_CASE("LINK_01: /.well-known/core has Content-Format 40 and lists the resources") {
  WorldTimeline timeline;
  timeline.set_server(kPlugtest);
  timeline.send(con_get(1, ".well-known/core"));
  CHECK(contains(timeline.take().front(), "12:28"));
  const auto links = discover();
  for (const auto part : {"</test>", "</separate>", "</large>", "</obs>", "</seg1/seg2/seg3>"}) {
    CHECK(contains(links, part));
  }
  CHECK(contains(links, "</obs-non>;obs"));
}

TEST_CASE("LINK_02 and LINK_04: rt=Type2 finds one value among several") {
  CHECK(discover("rt=Type2") ==
        "</link1>;rt=\"Type1 Type2\";if=\"If1\",</link2>;rt=\"Type2 Type3\";if=\"If2\"");
}

TEST_CASE("LINK_03: rt=* finds what has the attribute, an empty one too") {
  const auto links = discover("rt=*");
  for (const auto part : {"</link1>", "</link2>", "</link3>", "</link4>;rt=\"\""}) {
    CHECK(contains(links, part));
  }
  CHECK_FALSE(contains(links, "</link5>"));
  CHECK_FALSE(contains(links, "</test>"));
}

TEST_CASE("LINK_05: if=If* finds a prefix") {
  const auto links = discover("if=If*");
  CHECK(contains(links, "</link1>"));
  CHECK(contains(links, "</link2>"));
  CHECK_FALSE(contains(links, "</link3>"));
}

TEST_CASE("LINK_06: sz=* finds what tells its size") {
  const auto links = discover("sz=*");
  CHECK(contains(links, "</large>;sz="));
  CHECK_FALSE(contains(links, "</test>"));
}

TEST_CASE("LINK_07: href=/link1 finds one link") {
  CHECK(discover("href=/link1") == "</link1>;rt=\"Type1 Type2\";if=\"If1\"");
}

TEST_CASE("LINK_08: href=/link* finds a prefix") {
  const auto links = discover("href=/link*");
  for (const auto part : {"</link1>", "</link2>", "</link3>"}) CHECK(contains(links, part));
  CHECK_FALSE(contains(links, "</test>"));
}

TEST_CASE("LINK_09: links are given as a tree") {
  const auto links = discover();
  CHECK(contains(links, "</path>;ct=40"));
  CHECK_FALSE(contains(links, "</path/sub1>"));
  CHECK(discover("", "path") == "</path/sub1>,</path/sub2>,</path/sub3>");

  WorldTimeline timeline;
  timeline.set_server(kPlugtest);
  timeline.send(con_get(1, "path/sub1"));
  CHECK(timeline.take() == Lines{"0 ACK 2.05 1 a1 [12:] '/path/sub1'"});
}

TEST_CASE("A filter that nothing matches selects nothing") {
  CHECK(discover("rt=none").empty());
}

TEST_CASE("/.well-known/core cannot be written, and is absent where a server has no discovery") {
  WorldTimeline timeline;
  timeline.set_server(kPlugtest);
  timeline.send(request(coap::Type::kConfirmable, coap::Code::kPut, 1, ".well-known/core"));
  CHECK(timeline.take() == Lines{"0 ACK 4.05 1 a1 'Method Not Allowed'"});

  auto world = one_server(hello());
  world.servers.front().has_discovery = false;
  WorldTimeline bare(std::move(world));
  bare.send(con_get(1, ".well-known/core"));
  CHECK(bare.take() == Lines{"0 ACK 4.04 1 a1 'Not Found'"});
}

TEST_CASE("A query without = asks for an empty value") {
  ResourceConfig config;
  config.attributes = {{"rt", "", true}};
  CHECK(link_matches("r", config, "rt"));
  config.attributes.front().value = "x";
  CHECK_FALSE(link_matches("r", config, "rt"));
}

}  // namespace
}  // namespace vmodem::sim
