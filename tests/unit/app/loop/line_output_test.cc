#include "firmware/app/loop/line_output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <memory>

#include "net/sockets/unique_fd.h"
#include "tests/support/catch.h"
#include "tests/unit/app/support/folder.h"

using namespace vmodem;
using namespace vmodem::app;

namespace {

// A pipe with a name, whose reader reads when it is asked to.
class SlowReader {
 public:
  explicit SlowReader(const std::string& path) {
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    fd_.reset(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    REQUIRE(fd_.is_open());
  }
  std::string read() {
    std::string text(1 << 20, '\0');
    const auto size = ::read(fd_.get(), text.data(), text.size());
    text.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    return text;
  }

 private:
  net::UniqueFd fd_;
};

const std::string kLine = std::string(99, 'x') + "\n";

}  // namespace

namespace {

Expected<LineOutput, std::string> to_log(const std::string& path) {
  return LineOutput::to_file(path, LineOutput::Opening::kAppend, "log file");
}

}  // namespace

TEST_CASE("a reader that is slow gets whole lines in their order, and the number of those lost") {
  const test::Folder folder;
  SlowReader reader(folder.file("pipe"));
  auto output = to_log(folder.file("pipe"));
  REQUIRE(output);
  constexpr std::size_t kCount = 5000;
  for (std::size_t i = 0; i < kCount; ++i) output->write(kLine);
  CHECK(output->is_waiting());

  std::string text;
  for (auto more = reader.read(); !more.empty(); more = reader.read()) {
    text += more;
    output->flush();
  }
  CHECK_FALSE(output->is_waiting());
  CHECK(text.size() % kLine.size() == 0);
  const auto lost = output->take_lost_count();
  CHECK(lost > 0);
  CHECK(lost + text.size() / kLine.size() == kCount);
  CHECK(output->take_lost_count() == 0);
}

TEST_CASE("lines for a reader that has left are lost and stop nothing") {
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  const test::Folder folder;
  auto reader = std::make_unique<SlowReader>(folder.file("pipe"));
  auto output = to_log(folder.file("pipe"));
  REQUIRE(output);
  reader.reset();
  output->write(kLine);
  CHECK_FALSE(output->is_waiting());
  CHECK(output->take_lost_count() == 1);
  std::signal(SIGPIPE, before);
}

TEST_CASE("neither a pipe without a reader nor a missing folder is an output") {
  const test::Folder folder;
  REQUIRE(::mkfifo(folder.file("pipe").c_str(), 0600) == 0);
  CHECK_FALSE(to_log(folder.file("pipe")));
  CHECK_FALSE(to_log(folder.file("no/such/log")));
  CHECK_FALSE(std::filesystem::exists(folder.file("no")));
}
