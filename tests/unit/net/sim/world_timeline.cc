#include "tests/unit/net/sim/world_timeline.h"

#include <fmt/format.h>

#include "coap_core/codec.h"
#include "firmware/base/hex.h"

namespace vmodem::sim {
namespace {

constexpr std::size_t kShownMax = 60;

std::string instant(Instant now) {
  return fmt::format("{:g}", std::chrono::duration<double>(now.time_since_epoch()).count());
}

}  // namespace

Bytes octets(std::string_view text) {
  std::string digits(text);
  std::erase(digits, ' ');
  return from_hex(digits).value();
}

coap::Message request(coap::Type type, coap::Code code, coap::MessageId message_id,
                      std::string_view path, RequestParts parts) {
  coap::Message message{.type = type,
                        .code = code,
                        .message_id = message_id,
                        .token = coap::Token(octets(parts.token)),
                        .options = std::move(parts.options),
                        .payload = to_bytes(parts.payload)};
  while (!path.empty()) {
    const auto slash = std::min(path.find('/'), path.size());
    message.options.push_back({kUriPath, to_bytes(path.substr(0, slash))});
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return message;
}

coap::Message con_get(coap::MessageId message_id, std::string_view path, RequestParts parts) {
  return request(coap::Type::kConfirmable, coap::Code::kGet, message_id, path, std::move(parts));
}

coap::Message non_get(coap::MessageId message_id, std::string_view path, RequestParts parts) {
  return request(coap::Type::kNonConfirmable, coap::Code::kGet, message_id, path, std::move(parts));
}

coap::Option uint_option(std::uint16_t number, std::uint64_t value) {
  return {number, coap::encode_uint(value)};
}

ResourceConfig hello(std::vector<AnswerConfig> answers) {
  ResourceConfig resource{.path = "r"};
  resource.representations = {{std::nullopt, to_bytes("hello")}};
  resource.answers = std::move(answers);
  return resource;
}

WorldConfig one_server(ResourceConfig resource) {
  WorldConfig world;
  ServerConfig server{.endpoint = kServer};
  server.resources = {std::move(resource)};
  // Without chance in the first timeout.
  server.transmission.ack_random_factor = 1.0;
  world.servers = {std::move(server)};
  return world;
}

WorldTimeline::WorldTimeline(WorldConfig config, std::uint64_t seed)
    : random_(seed), world_(std::move(config), random_) {
}

void WorldTimeline::run_to(Duration since_start) {
  while (const auto next = world_.poll_timeout()) {
    if (*next > Instant{} + since_start) break;
    now_ = std::max(now_, *next);
    world_.handle_timeout(now_);
    settle();
  }
  now_ = Instant{} + since_start;
}

void WorldTimeline::send(const coap::Message& message) {
  used_.insert(message.message_id);
  send_octets(coap::encode(message));
}

void WorldTimeline::send_octets(ByteView datagram) {
  world_.handle_datagram(now_, {client_, server_, Bytes(datagram.begin(), datagram.end())});
  settle();
}

void WorldTimeline::settle() {
  while (auto datagram = world_.poll_datagram()) {
    lines_.push_back(line(*datagram));
    received_.push_back(*datagram);
    const auto decoded = coap::decode(datagram->octets);
    if (is_polite_ && decoded && decoded->type == coap::Type::kConfirmable) {
      answer(coap::Type::kAcknowledgement, *datagram);
    }
  }
}

void WorldTimeline::answer(coap::Type type, const net::Datagram& datagram) {
  const auto message_id = coap::decode(datagram.octets)->message_id;
  world_.handle_datagram(now_, {datagram.to, datagram.from, encode_empty(type, message_id)});
}

void WorldTimeline::acknowledge() {
  answer(coap::Type::kAcknowledgement, received_.back());
  settle();
}

void WorldTimeline::reset() {
  answer(coap::Type::kReset, received_.back());
  settle();
}

Lines WorldTimeline::take() {
  return std::exchange(lines_, {});
}

coap::Message WorldTimeline::last() const {
  return coap::decode(received_.back().octets)->to_message();
}

std::string WorldTimeline::line(const net::Datagram& datagram) const {
  const auto decoded = coap::decode(datagram.octets);
  if (!decoded) return fmt::format("{} {}", instant(now_), to_hex_lower(datagram.octets));

  const auto message_id = used_.contains(decoded->message_id)
                              ? fmt::format("{}", decoded->message_id)
                              : std::string("*");
  auto text = fmt::format("{} {} {} {}", instant(now_), name(decoded->type),
                          coap::to_string(decoded->code), message_id);
  if (decoded->token.size() != 0) text += " " + to_hex_lower(decoded->token.view());
  std::string options;
  for (const auto& option : decoded->options) {
    options += fmt::format("{}{}:{}", options.empty() ? "" : " ", option.number,
                           to_hex_lower(option.value));
  }
  if (!options.empty()) text += " [" + options + "]";
  const auto& payload = decoded->payload;
  if (payload.size() > kShownMax) return text + fmt::format(" ({} octets)", payload.size());
  if (!payload.empty()) text += fmt::format(" '{}'", as_text(payload));
  return text;
}

}  // namespace vmodem::sim
