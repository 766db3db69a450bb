#include <string>

#include "tests/support/catch.h"
#include "tests/unit/at_engine/fixture.h"

using namespace vmodem;
using namespace vmodem::at;
using namespace std::string_literals;

TEST_CASE("the line that switches echo off is still echoed, the next one is not") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("ATE0\r") == "ATE0\r\r\nOK\r\n");
  CHECK(host.send("AT\r") == "\r\nOK\r\n");
}

TEST_CASE("the line that switches echo on is not echoed yet") {
  Host host;
  CHECK(host.send("ATE1\r") == "\r\nOK\r\n");
  CHECK(host.send("AT\r") == "AT\r\r\nOK\r\n");
}

TEST_CASE("every final result has its words") {
  Host host;
  CHECK(host.send("AT+RESULT=0\r") == "\r\nOK\r\n");
  CHECK(host.send("AT+RESULT=1\r") == "\r\nCONNECT\r\n");
  CHECK(host.send("AT+RESULT=2\r") == "\r\nRING\r\n");
  CHECK(host.send("AT+RESULT=3\r") == "\r\nNO CARRIER\r\n");
  CHECK(host.send("AT+RESULT=4\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+RESULT=5\r") == "\r\nNO DIALTONE\r\n");
  CHECK(host.send("AT+RESULT=6\r") == "\r\nBUSY\r\n");
  CHECK(host.send("AT+RESULT=7\r") == "\r\nNO ANSWER\r\n");
}

TEST_CASE("every final result has its number, and no 5") {
  Host host;
  CHECK(host.send("ATV0\r") == "0\r");
  CHECK(host.send("AT+RESULT=0\r") == "0\r");
  CHECK(host.send("AT+RESULT=1\r") == "1\r");
  CHECK(host.send("AT+RESULT=2\r") == "2\r");
  CHECK(host.send("AT+RESULT=3\r") == "3\r");
  CHECK(host.send("AT+RESULT=4\r") == "4\r");
  CHECK(host.send("AT+RESULT=5\r") == "6\r");
  CHECK(host.send("AT+RESULT=6\r") == "7\r");
  CHECK(host.send("AT+RESULT=7\r") == "8\r");
}

TEST_CASE("ATV1 is answered in words, as ATV0 is with a number") {
  Host host;
  CHECK(host.send("ATV0\r") == "0\r");
  CHECK(host.send("ATV1\r") == "\r\nOK\r\n");
}

TEST_CASE("one line of information stands between line ends, the result behind it") {
  Host host;
  CHECK(host.send("AT+INT?\r") == "\r\n+INT: 7\r\n\r\nOK\r\n");
}

TEST_CASE("several lines of information are joined by one line end") {
  Host host;
  CHECK(host.send("AT+INFO\r") == "\r\nMaker\r\nModel\r\nRevision: 1\r\n\r\nOK\r\n");
}

TEST_CASE("information lines without words have no line end in front") {
  Host host;
  CHECK(host.send("ATV0\r") == "0\r");
  CHECK(host.send("AT+INFO\r") == "Maker\r\nModel\r\nRevision: 1\r\n0\r");
}

TEST_CASE("the lines of a command come before its error") {
  Host host;
  CHECK(host.send("AT+LATE\r") == "\r\n+LATE: 1\r\n\r\n+CME ERROR: 22\r\n");
}

TEST_CASE("quiet leaves information and hides every final result") {
  Host host;
  CHECK(host.send("ATQ1\r") == "");
  CHECK(host.send("AT\r") == "");
  CHECK(host.send("AT+NONE\r") == "");
  CHECK(host.send("AT+FAIL\r") == "");
  CHECK(host.send("ATD\r") == "");
  CHECK(host.send("AT+INT?\r") == "\r\n+INT: 7\r\n");
}

TEST_CASE("quiet hides the ERROR of an over-long line") {
  Host host;
  CHECK(host.send("ATQ1\r") == "");
  CHECK(host.send("AT" + std::string(5000, ' ') + "\r") == "");
}

TEST_CASE("ATQ0 is answered again") {
  Host host;
  CHECK(host.send("ATQ1\r") == "");
  CHECK(host.send("ATQ0\r") == "\r\nOK\r\n");
}

TEST_CASE("quiet hides CONNECT and leaves the prompt") {
  Host host;
  CHECK(host.send("ATQ1\r") == "");
  CHECK(host.send("AT+SIZED=1\rx") == "\r\n> \r\n+DATA: 1\r\n");
  CHECK(host.send("AT+UPLOAD=1\rx") == "\r\n+DATA: 1\r\n");
  CHECK(host.send("AT+GET\r") == "\x00\r\n\xFF\r\n+GET: 4\r\n"s);
}

TEST_CASE("quiet leaves URCs alone") {
  Host host;
  CHECK(host.send("ATQ1\r") == "");
  CHECK(host.post("+URC: 1") == "\r\n+URC: 1\r\n");
}

