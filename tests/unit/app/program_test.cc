// The program from its arguments to its exit status.
#include <csignal>
#include <filesystem>
#include <fstream>

#include "tests/support/catch.h"
#include "tests/unit/app/support/host_port.h"
#include "tests/unit/app/support/running_modem.h"

using namespace vmodem::test;
namespace fs = std::filesystem;

namespace {

class Folder {
 public:
  Folder() {
    auto pattern = (fs::temp_directory_path() / "vmodem-run-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string file(const char* name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

}  // namespace

TEST_CASE("a program is told the port, no link and the process in one line") {
  RunningModem modem;
  CHECK(modem.ready().at("ready") == true);
  CHECK(modem.pty().find("/dev/pts/") == 0);
  CHECK(modem.ready().at("link").is_null());
  CHECK(modem.ready().at("pid") == modem.process().pid());
  CHECK(HostPort(modem.pty()).ask("AT") == "\r\nOK\r\n");
  modem.process().signal(SIGTERM);
  CHECK(modem.process().wait() == 0);
  CHECK(modem.process().read_output().empty());
}

TEST_CASE("a person is told where to connect") {
  Process process(VMODEM_FAKE, {});
  const auto line = process.read_output_line();
  CHECK(line.find("a BG95-M3 is ready on /dev/pts/") != std::string::npos);
}

TEST_CASE("the link works when the program says ready and is gone when a signal has ended it") {
  const Folder folder;
  const int signal = GENERATE(SIGINT, SIGTERM, SIGHUP);
  RunningModem modem({"--link", folder.file("modem")});
  CHECK(modem.ready().at("link") == folder.file("modem"));
  CHECK(HostPort(folder.file("modem")).ask("AT") == "\r\nOK\r\n");
  modem.process().signal(signal);
  CHECK(modem.process().wait() == 0);
  CHECK_FALSE(fs::is_symlink(folder.file("modem")));
}

TEST_CASE("a hang-up that is ignored at the start, as under nohup, stays ignored") {
  const auto before = std::signal(SIGHUP, SIG_IGN);
  RunningModem modem;
  std::signal(SIGHUP, before);
  modem.process().signal(SIGHUP);
  CHECK(HostPort(modem.pty()).ask("AT") == "\r\nOK\r\n");
  modem.process().signal(SIGTERM);
  CHECK(modem.process().wait() == 0);
}

TEST_CASE("a killed run's link is taken over by the next run") {
  const Folder folder;
  { const RunningModem killed({"--link", folder.file("modem")}); }
  CHECK(fs::is_symlink(folder.file("modem")));
  RunningModem modem({"--link", folder.file("modem")});
  CHECK(HostPort(folder.file("modem")).ask("AT") == "\r\nOK\r\n");
}

TEST_CASE("a file in the way of the link ends the start with status 1 and stays") {
  const Folder folder;
  std::ofstream(folder.file("modem")) << "precious";
  Process process(VMODEM_FAKE, {"--link", folder.file("modem")});
  CHECK(process.wait() == 1);
  CHECK(process.read_errors() ==
        "vmodem: " + folder.file("modem") +
            " is not a symbolic link: remove it or choose another --link\n");
  CHECK(process.read_output().empty());
  CHECK(fs::file_size(folder.file("modem")) == 8);
}

TEST_CASE("a log file that cannot be written ends the start with status 1") {
  Process process(VMODEM_FAKE, {"--log-file", "/proc/no/such/log"});
  CHECK(process.wait() == 1);
  CHECK(process.read_errors().find("/proc/no/such/log") != std::string::npos);
}

TEST_CASE("a refused command line ends with status 2, one line of reason and no output") {
  struct Row {
    std::vector<std::string> arguments;
    const char* reason;
  };
  const auto row =
      GENERATE(Row{{"--frobnicate"}, "--frobnicate"}, Row{{"--seed", "x"}, "--seed x: seed: \"x\""},
               Row{{"--set", "dialect.nstart=9"}, "expected an integer, 1–8"},
               Row{{"--set", "no.such=1"}, "unknown key \"no.such\""},
               Row{{"--route", "coap.me=here"}, "--route coap.me=here: "},
               Row{{"--config", "/no/such.toml"}, "/no/such.toml: cannot be read"});
  Process process(VMODEM_FAKE, row.arguments);
  CHECK(process.wait() == 2);
  const auto errors = process.read_errors();
  CAPTURE(errors);
  CHECK(errors.find("vmodem: ") == 0);
  CHECK(errors.find(row.reason) != std::string::npos);
  CHECK(errors.find('\n') == errors.size() - 1);
  CHECK(process.read_output().empty());
}

TEST_CASE("a bad file ends with status 2 and is named by line and column") {
  const Folder folder;
  std::ofstream(folder.file("modem.toml")) << "[dialect]\nnstart = 9\n";
  Process process(VMODEM_FAKE, {"--config", folder.file("modem.toml")});
  CHECK(process.wait() == 2);
  CHECK(process.read_errors() == "vmodem: " + folder.file("modem.toml") +
                                     ":2:10: dialect.nstart: 9 is not allowed; expected an "
                                     "integer, 1–8\n");
}

TEST_CASE("--help and --version print and end with status 0") {
  Process process(VMODEM_FAKE, {GENERATE("--help", "--version")});
  CHECK(process.wait() == 0);
  CHECK(process.read_output().find("vmodem") != std::string::npos);
  CHECK(process.read_errors().empty());
}

TEST_CASE("options reach the modem and a seed repeats its chance") {
  const std::vector<std::string> arguments{"--model", "bg95-m1", "--seed", "7"};
  RunningModem first(arguments);
  RunningModem second(arguments);
  const auto id = HostPort(first.pty()).ask("AT+ID?");
  CHECK(id.find("+ID: BG95-M1,") != std::string::npos);
  CHECK(HostPort(second.pty()).ask("AT+ID?") == id);
  RunningModem other({"--model", "bg95-m1", "--seed", "8"});
  CHECK(HostPort(other.pty()).ask("AT+ID?") != id);
}

TEST_CASE("a seed from the operating system is in the log and repeats that run") {
  RunningModem drawn({"--log-level", "info"});
  const auto id = HostPort(drawn.pty()).ask("AT+ID?");
  drawn.process().signal(SIGTERM);
  CHECK(drawn.process().wait() == 0);
  const auto log = drawn.process().read_errors();
  const auto begin = log.find("seed ") + 5;
  RunningModem repeated({"--seed", log.substr(begin, log.find('\n') - begin)});
  CHECK(HostPort(repeated.pty()).ask("AT+ID?") == id);
}

TEST_CASE("the modem's traces and the serial octets go to the log at their level") {
  RunningModem modem({"--log-level", "trace"});
  HostPort(modem.pty()).ask("AT+TRACE=because");
  const auto log = modem.process().read_errors_until("serial > ");
  CHECK(log.find("warning: because\n") != std::string::npos);
  CHECK(log.find("trace: serial < AT+TRACE=because\\x0d\n") != std::string::npos);
}

TEST_CASE("by default the log holds warnings only") {
  RunningModem modem;
  HostPort(modem.pty()).ask("AT+TRACE=because");
  modem.process().signal(SIGTERM);
  CHECK(modem.process().wait() == 0);
  const auto log = modem.process().read_errors();
  CHECK(log.find("warning: because\n") != std::string::npos);
  CHECK(log.find('\n') == log.size() - 1);
}

TEST_CASE("a reader of standard output that leaves does not end the modem") {
  RunningModem modem;
  modem.process().close_output();
  CHECK(HostPort(modem.pty()).ask("AT") == "\r\nOK\r\n");
  modem.process().signal(SIGTERM);
  CHECK(modem.process().wait() == 0);
}
