#include "tests/unit/at_engine/fixture.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace vmodem::at {
namespace {

constexpr IntParam<bool> kSwitch{"value", 0, 1};
constexpr IntParam<> kExtended{"value", 0, 4};
constexpr IntParam<char> kCharacter{"value", 0, 127};
constexpr IntParam<CmeLevel> kLevel{"n", 0, 2};
constexpr IntParam<> kNumber{"number", -5, 100};
constexpr IntParam<> kHuge{"huge", INT64_MIN, INT64_MAX};
constexpr IntParam<> kChoice{"choice", {0, 1, 3}};
constexpr IntParam<> kSecond{"second", 0, 9};
constexpr IntParam<> kThird{"third", 0, 9};
constexpr IntParam<std::size_t> kSize{"size", 0, 4096};
constexpr IntParam<int> kTimeout{"timeout", 1, 65535};
constexpr IntParam<bool> kAcknowledge{"ack", 0, 1};
constexpr IntParam<FinalResult> kResult{"result", 0, 7};
constexpr TextParam kText{"text", {.size_min = 1, .size_max = 12, .sample = "abc"}};
constexpr TextParam kNote{"note", {.size_min = 0, .size_max = 4}};
constexpr TextParam kPin{"pin", {.size_min = 4, .size_max = 8, .bare = Bare::kDigits}};
constexpr TextParam kWord{"word", {.size_min = 1, .size_max = 255, .bare = Bare::kAny}};

constexpr CmeError kInvalidInput{400, "Invalid input value"};

template <auto Member, const auto& Parameter>
Outcome store(Services& services, Instant, const Arguments& args) {
  services.engine->settings().*Member = args.get(Parameter);
  return ok();
}

template <auto Member>
Outcome show_register(Services& services, Instant, const Arguments&) {
  return ok(fmt::format("{:03}", static_cast<int>(services.engine->settings().*Member)));
}

Outcome reset(Services& services, Instant, const Arguments&) {
  services.engine->settings() = Settings{};
  return ok();
}

Outcome dial(Services&, Instant, const Arguments&) {
  return Response{.result = FinalResult::kNoCarrier};
}

Outcome show_level(Services& services, Instant, const Arguments&) {
  return ok(fmt::format("+CMEE: {}", static_cast<int>(services.engine->settings().errors)));
}

Outcome done(Services&, Instant, const Arguments&) {
  return ok();
}

std::string shown(const Arguments& args, const IntParam<>& param) {
  const auto value = args.find(param);
  return value ? fmt::format("{}", *value) : "none";
}

std::string shown(const Arguments& args, const TextParam& param) {
  return args.has(param) ? fmt::format("<{}>", args.get(param)) : "none";
}

template <const auto&... Parameters>
Outcome show(Services&, Instant, const Arguments& args) {
  std::string line = fmt::format("{}:", args.count());
  ((line += ' ' + shown(args, Parameters)), ...);
  return ok(std::move(line));
}

Outcome read_number(Services&, Instant, const Arguments&) {
  return ok("+INT: 7");
}

Outcome describe(Services&, Instant, const Arguments&) {
  return Response{.lines = {"Maker", "Model", "Revision: 1"}};
}

Outcome refuse(Services&, Instant, const Arguments&) {
  return error(cme::kOperationNotAllowed);
}

Outcome refuse_plainly(Services&, Instant, const Arguments&) {
  return error();
}

Outcome fail_late(Services&, Instant, const Arguments&) {
  auto response = error(cme::kNotFound);
  response.lines = {"+LATE: 1"};
  return response;
}

Outcome give_result(Services&, Instant, const Arguments& args) {
  return Response{.result = args.get(kResult)};
}

Outcome post(Services& services, Instant now, const Arguments&) {
  services.engine->post(now, services.urc_of_post.value_or(Urc{"+POSTED: 1", {}}));
  return ok("+POST: 1");
}

Outcome wait(Services&, Instant, const Arguments&) {
  return Pending{};
}

Outcome download(Services&, Instant, const Arguments&) {
  constexpr std::string_view kOctets("\x00\r\n\xFF", 4);
  return Response{.lines = {"+GET: 4"},
                  .download = Download{.connect = "CONNECT 4", .octets = to_bytes(kOctets)}};
}

Response take_data(Services& services, Instant, const DataInput& input) {
  services.data = as_text(input.octets);
  services.data_end = input.end;
  services.is_overflown = input.is_overflown;
  ++services.data_count;
  if (input.is_overflown) return error();
  if (input.end == DataEnd::kEscape || input.end == DataEnd::kEscapeSequence) return ok();
  return ok(fmt::format("+DATA: {}", input.octets.size()));
}

Outcome take_fixed(Services&, Instant, const Arguments& args) {
  const auto size = args.get(kSize);
  if (size == 0) return ok("+DATA: 0");
  return DataMode{.size = size, .on_data = take_data};
}

Outcome take_text(Services&, Instant, const Arguments&) {
  return DataMode{.size_max = 16, .on_data = take_data};
}

Outcome take_escapable_text(Services&, Instant, const Arguments&) {
  return DataMode{.size_max = 16, .escape_sequence = true, .on_data = take_data};
}

Outcome take_upload(Services&, Instant, const Arguments& args) {
  return DataMode{.prompt = DataMode::Prompt::kConnect,
                  .size = std::max<std::size_t>(args.get(kSize), 1),
                  .idle_timeout = args.find(kTimeout).value_or(5) * 1s,
                  .acknowledge_every = args.find(kAcknowledge).value_or(false) ? 1024U : 0U,
                  .escape_sequence = true,
                  .on_data = take_data};
}

constexpr CommandSpec kBasic[] = {
    {.name = "&F", .on_execute = reset},
    {.name = "D", .on_execute = dial},
    {.name = "E", .write = {kSwitch}, .on_write = store<&Settings::echo, kSwitch>},
    {.name = "Q", .write = {kSwitch}, .on_write = store<&Settings::quiet, kSwitch>},
    {.name = "S3",
     .write = {kCharacter},
     .on_read = show_register<&Settings::terminator>,
     .on_write = store<&Settings::terminator, kCharacter>},
    {.name = "S4",
     .write = {kCharacter},
     .on_read = show_register<&Settings::formatter>,
     .on_write = store<&Settings::formatter, kCharacter>},
    {.name = "S5",
     .write = {kCharacter},
     .on_read = show_register<&Settings::eraser>,
     .on_write = store<&Settings::eraser, kCharacter>},
    {.name = "V", .write = {kSwitch}, .on_write = store<&Settings::verbose, kSwitch>},
    {.name = "X", .write = {kExtended}, .on_write = store<&Settings::extended, kExtended>},
};

constexpr CommandSpec kExtendedCommands[] = {
    {.name = "+CFG",
     .keyword = "alpha",
     .write = {kNumber, kSecond},
     .optional = 1,
     .on_write = show<kNumber, kSecond>},
    {.name = "+CFG", .keyword = "beta", .write = {kText}, .on_write = show<kText>},
    {.name = "+CFG", .keyword = "gamma", .on_write = show<>},
    {.name = "+CMEE",
     .write = {kLevel},
     .on_read = show_level,
     .on_write = store<&Settings::errors, kLevel>},
    {.name = "+FAIL", .on_execute = refuse},
    {.name = "+FILE", .write = {kNumber, kNote}, .on_write = done, .bad_value = kInvalidInput},
    {.name = "+GET", .on_execute = download},
    {.name = "+HUGE", .write = {kHuge}, .on_write = done},
    {.name = "+INFO", .on_execute = describe},
    {.name = "+INT", .write = {kNumber}, .on_read = read_number, .on_write = show<kNumber>},
    {.name = "+LATE", .on_execute = fail_late},
    {.name = "+LIST", .write = {kChoice}, .on_write = show<kChoice>},
    {.name = "+NOTE", .write = {kNumber, kNote}, .optional = 1, .on_write = show<kNumber, kNote>},
    {.name = "+PIN", .write = {kPin}, .test = "+PIN: (fixed)", .on_write = show<kPin>},
    {.name = "+POST", .on_execute = post},
    {.name = "+REFUSE", .on_execute = refuse_plainly},
    {.name = "+RESULT", .write = {kResult}, .on_write = give_result},
    {.name = "+SIZED", .write = {kSize}, .on_write = take_fixed},
    {.name = "+TEXT", .write = {kText}, .on_write = show<kText>},
    {.name = "+TRIO",
     .write = {kNumber, kSecond, kThird},
     .optional = 2,
     .on_write = show<kNumber, kSecond, kThird>},
    {.name = "+UNTIL", .on_execute = take_text},
    {.name = "+UNTILESC", .on_execute = take_escapable_text},
    {.name = "+UPLOAD",
     .write = {kSize, kTimeout, kAcknowledge},
     .optional = 2,
     .on_write = take_upload},
    {.name = "+WAIT", .on_execute = wait},
    {.name = "+WORD", .write = {kWord}, .on_write = show<kWord>},
};

}  // namespace

const CommandTable& fixture_table() {
  static constexpr std::array<std::span<const CommandSpec>, 2> kFamilies{kBasic, kExtendedCommands};
  static const CommandTable table(kFamilies);
  return table;
}

}  // namespace vmodem::at
