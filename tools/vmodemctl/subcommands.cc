#include "tools/vmodemctl/subcommands.h"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "tools/vmodemctl/requests.h"

namespace vmodem::ctl {
namespace {

using Planned = Expected<Plan, std::string>;

constexpr std::array<std::string_view, 12> kParts{"modem",   "card",      "radio", "contexts",
                                                  "clients", "exchanges", "files", "servers",
                                                  "link",    "counters",  "clock", "faults"};
constexpr std::array<std::string_view, 4> kMoves{"pause", "run", "step", "advance"};
constexpr std::array<std::string_view, 2> kSides{"server", "serial"};
constexpr std::array<std::string_view, 3> kShells{"bash", "zsh", "fish"};

// CLI11 2.4 ends the program at a name with a blank or a colon.
void take_words(CLI::App& app, Arguments& arguments, const char* name, int min, int max,
                const char* help = "") {
  auto* option = app.add_option(name, arguments.words, help)->type_name("")->expected(min, max);
  if (min > 0) option->required();
}
template <int kMin, int kMax>
void take_only_words(CLI::App& app, Arguments& arguments) {
  take_words(app, arguments, "ARGUMENT", kMin, kMax);
}
void take_nothing(CLI::App&, Arguments&) {
}
void take_verbs(CLI::App& app, Arguments& arguments) {
  app.add_flag("--names", arguments.names_only, "Their names alone, one a line");
}

void take_since(CLI::App& app, Arguments& arguments) {
  app.add_option("--since", arguments.since, "Only what comes behind entry N")->type_name("N");
}
void take_remove(CLI::App& app, Arguments& arguments) {
  app.add_option("--remove", arguments.remove, "Remove the one of this number")->type_name("ID");
}

void take_events(CLI::App& app, Arguments& arguments) {
  take_since(app, arguments);
  app.add_flag("--follow", arguments.follows, "Go on as they come");
  app.add_option("--kind", arguments.kind, "Only these kinds, with commas between")
      ->type_name("KIND");
}
void take_verb(CLI::App& app, Arguments& arguments) {
  take_words(app, arguments, "VERB", 1, 16);
  app.add_option("--when", arguments.when, "Upon this trigger, as 10s or AT+QCOAPSEND#2")
      ->type_name("TRIGGER");
}
void take_faults(CLI::App& app, Arguments& arguments) {
  take_remove(app, arguments);
  app.add_flag("--clear", arguments.clears, "Remove all");
}
void take_scenario(CLI::App& app, Arguments& arguments) {
  take_words(app, arguments, "FILE", 0, 1);
  take_remove(app, arguments);
}
void take_verify(CLI::App& app, Arguments& arguments) {
  take_words(app, arguments, "FILE", 0, 1);
  take_since(app, arguments);
  app.add_option("--kind", arguments.kind, "Entries of this kind")->type_name("KIND");
  app.add_option("--where", arguments.where, "whose field has this value; may be repeated")
      ->type_name("FIELD=VALUE")
      ->allow_extra_args(false);
  app.add_option("--count", arguments.count, "are there so many times")->type_name("N");
  app.add_option("--min", arguments.min, "or at least so many")->type_name("N");
  app.add_option("--max", arguments.max, "and at most so many")->type_name("N");
}
void take_input(CLI::App& app, Arguments& arguments) {
  take_words(app, arguments, "TEXT", 0, 1);
  app.add_option("--hex", arguments.hex, "Octets in place of text")->type_name("DIGITS");
}
void take_payload(CLI::App& app, Arguments& arguments) {
  app.add_option("--payload", arguments.payload, "The content, as text")->type_name("TEXT");
  app.add_option("--hex", arguments.hex, "The content, as octets")->type_name("DIGITS");
  app.add_option("--content-format", arguments.content_format, "Its Content-Format")
      ->type_name("N");
}
void take_servers(CLI::App& app, Arguments& arguments) {
  take_words(app, arguments, "SERVER", 0, 2, "ADDRESS:PORT, and behind it a resource's PATH");
  take_payload(app, arguments);
  app.add_flag("--notify", arguments.notifies, "Notify the observers of PATH");
  app.add_flag("--remove", arguments.clears, "Remove PATH");
}
void take_override(CLI::App& app, Arguments& arguments) {
  take_words(app, arguments, "server|serial", 1, 1);
  take_payload(app, arguments);
  const auto text = [&](const char* name, std::string& place, const char* help, const char* type) {
    app.add_option(name, place, help)->type_name(type);
  };
  text("--server", arguments.server, "Requests to this server", "ADDRESS:PORT");
  text("--path", arguments.path, "of this path", "PATH");
  text("--method", arguments.method, "of this method", "METHOD");
  text("--token", arguments.token, "with this token", "DIGITS");
  text("--client", arguments.client, "from this client", "ADDRESS:PORT");
  text("--code", arguments.code, "get this answer", "4.04");
  text("--delay", arguments.delay, "so much later", "DURATION");
  app.add_flag("--silent", arguments.is_silent, "or none");
  text("--command", arguments.command, "Commands that are this, or begin so with a *", "COMMAND");
  app.add_option("--line", arguments.lines, "get this line; may be repeated")
      ->type_name("TEXT")
      ->allow_extra_args(false);
  text("--result", arguments.result, "and this result (default OK)", "RESULT");
  app.add_option("--times", arguments.times, "So many times, then no more")->type_name("N");
}
void take_capture(CLI::App& app, Arguments& arguments) {
  take_words(app, arguments, "FILE", 0, 1);
  app.add_flag("--stop", arguments.stops, "End the capture");
}

Expected<std::string, std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  if (!file) return unexpected(fmt::format("{}: {}", path, std::strerror(errno)));
  return text.str();
}

Planned plan_state(const Arguments& arguments) {
  const auto part = arguments.words.empty() ? "" : "/" + arguments.words.front();
  return Plan{get("/state" + escape_path(part))};
}

Planned plan_events(const Arguments& arguments) {
  auto call = get("/events" + query({{"since", number_text(arguments.since)},
                                     {"kind", arguments.kind},
                                     {"follow", arguments.follows ? "" : "false"}}));
  if (arguments.follows) call.accept = "text/event-stream";
  return Plan{std::move(call), Form::kEvents};
}

Planned plan_why(const Arguments& arguments) {
  return Plan{get("/why/" + escape(arguments.words.front())), Form::kWhy};
}

Planned plan_verbs(const Arguments& arguments) {
  return Plan{get("/verbs"), arguments.names_only ? Form::kVerbNames : Form::kVerbs};
}

Planned plan_faults(const Arguments& arguments) {
  if (arguments.clears) return Plan{remove("/faults")};
  if (arguments.remove) return Plan{remove(fmt::format("/faults/{}", *arguments.remove))};
  return Plan{get("/faults")};
}

Planned plan_scenario(const Arguments& arguments) {
  if (arguments.remove) return Plan{remove(fmt::format("/scenarios/{}", *arguments.remove))};
  if (arguments.words.empty()) return Plan{get("/scenarios")};
  auto text = read_file(arguments.words.front());
  if (!text) return unexpected(std::move(text.error()));
  return Plan{post("/scenarios", {{"text", std::move(*text)}})};
}

Planned plan_time(const Arguments& arguments) {
  const auto& words = arguments.words;
  const bool advances = words.front() == "advance";
  if (advances != (words.size() == 2)) {
    return unexpected(std::string("pause, run or step; or advance and how far, as advance 30s"));
  }
  const auto target = "/time/" + escape(words.front());
  return Plan{post(target, advances ? Json{{"duration", words[1]}} : Json::object())};
}

Planned plan_back(const Arguments& arguments) {
  return Plan{post("/time/back", {{"duration", arguments.words.front()}})};
}

Planned plan_verify(const Arguments& arguments) {
  if (arguments.words.empty() && arguments.kind.empty()) {
    return unexpected(std::string("FILE of JSON, or --kind KIND with --where, --count, --since"));
  }
  if (arguments.words.empty()) {
    auto predicate = predicate_of(arguments);
    if (!predicate) return unexpected(std::move(predicate.error()));
    return Plan{post("/verify", *predicate), Form::kVerdict};
  }
  auto text = read_file(arguments.words.front());
  if (!text) return unexpected(std::move(text.error()));
  auto json = Json::parse(*text, nullptr, false);
  if (json.is_discarded()) return unexpected(arguments.words.front() + " is no JSON");
  return Plan{post("/verify", json), Form::kVerdict};
}

Planned plan_urc(const Arguments& arguments) {
  return Plan{post("/serial/urc", {{"text", arguments.words.front()}})};
}

Planned plan_input(const Arguments& arguments) {
  if (arguments.words.empty() == arguments.hex.empty()) {
    return unexpected(std::string("TEXT, or --hex DIGITS"));
  }
  if (!arguments.hex.empty()) return Plan{post("/serial/input", {{"hex", arguments.hex}})};
  return Plan{post("/serial/input", {{"text", unescape_line(arguments.words.front())}})};
}

Planned plan_servers(const Arguments& arguments) {
  if (arguments.words.empty()) return Plan{get("/servers")};
  const auto server = "/servers/" + escape(arguments.words.front());
  if (arguments.words.size() == 1) return Plan{get(server + "/resources")};
  const auto path = "/" + escape_path(arguments.words[1]);
  if (arguments.notifies) return Plan{post(server + "/notify" + path, Json::object())};
  const auto resource = server + "/resources" + path;
  if (arguments.clears) return Plan{remove(resource)};
  const auto body = payload_of(arguments);
  return body.empty() ? Plan{get(resource)} : Plan{put(resource, body)};
}

Planned plan_requests(const Arguments& arguments) {
  return Plan{get("/requests" + query({{"since", number_text(arguments.since)}})), Form::kRequests};
}

Planned plan_overrides(const Arguments& arguments) {
  if (arguments.remove) return Plan{remove(fmt::format("/overrides/{}", *arguments.remove))};
  return Plan{get("/overrides")};
}

Planned plan_override(const Arguments& arguments) {
  const auto& side = arguments.words.front();
  if (side != "server" && side != "serial") return unexpected(std::string("server or serial"));
  return Plan{post("/overrides/" + side, override_of(arguments, side == "serial"))};
}

Planned plan_capture(const Arguments& arguments) {
  if (arguments.words.empty() != arguments.stops) {
    return unexpected(std::string("FILE to write to, or --stop"));
  }
  if (arguments.stops) return Plan{remove("/capture")};
  return Plan{post("/capture", {{"file", arguments.words.front()}})};
}

Planned plan_open(const Arguments&) {
  return Plan{post("/window", Json::object()), Form::kLink};
}

// They ask nothing of a modem by themselves; main() knows them.
Planned plan_elsewhere(const Arguments&) {
  return Plan{get("/verbs")};
}

constexpr Subcommand kSubcommands[] = {
    {"state", "[PART]", "What it is like, or one part", kParts, take_only_words<0, 1>, plan_state},
    {"events", "[--since N] [--follow] [--kind K]", "What happened", {}, take_events, plan_events},
    {"why", "N", "The chain of causes behind an entry", {}, take_only_words<1, 1>, plan_why},
    {"verbs", "[--names]", "What can be done to it", {}, take_verbs, plan_verbs},
    {"do", "VERB [ARGUMENT…] [--when T]", "Do it, now or later", {}, take_verb, plan_elsewhere},
    {"faults", "[--remove ID|--clear]", "What is still to happen", {}, take_faults, plan_faults},
    {"scenario",
     "[FILE|--remove ID]",
     "Load a scenario; those loaded",
     {},
     take_scenario,
     plan_scenario},
    {"time", "pause|run|step|advance 30s", "Steer the time", kMoves, take_only_words<1, 2>,
     plan_time},
    {"back", "30s", "As it was so long ago (--record)", {}, take_only_words<1, 1>, plan_back},
    {"verify", "--kind K [--where F=V]…|FILE", "Whether it happened", {}, take_verify, plan_verify},
    {"urc", "TEXT", "Send a URC", {}, take_only_words<1, 1>, plan_urc},
    {"input", "TEXT|--hex DIGITS", "Octets as if the host sent them", {}, take_input, plan_input},
    {"servers",
     "[ADDRESS:PORT [PATH]] …",
     "Simulated servers, resources",
     {},
     take_servers,
     plan_servers},
    {"requests", "[--since N]", "What servers were asked", {}, take_since, plan_requests},
    {"override", "server|serial OPTION…", "Answer something else", kSides, take_override,
     plan_override},
    {"overrides", "[--remove ID]", "What is answered otherwise", {}, take_remove, plan_overrides},
    {"capture", "FILE|--stop", "Write a capture for Wireshark", {}, take_capture, plan_capture},
    {"open", "", "The link of the live window", {}, take_nothing, plan_open},
    {"completion", "bash|zsh|fish", "Print a shell's completion", kShells, take_only_words<1, 1>,
     plan_elsewhere},
};

}  // namespace

std::span<const Subcommand> subcommands() {
  return kSubcommands;
}

}  // namespace vmodem::ctl
