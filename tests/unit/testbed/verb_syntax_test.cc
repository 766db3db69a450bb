// The words of verbs(), each row by its own declaration.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "firmware/testbed/scenario.h"
#include "firmware/testbed/verb.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::testbed;

namespace {

struct Sample {
  std::string text;
  ArgumentValue value;
};

// What is taken, at the limits where there are some.
std::vector<Sample> good_values(const ArgumentSpec& spec) {
  const auto longest = std::chrono::seconds(spec.max);
  switch (spec.kind) {
    case ArgumentKind::kNumber:
      return {{fmt::format("{}", spec.min), spec.min}, {fmt::format("{}", spec.max), spec.max}};
    case ArgumentKind::kDuration:
      return {{"0s", Duration::zero()},
              {"250ms", Duration(250ms)},
              {fmt::format("{}s", spec.max), Duration(longest)}};
    case ArgumentKind::kWord: {
      std::vector<Sample> samples;
      for (const auto word : spec.words()) {
        samples.push_back({std::string(word), static_cast<std::int64_t>(samples.size())});
      }
      return samples;
    }
    case ArgumentKind::kText:
      return {{"coap.sim", std::string("coap.sim")}};
    case ArgumentKind::kServer:
      return {{"198.51.100.7:5683", net::parse_endpoint("198.51.100.7:5683").value()},
              {"[2001:db8::1]:5684", net::parse_endpoint("[2001:db8::1]:5684").value()}};
    case ArgumentKind::kNone:
      break;
  }
  return {};
}

std::vector<std::string> bad_values(const ArgumentSpec& spec) {
  switch (spec.kind) {
    case ArgumentKind::kNumber:
      return {fmt::format("{}", spec.min - 1), fmt::format("{}", spec.max + 1), "x", "1x",
              "99999999999999999999"};
    case ArgumentKind::kDuration:
      return {fmt::format("{}ms", spec.max * 1000 + 1), "-1s", "1", "1 s"};
    case ArgumentKind::kWord:
      return {std::string(spec.words()[0]) + "x", "0"};
    case ArgumentKind::kServer:
      return {"198.51.100.7", "coap.sim:5683", "198.51.100.7:0", "198.51.100.7:65536"};
    case ArgumentKind::kText:
    case ArgumentKind::kNone:
      break;
  }
  return {};
}

bool equals(const ArgumentValue& value, const VerbArguments& arguments) {
  return std::visit(
      [&](const auto& expected) {
        const auto* found = arguments.find<std::decay_t<decltype(expected)>>();
        return found != nullptr && *found == expected;
      },
      value);
}

// The row's arguments with `text` in place of the one at `index`.
std::string line(const Verb& verb, std::size_t index, const std::string& text,
                 std::string_view separator = " ") {
  std::string line(verb.name);
  for (std::size_t i = 0; i < verb.arguments.size(); ++i) {
    const auto& spec = verb.arguments[i];
    if (spec.kind == ArgumentKind::kNone) continue;
    const std::string value = i == index ? text : good_values(spec).front().text;
    line += line.size() == verb.name.size() && separator == "," ? ":" : separator;
    line += value;
  }
  return line;
}

template <class Check>
void for_each_argument(Check check) {
  for (const auto& verb : verbs()) {
    for (std::size_t i = 0; i < verb.arguments.size(); ++i) {
      if (verb.arguments[i].kind != ArgumentKind::kNone) check(verb, i, verb.arguments[i]);
    }
  }
}

// Of text that is no deed.
net::SyntaxError error_of(const std::string& text) {
  INFO(text);
  const auto deed = parse_deed(text);
  REQUIRE_FALSE(deed.has_value());
  CHECK_FALSE(deed.error().right.empty());
  return deed.error();
}

}  // namespace

