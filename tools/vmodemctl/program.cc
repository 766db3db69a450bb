#include "tools/vmodemctl/program.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "tools/vmodemctl/client.h"
#include "tools/vmodemctl/completion.h"
#include "tools/vmodemctl/event_text.h"
#include "tools/vmodemctl/place.h"
#include "tools/vmodemctl/render.h"
#include "tools/vmodemctl/requests.h"
#include "tools/vmodemctl/subcommands.h"

namespace vmodem::ctl {
namespace {

constexpr int kExitDone = 0;
constexpr int kExitFailed = 1;
constexpr int kExitUsage = 2;
constexpr int kExitUnreached = 3;

struct Options {
  std::string control;
  std::string token_file;
  bool is_json = false;
  Arguments arguments{};
};

// Why the program ends, and how.
struct Failure {
  int status;
  std::string text;
};

void say(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

int complain(const Failure& failure) {
  const auto line = fmt::format("vmodemctl: {}\n", failure.text);
  std::fwrite(line.data(), 1, line.size(), stderr);
  return failure.status;
}

std::string help_text() {
  std::string text =
      "Usage: vmodemctl [--control ADDRESS] [--control-token FILE] [--json] SUBCOMMAND\n";
  for (const auto& subcommand : subcommands()) {
    const auto form = fmt::format("{} {}", subcommand.name, subcommand.form);
    text += fmt::format("  {:<43}{}\n", form, subcommand.help);
  }
  return text +
         "\nADDRESS is unix:PATH or tcp://HOST:PORT; without it VMODEM_CONTROL, or the only\n"
         "socket in XDG_RUNTIME_DIR/vmodem. SUBCOMMAND --help tells its options.\n"
         "Exit status: 0 done; 1 failed, or verify is false; 2 usage; 3 no modem reached.\n";
}

void declare(CLI::App& app, Options& options) {
  app.set_help_flag("--help,-h", "Print this, or what a subcommand takes");
  app.set_version_flag("--version", "vmodemctl " VMODEM_VERSION);
  app.add_option("--control", options.control, "Where the modem listens")->type_name("ADDRESS");
  app.add_option("--control-token", options.token_file, "The file of its token")->type_name("FILE");
  app.add_flag("--json", options.is_json, "Print answers as they are");
  app.require_subcommand(1);
  for (const auto& subcommand : subcommands()) {
    auto* sub = app.add_subcommand(std::string(subcommand.name), std::string(subcommand.help));
    sub->fallthrough();
    subcommand.declare(*sub, options.arguments);
  }
}

const char* text_of_variable(const char* name) {
  const auto* text = std::getenv(name);
  return text != nullptr && text[0] != '\0' ? text : nullptr;
}

Expected<net::ListenAddress, Failure> find_address(const Options& options) {
  const auto* variable = text_of_variable("VMODEM_CONTROL");
  const auto text = !options.control.empty() || variable == nullptr ? options.control : variable;
  if (text.empty()) {
    auto only = only_socket(text_of_variable("XDG_RUNTIME_DIR"));
    if (only) return std::move(*only);
    return unexpected(Failure{kExitUnreached, std::move(only.error())});
  }
  auto address = net::parse_listen_address(text);
  if (address) return std::move(*address);
  return unexpected(Failure{kExitUsage, fmt::format("--control {}: {}; right: {}", text,
                                                    address.error().wrong, address.error().right)});
}

Expected<std::string, Failure> find_token(const Options& options) {
  const auto* variable = text_of_variable("VMODEM_CONTROL_TOKEN");
  const auto path =
      !options.token_file.empty() || variable == nullptr ? options.token_file : variable;
  if (path.empty()) return std::string();
  auto token = read_token(path);
  if (!token) return unexpected(Failure{kExitFailed, std::move(token.error())});
  return std::move(*token);
}

// A modem that is asked.
class Session {
 public:
  Session(net::ListenAddress address, std::string token)
      : address_(std::move(address)), token_(std::move(token)) {}

  // `take` as that of Client.
  [[nodiscard]] Expected<void, Failure> follow(const HttpCall& call,
                                               const std::function<void(std::string_view)>& take) {
    auto client = Client::connect(address_);
    if (!client) return unexpected(Failure{kExitUnreached, std::move(client.error())});
    const auto reply = client->ask(call, token_, take);
    if (!reply) return unexpected(Failure{kExitFailed, reply.error()});
    if (reply->status == 200) return {};
    const auto problem = Json::parse(reply->body, nullptr, false);
    return unexpected(Failure{kExitFailed, problem.is_object()
                                               ? render_problem(problem)
                                               : fmt::format("status {}", reply->status)});
  }

  [[nodiscard]] Expected<Json, Failure> ask(const HttpCall& call) {
    std::string body;
    const auto asked = follow(call, [&](std::string_view part) { body += part; });
    if (!asked) return unexpected(asked.error());
    auto json = Json::parse(body, nullptr, false);
    if (json.is_discarded()) return unexpected(Failure{kExitFailed, "the answer is no JSON"});
    return json;
  }

 private:
  net::ListenAddress address_;
  std::string token_;
};

void say_event(const StreamEvent& event, bool is_json) {
  auto entry = Json::parse(event.data, nullptr, false);
  if (!entry.is_object()) return;
  if (event.name == "lost") entry["kind"] = "lost";
  say(is_json ? entry.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"
              : render_entry(entry));
  std::fflush(stdout);
}

int follow_events(Session& session, const Plan& plan, bool is_json) {
  EventText text;
  bool is_begun = false;
  const auto followed = session.follow(plan.call, [&](std::string_view part) {
    is_begun = true;
    text.append(part);
    while (const auto event = text.poll()) say_event(*event, is_json);
  });
  // Its end is the modem's.
  return followed || is_begun ? kExitDone : complain(followed.error());
}

Expected<Plan, Failure> make_plan(Session& session, const Subcommand& subcommand,
                                  const Arguments& arguments) {
  const auto usage = [&](const std::string& wrong) {
    return unexpected(Failure{kExitUsage, fmt::format("{}: {}", subcommand.name, wrong)});
  };
  if (subcommand.name == "do") {
    const auto verbs = session.ask(get("/verbs"));
    if (!verbs) return unexpected(verbs.error());
    auto plan = plan_verb(*verbs, arguments);
    if (!plan) return usage(plan.error());
    return std::move(*plan);
  }
  auto plan = subcommand.plan(arguments);
  if (!plan) return usage(plan.error());
  return std::move(*plan);
}

int perform(Session& session, const Subcommand& subcommand, const Options& options) {
  const auto plan = make_plan(session, subcommand, options.arguments);
  if (!plan) return complain(plan.error());
  if (options.arguments.follows) return follow_events(session, *plan, options.is_json);
  const auto answer = session.ask(plan->call);
  if (!answer) return complain(answer.error());
  say(options.is_json ? answer->dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"
                      : render(plan->form, *answer));
  const bool is_false = plan->form == Form::kVerdict && !answer->value("ok", false);
  return is_false ? kExitFailed : kExitDone;
}

int print_completion(const CLI::App& app, const Arguments& arguments) {
  const auto text = completion(arguments.words.front(), app);
  if (!text) return complain({kExitUsage, "completion: bash, zsh or fish"});
  say(*text);
  return kExitDone;
}

int steer(const CLI::App& app, const Options& options) {
  const auto name = app.get_subcommands().front()->get_name();
  const auto& subcommand = *std::ranges::find(subcommands(), name, &Subcommand::name);
  if (name == "completion") return print_completion(app, options.arguments);
  auto address = find_address(options);
  if (!address) return complain(address.error());
  auto token = find_token(options);
  if (!token) return complain(token.error());
  Session session(std::move(*address), std::move(*token));
  return perform(session, subcommand, options);
}

}  // namespace

int run(int argc, const char* const* argv) {
  CLI::App app;
  Options options;
  declare(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    const bool is_of_subcommand = !app.get_subcommands().empty();
    if (is_of_subcommand) return app.exit(help);
    say(help_text());
    return kExitDone;
  } catch (const CLI::CallForVersion& version) {
    say(std::string(version.what()) + "\n");
    return kExitDone;
  } catch (const CLI::ParseError& error) {
    return complain({kExitUsage, std::string(error.what()) + "; vmodemctl --help"});
  }
  try {
    return steer(app, options);
  } catch (const Json::exception&) {
    return complain({kExitFailed, "the answer is not what this vmodemctl knows"});
  }
}

}  // namespace vmodem::ctl
