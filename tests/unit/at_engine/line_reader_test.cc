#include "at_engine/line_reader.h"

#include <string>

#include "tests/support/catch.h"
#include "tests/unit/at_engine/fixture.h"

using namespace vmodem;
using namespace vmodem::at;
using namespace std::string_literals;

TEST_CASE("the prefix counts in upper, lower and mixed case, and is echoed as typed") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("AT\r") == "AT\r\r\nOK\r\n");
  CHECK(host.send("at\r") == "at\r\r\nOK\r\n");
  CHECK(host.send("At\r") == "At\r\r\nOK\r\n");
  CHECK(host.send("aT\r") == "aT\r\r\nOK\r\n");
}

TEST_CASE("an empty line gives no answer") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("\r\r\n\r") == "");
}

TEST_CASE("a host that ends lines in CR LF is answered like one that ends them in CR") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("AT\r\nAT\r\n") == "AT\r\r\nOK\r\nAT\r\r\nOK\r\n");
}

TEST_CASE("a line feed is never echoed and never part of a line") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("\nA\nT+I\nNT=1\n\r\n") == "AT+INT=1\r\r\n1: 1\r\n\r\nOK\r\n");
}

TEST_CASE("controls within a line are dropped") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("AT+\x00\x01\x1A\x1BINT=\t1\x1F\r"s) == "AT+INT=1\r\r\n1: 1\r\n\r\nOK\r\n");
}

TEST_CASE("controls between lines and within the prefix are dropped") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("\x00\n\x1A\x1B\x01\tA\x01\x1AT\r"s) == "AT\r\r\nOK\r\n");
}

TEST_CASE("octets over 0x7F are characters of the line") {
  Host host;
  CHECK(host.send("AT+TEXT=\"\xC3\xA9\xFF\"\r") == "\r\n1: <\xC3\xA9\xFF>\r\n\r\nOK\r\n");
}

TEST_CASE("junk between lines is swallowed without echo or answer") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("hello, a banana\x1A\r\n") == "");
  CHECK(host.send("AT\r") == "AT\r\r\nOK\r\n");
}

TEST_CASE("junk in front of the prefix on one line is dropped") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("x?aAT\r") == "AT\r\r\nOK\r\n");
}

TEST_CASE("a payload repeated in command mode leaves the next line unharmed") {
  // quectel-at.md H7.
  Host host;
  CHECK(host.send("{\"t\":21}\x1A\r\n") == "");
  CHECK(host.send("AT+INT=1\r\n") == "\r\n1: 1\r\n\r\nOK\r\n");
}

TEST_CASE("backspace removes the character before it and is echoed") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("AT+INT=12\b\b3\r") == "AT+INT=12\b\b3\r\r\n1: 3\r\n\r\nOK\r\n");
}

TEST_CASE("backspace never removes the prefix") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("ATX\b\b\b\b+INT=1\r") == "ATX\b+INT=1\r\r\n1: 1\r\n\r\nOK\r\n");
}

TEST_CASE("backspace removes an A that is no prefix yet") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("A\bT+INT=1\r") == "A\b");
  CHECK(host.send("A\bAT\r") == "A\bAT\r\r\nOK\r\n");
}

TEST_CASE("a new S5 erases at once, and the old one is dropped as any control") {
  Host host;
  CHECK(host.send("ATS5=127\r") == "\r\nOK\r\n");
  CHECK(host.send("AT+INT=12\x7F\r") == "\r\n1: 1\r\n\r\nOK\r\n");
  CHECK(host.send("AT+INT=12\b\r") == "\r\n1: 12\r\n\r\nOK\r\n");
}

TEST_CASE("a new S3 ends lines and frames answers at once") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("ATS3=33\r") == "ATS3=33\r!\nOK!\n");
  CHECK(host.send("AT!") == "AT!!\nOK!\n");
}

TEST_CASE("CR is an ignored control once S3 is another character") {
  Host host;
  CHECK(host.send("ATS3=33\r") == "!\nOK!\n");
  CHECK(host.send("AT\r+INT=1\r!") == "!\n1: 1!\n!\nOK!\n");
}

TEST_CASE("LF ends a line and is echoed where S3 says so") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("ATS3=10\r") == "ATS3=10\r\n\nOK\n\n");
  CHECK(host.send("AT\r\n") == "AT\n\n\nOK\n\n");
}

