// The simulated servers and their resources.
#include <algorithm>
#include <array>

#include "firmware/base/names.h"
#include "firmware/control/state_parts.h"
#include "firmware/control/values.h"

namespace vmodem::control {
namespace {

using nlohmann::json;
using enum MemberType;

constexpr std::size_t kContentSizeMax = 65536;

constexpr Member kServersMembers[] = {member("servers", kServerShape).list()};
const Shape kServersShape{"Servers", "The simulated servers.", kServersMembers};
constexpr Member kRepresentationMembers[] = {
    member("content_format", kInteger).optional(),
    member("hex", kHex),
    member("payload", kText, "the same where it is one line of text").optional(),
};
constexpr Shape kRepresentationShape{"Representation", "A content of a resource.",
                                     kRepresentationMembers};
constexpr Member kResourceMembers[] = {
    member("path", kText, "without the slash in front"),
    member("exists", kTruth, "else 4.04"),
    member("content", kText, "stored, counter, clock, request or links"),
    member("representations", kRepresentationShape, "what is stored").list(),
    member("is_observable", kTruth),
    member("observers", kInteger),
    member("version", kInteger, "of the content, from 1"),
    member("requests", kInteger, "so far"),
};
constexpr Shape kResourceShape{"Resource", "A resource of a simulated server.", kResourceMembers};
constexpr Member kResourcesMembers[] = {member("resources", kResourceShape).list()};
constexpr Shape kResourcesShape{"Resources", "The resources of a simulated server.",
                                kResourcesMembers};
constexpr Member kContentMembers[] = {
    member("payload", kText, "as UTF-8").optional(),
    member("hex", kHex, "in place of payload").optional(),
    member("content_format", kInteger, "RFC 7252 §12.3").within(0, 65535).optional(),
};
constexpr Shape kContentShape{"ContentBody", "What a resource is to hold.", kContentMembers};
constexpr Member kGoneMembers[] = {member("removed", kInteger, "how many")};
constexpr Shape kGoneShape{"ResourceRemoved", "What is gone.", kGoneMembers};
constexpr Member kNotifiedMembers[] = {member("observers", kInteger, "who are told")};
constexpr Shape kNotifiedShape{"Notified", "Who is told of a change.", kNotifiedMembers};

std::string_view name_of(sim::Content content) {
  constexpr std::array<std::string_view, 5> kNames{"stored", "counter", "clock", "request",
                                                   "links"};
  return kNames[static_cast<std::size_t>(content)];
}

json show_resource(const sim::ResourceView& view) {
  const auto& resource = view.resource;
  auto representations = json::array();
  for (const auto& one : resource.representations) {
    json shown{{"content_format", or_null(one.content_format)}};
    put_octets(shown, one.payload);
    representations.push_back(std::move(shown));
  }
  return {{"path", resource.path},
          {"exists", resource.exists},
          {"content", name_of(resource.config->content)},
          {"representations", std::move(representations)},
          {"is_observable", resource.config->observe.is_offered},
          {"observers", view.observer_count},
          {"version", resource.version},
          {"requests", resource.requests}};
}

Expected<sim::World::ServerView, Problem> server_of(Controlled& controlled, const Call& call) {
  auto& internet = controlled.steering.internet();
  const auto& text = call.parameters.at("server");
  const auto endpoint = net::parse_endpoint(text);
  auto server = endpoint ? internet.server(call.now, *endpoint) : std::nullopt;
  if (server) return std::move(*server);

  std::vector<std::string> texts;
  for (const auto& one : internet.endpoints()) texts.push_back(to_string(one));
  const std::vector<std::string_view> names(texts.begin(), texts.end());
  return unexpected(
      Problem{.status = 404,
              .detail = fmt::format("there is no server \"{}\"{}", text, did_you_mean(text, names)),
              .field = "server",
              .right = "an endpoint that GET /servers lists"});
}

Expected<sim::ResourceView, Problem> resource_of(const sim::World::ServerView& server,
                                                 const std::string& path) {
  std::vector<std::string_view> names;
  for (const auto& one : server.resources) {
    if (one.resource.path == path) return one;
    names.push_back(one.resource.path);
  }
  return unexpected(
      Problem{.status = 404,
              .detail = fmt::format("{} has no resource \"{}\"{}", to_string(server.endpoint), path,
                                    did_you_mean(path, names)),
              .field = "path",
              .right = "a path that GET /servers/{server}/resources lists"});
}

struct Target {
  net::Endpoint server;
  std::string path;
};

Expected<Target, Problem> target_of(Controlled& controlled, const Call& call) {
  const auto server = server_of(controlled, call);
  if (!server) return unexpected(server.error());
  const auto& path = call.parameters.at("path");
  const auto resource = resource_of(*server, path);
  if (!resource) return unexpected(resource.error());
  return Target{server->endpoint, path};
}

Answer get_servers(Controlled& controlled, const Call& call) {
  return json{{"servers", show_servers(controlled, call.now)}};
}

Answer get_resources(Controlled& controlled, const Call& call) {
  const auto server = server_of(controlled, call);
  if (!server) return unexpected(server.error());
  auto resources = json::array();
  for (const auto& one : server->resources) resources.push_back(show_resource(one));
  return json{{"resources", std::move(resources)}};
}

Answer get_resource(Controlled& controlled, const Call& call) {
  const auto server = server_of(controlled, call);
  if (!server) return unexpected(server.error());
  const auto resource = resource_of(*server, call.parameters.at("path"));
  if (!resource) return unexpected(resource.error());
  return show_resource(*resource);
}

Answer put_resource(Controlled& controlled, const Call& call) {
  const auto target = target_of(controlled, call);
  if (!target) return unexpected(target.error());
  auto payload = octets_of(call.body, "payload", kContentSizeMax);
  if (!payload) return unexpected(std::move(payload.error()));
  const auto format = find_member<std::uint16_t>(call.body, "content_format");
  const bool is_done = controlled.steering.set_content(call.now, target->server, target->path,
                                                       {format, std::move(*payload)});
  BG_CHECK(is_done, "the resource was found");
  return get_resource(controlled, call);
}

Answer delete_resource(Controlled& controlled, const Call& call) {
  const auto target = target_of(controlled, call);
  if (!target) return unexpected(target.error());
  const bool is_done = controlled.steering.remove_resource(call.now, target->server, target->path);
  BG_CHECK(is_done, "the resource was found");
  return json{{"removed", 1}};
}

Answer post_notify(Controlled& controlled, const Call& call) {
  const auto target = target_of(controlled, call);
  if (!target) return unexpected(target.error());
  const auto count = controlled.steering.notify_observers(call.now, target->server, target->path);
  if (!count) {
    return unexpected(Problem{.status = 409,
                              .detail = fmt::format("\"{}\" cannot be observed", target->path),
                              .field = "path",
                              .right = "a resource that is_observable"});
  }
  return json{{"observers", *count}};
}

}  // namespace

void append_server_routes(std::vector<Route>& routes) {
  const std::string resource = "/servers/{server}/resources/{path}";
  const std::vector<Route> rows{
      {{.method = "GET",
        .path = "/servers",
        .summary = "The simulated servers.",
        .answer = &kServersShape},
       get_servers},
      {{.method = "GET",
        .path = "/servers/{server}/resources",
        .summary = "The resources of one.",
        .answer = &kResourcesShape,
        .problems = {404}},
       get_resources},
      {{.method = "GET",
        .path = resource,
        .summary = "One of them.",
        .answer = &kResourceShape,
        .problems = {404}},
       get_resource},
      {{.method = "PUT",
        .path = resource,
        .summary = "Its content becomes this, and its observers are told.",
        .body = &kContentShape,
        .answer = &kResourceShape,
        .problems = {404}},
       put_resource},
      {{.method = "DELETE",
        .path = resource,
        .summary = "It is gone, and its observers are told.",
        .answer = &kGoneShape,
        .problems = {404}},
       delete_resource},
      {{.method = "POST",
        .path = "/servers/{server}/notify/{path}",
        .summary = "Its observers are told, as of a change.",
        .answer = &kNotifiedShape,
        .problems = {404, 409}},
       post_notify},
  };
  routes.insert(routes.end(), rows.begin(), rows.end());
}

}  // namespace vmodem::control
