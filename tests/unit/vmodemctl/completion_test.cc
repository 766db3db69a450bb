#include "tools/vmodemctl/completion.h"

#include "tests/support/catch.h"
#include "tools/vmodemctl/subcommands.h"

using namespace vmodem::ctl;

namespace {

void declare_all(CLI::App& app, Arguments& arguments) {
  app.add_option("--control", arguments.server);
  for (const auto& subcommand : subcommands()) {
    subcommand.declare(*app.add_subcommand(std::string(subcommand.name)), arguments);
  }
}

}  // namespace

TEST_CASE("each shell completes every subcommand, its words and its options") {
  CLI::App app;
  Arguments arguments;
  declare_all(app, arguments);
  for (const auto* shell : {"bash", "zsh", "fish"}) {
    const auto text = completion(shell, app);
    REQUIRE(text);
    for (const auto& subcommand : subcommands()) {
      INFO(shell << " " << subcommand.name);
      CHECK(text->find(subcommand.name) != std::string::npos);
      for (const auto word : subcommand.words) CHECK(text->find(word) != std::string::npos);
    }
    for (const auto* option : {"control", "follow", "content-format", "when"}) {
      CHECK(text->find(option) != std::string::npos);
    }
    CHECK(text->find("vmodemctl verbs --names") != std::string::npos);
  }
  CHECK_FALSE(completion("tcsh", app));
}
