#include "firmware/app/recording/capture_file.h"

#include <csignal>
#include <fstream>
#include <iterator>

#include "net/capture/pcapng.h"
#include "tests/unit/app/recording/pipe_reader.h"
#include "tests/unit/app/support/folder.h"

using namespace vmodem;
using namespace vmodem::app;
using capture::BlockKind;

namespace {

constexpr CalendarTime kStart = CalendarTime(std::chrono::hours(24));

std::vector<BlockKind> kinds_in(std::string_view text) {
  std::vector<BlockKind> kinds;
  auto rest = as_bytes(text);
  while (const auto block = capture::front_block(rest)) {
    kinds.push_back(block->kind);
    rest = rest.subspan(block->octets.size());
  }
  CHECK(rest.empty());
  return kinds;
}

const std::vector kHead{BlockKind::kSection, BlockKind::kInterface, BlockKind::kInterface,
                        BlockKind::kInterface};

journal::Entry command(std::size_t size) {
  return {1, Instant(1s), 0, journal::LineCommand{std::string(size, 'A')}};
}

}  // namespace

TEST_CASE("a capture is in its file whenever the loop has settled") {
  const test::Folder folder;
  auto file = CaptureFile::open(folder.file("run.pcapng"), kStart);
  REQUIRE(file);
  file->handle(command(2));
  file->flush();

  std::ifstream written(folder.file("run.pcapng"), std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(written), {}};
  auto expected = kHead;
  expected.push_back(BlockKind::kPacket);
  CHECK(kinds_in(text) == expected);
}

TEST_CASE("another reader of a FIFO gets a section of its own, with the secrets") {
  std::signal(SIGPIPE, SIG_IGN);
  const test::Folder folder;
  test::make_fifo(folder.file("pipe"));
  auto file = CaptureFile::open(folder.file("pipe"), kStart);
  REQUIRE(file);
  file->handle({1, Instant(1s), 0, journal::DtlsKeys{0, {"CLIENT_RANDOM 00 11"}}});
  auto expected = kHead;
  expected.push_back(BlockKind::kSecrets);
  {
    test::PipeReader reader(folder.file("pipe"));
    file->flush();
    CHECK(kinds_in(reader.read()) == expected);
  }
  file->handle(command(2));
  file->flush();
  file->handle(command(2));
  test::PipeReader another(folder.file("pipe"));
  file->flush();
  expected.push_back(BlockKind::kPacket);
  CHECK(kinds_in(another.read()) == expected);
}

TEST_CASE("a capture says where its reader was too slow") {
  const test::Folder folder;
  test::make_fifo(folder.file("pipe"));
  test::PipeReader reader(folder.file("pipe"));
  auto file = CaptureFile::open(folder.file("pipe"), kStart);
  REQUIRE(file);
  for (int i = 0; i < 3000; ++i) {
    file->handle(command(1000));
    file->flush();
  }
  CHECK(file->is_waiting());
  std::string text;
  for (auto more = reader.read(); !more.empty(); more = reader.read()) {
    text += more;
    file->flush();
  }
  CHECK_FALSE(file->is_waiting());
  CHECK(kinds_in(text).size() < 3000);
  CHECK(text.find("blocks of this capture are lost") != std::string::npos);
}