TEST_CASE("the verbs are sorted, told in one sentence and undone by verbs without an undo") {
  CHECK(std::ranges::is_sorted(verbs(), {}, &Verb::name));
  for (const auto& verb : verbs()) {
    INFO(verb.name);
    CHECK(find_verb(verb.name) == &verb);
    CHECK(verb.help.ends_with('.'));
    CHECK(verb.run != nullptr);
    if (verb.undo.empty()) continue;
    const auto* undo = find_verb(verb.undo);
    REQUIRE(undo != nullptr);
    CHECK(undo->undo.empty());
    const bool has_duration = std::ranges::any_of(verb.arguments, [](const ArgumentSpec& spec) {
      return spec.kind == ArgumentKind::kDuration && spec.is_optional;
    });
    CHECK(has_duration);
  }
}

TEST_CASE("no verb has two arguments of one type") {
  for (const auto& verb : verbs()) {
    INFO(verb.name);
    std::set<std::size_t> types;
    std::size_t count = 0;
    for (const auto& spec : verb.arguments) {
      if (spec.kind == ArgumentKind::kNone) continue;
      types.insert(good_values(spec).front().value.index());
      ++count;
    }
    CHECK(types.size() == count);
  }
}

TEST_CASE("each value that a verb's argument allows is read as what it says") {
  for_each_argument([](const Verb& verb, std::size_t index, const ArgumentSpec& spec) {
    for (const auto& sample : good_values(spec)) {
      for (const auto* separator : {" ", ",", "\t", "  "}) {
        const auto text = line(verb, index, sample.text, separator);
        INFO(text);
        const auto deed = parse_deed(text);
        REQUIRE(deed.has_value());
        CHECK(deed->verb == &verb);
        CHECK(equals(sample.value, deed->arguments));
      }
    }
  });
}

TEST_CASE("a value that a verb's argument does not allow is refused with what is allowed") {
  for_each_argument([](const Verb& verb, std::size_t index, const ArgumentSpec& spec) {
    for (const auto& value : bad_values(spec)) {
      const auto word = value.substr(0, value.find(' '));
      // Where it fits the neighbour it is the neighbour's.
      if (spec.is_optional && parse_deed(fmt::format("{} {}", verb.name, word))) continue;
      const auto error = error_of(line(verb, index, value));
      CHECK(error.wrong.starts_with(verb.name));
      CHECK(error.wrong.find(std::string(spec.name)) != std::string::npos);
      CHECK(error.wrong.ends_with(" cannot be " + word));
      CHECK(error.right.find(allowed_values(spec)) != std::string::npos);
    }
  });
}

TEST_CASE("a wrong value of an argument that may be left out is told with its name") {
  const auto error = error_of("garbage 5000");
  CHECK(error.wrong == "garbage: COUNT cannot be 5000");
  CHECK(error.right == "a number, 1–4096");
  CHECK(error_of("lose-uplink 0").wrong == "lose-uplink: COUNT cannot be 0");
  CHECK(error_of("link-down:3x").wrong == "link-down: DURATION cannot be 3x");
  CHECK(error_of("registration-denied 11 3x").wrong ==
        "registration-denied: DURATION cannot be 3x");
}

TEST_CASE("a value that might be either of two arguments is told with both") {
  const auto error = error_of("server-silent 99h");
  CHECK(error.wrong == "server-silent: DURATION or SERVER cannot be 99h");
  CHECK(error.right ==
        "a duration up to 24h, as 3s or 250ms, or an address and a port, as 198.51.100.7:5683");
  CHECK(error_of("chunks 3x 5").wrong == "chunks: PAUSE or SIZE cannot be 3x");
  CHECK(error_of("name-fails 99h").wrong == "name-fails: DURATION or NAME cannot be 99h");
}

