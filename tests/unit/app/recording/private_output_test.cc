#include "firmware/app/recording/private_output.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/unit/app/recording/pipe_reader.h"
#include "tests/unit/app/recording/content.h"
#include "tests/unit/app/support/folder.h"

using namespace vmodem;
using namespace vmodem::app;

namespace {

std::string objection(const std::string& path) {
  const auto output = PrivateOutput::open("capture", path);
  return output ? "" : output.error();
}

const std::string kRecord = std::string(99, 'x') + "\n";

}  // namespace

TEST_CASE("a file is made anew, and its owner alone reads it") {
  const test::Folder folder;
  const auto path = folder.file("out");
  std::ofstream(path) << "what it held before, and more than is written now";
  std::filesystem::permissions(path, std::filesystem::perms(0644));
  auto output = PrivateOutput::open("capture", path);
  REQUIRE(output);
  output->write(as_bytes("one "));
  output->write(as_bytes("two"));
  output->flush();

  CHECK(content(path) == "one two");
  CHECK((std::filesystem::status(path).permissions() & std::filesystem::perms(0777)) ==
        std::filesystem::perms(0600));
}

TEST_CASE("neither a link nor a directory nor a missing directory is written to") {
  const test::Folder folder;
  std::filesystem::create_symlink(folder.file("elsewhere"), folder.file("link"));
  CHECK(objection(folder.file("link")) ==
        "capture " + folder.file("link") + ": is a symbolic link");
  CHECK_FALSE(std::filesystem::exists(folder.file("elsewhere")));
  CHECK_FALSE(objection(folder.file("none/out")).empty());
  CHECK_FALSE(objection("/tmp").empty());
}

TEST_CASE("a full disk ends nothing, and a device keeps its mode") {
  const auto mode = std::filesystem::status("/dev/full").permissions();
  auto output = PrivateOutput::open("capture", "/dev/full");
  REQUIRE(output);
  for (int i = 0; i < 20000; ++i) {
    output->write(as_bytes(kRecord));
    if (i % 1000 == 0) output->flush();
  }
  CHECK(output->is_waiting());
  CHECK(output->take_lost_count() > 0);
  CHECK(std::filesystem::status("/dev/full").permissions() == mode);
}

TEST_CASE("a slow reader gets whole records in their order, and the number of those lost") {
  const test::Folder folder;
  test::make_fifo(folder.file("pipe"));
  test::PipeReader reader(folder.file("pipe"));
  auto output = PrivateOutput::open("capture", folder.file("pipe"));
  REQUIRE(output);
  constexpr std::size_t kCount = 20000;
  for (std::size_t i = 0; i < kCount; ++i) {
    output->write(as_bytes(kRecord));
    output->flush();
  }
  CHECK(output->is_waiting());
  std::string text;
  for (auto more = reader.read(); !more.empty(); more = reader.read()) {
    text += more;
    output->flush();
  }
  CHECK_FALSE(output->is_waiting());
  CHECK(text.size() % kRecord.size() == 0);
  const auto lost = output->take_lost_count();
  CHECK(lost > 0);
  CHECK(lost + text.size() / kRecord.size() == kCount);
}

TEST_CASE("what must stay has room where the rest has none any more") {
  const test::Folder folder;
  test::make_fifo(folder.file("pipe"));
  auto output = PrivateOutput::open("capture", folder.file("pipe"));
  REQUIRE(output);
  const Bytes filling(PrivateOutput::kWaitingMax, 'x');
  output->write(filling);
  output->write(as_bytes("lost"));
  output->write(as_bytes("kept"), PrivateOutput::Need::kMustStay);
  CHECK(output->take_lost_count() == 1);

  const Bytes too_much(PrivateOutput::kReserveMax, 'x');
  output->write(too_much, PrivateOutput::Need::kMustStay);
  CHECK(output->take_lost_count() == 1);
}

TEST_CASE(
    "a FIFO is waited for, and another reader gets what is written after the first has left") {
  std::signal(SIGPIPE, SIG_IGN);
  const test::Folder folder;
  const auto path = folder.file("pipe");
  test::make_fifo(path);
  auto output = PrivateOutput::open("capture", path);
  REQUIRE(output);
  output->write(as_bytes("before"));
  output->flush();
  CHECK(output->is_waiting());
  {
    test::PipeReader reader(path);
    output->flush();
    CHECK(reader.read() == "before");
  }
  output->write(as_bytes("for nobody"));
  output->flush();
  CHECK(output->take_reader_left());
  CHECK_FALSE(output->take_reader_left());
  CHECK_FALSE(output->is_waiting());

  output->write(as_bytes("for another"));
  test::PipeReader another(path);
  output->flush();
  CHECK(another.read() == "for another");
}
