#include "net/sim/site/site.h"

#include <algorithm>
#include <utility>

#include "net/sim/site/link_format.h"

namespace vmodem::sim {
namespace {

bool applies(const AnswerConfig& answer, std::uint32_t ordinal) {
  if (ordinal < answer.first_request) return false;
  return answer.request_count == 0 || ordinal - answer.first_request < answer.request_count;
}

bool is_below(std::string_view path, std::string_view parent) {
  return path.size() > parent.size() + 1 && path.starts_with(parent) && path[parent.size()] == '/';
}

}  // namespace

Site::Site(const ServerConfig& config, CalendarTime calendar_start)
    : config_(config),
      calendar_start_(calendar_start),
      blocks_({.size_max = config.limits.transfers_max,
               .octets_max = config.limits.transfer_octets_max,
               .body_size_max = config.limits.body_size_max}) {
  for (const auto& resource : config.resources) {
    if (resource.post != PostEffect::kCreateChild) continue;
    child_configs_.emplace(&resource,
                           ResourceConfig{.methods = resource.child_methods, .has_etag = true});
  }
  load();
}

void Site::load() {
  for (const auto& config : config_.resources) {
    index_[config.path] = size();
    resources_.push_back({.path = config.path,
                          .config = &config,
                          .representations = config.representations,
                          .exists = config.exists});
  }
  first_child_ = size();
}

void Site::restart() {
  resources_.clear();
  index_.clear();
  blocks_.clear();
  changes_.clear();
  children_made_ = 0;
  transfers_ = 0;
  ++generation_;
  load();
}

Resource* Site::find(const std::string& path) {
  const auto entry = index_.find(path);
  return entry == index_.end() ? nullptr : &resources_[entry->second];
}

const AnswerConfig& Site::admit(const Request& request) {
  auto* const resource = find(request.path);
  if (resource == nullptr) return config_.answer;

  const auto ordinal = ++resource->requests;
  const AnswerConfig* chosen = &config_.answer;
  for (const auto& answer : resource->config->answers) {
    if (applies(answer, ordinal)) chosen = &answer;
  }
  return *chosen;
}

Response Site::respond(Instant now, const net::Endpoint& peer, const Request& request) {
  if (request.is_for_proxy) return error(coap::Code::kProxyingNotSupported);
  if (request.has_bad_block) return error(coap::Code::kBadRequest);

  auto* const resource = find(request.path);
  if (resource != nullptr) {
    if (auto rest = continued(peer, request)) return std::move(*rest);
    return slice(peer, request, dispatch(now, peer, request, *resource));
  }
  if (!config_.has_discovery || request.path != kDiscoveryPath) return absent(request);
  if (request.code != coap::Code::kGet) return error(coap::Code::kMethodNotAllowed);
  if (auto rest = continued(peer, request)) return std::move(*rest);

  Response response;
  response.own(to_bytes(links(request, "")));
  // What libcoap does with an empty selection, and RFC 7252 §5.5.1 allows.
  if (!response.payload.empty()) response.content_format = kLinkFormat;
  return slice(peer, request, std::move(response));
}

Response Site::notification(Instant now, const net::Endpoint& peer, ResourceIndex index,
                            const Request& registration) {
  auto& resource = resources_[index];
  if (!resource.exists) return error(coap::Code::kNotFound);
  return slice(peer, registration, get(now, registration, resource));
}

std::optional<ResourceIndex> Site::find_observable(const std::string& path) const {
  const auto entry = index_.find(path);
  if (entry == index_.end()) return std::nullopt;
  if (!resources_[entry->second].config->observe.is_offered) return std::nullopt;
  return entry->second;
}

Response Site::error(coap::Code code) const {
  Response response{.code = code};
  if (config_.manners.has_diagnostics) response.payload = as_bytes(reason_phrase(code));
  return response;
}

Response Site::absent(const Request& request) const {
  if (request.code != coap::Code::kDelete || !config_.manners.deletes_the_absent) {
    return error(coap::Code::kNotFound);
  }
  // RFC 7252 §5.8.4: a DELETE of what is not there may succeed; libcoap says so in words.
  Response response{.code = coap::Code::kDeleted};
  response.payload = as_bytes("Deleted");
  return response;
}

std::string Site::links(const Request& request, std::string_view below) const {
  std::string text;
  for (const auto& resource : resources_) {
    const auto& config = *resource.config;
    const bool is_wanted = below.empty() ? config.is_listed : is_below(resource.path, below);
    if (!resource.exists || !is_wanted) continue;
    const bool matches = std::ranges::all_of(request.queries, [&](std::string_view query) {
      return link_matches(resource.path, config, query);
    });
    if (!matches) continue;

    if (!text.empty()) text += ',';
    text += link_description(resource.path, config);
  }
  return text;
}

std::uint32_t Site::etag_of(const Resource& resource) const {
  // Another one after a restart, though the versions begin anew.
  return generation_ << 16 | (resource.version & 0xFFFF);
}

Response Site::slice(const net::Endpoint& peer, const Request& request, Response whole) {
  const bool is_too_large = whole.payload.size() > (std::size_t{16} << config_.block_szx);
  const bool is_sliced = request.block2 || (is_too_large && config_.sends_blocks);
  if (!is_sliced || coap::code_class(whole.code) != 2 || whole.payload.empty()) return whole;

  const auto wanted = request.block2.value_or(Block{.szx = config_.block_szx});
  const auto block = cut_block(wanted, whole.payload.size(), config_.block_szx);
  if (!block) return error(coap::Code::kBadRequest);

  if (block->number == 0 && block->has_more) {
    whole.size2 = static_cast<std::uint32_t>(whole.payload.size());
    if (config_.manners.keeps_transfers) {
      whole.etag = ++transfers_;
      auto head = whole;
      head.owned.clear();
      head.payload = {};
      blocks_.keep_result(peer, request,
                          {std::move(head), Bytes(whole.payload.begin(), whole.payload.end())});
    }
  }
  whole.block2 = block;
  const auto rest = whole.payload.subspan(block->offset());
  whole.payload = rest.first(std::min(rest.size(), block->size()));
  return whole;
}

// A block behind the first of a body that is kept for this client.
std::optional<Response> Site::continued(const net::Endpoint& peer, const Request& request) const {
  const bool is_read = request.code == coap::Code::kGet || request.code == kFetch;
  const bool is_behind = request.block2 && request.block2->number > 0;
  if (!config_.manners.keeps_transfers || !is_read || !is_behind) return std::nullopt;
  const auto* const result = blocks_.find_result(peer, request);
  if (result == nullptr) return std::nullopt;

  auto response = result->head;
  response.block2 = cut_block(*request.block2, result->body.size(), config_.block_szx);
  if (!response.block2) {
    // libcoap 4.3.1 blames itself.
    response.code = coap::Code::kInternalServerError;
    response.block2 = request.block2;
    response.block2->has_more = false;
    response.payload = as_bytes(reason_phrase(response.code));
    return response;
  }
  const auto rest = ByteView(result->body).subspan(response.block2->offset());
  response.payload = rest.first(std::min(rest.size(), response.block2->size()));
  return response;
}

void Site::note_change(const Resource& resource) {
  const auto index = index_.find(resource.path);
  if (index != index_.end()) changes_.push_back(index->second);
}

std::vector<ResourceIndex> Site::take_changes() {
  return std::exchange(changes_, {});
}

bool Site::set_content(const std::string& path, Representation representation) {
  auto* const resource = find(path);
  if (resource == nullptr) return false;

  replace(*resource, representation.content_format, representation.payload);
  return true;
}

bool Site::remove(const std::string& path) {
  auto* const resource = find(path);
  if (resource == nullptr) return false;

  resource->exists = false;
  note_change(*resource);
  return true;
}

}  // namespace vmodem::sim