TEST_CASE("an argument may be left out where the usage has brackets, and nowhere else") {
  for_each_argument([](const Verb& verb, std::size_t index, const ArgumentSpec& spec) {
    const auto text = line(verb, index, "");
    INFO(text);
    const auto name = std::string(spec.name);
    const auto in_usage = spec.is_optional ? " [" + name + "]" : " " + name;
    CHECK(usage(verb).find(in_usage) != std::string::npos);
    const auto deed = parse_deed(text);
    CHECK(deed.has_value() == spec.is_optional);
    if (!deed) CHECK(deed.error().wrong.find(spec.name) != std::string::npos);
  });
}

TEST_CASE("a surplus argument has no place") {
  for (const auto& verb : verbs()) {
    const auto error = error_of(line(verb, Verb::kArgumentsMax, "") + " surplus more");
    CHECK(error.wrong.find("has no place") != std::string::npos);
    CHECK(error.right == usage(verb));
  }
}

TEST_CASE("an unknown verb is told with the nearest there are") {
  for (const std::string text : {"", " ", "nothing", "LINK-DOWN", "link-dow", "link-downn", ":"}) {
    const auto error = error_of(text);
    CHECK(error.wrong.find("no verb") != std::string::npos);
    CHECK(error.wrong.find("did you mean \"") != std::string::npos);
  }
}

TEST_CASE("a deed lasts as long as its duration says, where something undoes it") {
  CHECK(parse_deed("registration-lost 5s")->lasts() == Duration(5s));
  CHECK_FALSE(parse_deed("registration-lost")->lasts());
  CHECK_FALSE(parse_deed("delay-urc 5s")->lasts());
}

TEST_CASE("a trigger is an instant, an event, a command or a URC") {
  const auto upon = [](std::string_view text) {
    const auto trigger = parse_trigger(text);
    REQUIRE(trigger.has_value());
    return std::get<Upon>(*trigger);
  };
  CHECK(std::get<AtInstant>(parse_trigger("250ms").value()).at == Instant{250ms});
  CHECK(upon("command").kind == OccurrenceKind::kCommand);
  CHECK(upon("urc#2").kind == OccurrenceKind::kUrc);
  CHECK(upon("uplink#3").kind == OccurrenceKind::kUplink);
  CHECK(upon("downlink#*").kind == OccurrenceKind::kDownlink);
  CHECK(upon("at+qcoapsend").kind == OccurrenceKind::kCommand);
  CHECK(upon("+QCOAPRECV: 0#2").prefix == "+QCOAPRECV: 0");
  CHECK(upon("APP RDY").kind == OccurrenceKind::kUrc);
  CHECK(upon("AT").ordinal == 1);
  CHECK(upon("AT#7").ordinal == 7);
  CHECK(upon("AT#*").ordinal == 0);
  CHECK(upon("AT#*+5s").delay == Duration(5s));
  CHECK(upon("RDY#2+250ms").ordinal == 2);
}

TEST_CASE("a delay stands behind any event, counted or not") {
  const auto upon = [](const char* text) {
    INFO(text);
    return std::get<Upon>(parse_trigger(text).value());
  };
  for (const auto* text : {"command+5s", "urc+5s", "uplink+5s", "downlink+5s", "AT+QCOAPSEND+5s",
                           "+QCOAPRECV: 0+5s", "RDY+5s"}) {
    CHECK(upon(text).delay == Duration(5s));
    CHECK(upon(text).ordinal == 1);
  }
  CHECK(upon("AT+QCOAPSEND+5s").prefix == "AT+QCOAPSEND");
  CHECK(upon("+QCOAPRECV: 0+5s").prefix == "+QCOAPRECV: 0");
  CHECK(upon("uplink+5s").kind == OccurrenceKind::kUplink);
  CHECK(upon("AT+QCOAPSEND").delay == Duration::zero());
}

TEST_CASE("a repeated line is told to count as itself") {
  for (const auto* text : {"A/", "a/", "A/#2", "A/+5s"}) {
    INFO(text);
    const auto trigger = parse_trigger(text);
    REQUIRE_FALSE(trigger.has_value());
    CHECK(trigger.error().wrong.find("counts as the line that it repeats") != std::string::npos);
    CHECK(trigger.error().right == "that line, as AT+CSQ#2");
  }
}