TEST_CASE("the level of error reports shows a cause as ERROR, number or words") {
  Host host;
  CHECK(host.send("AT+FAIL\r") == "\r\n+CME ERROR: 3\r\n");
  CHECK(host.send("AT+CMEE=0\r") == "\r\nOK\r\n");
  CHECK(host.send("AT+FAIL\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+CMEE=1\r") == "\r\nOK\r\n");
  CHECK(host.send("AT+FAIL\r") == "\r\n+CME ERROR: 3\r\n");
  CHECK(host.send("AT+CMEE=2\r") == "\r\nOK\r\n");
  CHECK(host.send("AT+FAIL\r") == "\r\n+CME ERROR: operation not allowed\r\n");
}

TEST_CASE("a level counts from its own line on") {
  Host host;
  CHECK(host.send("AT+CMEE=2;+FAIL\r") == "\r\n+CME ERROR: operation not allowed\r\n");
}

TEST_CASE("an error without a cause is ERROR at every level") {
  Host host;
  CHECK(host.send("AT+CMEE=2;+REFUSE\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+CMEE=1;+REFUSE\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+CMEE=9\r") == "\r\nERROR\r\n");
}

TEST_CASE("an error with a cause keeps words and framing without verbose results") {
  Host host;
  CHECK(host.send("ATV0\r") == "0\r");
  CHECK(host.send("AT+FAIL\r") == "\r\n+CME ERROR: 3\r\n");
  CHECK(host.send("AT+CMEE=0\r") == "0\r");
  CHECK(host.send("AT+FAIL\r") == "4\r");
}

TEST_CASE("the text prompt is a line end, a greater-than and a blank") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("AT+UNTIL\r") == "AT+UNTIL\r\r\n> ");
}

TEST_CASE("the text prompt stays framed without verbose results") {
  Host host;
  CHECK(host.send("ATV0\r") == "0\r");
  CHECK(host.send("AT+SIZED=1\rx") == "\r\n> +DATA: 1\r\n0\r");
}

TEST_CASE("an upload begins with CONNECT, or 1 without verbose results") {
  Host host;
  CHECK(host.send("AT+UPLOAD=1\r") == "\r\nCONNECT\r\n");
  CHECK(host.send("x") == "\r\n+DATA: 1\r\n\r\nOK\r\n");
  CHECK(host.send("ATV0\r") == "0\r");
  CHECK(host.send("AT+UPLOAD=1\r") == "1\r");
}

TEST_CASE("a download stands raw between CONNECT and its information") {
  Host host;
  CHECK(host.send("AT+GET\r") == "\r\nCONNECT 4\r\n\x00\r\n\xFF\r\n+GET: 4\r\n\r\nOK\r\n"s);
}

TEST_CASE("a download begins with 1 without verbose results") {
  Host host;
  CHECK(host.send("ATV0\r") == "0\r");
  CHECK(host.send("AT+GET\r") == "1\r\x00\r\n\xFF+GET: 4\r\n0\r"s);
}

TEST_CASE("a download does not end its command line") {
  Host host;
  CHECK(host.send("AT+GET;+INT?\r") ==
        "\r\nCONNECT 4\r\n\x00\r\n\xFF\r\n+GET: 4\r\n\r\n+INT: 7\r\n\r\nOK\r\n"s);
}

TEST_CASE("a URC stands between line ends") {
  Host host;
  CHECK(host.post("+URC: 1,2") == "\r\n+URC: 1,2\r\n");
}

TEST_CASE("the payload of a URC follows raw and ends in a line end") {
  Host host;
  CHECK(host.post("+RECV: 4", {"\x00\r\n\xFF", 4}) == "\r\n+RECV: 4\r\n\x00\r\n\xFF\r\n"s);
}

TEST_CASE("a URC keeps its framing without verbose results") {
  Host host;
  CHECK(host.send("ATV0\r") == "0\r");
  CHECK(host.post("+RECV: 1", "x") == "\r\n+RECV: 1\r\nx\r\n");
}

TEST_CASE("S3 and S4 frame prompt, CONNECT, errors and URCs") {
  Host host;
  CHECK(host.send("ATS4=35S3=33\r") == "!#OK!#");
  CHECK(host.send("AT+SIZED=1!x") == "!#> !#+DATA: 1!#!#OK!#");
  CHECK(host.send("AT+UPLOAD=1!x") == "!#CONNECT!#!#+DATA: 1!#!#OK!#");
  CHECK(host.send("AT+INFO!") == "!#Maker!#Model!#Revision: 1!#!#OK!#");
  CHECK(host.send("AT+FAIL!") == "!#+CME ERROR: 3!#");
  CHECK(host.post("+RECV: 1", "x") == "!#+RECV: 1!#x!#");
}

TEST_CASE("S3 ends a numeric result") {
  Host host;
  CHECK(host.send("ATV0S3=33\r") == "0!");
}

TEST_CASE("repeated AT and ATE0 are each answered") {
  // quectel-at.md H2.
  Host host(Host::Echo::kOn);
  CHECK(host.send("AT\r\nAT\r\nATE0\r\nATE0\r\nATE0\r\n") ==
        "AT\r\r\nOK\r\nAT\r\r\nOK\r\nATE0\r\r\nOK\r\n\r\nOK\r\n\r\nOK\r\n");
}
