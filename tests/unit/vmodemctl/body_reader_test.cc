#include "tools/vmodemctl/body_reader.h"

#include "tests/support/catch.h"
#include "tools/vmodemctl/event_text.h"

using namespace vmodem::ctl;

namespace {

AnswerHead head_of(const std::string& fields) {
  const auto head = parse_answer_head("HTTP/1.1 200 OK\r\n" + fields);
  REQUIRE(head);
  return *head;
}

// An octet at a time.
std::string read_slowly(BodyReader& reader, const std::string& octets) {
  std::string waiting;
  std::string body;
  for (const char octet : octets) {
    waiting += octet;
    body += reader.take(waiting);
  }
  return body;
}

}  // namespace

TEST_CASE("the head says how the body ends") {
  CHECK(head_of("Content-Length: 5").size == 5);
  CHECK(head_of("X: y\r\ntransfer-encoding: Chunked").is_chunked);
  CHECK_FALSE(head_of("Date: today").size);
  CHECK(parse_answer_head("HTTP/1.1 404 Not Found")->status == 404);
  CHECK_FALSE(parse_answer_head("SSH-2.0-OpenSSH"));
  CHECK_FALSE(parse_answer_head("HTTP/1.1 x"));
}

TEST_CASE("a body of a size ends there, and what is behind it stays") {
  BodyReader reader(head_of("Content-Length: 5"));
  std::string waiting = "hello and more";
  CHECK(reader.take(waiting) == "hello");
  CHECK(reader.is_over());
  CHECK(waiting == " and more");
}

TEST_CASE("chunks are put together however they are cut") {
  BodyReader reader(head_of("Transfer-Encoding: chunked"));
  CHECK(read_slowly(reader, "5\r\nhello\r\n00a;x=y\r\n, chunked \r\n0\r\n") == "hello, chunked ");
  CHECK(reader.is_over());
  CHECK_FALSE(reader.is_broken());
}

TEST_CASE("what is no chunk breaks the body") {
  BodyReader reader(head_of("Transfer-Encoding: chunked"));
  CHECK(read_slowly(reader, "5\r\nhello\r\nnonsense\r\n") == "hello");
  CHECK(reader.is_broken());
}

TEST_CASE("a body without a size lasts as long as the connection") {
  BodyReader reader(head_of("Date: today"));
  CHECK(read_slowly(reader, "all of it") == "all of it");
  CHECK(reader.ends_with_connection());
  CHECK_FALSE(reader.is_over());
}

TEST_CASE("events are read out of a stream however it is cut") {
  EventText text;
  std::string told;
  for (const char octet :
       std::string("retry: 1000\n\n:\n\nid: 5\nevent: line.urc\ndata: {\"a\":1}\n\n"
                   "id: 6\nevent: lost\ndata: {\"count\":2}\n\nid: 7\nevent: x")) {
    text.append({&octet, 1});
    while (const auto event = text.poll()) told += event->name + " " + event->data + "; ";
  }
  CHECK(told == "line.urc {\"a\":1}; lost {\"count\":2}; ");
}
