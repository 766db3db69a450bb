// Commands that are a list of settings: `="tag"` reads one back, `="tag",values` writes it. A
// setting is declared once, as a TagCommand, and tag_row() makes its row of the table.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "at_engine/command.h"
#include "firmware/modem_config.h"
#include "firmware/settings/tagged.h"

namespace vmodem::firmware {

inline constexpr at::IntParam<> kSwitch{"enable", {0, 1}};

struct TagCommand {
  TagSetting setting;
  std::string_view summary;
  at::ParamList params{};
  std::size_t modifiers = 0;  // how many of `params` at the end are no values, as <effect>
  bool is_whole = false;      // its values are given all or none
  std::string_view test{};
  // The text of a value that is neither a number nor a word, as it is read back; nothing: refused.
  std::optional<std::string> (*normalise)(std::string_view given) = nullptr;
  // Where only some models have the setting.
  bool (*is_available)(const Identity& identity) = nullptr;
  // Where the setting counts at once, unless <effect> is given as 0.
  void (*on_effect)(at::Services& services, Instant now) = nullptr;
  at::Evidence evidence = at::Evidence::kCaptured;
};

// What a query of the setting prints.
[[nodiscard]] at::Response show_setting(const at::Services& services, const TagSetting& setting);

// The write form: a query where no value is given; a value left out stays what it is.
[[nodiscard]] at::Response configure_tag(at::Services& services, Instant now, const TagCommand& tag,
                                         const at::Arguments& args);

// `values` with those that are given in their places; nothing where one is refused.
[[nodiscard]] std::optional<std::string> merge_values(const TagCommand& tag,
                                                      std::string_view values,
                                                      const at::Arguments& args);

template <const TagCommand& kTag>
at::Outcome handle_tag(at::Services& services, Instant now, const at::Arguments& args) {
  return configure_tag(services, now, kTag, args);
}

template <const TagCommand& kTag>
[[nodiscard]] constexpr at::CommandSpec tag_row(std::string_view source) {
  return {.name = kTag.setting.command,
          .keyword = kTag.setting.tag,
          .summary = kTag.summary,
          .write = kTag.params,
          .optional = kTag.params.size(),
          .test = kTag.test,
          .on_write = handle_tag<kTag>,
          .source = source,
          .evidence = kTag.evidence};
}

}  // namespace vmodem::firmware
