#include "firmware/commands/settings/tagged.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "firmware/services.h"

namespace vmodem::firmware {
namespace {

std::vector<std::string> split(std::string_view values) {
  std::vector<std::string> parts;
  const auto count = static_cast<std::size_t>(std::ranges::count(values, ',')) + 1;
  for (std::size_t i = 0; i < count; ++i) parts.emplace_back(value_at(values, i));
  return parts;
}

std::optional<std::string> value_text(const TagCommand& tag, const at::Param& param,
                                      const at::Argument& argument) {
  if (param.kind == at::ParamKind::kInteger) return fmt::format("{}", argument.number);
  if (param.word_count > 0) return fmt::format("\"{}\"", argument.text);
  return tag.normalise(argument.text);
}

// QCFG95 §2: <effect> 0 is after a reboot, 1 at once.
bool takes_effect(const TagCommand& tag, const at::Arguments& args) {
  if (tag.on_effect == nullptr) return false;
  if (tag.modifiers == 0) return true;
  const auto& effect = args.find_argument(tag.params[tag.params.size() - 1]);
  return !effect.present || effect.number == 1;
}

}  // namespace

at::Response show_setting(const at::Services& services, const TagSetting& setting) {
  return at::ok(
      fmt::format("{}: \"{}\",{}", setting.command, setting.tag, services.tags.get(setting)));
}

std::optional<std::string> merge_values(const TagCommand& tag, std::string_view values,
                                        const at::Arguments& args) {
  auto parts = split(values);
  const auto value_count = tag.params.size() - tag.modifiers;
  for (std::size_t i = 0; i < value_count; ++i) {
    const auto& argument = args.find_argument(tag.params[i]);
    if (!argument.present) continue;
    // What lies before the last value given has to be known.
    if (i > parts.size()) return std::nullopt;

    auto text = value_text(tag, tag.params[i], argument);
    if (!text) return std::nullopt;
    if (i == parts.size()) parts.emplace_back();
    parts[i] = std::move(*text);
  }
  return fmt::format("{}", fmt::join(parts, ","));
}

at::Response configure_tag(at::Services& services, Instant now, const TagCommand& tag,
                           const at::Arguments& args) {
  if (tag.is_available != nullptr && !tag.is_available(services.config.identity)) {
    return at::error();
  }
  if (args.are_empty()) return show_setting(services, tag.setting);

  const auto values = merge_values(tag, services.tags.get(tag.setting), args);
  if (!values || !services.tags.set(tag.setting, *values)) return at::error();
  if (takes_effect(tag, args)) tag.on_effect(services, now);
  return at::ok();
}

}  // namespace vmodem::firmware
