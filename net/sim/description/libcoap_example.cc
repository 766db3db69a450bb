// What coap-server-notls of libcoap 4.3.1 answers, as observed on the wire.
#include "net/sim/description/ready_worlds.h"

#include "firmware/base/hex.h"

namespace vmodem::sim {
namespace {

constexpr std::string_view kIndex =
    "This is a test server made with libcoap (see https://libcoap.net)\n"
    "Copyright (C) 2010--2022 Olaf Bergmann <bergmann@tzi.org> and others\n\n";
constexpr std::size_t kExampleSize = 1500;

// "a123456789b123456789" and so on.
Bytes example_data() {
  Bytes data(kExampleSize);
  for (std::size_t i = 0; i < data.size(); ++i) {
    data[i] = static_cast<std::uint8_t>(i % 10 == 0 ? 'a' + i / 10 % 26 : '0' + i % 10);
  }
  return data;
}

LinkAttribute bare(std::string name, std::string value) {
  return {std::move(name), std::move(value), false};
}

LinkAttribute in_quotes(std::string name, std::string value) {
  return {std::move(name), std::move(value), true};
}

std::vector<ResourceConfig> resources() {
  ResourceConfig index{.path = ""};
  index.representations = {{0, to_bytes(kIndex)}};
  index.max_age = 0x2FFFF;
  index.attributes = {in_quotes("title", "General Info"), bare("ct", "0")};

  ResourceConfig time{.path = "time"};
  time.methods = kGet | method(kFetch) | kPut | kDelete;
  time.content = Content::kClock;
  time.is_permanent = true;
  time.representations = {{0, {}}};
  time.max_age = 1;
  time.attributes = {in_quotes("if", "clock"), in_quotes("rt", "ticks"),
                     in_quotes("title", "Internal Clock"), bare("ct", "0")};
  time.observe = {.is_offered = true, .period = 1s, .notification = coap::Type::kConfirmable};

  ResourceConfig async{.path = "async"};
  async.representations = {{std::nullopt, to_bytes("done")}};
  async.attributes = {bare("ct", "0")};
  async.answers = {{.form = AnswerForm::kSeparate, .delay = 4s, .delay_from_query = true}};

  ResourceConfig example{.path = "example_data"};
  example.methods = kGet | kPut;
  example.representations = {{0, example_data()}};
  example.attributes = {in_quotes("title", "Example Data"), bare("ct", "0")};
  example.observe = {.is_offered = true, .period = {}, .notification = coap::Type::kConfirmable};

  return {index, time, async, example};
}

ServerConfig example_server(const net::Endpoint& endpoint) {
  ServerConfig server{.endpoint = endpoint};
  server.resources = resources();
  server.manners = {.duplicates = DuplicateRule::kNone,
                    .honours_conditions = false,
                    .deletes_the_absent = true,
                    .keeps_message_id = true,
                    .resets_all_faults = true,
                    .omits_text_plain = true,
                    .keeps_transfers = true,
                    .confirms_last_block = false};
  return server;
}

}  // namespace

void add_libcoap_examples(WorldConfig& world) {
  const auto plain = net::IpAddress::v4({220, 180, 239, 212});
  world.hosts.push_back({.addresses = {plain}});
  world.servers.push_back(example_server({plain, 8028}));

  const auto leshan = net::IpAddress::v4({198, 51, 100, 84});  // TEST-NET-2 (RFC 5737)
  world.hosts.push_back({.names = {"leshan.eclipseprojects.io"}, .addresses = {leshan}});
  auto secured = example_server({leshan, 5684});
  // qcoap.md §10: the note's `864508030012428&313233343446473839`.
  const dtls::PskCredential credential{"864508030012428",
                                       dtls::SecretBytes(from_hex("313233343446473839").value())};
  // Most servers say nothing about a wrong key (coap-dtls.md §2.4).
  secured.security = SecurityConfig{.credentials = {credential}};
  secured.security->handshake.hides_alerts = true;
  world.servers.push_back(std::move(secured));
}

}  // namespace vmodem::sim
