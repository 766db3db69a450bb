#include "firmware/app/recording/transcript_file.h"

#include "tests/unit/app/recording/content.h"
#include "tests/unit/app/support/folder.h"

using namespace vmodem;
using namespace vmodem::app;

TEST_CASE("a session is in its file whenever the loop has settled, and whole at its end") {
  const test::Folder folder;
  const auto head = transcript::transcript_text({.seed = 1});
  {
    auto file = TranscriptFile::open(folder.file("run.at"), {.seed = 1});
    REQUIRE(file);
    CHECK(content(folder.file("run.at")) == head);
    file->handle_input(Instant(0s), as_bytes("AT\r"));
    file->handle_output(Instant(0s), as_bytes("\r\nOK\r\n"));
    file->flush();
    CHECK(content(folder.file("run.at")) == head + "> AT\n< OK\n");
    file->handle_input(Instant(0s), as_bytes("A"));
    file->flush();
    CHECK(content(folder.file("run.at")) == head + "> AT\n< OK\n");
  }
  CHECK(content(folder.file("run.at")) == head + "> AT\n< OK\n>> A\n");
}

TEST_CASE("a redacted session is what the journal masks") {
  const test::Folder folder;
  auto file = RedactedTranscriptFile::open(folder.file("run.at"), {.seed = 1, .is_redacted = true});
  REQUIRE(file);
  file->handle({1, Instant(0s), 0, journal::LineCommand{"AT+CPIN=\"…\""}});
  file->flush();
  const auto text = content(folder.file("run.at"));
  CHECK(text.starts_with("# A session of vmodem without what is secret"));
  CHECK(text.ends_with("> AT+CPIN=\"…\"\n"));
}
