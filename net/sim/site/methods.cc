// What each method does to a resource (RFC 7252 §5.8).
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "firmware/base/hex.h"
#include "net/sim/site/calendar.h"
#include "net/sim/site/link_format.h"
#include "net/sim/site/site.h"

namespace vmodem::sim {
namespace {

constexpr std::uint16_t kTextPlain = 0;

bool allows(const ResourceConfig& config, coap::Code code) {
  return (config.methods & method(code)) != 0;
}

bool equals_etag(ByteView octets, std::uint32_t etag) {
  // As the encoder writes it: no leading zeros, but at least one octet.
  if (octets.empty() || octets.size() > sizeof etag) return false;
  if (octets.size() > 1 && octets.front() == 0) return false;

  std::uint32_t value = 0;
  for (const auto octet : octets) value = value << 8 | octet;
  return value == etag;
}

bool contains_etag(const std::vector<ByteView>& octets, std::uint32_t etag) {
  return std::ranges::any_of(octets, [&](ByteView one) { return equals_etag(one, etag); });
}

std::string describe(const Request& request) {
  auto text = fmt::format("Type: {} ({})\nCode: {}\nMID: {}", static_cast<int>(request.type),
                          name(request.type), coap::to_string(request.code), request.message_id);
  if (request.token.size() != 0) {
    text += fmt::format("\nToken: {}", to_hex_upper(request.token.view()));
  }
  for (const auto query : request.queries) text += fmt::format("\nUri-Query: {}", query);
  return text;
}

const Representation* choose(const Resource& resource, std::optional<std::uint16_t> accept) {
  const auto& all = resource.representations;
  if (!accept) return &all.front();

  const auto match = std::ranges::find_if(all, [&](const Representation& representation) {
    return representation.content_format.value_or(kTextPlain) == *accept;
  });
  return match == all.end() ? nullptr : &*match;
}

const Representation& turn_of(const Resource& resource, const Representation& chosen) {
  std::vector<const Representation*> turns;
  for (const auto& one : resource.representations) {
    if (one.content_format == chosen.content_format) turns.push_back(&one);
  }
  return turns.empty() ? chosen : *turns[(resource.version - 1) % turns.size()];
}

}  // namespace

Response Site::dispatch(Instant now, const net::Endpoint& peer, const Request& request,
                        Resource& resource) {
  const auto& config = *resource.config;
  if (!allows(config, request.code)) return error(coap::Code::kMethodNotAllowed);
  if (config.is_secured && !config_.security) return error(coap::Code::kUnauthorized);
  if (!resource.exists && request.code != coap::Code::kPut) return absent(request);

  if (request.code == coap::Code::kGet || request.code == kFetch) {
    return get(now, request, resource);
  }
  if (const auto failure = failed_condition(request, resource)) return error(*failure);
  return with_body(peer, request, resource);
}

Response Site::get(Instant now, const Request& request, Resource& resource) {
  const auto& config = *resource.config;
  static const Representation kNothing;
  const bool is_asked = config_.manners.honours_conditions;
  const auto* representation = &kNothing;
  if (!resource.representations.empty()) {
    representation = choose(resource, is_asked ? request.accept : std::nullopt);
  }
  if (representation == nullptr) return error(coap::Code::kNotAcceptable);

  Response response{.code = coap::Code::kContent, .max_age = config.max_age};
  if (config.has_etag) {
    response.etag = etag_of(resource);
    // RFC 7252 §5.10.6.2: 2.03 carries no payload.
    if (is_asked && contains_etag(request.etags, *response.etag)) {
      response.code = coap::Code::kValid;
      return response;
    }
  }
  fill_content(now, request, resource, *representation, response);
  return response;
}

void Site::fill_content(Instant now, const Request& request, const Resource& resource,
                        const Representation& representation, Response& response) const {
  response.content_format = representation.content_format;
  if (response.content_format == kTextPlain && config_.manners.omits_text_plain) {
    response.content_format.reset();
  }
  response.payload = representation.payload;
  if (resource.is_overwritten) return;

  switch (resource.config->content) {
    case Content::kStored:
      return;
    case Content::kCounter: {
      auto text = turn_of(resource, representation).payload;
      const auto number = fmt::format("{}", resource.version);
      text.insert(text.end(), number.begin(), number.end());
      return response.own(std::move(text));
    }
    case Content::kClock: {
      const auto time = calendar_time(calendar_start_, now);
      const bool is_ticks = !request.queries.empty() && request.queries.front() == "ticks";
      return response.own(to_bytes(is_ticks ? unix_seconds(time) : short_date(time)));
    }
    case Content::kRequest:
      return response.own(to_bytes(describe(request)));
    case Content::kLinks:
      response.content_format = kLinkFormat;
      return response.own(to_bytes(links(request, resource.path)));
  }
}

std::optional<coap::Code> Site::failed_condition(const Request& request,
                                                 const Resource& resource) const {
  if (!config_.manners.honours_conditions) return std::nullopt;

  // RFC 7252 §5.10.8.1: an empty If-Match asks for existence only.
  const bool wants_any = std::ranges::any_of(request.if_match, &ByteView::empty);
  const bool matches =
      resource.exists && (wants_any || contains_etag(request.if_match, etag_of(resource)));
  if (!request.if_match.empty() && !matches) return coap::Code::kPreconditionFailed;
  if (request.has_if_none_match && resource.exists) return coap::Code::kPreconditionFailed;
  return std::nullopt;
}

Response Site::with_body(const net::Endpoint& peer, const Request& request, Resource& resource) {
  if (!request.block1) return apply(peer, request, resource, request.payload);

  // RFC 7959 §2.3: a server that wants smaller blocks says so in its answer.
  Block answered = *request.block1;
  answered.szx = std::min(answered.szx, config_.block_szx);
  Response response;
  switch (blocks_.add(peer, request)) {
    case Assembly::kContinue:
      response.code = coap::Code::kContinue;
      break;
    case Assembly::kIncomplete:
      response = error(coap::Code::kRequestEntityIncomplete);
      break;
    case Assembly::kTooLarge:
      response = error(coap::Code::kRequestEntityTooLarge);
      response.size1 = static_cast<std::uint32_t>(config_.limits.body_size_max);
      break;
    case Assembly::kComplete:
      response = apply(peer, request, resource, blocks_.take_body(peer, request));
      if (!config_.manners.confirms_last_block) return response;
      break;
  }
  response.block1 = answered;
  return response;
}

Response Site::apply(const net::Endpoint& peer, const Request& request, Resource& resource,
                     ByteView body) {
  if (request.code == coap::Code::kPut) return put(request, resource, body);
  if (request.code == coap::Code::kDelete) return remove(resource);
  return post(peer, request, resource, body);
}

Response Site::put(const Request& request, Resource& resource, ByteView body) {
  const auto code = resource.exists ? coap::Code::kChanged : coap::Code::kCreated;
  if (!resource.config->is_permanent) replace(resource, request.content_format, body);
  return {.code = code};
}

Response Site::remove(Resource& resource) {
  if (!resource.config->is_permanent) {
    resource.exists = false;
    note_change(resource);
  }
  return {.code = coap::Code::kDeleted};
}

Response Site::post(const net::Endpoint& peer, const Request& request, Resource& resource,
                    ByteView body) {
  const auto& config = *resource.config;
  Response response{.code = coap::Code::kChanged};
  switch (config.post) {
    case PostEffect::kChange:
      if (!config.is_permanent) replace(resource, request.content_format, body);
      return response;
    case PostEffect::kCreate:
      response.code = coap::Code::kCreated;
      response.location_path = &config.location_path;
      response.location_query = &config.location_query;
      return response;
    case PostEffect::kCreateChild:
      return create_child(request, resource, body);
    case PostEffect::kProcess:
    case PostEffect::kEcho:
      break;
  }

  // RFC 7959 §3.3: the blocks behind the first belong to the result of the earlier request.
  const bool is_continued = request.block2 && request.block2->number > 0 && !request.block1;
  if (!is_continued) {
    BlockResult result{.head = response, .body = {}};
    if (config.post == PostEffect::kEcho) {
      result.head.content_format = request.content_format;
      result.body.assign(body.begin(), body.end());
    } else if (!resource.representations.empty()) {
      const auto& representation = resource.representations.front();
      result.head.content_format = representation.content_format;
      result.body = representation.payload;
    }
    blocks_.keep_result(peer, request, std::move(result));
  }
  const auto* const result = blocks_.find_result(peer, request);
  if (result == nullptr) return error(coap::Code::kRequestEntityIncomplete);

  response = result->head;
  response.payload = result->body;
  return response;
}

Response Site::create_child(const Request& request, const Resource& parent, ByteView body) {
  if (config_.limits.children_max == 0) return error(coap::Code::kServiceUnavailable);

  Response response{.code = coap::Code::kCreated, .location_path = &parent.config->location_path};
  const auto made = children_made_++;
  response.child = fmt::format("{}", made + 1);
  Resource child{.path = fmt::format("{}/{}", parent.path, response.child),
                 .config = &child_configs_.at(parent.config),
                 .representations = {{request.content_format, Bytes(body.begin(), body.end())}}};
  const auto slot = first_child_ + static_cast<ResourceIndex>(made % config_.limits.children_max);
  if (slot == size()) {
    resources_.push_back({});
  } else {
    index_.erase(resources_[slot].path);  // the oldest gives way
  }
  index_[child.path] = slot;
  resources_[slot] = std::move(child);
  return response;
}

void Site::replace(Resource& resource, std::optional<std::uint16_t> format, ByteView body) {
  resource.representations.assign(1, {format, Bytes(body.begin(), body.end())});
  resource.exists = true;
  resource.is_overwritten = true;
  resource.touch();
  note_change(resource);
}

}  // namespace vmodem::sim
