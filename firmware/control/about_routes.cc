// What the interface says of itself and of the commands that the module knows.
#include <algorithm>

#include "at_engine/line_facts.h"
#include "firmware/commands/families.h"
#include "firmware/control/route.h"
#include "firmware/control/route_table.h"
#include "firmware/control/values.h"
#include "firmware/control/window_control.h"

namespace vmodem::control {
namespace {

using nlohmann::json;
using enum MemberType;

constexpr Member kAboutMembers[] = {
    member("name", kText, "vmodem"),
    member("version", kText),
    member("paths", kText, "METHOD PATH").list(),
};
constexpr Shape kAboutShape{"About", "What there is to be asked for.", kAboutMembers};

Answer get_about(Controlled& controlled, const Call&) {
  auto paths = json::array();
  for (const auto& route : route_infos()) {
    paths.push_back(fmt::format("{} {}", route.method, route.path));
  }
  return json{
      {"name", "vmodem"}, {"version", controlled.subject.version}, {"paths", std::move(paths)}};
}

Answer get_openapi(Controlled& controlled, const Call&) {
  return openapi(route_infos(), controlled.subject.version);
}

constexpr Member kParameterMembers[] = {
    member("name", kText),
    member("is_optional", kTruth, "it may be left out, with those behind it"),
    member("is_secret", kTruth, "nothing shows what stands in its place"),
    member("is_text", kTruth, "it stands in quotes"),
    member("allowed", kText, "as AT+…=? spells it: (0-5), (0,1) or (\"on\",\"off\"), or its name"),
    member("size_max", kInteger, "octets of a text"),
};
constexpr Shape kParameterShape{"Parameter", "A parameter of a command.", kParameterMembers};
constexpr Member kCommandMembers[] = {
    member("name", kText, "without AT, as \"+CSQ\""),
    member("keyword", kText, "the first parameter of commands that share a name; empty: none"),
    member("family", kText),
    member("summary", kText),
    member("forms", kText, "of test, read, write and execute").list(),
    member("parameters", kParameterShape, "of the write form").list(),
    member("response_time", kNumber, "the documented maximum, in seconds"),
    member("source", kText, "where it is written"),
    member("evidence", kText, "how sure that is"),
};
constexpr Shape kCommandShape{"Command", "A command of the module.", kCommandMembers};
constexpr Member kCommandsMembers[] = {member("commands", kCommandShape).list()};
constexpr Shape kCommandsShape{"Commands", "The table that the parser uses.", kCommandsMembers};

json parameters_of(const at::CommandSpec& spec) {
  auto parameters = json::array();
  for (const auto* param : spec.write) {
    parameters.push_back({{"name", param->name},
                          {"is_optional", parameters.size() >= spec.write.size() - spec.optional},
                          {"is_secret", param->is_secret},
                          {"is_text", param->kind == at::ParamKind::kText},
                          {"allowed", param->to_test_text()},
                          {"size_max", param->size_max}});
  }
  return parameters;
}

json forms_of(const at::CommandSpec& spec) {
  auto forms = json::array();
  if (spec.name.starts_with('+')) forms.push_back("test");
  if (spec.on_read != nullptr) forms.push_back("read");
  if (spec.on_write != nullptr) forms.push_back("write");
  if (spec.on_execute != nullptr) forms.push_back("execute");
  return forms;
}

Answer get_commands(Controlled&, const Call&) {
  auto commands = json::array();
  for (const auto& family : firmware::command_families()) {
    for (const auto& spec : family.rows) {
      commands.push_back({{"name", spec.name},
                          {"keyword", spec.keyword},
                          {"family", family.title},
                          {"summary", spec.summary},
                          {"forms", forms_of(spec)},
                          {"parameters", parameters_of(spec)},
                          {"response_time", seconds(spec.response_time_max)},
                          {"source", spec.source},
                          {"evidence", at::name(spec.evidence)}});
    }
  }
  return json{{"commands", std::move(commands)}};
}

constexpr Member kWindowMembers[] = {
    member("link", kText, "with the word that the page asks for, which is a secret of this run"),
};
constexpr Shape kWindowShape{"Window", "Where a browser gets the live window.", kWindowMembers};

Answer post_window(Controlled& controlled, const Call&) {
  auto* window = controlled.subject.window;
  auto link = window != nullptr
                  ? window->open()
                  : Expected<std::string, std::string>(unexpected("there is no page here"));
  if (link) return json{{"link", std::move(*link)}};
  return unexpected(Problem{.status = 409, .detail = std::move(link.error())});
}

}  // namespace

void append_about_routes(std::vector<Route>& routes) {
  routes.push_back({{.method = "GET",
                     .path = "/",
                     .summary = "What there is to be asked for.",
                     .answer = &kAboutShape},
                    get_about});
  routes.push_back({{.method = "GET",
                     .path = "/openapi.json",
                     .summary = "The interface as an OpenAPI 3.1 document."},
                    get_openapi});
  routes.push_back({{.method = "GET",
                     .path = "/commands",
                     .summary = "The AT commands there are, with their parameters.",
                     .answer = &kCommandsShape},
                    get_commands});
  routes.push_back({{.method = "POST",
                     .path = "/window",
                     .summary = "The live window is open to who has the link.",
                     .answer = &kWindowShape,
                     .problems = {409}},
                    post_window});
}

}  // namespace vmodem::control
