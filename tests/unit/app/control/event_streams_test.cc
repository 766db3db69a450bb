#include "firmware/app/control/event_streams.h"

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::app;
using journal::Number;

namespace {

void push(journal::Ring& ring, Number first, Number last) {
  for (auto number = first; number <= last; ++number) {
    journal::Event event{std::in_place_type<journal::LineCommand>};
    if (number % 2 == 0) event.emplace<journal::LineUrc>();
    ring.push({number, Instant{}, 0, std::move(event)});
  }
}

EventQuery query(std::map<std::string, std::string> parameters, std::string_view last_event_id = "",
                 std::string_view accept = "") {
  auto parsed = parse_event_query(parameters, last_event_id, accept);
  REQUIRE(parsed);
  return *parsed;
}

// "1 2 lost:5 8": the events in their order.
std::string told(HttpStream& stream) {
  std::string numbers;
  for (auto text = stream.read(); !text.empty(); text = stream.read()) {
    while (true) {
      const auto id = text.find("id: ");
      if (id == std::string::npos) break;
      text.erase(0, id + 4);
      const bool is_lost = text.substr(text.find('\n') + 1).starts_with("event: lost");
      const auto count = text.substr(text.find("\"count\":") + 8);
      numbers +=
          is_lost ? "lost:" + count.substr(0, count.find('}')) : text.substr(0, text.find('\n'));
      numbers += ' ';
    }
  }
  return numbers;
}

}  // namespace

TEST_CASE("events are told once and in order, from the first that is kept") {
  journal::Ring ring;
  push(ring, 5, 7);
  const auto answer = answer_events(ring, query({}));
  CHECK(told(*answer.stream) == "5 6 7 ");
  CHECK_FALSE(answer.stream->is_ready());
  push(ring, 8, 8);
  CHECK(answer.stream->is_ready());
  CHECK(told(*answer.stream) == "8 ");
  CHECK_FALSE(answer.stream->is_over());
}

TEST_CASE("a reader that comes back goes on where it was") {
  journal::Ring ring;
  push(ring, 1, 9);
  CHECK(told(*answer_events(ring, query({{"since", "7"}})).stream) == "8 9 ");
  CHECK(told(*answer_events(ring, query({{"since", "2"}}, "8")).stream) == "9 ");
  CHECK(told(*answer_events(ring, query({{"since", "99"}})).stream).empty());
}

TEST_CASE("a reader of some kinds gets those") {
  journal::Ring ring;
  push(ring, 1, 6);
  CHECK(told(*answer_events(ring, query({{"kind", "line.urc"}})).stream) == "2 4 6 ");
  CHECK(told(*answer_events(ring, query({{"kind", "line.urc,line.command"}})).stream) ==
        "1 2 3 4 5 6 ");
}

TEST_CASE("a slow reader loses the oldest and is told how many") {
  journal::Ring ring(3);
  push(ring, 1, 2);
  const auto answer = answer_events(ring, query({}));
  CHECK(told(*answer.stream) == "1 2 ");
  push(ring, 3, 9);
  CHECK(told(*answer.stream) == "lost:4 7 8 9 ");
  CHECK(told(*answer_events(ring, query({{"since", "1"}})).stream) == "lost:5 7 8 9 ");
}

TEST_CASE("those that there are come as an array with an end") {
  journal::Ring ring;
  CHECK(answer_events(ring, query({}, "", "application/json")).stream->read() == "[]\n");
  push(ring, 1, 2000);
  const auto answer = answer_events(ring, query({{"follow", "false"}, {"since", "1"}}));
  push(ring, 2001, 2002);
  std::string text;
  while (!answer.stream->is_over()) text += answer.stream->read();
  CHECK(text.starts_with("[\n{\"number\":2,"));
  CHECK(text.find("{\"number\":2000,") != std::string::npos);
  CHECK(text.find("{\"number\":2001,") == std::string::npos);
  CHECK(text.ends_with("}\n]\n"));
}

TEST_CASE("a read is bounded however many events there are") {
  journal::Ring ring;
  push(ring, 1, 20'000);
  const auto answer = answer_events(ring, query({}));
  while (answer.stream->is_ready()) CHECK(answer.stream->read().size() < 20'000);
}

TEST_CASE("a wrong parameter is named with what would be right") {
  using Parameters = std::map<std::string, std::string>;
  const auto field_of = [](const Parameters& parameters, std::string_view last_event_id) {
    const auto parsed = parse_event_query(parameters, last_event_id, "");
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().status == 400);
    CHECK_FALSE(parsed.error().right.empty());
    return std::string(parsed.error().field);
  };
  CHECK(field_of({{"since", "x"}}, "") == "since");
  CHECK(field_of({{"since", ""}}, "") == "since");
  CHECK(field_of({{"kind", "line.comand"}}, "") == "kind");
  CHECK(field_of({{"follow", "maybe"}}, "") == "follow");
  CHECK(field_of({{"sinc", "1"}}, "") == "query");
  CHECK(field_of({}, "abc") == "Last-Event-ID");
}
