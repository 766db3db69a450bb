// The resources of one server: requests in, responses out, no timing and no messages.
//
// In:  requests, the time.
// Out: responses, notifications that are due.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "net/sim/description/world.h"
#include "net/sim/site/block_store.h"
#include "net/sim/site/response.h"

namespace vmodem::sim {

using ResourceIndex = std::uint32_t;

struct Resource {
  std::string path;
  const ResourceConfig* config = nullptr;
  std::vector<Representation> representations;
  bool exists = true;
  bool is_overwritten = false;  // by a PUT or POST; a counter counts no longer
  std::uint32_t version = 1;    // of the content
  std::uint32_t requests = 0;

  void touch() { ++version; }
};

class Site {
 public:
  // Borrowed for the lifetime of the site.
  Site(const ServerConfig& config, CalendarTime calendar_start);
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  // Counts the request and says how its answer is to travel.
  [[nodiscard]] const AnswerConfig& admit(const Request& request);
  [[nodiscard]] Response respond(Instant now, const net::Endpoint& peer, const Request& request);

  // What an observer is told now: 2.05, or an error without content.
  [[nodiscard]] Response notification(Instant now, const net::Endpoint& peer, ResourceIndex index,
                                      const Request& registration);
  // An observable resource that a request may register with.
  [[nodiscard]] std::optional<ResourceIndex> find_observable(const std::string& path) const;
  [[nodiscard]] const Resource& at(ResourceIndex index) const { return resources_[index]; }
  [[nodiscard]] ResourceIndex size() const { return static_cast<ResourceIndex>(resources_.size()); }
  // The period of a resource is over: its content counts as changed.
  void tick(ResourceIndex index) { resources_[index].touch(); }

  // From outside, as by another client. False: no such resource.
  [[nodiscard]] bool set_content(const std::string& path, Representation representation);
  [[nodiscard]] bool remove(const std::string& path);
  // The resources whose content has changed by request or from outside since the last call.
  [[nodiscard]] std::vector<ResourceIndex> take_changes();

  // Forgets every change.
  void restart();

  [[nodiscard]] Response error(coap::Code code) const;

 private:
  [[nodiscard]] Resource* find(const std::string& path);
  [[nodiscard]] std::uint32_t etag_of(const Resource& resource) const;
  [[nodiscard]] Response absent(const Request& request) const;
  [[nodiscard]] std::string links(const Request& request, std::string_view below) const;

  [[nodiscard]] Response dispatch(Instant now, const net::Endpoint& peer, const Request& request,
                                  Resource& resource);
  [[nodiscard]] Response get(Instant now, const Request& request, Resource& resource);
  void fill_content(Instant now, const Request& request, const Resource& resource,
                    const Representation& representation, Response& response) const;
  [[nodiscard]] std::optional<coap::Code> failed_condition(const Request& request,
                                                           const Resource& resource) const;
  [[nodiscard]] Response with_body(const net::Endpoint& peer, const Request& request,
                                   Resource& resource);
  [[nodiscard]] Response apply(const net::Endpoint& peer, const Request& request,
                               Resource& resource, ByteView body);
  [[nodiscard]] Response put(const Request& request, Resource& resource, ByteView body);
  [[nodiscard]] Response post(const net::Endpoint& peer, const Request& request, Resource& resource,
                              ByteView body);
  [[nodiscard]] Response remove(Resource& resource);
  [[nodiscard]] Response create_child(const Request& request, const Resource& parent,
                                      ByteView body);
  [[nodiscard]] Response slice(const net::Endpoint& peer, const Request& request, Response whole);
  [[nodiscard]] std::optional<Response> continued(const net::Endpoint& peer,
                                                  const Request& request) const;
  void replace(Resource& resource, std::optional<std::uint16_t> format, ByteView body);
  void note_change(const Resource& resource);
  void load();

  const ServerConfig& config_;
  CalendarTime calendar_start_;
  BlockStore blocks_;
  // Of what POST makes, by what it makes it below.
  std::unordered_map<const ResourceConfig*, ResourceConfig> child_configs_;
  std::deque<Resource> resources_;
  std::unordered_map<std::string, ResourceIndex> index_;
  ResourceIndex first_child_ = 0;
  std::uint32_t children_made_ = 0;
  std::uint32_t generation_ = 0;  // restarts so far
  std::uint32_t transfers_ = 0;   // their ETags where the server keeps them
  std::vector<ResourceIndex> changes_;
};

}  // namespace vmodem::sim
