// The server side of the ETSI CoAP#4 test descriptions (TD_COAP_CORE, LINK, BLOCK, OBS, DTLS).
#include "net/sim/description/ready_worlds.h"

#include <fmt/format.h>

#include <utility>

namespace vmodem::sim {
namespace {

constexpr std::uint16_t kTextPlain = 0;
constexpr std::uint16_t kXml = 41;  // application/xml, RFC 7252 §12.3
constexpr auto kObsPeriod = 5s;     // "changes periodically (e.g. every 5s)"

Representation text(std::string_view content) {
  return {kTextPlain, to_bytes(content)};
}

// Over 1024 octets, so that every block size takes more than one; each line says where it is.
Bytes large_text(std::string_view name) {
  std::string content;
  for (int line = 0; content.size() < 1200; ++line) {
    content +=
        fmt::format("{:04} /{} is larger than one block, line {:02}\n", content.size(), name, line);
  }
  return to_bytes(content);
}

ResourceConfig resource(std::string path, Methods methods, Representation content) {
  ResourceConfig config{.path = std::move(path), .methods = methods};
  config.representations = {std::move(content)};
  return config;
}

ResourceConfig typed(ResourceConfig config, std::string name, std::string value) {
  config.attributes.push_back({std::move(name), std::move(value), true});
  return config;
}

ResourceConfig observable(ResourceConfig config, Duration period, coap::Type notification) {
  config.content = Content::kCounter;
  config.has_etag = true;
  // RFC 7641 §4.3.1: as long as the next notification is certain to take.
  config.max_age = static_cast<std::uint32_t>(period / 1s);
  config.observe = {.is_offered = true, .period = period, .notification = notification};
  return config;
}

// TD_COAP_CORE_01–23 and DTLS_01–03.
void add_core(std::vector<ResourceConfig>& all) {
  auto test = resource("test", kGet | kPut | kPost | kDelete, text(""));
  test.content = Content::kRequest;
  test.is_permanent = true;
  test.post = PostEffect::kCreate;
  test.location_path = {"location1", "location2", "location3"};  // CORE_18
  all.push_back(typed(test, "title", "Default test resource"));

  auto separate = resource("separate", kGet, text("That took two seconds."));
  separate.answers = {{.form = AnswerForm::kSeparate, .delay = 2s}};
  all.push_back(separate);

  all.push_back(resource("seg1/seg2/seg3", kGet, text("Three path segments.")));
  auto query = resource("query", kGet, text(""));
  query.content = Content::kRequest;
  all.push_back(query);

  auto location_query = resource("location-query", kPost, text(""));
  location_query.post = PostEffect::kCreate;
  location_query.location_query = {"first=1", "second=2"};  // CORE_19
  all.push_back(location_query);

  auto formats = resource("multi-format", kGet, text("Two formats."));
  formats.representations.push_back({kXml, to_bytes("<content>Two formats.</content>")});
  all.push_back(formats);

  auto validate = resource("validate", kGet | kPut, text("First version."));
  validate.has_etag = true;
  all.push_back(validate);
  for (const auto* const path : {"create1", "create2", "create3"}) {
    auto create = resource(path, kGet | kPut | kDelete, text(""));
    create.exists = false;
    create.has_etag = true;
    all.push_back(create);
  }

  auto secure = resource("secure", kGet, text("Only within DTLS."));
  secure.is_secured = true;
  all.push_back(secure);
}

// TD_COAP_LINK_01–09.
void add_links(std::vector<ResourceConfig>& all) {
  const auto link = [](std::string path) {
    return resource(path, kGet, text("The content of /" + path + "."));
  };
  all.push_back(typed(typed(link("link1"), "rt", "Type1 Type2"), "if", "If1"));
  all.push_back(typed(typed(link("link2"), "rt", "Type2 Type3"), "if", "If2"));
  all.push_back(typed(typed(link("link3"), "rt", "Type1 Type3"), "if", "foo"));
  all.push_back(typed(link("link4"), "rt", ""));
  all.push_back(link("link5"));

  auto path = resource("path", kGet, {40, {}});
  path.content = Content::kLinks;
  path.attributes = {{"ct", "40", false}};
  all.push_back(path);
  for (const auto* const sub : {"path/sub1", "path/sub2", "path/sub3"}) {
    auto child = resource(sub, kGet, text("/" + std::string(sub)));
    child.is_listed = false;
    all.push_back(child);
  }
}

// TD_COAP_BLOCK_01–06.
void add_blocks(std::vector<ResourceConfig>& all) {
  const auto large = [](const std::string& path, Methods methods) {
    auto config = resource(path, methods, {kTextPlain, large_text(path)});
    config.has_etag = true;
    config.attributes = {
        {"sz", fmt::format("{}", config.representations.front().payload.size()), false}};
    return config;
  };
  all.push_back(large("large", kGet));
  all.push_back(large("large-separate", kGet));
  all.back().answers = {{.form = AnswerForm::kSeparate, .delay = 2s}};
  all.push_back(large("large-update", kGet | kPut));

  auto create = resource("large-create", kGet | kPost, text("POST creates resources here."));
  create.post = PostEffect::kCreateChild;
  create.location_path = {"large-create"};
  all.push_back(create);

  auto post = large("large-post", kPost);
  post.post = PostEffect::kProcess;
  all.push_back(post);
}

// TD_COAP_OBS_01–14.
void add_observables(std::vector<ResourceConfig>& all) {
  const auto changing = [](std::string path) {
    return resource(path, kGet | kPut | kDelete, text("/" + path + " "));
  };
  constexpr auto kCon = coap::Type::kConfirmable;
  constexpr auto kNon = coap::Type::kNonConfirmable;
  all.push_back(observable(changing("obs"), kObsPeriod, kCon));
  all.push_back(observable(changing("obs-non"), kObsPeriod, kNon));
  for (const auto* const path : {"obs-large", "obs-pumping", "obs-pumping-non"}) {
    const auto type = std::string_view(path) == "obs-pumping-non" ? kNon : kCon;
    auto config =
        observable(resource(path, kGet, {kTextPlain, large_text(path)}), kObsPeriod, type);
    const bool is_pumping = std::string_view(path) != "obs-large";
    if (is_pumping) config.representations.push_back(text("/" + std::string(path) + " is short "));
    all.push_back(std::move(config));
  }
}

ServerConfig plugtest_server(const net::Endpoint& endpoint) {
  ServerConfig server{.endpoint = endpoint};
  add_core(server.resources);
  add_links(server.resources);
  add_blocks(server.resources);
  add_observables(server.resources);
  return server;
}

}  // namespace

void add_plugtest_server(WorldConfig& world) {
  const auto address = net::IpAddress::v4({198, 51, 100, 7});  // TEST-NET-2 (RFC 5737)
  world.hosts.push_back({.names = {"coap.sim"}, .addresses = {address}});
  world.servers.push_back(plugtest_server({address, 5683}));

  auto secured = plugtest_server({address, 5684});
  // TD_COAP_DTLS_01.
  const dtls::PskCredential credential{"password", dtls::SecretBytes(to_bytes("sesame"))};
  secured.security = SecurityConfig{.credentials = {credential}};
  world.servers.push_back(std::move(secured));
}

WorldConfig ready_world() {
  WorldConfig world;
  add_libcoap_examples(world);
  add_plugtest_server(world);
  world.hosts.push_back({.names = {"ntp.sim", "pool.ntp.org", "*.pool.ntp.org"},
                         .addresses = {net::IpAddress::v4({198, 51, 100, 123})},
                         .answers_time = true});
  return world;
}

}  // namespace vmodem::sim
