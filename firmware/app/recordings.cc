#include "firmware/app/recordings.h"

#include <fmt/format.h>

#include <chrono>

#include <algorithm>

#include "firmware/app/recording/private_output.h"
#include "firmware/app/recording/switched_capture.h"
#include "firmware/app/recording/transcript_file.h"
#include "firmware/base/printable.h"
#include "firmware/configuration/keys.h"
#include "firmware/testbed/scenario.h"

namespace vmodem::app {
namespace {

constexpr std::size_t kValueSizeMax = 200;

bool holds_secret(const ConfigKey& key) {
  const auto* text = std::get_if<TextKey>(&key.kind);
  return text != nullptr && text->is_secret;
}

// Keys that change what a module meets, and that no transcript can say.
bool is_lost_key(std::string_view name) {
  constexpr std::string_view kSections[] = {"cellular.", "internet.", "state.", "ufs."};
  return std::ranges::any_of(kSections, [&](auto section) { return name.starts_with(section); });
}

// A scenario's line; VERB@WHEN is the form of an option.
std::string scenario_line(const std::string& text) {
  if (testbed::parse_scenario(text).errors.empty()) return text;
  const auto at = text.find('@');
  if (at == std::string::npos) return "0s: " + text;
  return fmt::format("{}: {}", text.substr(at + 1), text.substr(0, at));
}

// What "host" and "auto" stand for in this run alone.
std::string start_text(CalendarTime start) {
  const auto day = std::chrono::floor<std::chrono::days>(start);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(start - day));
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

void add_settings(transcript::TranscriptHead& head, const Config& config, CalendarTime start) {
  const Config defaults;
  for (const auto& key : config_keys()) {
    auto value = value_text(key, config);
    const bool is_default = value == value_text(key, defaults);
    if (key.name == "clock.network" && value == "auto") {
      head.settings.push_back(fmt::format("{}={}", key.name, start_text(start)));
    } else if (key.name == "clock.start" && value == "host") {
      head.settings.push_back(fmt::format("{}={}", key.name, start_text(start)));
    } else if (is_default) {
      continue;
    } else if (is_module_key(key.name) && head.is_redacted && holds_secret(key)) {
      head.remarks.push_back(fmt::format("{} is left out", key.name));
    } else if (is_module_key(key.name)) {
      head.settings.push_back(fmt::format("{}={}", key.name, value));
    } else if (is_lost_key(key.name)) {
      head.remarks.push_back(
          fmt::format("no transcript can say: {} = {}", key.name, printable(value, kValueSizeMax)));
    }
  }
}

transcript::TranscriptHead head_of(const Config& config, std::int64_t seed, CalendarTime start) {
  transcript::TranscriptHead head{.seed = static_cast<std::uint64_t>(seed),
                                  .has_internet = true,
                                  .is_redacted = config.redacts_transcript};
  add_settings(head, config, start);
  for (const auto& fault : config.faults) head.faults.push_back(scenario_line(fault.text));
  return head;
}

}  // namespace

std::vector<SessionTap*> Recordings::tap_pointers() const {
  std::vector<SessionTap*> pointers;
  for (const auto& tap : taps) pointers.push_back(tap.get());
  return pointers;
}

Expected<Recordings, std::string> open_recordings(const Config& config, std::int64_t seed,
                                                  CalendarTime start) {
  Recordings recordings;
  if (!config.capture.empty() || config.control.is_open()) {
    auto capture = std::make_unique<SwitchedCapture>(start);
    if (!config.capture.empty()) {
      auto begun = capture->begin(config.capture);
      if (!begun) return unexpected(std::move(begun.error()));
    }
    recordings.capture = capture.get();
    recordings.readers.push_back(std::move(capture));
  }
  if (config.transcript.empty()) return recordings;

  const auto head = head_of(config, seed, start);
  if (config.redacts_transcript) {
    auto file = RedactedTranscriptFile::open(config.transcript, head);
    if (!file) return unexpected(std::move(file.error()));
    recordings.readers.push_back(std::make_unique<RedactedTranscriptFile>(std::move(*file)));
    return recordings;
  }
  auto file = TranscriptFile::open(config.transcript, head);
  if (!file) return unexpected(std::move(file.error()));
  recordings.taps.push_back(std::make_unique<TranscriptFile>(std::move(*file)));
  return recordings;
}

bool uses_standard_output(const Config& config) {
  return config.capture == PrivateOutput::kStandardOutput ||
         config.transcript == PrivateOutput::kStandardOutput;
}

}  // namespace vmodem::app