TEST_CASE("text that is no trigger is told with what is one") {
  for (const auto* text :
       {"", "#1", "urc#0", "urc#", "urc#-1", "urc#1x", "urc#1+", "urc#1+x", "urc#4294967296",
        "urc+5", "+5s", "12", "-1s", "12 s", "uplnk#2", "after 3s", "?"}) {
    INFO(text);
    const auto trigger = parse_trigger(text);
    REQUIRE_FALSE(trigger.has_value());
    CHECK(trigger.error().wrong.find(text) != std::string::npos);
    CHECK(trigger.error().right.find("AT+QCOAPSEND#2+5s") != std::string::npos);
  }
}

TEST_CASE("an occurrence counts where it begins as the trigger says") {
  const Upon send{OccurrenceKind::kCommand, "AT+qcoapsend=0"};
  CHECK(concerns(send, {OccurrenceKind::kCommand, "at+QCOAPSEND=0,0,1,0,0"}));
  CHECK_FALSE(concerns(send, {OccurrenceKind::kCommand, "AT+QCOAPSEND"}));
  CHECK_FALSE(concerns(send, {OccurrenceKind::kUrc, "AT+QCOAPSEND=0"}));
  const Upon urc{OccurrenceKind::kUrc, "+QCOAP"};
  CHECK(concerns(urc, {OccurrenceKind::kUrc, "+QCOAPACK: 0,0,1,0"}));
  CHECK_FALSE(concerns(urc, {OccurrenceKind::kUrc, "+qcoapack: 0,0,1,0"}));
}

TEST_CASE("a fault on the command line is a verb, and when after an at sign") {
  const auto fault = parse_fault("link-down:30s@AT+QCOAPSEND#2+5s");
  REQUIRE(fault.has_value());
  CHECK(fault->deed.verb->name == "link-down");
  CHECK(std::get<Upon>(fault->trigger).ordinal == 2);
  CHECK(fault->text == "link-down:30s@AT+QCOAPSEND#2+5s");
  CHECK(std::get<AtInstant>(parse_fault("reset")->trigger).at == Instant{});
  CHECK_FALSE(parse_fault("reset@").has_value());
  CHECK_FALSE(parse_fault("@10s").has_value());
}

TEST_CASE("a scenario file has one fault a line, empty lines and comments") {
  const auto scenario = parse_scenario(
      "# a tunnel\n\n  10s: link-down 30s\r\n\t# and then\nAT+QCOAPSEND#*: lose-uplink\n"
      "+QCOAPRECV: 0#1+5s: reset");
  CHECK(scenario.errors.empty());
  REQUIRE(scenario.faults.size() == 3);
  CHECK(scenario.faults[0].text == "10s: link-down 30s");
  CHECK(scenario.faults[1].deed.verb->name == "lose-uplink");
  CHECK(std::get<Upon>(scenario.faults[2].trigger).prefix == "+QCOAPRECV: 0");
}

TEST_CASE("every mistake of a scenario file is told with its line") {
  const auto scenario = parse_scenario(
      "link-down\n10s: link-down 5s\nlater: link-down\n\n10s: link-done\n10s: signal\n"
      "10s: signal -40\n10s: reset now\n10s link-down\n10s:\n: reset\nurc#0: reset\n");
  CHECK(scenario.faults.size() == 1);
  std::vector<std::size_t> lines;
  for (const auto& error : scenario.errors) {
    lines.push_back(error.line);
    CHECK_FALSE(error.what.wrong.empty());
    CHECK_FALSE(error.what.right.empty());
  }
  CHECK(lines == std::vector<std::size_t>{1, 3, 5, 6, 7, 8, 9, 10, 11, 12});
}
