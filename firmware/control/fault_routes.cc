// Verbs of the fault table, what waits of them, and scenarios.
#include <algorithm>

#include "at_engine/text.h"
#include "firmware/base/duration_text.h"
#include "firmware/control/state_parts.h"
#include "firmware/control/values.h"
#include "firmware/control/verb_shapes.h"
#include "firmware/testbed/trigger.h"

namespace vmodem::control {
namespace {

using nlohmann::json;
using testbed::FaultId;
using testbed::ScenarioId;
using enum MemberType;

constexpr Member kArgumentMembers[] = {
    member("name", kText, "of the member of the body"),
    member("type", kText, "number, duration, word, text or endpoint"),
    member("is_optional", kTruth),
    member("allowed", kText, "what it may be, in words"),
    member("words", kText, "of a word: those it may be").list(),
};
constexpr Shape kArgumentShape{"VerbArgument", "An argument of a verb.", kArgumentMembers};
constexpr Member kVerbMembers[] = {
    member("name", kText),
    member("help", kText),
    member("undo", kText, "the verb that ends it after its duration").optional(),
    member("arguments", kArgumentShape).list(),
};
constexpr Shape kVerbShape{"Verb", "What a tester can do.", kVerbMembers};
constexpr Member kVerbsMembers[] = {member("verbs", kVerbShape).list()};
constexpr Shape kVerbsShape{"Verbs", "The fault table.", kVerbsMembers};

Answer get_verbs(Controlled&, const Call&) {
  auto verbs = json::array();
  for (const auto& verb : testbed::verbs()) {
    auto arguments = json::array();
    for (const auto& spec : verb.arguments) {
      if (spec.kind == testbed::ArgumentKind::kNone) continue;
      auto words = json::array();
      if (spec.kind == testbed::ArgumentKind::kWord) {
        for (const auto word : spec.words()) words.push_back(word);
      }
      arguments.push_back({{"name", argument_name(spec)},
                           {"type", type_name(spec.kind)},
                           {"is_optional", spec.is_optional},
                           {"allowed", testbed::allowed_values(spec)},
                           {"words", std::move(words)}});
    }
    verbs.push_back({{"name", verb.name},
                     {"help", verb.help},
                     {"undo", verb.undo.empty() ? json() : json(verb.undo)},
                     {"arguments", std::move(arguments)}});
  }
  return json{{"verbs", std::move(verbs)}};
}

constexpr Member kPerformedMembers[] = {
    member("number", kInteger,
           "of the journal's entry; null: it has not happened yet, or nobody "
           "keeps the journal")
        .optional(),
    member("id", kInteger, "of what waits: the fault, or its end").optional(),
};
constexpr Shape kPerformedShape{"Performed", "What became of a verb.", kPerformedMembers};

std::string text_of_argument(const json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

Expected<testbed::Deed, Problem> deed_of(const testbed::Verb& verb,
                                         const std::vector<testbed::NamedArgument>& arguments) {
  auto deed = testbed::make_deed(verb, arguments);
  if (deed) return std::move(*deed);
  auto& error = deed.error();
  std::ranges::transform(error.name, error.name.begin(), at::to_lower);
  return unexpected(Problem{.detail = std::move(error.what.wrong),
                            .field = std::move(error.name),
                            .right = std::move(error.what.right)});
}

Problem too_many_wait() {
  return {.status = 409,
          .detail = "too many faults wait already",
          .right = "DELETE /faults, or fewer of them"};
}

json performed(journal::Number entry, std::optional<FaultId> id) {
  return {{"number", entry != 0 ? json(entry) : json()},
          {"id", id ? json(static_cast<std::uint64_t>(*id)) : json()}};
}

Answer post_verb(Controlled& controlled, const Call& call) {
  constexpr std::string_view kPrefix = "/verbs/";
  const auto& verb = *testbed::find_verb(call.request.path.substr(kPrefix.size()));
  std::vector<testbed::NamedArgument> arguments;
  std::optional<std::string> when;
  for (const auto& [name, value] : call.body.items()) {
    if (value.is_null()) continue;
    if (name == kWhen) {
      when = value.get<std::string>();
    } else {
      arguments.push_back({name, text_of_argument(value)});
    }
  }
  auto deed = deed_of(verb, arguments);
  if (!deed) return unexpected(std::move(deed.error()));
  auto text = testbed::deed_text(verb, arguments);
  if (!when) {
    const auto done =
        controlled.subject.testbed.inject(call.now, std::move(*deed), std::move(text));
    return performed(done.entry, done.end);
  }
  auto trigger = testbed::parse_trigger(*when);
  if (!trigger) {
    return unexpected(Problem{.detail = std::move(trigger.error().wrong),
                              .field = std::string(kWhen),
                              .right = std::move(trigger.error().right)});
  }
  const auto id = controlled.steering.plan(
      call.now, {std::move(*trigger), std::move(*deed), fmt::format("{}: {}", *when, text)});
  if (!id) return unexpected(too_many_wait());
  return performed(0, id);
}

constexpr Member kFaultsMembers[] = {member("faults", kFaultShape).list()};
const Shape kFaultsShape{"Faults", "What is to happen.", kFaultsMembers};
constexpr Member kRemovedMembers[] = {member("removed", kInteger, "how many")};
constexpr Shape kRemovedShape{"Removed", "What is gone.", kRemovedMembers};

Answer get_faults(Controlled& controlled, const Call&) {
  return json{{"faults", show_faults(controlled)}};
}

Answer delete_faults(Controlled& controlled, const Call&) {
  return json{{"removed", controlled.steering.scenario().remove_all()}};
}

Problem no_such(std::string_view what, const std::string& id) {
  return {.status = 404, .detail = fmt::format("no {} \"{}\" is there", what, id), .field = "id"};
}

template <class Id>
Answer remove_by_id(Controlled& controlled, const Call& call, std::string_view what) {
  const auto& text = call.parameters.at("id");
  const auto id = parse_whole_number(text);
  if (!id || !controlled.steering.scenario().remove(Id{*id})) {
    return unexpected(no_such(what, text));
  }
  return json{{"removed", 1}};
}

Answer delete_fault(Controlled& controlled, const Call& call) {
  return remove_by_id<FaultId>(controlled, call, "fault");
}
Answer delete_scenario(Controlled& controlled, const Call& call) {
  return remove_by_id<ScenarioId>(controlled, call, "scenario");
}

constexpr Member kScenarioTextMembers[] = {
    member("text", kText, "lines as WHEN: VERB ARGUMENT…, whose instants count from now")};
constexpr Shape kScenarioTextShape{"ScenarioText", "A scenario as a file has it.",
                                   kScenarioTextMembers};
constexpr Member kLoadedMembers[] = {member("id", kInteger), member("faults", kInteger)};
constexpr Shape kLoadedShape{"Loaded", "A scenario that was loaded.", kLoadedMembers};
constexpr Member kScenarioMembers[] = {
    member("id", kInteger),
    member("faults", kInteger, "when it was loaded"),
    member("waiting", kInteger, "of them, or of their ends"),
};
constexpr Shape kScenarioShape{"Scenario", "A scenario that was loaded.", kScenarioMembers};
constexpr Member kScenariosMembers[] = {member("scenarios", kScenarioShape).list()};
constexpr Shape kScenariosShape{"Scenarios", "The scenarios that were loaded.", kScenariosMembers};

Answer post_scenario(Controlled& controlled, const Call& call) {
  auto scenario = testbed::parse_scenario(call.body.at("text").get_ref<const std::string&>());
  if (!scenario.errors.empty()) {
    auto& first = scenario.errors.front();
    const auto more = scenario.errors.size() + scenario.more_errors - 1;
    auto detail = fmt::format("line {}: {}", first.line, first.what.wrong);
    if (more > 0) detail += fmt::format(", and {} more", more);
    return unexpected(Problem{
        .detail = std::move(detail), .field = "text", .right = std::move(first.what.right)});
  }
  const auto count = scenario.faults.size();
  const auto id = controlled.steering.load(call.now, std::move(scenario.faults));
  if (!id) return unexpected(too_many_wait());
  return json{{"id", static_cast<std::uint64_t>(*id)}, {"faults", count}};
}

Answer get_scenarios(Controlled& controlled, const Call&) {
  const auto waiting = controlled.steering.scenario().waiting();
  auto scenarios = json::array();
  for (const auto& one : controlled.steering.scenario().loaded()) {
    scenarios.push_back(
        {{"id", static_cast<std::uint64_t>(one.id)},
         {"faults", one.fault_count},
         {"waiting", std::ranges::count(waiting, one.id, &testbed::WaitingFault::scenario)}});
  }
  return json{{"scenarios", std::move(scenarios)}};
}

}  // namespace

void append_fault_routes(std::vector<Route>& routes) {
  routes.push_back({{.method = "GET",
                     .path = "/verbs",
                     .summary = "What a tester can do, with arguments and their ranges.",
                     .answer = &kVerbsShape},
                    get_verbs});
  for (const auto& verb : testbed::verbs()) {
    routes.push_back({{.method = "POST",
                       .path = fmt::format("/verbs/{}", verb.name),
                       .summary = std::string(verb.help),
                       .body = &shape_of(verb),
                       .answer = &kPerformedShape,
                       .problems = {409}},
                      post_verb});
  }
  const std::vector<Route> others{
      {{.method = "GET",
        .path = "/faults",
        .summary = "What waits for its instant or its occurrence.",
        .answer = &kFaultsShape},
       get_faults},
      {{.method = "DELETE",
        .path = "/faults",
        .summary = "Nothing of it happens, nor does what has begun end.",
        .answer = &kRemovedShape},
       delete_faults},
      {{.method = "DELETE",
        .path = "/faults/{id}",
        .summary = "It does not happen.",
        .answer = &kRemovedShape,
        .problems = {404}},
       delete_fault},
      {{.method = "POST",
        .path = "/scenarios",
        .summary = "A scenario begins now.",
        .body = &kScenarioTextShape,
        .answer = &kLoadedShape,
        .problems = {409}},
       post_scenario},
      {{.method = "GET",
        .path = "/scenarios",
        .summary = "The scenarios that were loaded.",
        .answer = &kScenariosShape},
       get_scenarios},
      {{.method = "DELETE",
        .path = "/scenarios/{id}",
        .summary = "Nothing more of it happens, nor does what has begun end.",
        .answer = &kRemovedShape,
        .problems = {404}},
       delete_scenario},
  };
  routes.insert(routes.end(), others.begin(), others.end());
}

}  // namespace vmodem::control
