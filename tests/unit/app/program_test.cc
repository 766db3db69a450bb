// The program from its arguments to its exit status.
#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "tests/support/catch.h"
#include "tests/unit/app/support/folder.h"
#include "tests/unit/app/support/host_port.h"
#include "tests/unit/app/support/running_modem.h"

using namespace vmodem::test;
namespace fs = std::filesystem;

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

TEST_CASE("--check-config says that a file is right and ends with status 0") {
  const Folder folder;
  std::ofstream(folder.file("modem.toml")) << "[dialect]\nnstart = 2\n";
  Process process(VMODEM_FAKE, {"--check-config", folder.file("modem.toml")});
  CHECK(process.wait() == 0);
  CHECK(process.read_output() == folder.file("modem.toml") + " is right\n");
  CHECK(process.read_errors().empty());
}

TEST_CASE("--check-config says that the shipped examples are right") {
  int count = 0;
  for (const auto& example : fs::directory_iterator(EXAMPLES)) {
    if (example.path().extension() != ".toml") continue;
    ++count;
    CAPTURE(example.path());
    Process process(VMODEM_FAKE, {"--check-config", example.path()});
    CHECK(process.wait() == 0);
    CHECK(process.read_errors().empty());
  }
  CHECK(count > 0);
}

TEST_CASE("--check-config tells every mistake in the order of the file and ends with status 2") {
  const Folder folder;
  const auto path = folder.file("modem.toml");
  std::ofstream(path) << "sed = 1\n[sim]\npin = \"1\"\n[dialect]\nnstart = 9\nsplit_uri = 1\n"
                         "[radio]\ntimeline = [\"home 3s\",\n\"hom\"]\n[routes]\nx = 1\n";
  Process process(VMODEM_FAKE, {"--check-config", path});
  CHECK(process.wait() == 2);
  CHECK(process.read_output().empty());
  const auto errors = process.read_errors();
  CAPTURE(errors);
  std::size_t at = 0;
  for (const auto* place :
       {":1:1: unknown key", ":3:7: sim.pin: ", ":5:10: dialect.nstart: ",
        ":6:13: dialect.split_uri: ", ":9:1: radio.timeline: \"hom\"", ":11:5: routes.x: "}) {
    CAPTURE(place);
    at = errors.find("vmodem: " + path + place, at);
    REQUIRE(at != std::string::npos);
  }
  CHECK(std::ranges::count(errors, '\n') == 6);
}

TEST_CASE("--check-scenario tells every mistake by its line, or that the file is right") {
  const Folder folder;
  const auto path = folder.file("wrong.scenario");
  std::ofstream(path) << "# A comment.\n1s: link-down 3s\nlink-up\n\nRDY: hang forever\n";
  Process wrong(VMODEM_FAKE, {"--check-scenario", path});
  CHECK(wrong.wait() == 2);
  CHECK(wrong.read_output().empty());
  const auto errors = wrong.read_errors();
  CAPTURE(errors);
  CHECK(errors.find("vmodem: " + path + ":3: \"link-up\" has no \": \"") == 0);
  CHECK(errors.find("vmodem: " + path + ":5: hang: ") != std::string::npos);
  CHECK(std::ranges::count(errors, '\n') == 2);

  const auto right = folder.file("right.scenario");
  std::ofstream(right) << "1s: link-down 3s\n";
  Process process(VMODEM_FAKE, {"--check-scenario", right});
  CHECK(process.wait() == 0);
  CHECK(process.read_output() == right + " is right\n");
}

TEST_CASE("--check-config ends with status 2 where there is no file") {
  Process process(VMODEM_FAKE, {"--check-config", "/no/such.toml"});
  CHECK(process.wait() == 2);
  CHECK(process.read_errors().find(": cannot be read: No such file") != std::string::npos);
}

TEST_CASE("what --print-config prints is taken by --check-config and --config") {
  const Folder folder;
  Process printing(VMODEM_FAKE, {"--print-config"});
  std::ofstream(folder.file("modem.toml")) << printing.read_output();
  CHECK(printing.wait() == 0);
  Process checking(VMODEM_FAKE, {"--check-config", folder.file("modem.toml")});
  CHECK(checking.wait() == 0);
  RunningModem modem({"--config", folder.file("modem.toml")});
  CHECK(HostPort(modem.pty()).ask("AT") == "\r\nOK\r\n");
}

TEST_CASE("the state directory holds the settings and, unless another is named, the files") {
  const Folder folder;
  {
    const RunningModem modem({"--state", folder.file("state")});
    CHECK(fs::is_directory(folder.file("state/ufs")));
    Process second(VMODEM_FAKE, {"--state", folder.file("state")});
    CHECK(second.wait() == 1);
    CHECK(second.read_errors().find(folder.file("state")) != std::string::npos);
  }
  const RunningModem modem({"--state", folder.file("other"), "--ufs", folder.file("files")});
  CHECK(fs::is_directory(folder.file("files")));
  CHECK_FALSE(fs::exists(folder.file("other/ufs")));
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

TEST_CASE("the modem's traces and the count of serial octets go to the log at their level") {
  RunningModem modem({"--log-level", "trace"});
  HostPort(modem.pty()).ask("AT+TRACE=because");
  const auto log = modem.process().read_errors_until("serial > ");
  CHECK(log.find("warning: client 0: because\n") != std::string::npos);
  CHECK(log.find("trace: serial < 17 octets\n") != std::string::npos);
}

TEST_CASE("by default the log holds warnings only") {
  RunningModem modem;
  HostPort(modem.pty()).ask("AT+TRACE=because");
  modem.process().signal(SIGTERM);
  CHECK(modem.process().wait() == 0);
  const auto log = modem.process().read_errors();
  CHECK(log.find("warning: client 0: because\n") != std::string::npos);
  CHECK(log.find('\n') == log.size() - 1);
}

TEST_CASE("a reader of standard output that leaves does not end the modem") {
  RunningModem modem;
  modem.process().close_output();
  CHECK(HostPort(modem.pty()).ask("AT") == "\r\nOK\r\n");
  modem.process().signal(SIGTERM);
  CHECK(modem.process().wait() == 0);
}