TEST_CASE("a new S4 frames the answer of its own line") {
  Host host;
  CHECK(host.send("ATS4=35\r") == "\r#OK\r#");
  CHECK(host.send("AT+INT?\r") == "\r#+INT: 7\r#\r#OK\r#");
}

TEST_CASE("A/ repeats the last line at the slash, without a CR") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("AT+INT=1\r") == "AT+INT=1\r\r\n1: 1\r\n\r\nOK\r\n");
  CHECK(host.send("A/") == "A/\r\n1: 1\r\n\r\nOK\r\n");
  CHECK(host.send("a/A/") == "a/\r\n1: 1\r\n\r\nOK\r\nA/\r\n1: 1\r\n\r\nOK\r\n");
}

TEST_CASE("A/ after a CR LF line repeats it") {
  Host host;
  CHECK(host.send("AT+INT=1\r\nA/\r\n") == "\r\n1: 1\r\n\r\nOK\r\n\r\n1: 1\r\n\r\nOK\r\n");
}

TEST_CASE("A/ behind junk on the same line repeats nothing") {
  Host host;
  CHECK(host.send("AT+INT=1\r") == "\r\n1: 1\r\n\r\nOK\r\n");
  CHECK(host.send("xA/") == "");
  CHECK(host.send("\rx A/") == "");
  CHECK(host.send("\rAA/") == "");
}

TEST_CASE("A/ on the line behind junk repeats") {
  Host host;
  CHECK(host.send("AT+INT=1\r") == "\r\n1: 1\r\n\r\nOK\r\n");
  CHECK(host.send("junk\rA/") == "\r\n1: 1\r\n\r\nOK\r\n");
  CHECK(host.send("A\rA/") == "\r\n1: 1\r\n\r\nOK\r\n");
}

TEST_CASE("A/ counts where only an erased A stands before it") {
  Host host;
  CHECK(host.send("AT+INT=1\r") == "\r\n1: 1\r\n\r\nOK\r\n");
  CHECK(host.send("A\bA/") == "\r\n1: 1\r\n\r\nOK\r\n");
  CHECK(host.send("xA\bA/") == "");
}

TEST_CASE("A/ within a command line is text of that line") {
  Host host;
  CHECK(host.send("AT+INT=1\r") == "\r\n1: 1\r\n\r\nOK\r\n");
  CHECK(host.send("ATA/") == "");
  CHECK(host.send("\r") == "\r\nERROR\r\n");
}

TEST_CASE("A/ repeats a line that failed, up to the same error") {
  Host host;
  CHECK(host.send("AT+INT=1;+NONE\r") == "\r\n1: 1\r\n\r\nERROR\r\n");
  CHECK(host.send("A/") == "\r\n1: 1\r\n\r\nERROR\r\n");
}

TEST_CASE("A/ repeats the empty line, which an AT alone is") {
  Host host;
  CHECK(host.send("AT+INT=1\rAT\r") == "\r\n1: 1\r\n\r\nOK\r\n\r\nOK\r\n");
  CHECK(host.send("A/") == "\r\nOK\r\n");
}

TEST_CASE("A/ repeats a line that takes data") {
  Host host;
  CHECK(host.send("AT+SIZED=2\rab") == "\r\n> \r\n+DATA: 2\r\n\r\nOK\r\n");
  CHECK(host.send("A/") == "\r\n> ");
  CHECK(host.send("cd") == "\r\n+DATA: 2\r\n\r\nOK\r\n");
  CHECK(host.services.data == "cd");
}

TEST_CASE("a line of 4096 octets behind its prefix runs") {
  Host host;
  const auto line = "+INT=1" + std::string(LineReader::kLineSizeMax - 6, ' ');
  CHECK(host.send("AT" + line + "\r") == "\r\n1: 1\r\n\r\nOK\r\n");
}

TEST_CASE("a longer line is refused whole at its CR") {
  Host host;
  const auto line = "+INT=1;+INT=2;" + std::string(LineReader::kLineSizeMax - 13, ' ');
  CHECK(host.send("AT" + line) == "");
  CHECK(host.send("\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+INT=3\r") == "\r\n1: 3\r\n\r\nOK\r\n");
}

TEST_CASE("erasing the surplus of an over-long line does not make it run") {
  Host host;
  const auto line = "+INT=1" + std::string(LineReader::kLineSizeMax, ' ');
  CHECK(host.send("AT" + line + std::string(100, '\b') + "\r") == "\r\nERROR\r\n");
}
