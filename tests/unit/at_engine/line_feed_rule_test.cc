// qcoap.md §7 and §12: whose is the LF behind the CR that began a data mode?
#include <string>

#include "tests/support/catch.h"
#include "tests/unit/at_engine/fixture.h"

using namespace vmodem;
using namespace vmodem::at;

TEST_CASE("on a host's first line the LF belongs to the line") {
  Host host;
  CHECK(host.send("AT+SIZED=2\r\nab") == "\r\n> \r\n+DATA: 2\r\n\r\nOK\r\n");
  CHECK(host.services.data == "ab");
}

TEST_CASE("on a host's first line the LF belongs to the line, however late it comes") {
  Host host;
  CHECK(host.send("AT+SIZED=2\r") == "\r\n> ");
  CHECK(host.wait(1h) == "");
  CHECK(host.send("\n") == "");
  CHECK(host.send("ab") == "\r\n+DATA: 2\r\n\r\nOK\r\n");
  CHECK(host.services.data == "ab");
}

TEST_CASE("where the previous line ended in CR LF the LF belongs to the line") {
  Host host;
  CHECK(host.send("AT\r\n") == "\r\nOK\r\n");
  CHECK(host.send("AT+SIZED=2\r\nab") == "\r\n> \r\n+DATA: 2\r\n\r\nOK\r\n");
  CHECK(host.services.data == "ab");
}

TEST_CASE("where the previous line ended in CR alone the LF is data") {
  Host host;
  CHECK(host.send("AT\r") == "\r\nOK\r\n");
  CHECK(host.send("AT+SIZED=2\r\nab") == "\r\n> \r\n+DATA: 2\r\n\r\nOK\r\n");
  CHECK(host.services.data == "\na");
}

TEST_CASE("only one LF belongs to the line") {
  Host host;
  CHECK(host.send("AT\r\n") == "\r\nOK\r\n");
  CHECK(host.send("AT+SIZED=2\r\n\na") == "\r\n> \r\n+DATA: 2\r\n\r\nOK\r\n");
  CHECK(host.services.data == "\na");
}

TEST_CASE("an LF behind the first octet of data is data") {
  Host host;
  CHECK(host.send("AT+SIZED=3\r\na\nb") == "\r\n> \r\n+DATA: 3\r\n\r\nOK\r\n");
  CHECK(host.services.data == "a\nb");
}

TEST_CASE("the LF that began one data keeps a CR-only host one") {
  Host host;
  CHECK(host.send("AT\r") == "\r\nOK\r\n");
  for (int i = 0; i < 3; ++i) {
    CHECK(host.send("AT+SIZED=1\r\n") == "\r\n> \r\n+DATA: 1\r\n\r\nOK\r\n");
    CHECK(host.services.data == "\n");
  }
}

TEST_CASE("a CR LF host stays one over its data") {
  Host host;
  for (int i = 0; i < 3; ++i) {
    CHECK(host.send("AT+SIZED=1\r\na") == "\r\n> \r\n+DATA: 1\r\n\r\nOK\r\n");
    CHECK(host.services.data == "a");
  }
}

TEST_CASE("the rule holds for data up to Ctrl-Z") {
  Host host;
  CHECK(host.send("AT\r\n") == "\r\nOK\r\n");
  CHECK(host.send("AT+UNTIL\r\nab\x1A") == "\r\n> \r\n+DATA: 2\r\n\r\nOK\r\n");
  CHECK(host.services.data == "ab");
}

TEST_CASE("the rule holds for uploads") {
  Host host;
  CHECK(host.send("AT\r\n") == "\r\nOK\r\n");
  CHECK(host.send("AT+UPLOAD=2\r\nab") == "\r\nCONNECT\r\n\r\n+DATA: 2\r\n\r\nOK\r\n");
  CHECK(host.services.data == "ab");
}

TEST_CASE("the rule holds for data behind a pending command of the line") {
  Host host;
  CHECK(host.send("AT+WAIT;+SIZED=2\r\nab") == "");
  CHECK(host.complete(ok()) == "\r\n> \r\n+DATA: 2\r\n\r\nOK\r\n");
  CHECK(host.services.data == "ab");
}

TEST_CASE("the LF of a line does not start the idle time anew") {
  Host host;
  CHECK(host.send("AT+UPLOAD=2,5\r") == "\r\nCONNECT\r\n");
  CHECK(host.wait(3s) == "");
  CHECK(host.send("\n") == "");
  CHECK(host.wait(2s) == "\r\n+DATA: 0\r\n\r\nOK\r\n");
}

TEST_CASE("A/ ends no line, so an LF behind it is data") {
  Host host;
  CHECK(host.send("AT+SIZED=1\r\na") == "\r\n> \r\n+DATA: 1\r\n\r\nOK\r\n");
  CHECK(host.send("A/\n") == "\r\n> \r\n+DATA: 1\r\n\r\nOK\r\n");
  CHECK(host.services.data == "\n");
}

TEST_CASE("where LF ends lines, an LF behind it is data") {
  Host host;
  CHECK(host.send("ATS3=10\r\n") == "\n\nOK\n\n");
  CHECK(host.send("AT+SIZED=2\n\na") == "\n\n> \n\n+DATA: 2\n\n\n\nOK\n\n");
  CHECK(host.services.data == "\na");
}
