#include "tests/simulation/output_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <span>

namespace vmodem::simulation {
namespace {

constexpr std::string_view kEnd = "\r\n";
constexpr std::string_view kPromptText = "\r\n> ";

// What a module says without being asked. Those of the second list are said in answers too.
constexpr std::string_view kUrcs[] = {"+QCOAPACK: ",  "+QCOAPIND: ", "+QCOAPRECV: ", "+QIURC: ",
                                      "+QIND: ",      "+CGEV: ",     "+CTZV: ",      "+CTZE: ",
                                      "+QPSMTIMER: ", "+CEDRXP: ",   "RDY",          "APP RDY",
                                      "POWERED DOWN", "+QUSIM: ",    "+QSIMSTAT : "};
constexpr std::string_view kUrcsAndAnswers[] = {
    "+QCOAPOPEN: ", "+QCOAPCLOSE: ", "+CREG: ", "+CGREG: ", "+CEREG: ",   "+QPING: ",
    "+QNTP: ",      "+QCSCON: ",     "+CPIN: ", "+CFUN: ",  "+QSIMSTAT: "};

bool starts_with_any(std::string_view text, std::span<const std::string_view> prefixes) {
  return std::ranges::any_of(prefixes, [&](auto prefix) { return text.starts_with(prefix); });
}

std::string upper(std::string_view text) {
  std::string result(text);
  for (auto& c : result) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return result;
}

}  // namespace

bool is_known_urc(std::string_view text) {
  return starts_with_any(text, kUrcs) || starts_with_any(text, kUrcsAndAnswers);
}

bool is_final_result(std::string_view text) {
  return text == "OK" || text == "ERROR" || text == "NO CARRIER" ||
         text.starts_with("+CME ERROR: ");
}

std::optional<std::size_t> payload_size(std::string_view urc) {
  if (!urc.starts_with("+QCOAPRECV: ")) return std::nullopt;
  const auto number = urc.substr(urc.rfind(',') + 1);
  std::size_t size = 0;
  const auto end = number.data() + number.size();
  if (std::from_chars(number.data(), end, size).ptr != end || number.empty()) return std::nullopt;
  return size;
}

void OutputReader::complain(std::string_view check, std::string_view what) {
  if (state_ == State::kAnything) return;
  findings_.add(check, fmt::format("after \"{}\": {}", line_, what));
}

void OutputReader::begin_answer(std::string_view line) {
  if (!text_.empty()) complain("framing", fmt::format("incomplete: {:?}", std::string_view(text_)));
  text_.clear();
  line_ = line;
  state_ = State::kEcho;
  is_behind_information_ = false;
}

void OutputReader::interrupt() {
  state_ = State::kAnything;
  is_behind_information_ = false;
  echo_.reset();
}

// False where more octets may tell.
bool OutputReader::take_echo() {
  const auto echo = line_ + "\r";
  const auto size = std::min(echo.size(), text_.size());
  const bool is_echoed = text_.compare(0, size, echo, 0, size) == 0;
  if (echo_ && *echo_ != is_echoed) complain("echo", "the echo is not as ATE has it");
  if (is_echoed && size < echo.size()) return false;
  if (is_echoed) text_.erase(0, size);
  echo_ = is_echoed;
  state_ = State::kAnswer;
  return true;
}

std::optional<Item> OutputReader::poll() {
  if (state_ == State::kEcho && (text_.empty() || !take_echo())) return std::nullopt;
  if (text_.empty()) return std::nullopt;
  if (state_ == State::kData) {
    complain("data mode", fmt::format("{:?}", std::string_view(text_)));
    state_ = State::kAnswer;
  }
  if (state_ == State::kDownload && !skip_download()) return std::nullopt;
  if (state_ == State::kAnswer) {
    if (auto prompt = take_prompt()) return prompt;
  }
  return take_line();
}

bool OutputReader::skip_download() {
  const auto end = text_.find("\r\n+QFDWL: ");
  if (end == std::string::npos) return false;
  text_.erase(0, end);
  state_ = State::kAnswer;
  return true;
}

std::optional<Item> OutputReader::take_prompt() {
  if (!text_.starts_with(kPromptText)) return std::nullopt;
  text_.erase(0, kPromptText.size());
  state_ = State::kData;
  if (!text_.empty()) complain("data mode", "octets behind the prompt");
  return Item{ItemKind::kPrompt, ">"};
}

std::optional<Item> OutputReader::take_line() {
  const bool is_led = text_.starts_with(kEnd);
  if (!is_led && !is_behind_information_) {
    if (text_ == "\r") return std::nullopt;
    complain("framing", fmt::format("no line end before {:?}", std::string_view(text_)));
  }
  const auto begin = is_led ? kEnd.size() : 0;
  const auto end = text_.find(kEnd, begin);
  if (end == std::string::npos) return std::nullopt;
  const auto line = text_.substr(begin, end - begin);
  const bool is_urc = state_ == State::kGap || (state_ == State::kAnything && is_known_urc(line));
  if (is_urc) return take_urc(line, end + kEnd.size());

  text_.erase(0, end + kEnd.size());
  return classify(line);
}

std::optional<Item> OutputReader::take_urc(std::string_view line, std::size_t size) {
  if (const auto payload = payload_size(line); payload && *payload > 0) {
    size += *payload + kEnd.size();
    if (text_.size() < size) return std::nullopt;
    if (text_.compare(size - kEnd.size(), kEnd.size(), kEnd) != 0) {
      complain("framing", fmt::format("no line end behind the payload of {:?}", line));
    }
  }
  Item item{ItemKind::kUrc, std::string(line)};
  text_.erase(0, size);
  if (!is_known_urc(item.text)) complain("gap", fmt::format("not a URC: {:?}", item.text));
  return item;
}

Item OutputReader::classify(std::string text) {
  // The module has begun anew.
  if (text == "RDY" || text == "POWERED DOWN") {
    interrupt();
    return {ItemKind::kUrc, std::move(text)};
  }
  is_behind_information_ = false;
  if (is_final_result(text)) {
    if (text == "OK") learn_echo();
    if (state_ != State::kAnything) state_ = State::kGap;
    return {ItemKind::kFinal, std::move(text)};
  }
  if (text == "CONNECT") {
    const bool is_download = line_.starts_with("AT+QFDWL");
    if (is_download) state_ = State::kDownload;
    return {is_download ? ItemKind::kInformation : ItemKind::kPrompt, std::move(text)};
  }
  check_information(text);
  is_behind_information_ = true;
  return {ItemKind::kInformation, std::move(text)};
}

void OutputReader::learn_echo() {
  if (line_ == "ATE0") echo_ = false;
  if (line_ == "ATE1") echo_ = true;
  if (line_ == "ATZ" || line_ == "AT&F") echo_.reset();
}

void OutputReader::check_information(std::string_view text) {
  if (starts_with_any(text, kUrcs))
    return complain("transaction", fmt::format("a URC inside: {:?}", text));
  if (!text.starts_with('+')) return;
  const auto name = text.substr(0, text.find(':'));
  if (upper(line_).find(name) == std::string::npos)
    complain("transaction", fmt::format("of no command: {:?}", text));
}

}  // namespace vmodem::simulation
