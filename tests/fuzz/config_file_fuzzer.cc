// Any text is a configuration or a list of mistakes; a configuration written anew reads as itself
// and makes a world.
#include <string_view>

#include "firmware/base/check.h"
#include "firmware/configuration/file.h"
#include "firmware/configuration/print.h"
#include "net/sim/world.h"

using namespace vmodem;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  app::Config config;
  const auto applied = app::apply_config_text(config, as_text({data, size}), "fuzz");
  if (!applied) {
    BG_CHECK(applied.error().where.starts_with("fuzz:"), "a mistake has its place");
    return 0;
  }

  const auto printed = app::config_text(config);
  app::Config again;
  BG_CHECK(app::apply_config_text(again, printed, "printed"), "what is printed is right");
  BG_CHECK(app::config_text(again) == printed, "it reads as it was written");
  SeededRandom random(1);
  const sim::World world(config.internet.world(), random);
  return 0;
}
