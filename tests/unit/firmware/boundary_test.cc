// The module's own table through the generator of boundary cases: every row takes what it declares.
#include "firmware/commands/commands.h"
#include "firmware/services.h"
#include "tests/support/boundary_cases.h"
#include "tests/support/catch.h"
#include "tests/support/syntax_probe.h"
#include "tests/unit/firmware/modem_fixture.h"

using namespace vmodem;

TEST_CASE("every command of the module takes exactly the values that its row declares") {
  // The probe hands services on to handlers that never look at them.
  alignas(at::Services) std::byte nothing[sizeof(at::Services)]{};
  at::SyntaxProbe probe(firmware::command_table({}), reinterpret_cast<at::Services&>(nothing));
  for (const auto& boundary : at::boundary_cases(firmware::command_table({}))) {
    INFO(boundary.what << ": " << boundary.line);
    CHECK(probe.accepts(boundary.line) == boundary.expected_ok_syntax);
  }
}
