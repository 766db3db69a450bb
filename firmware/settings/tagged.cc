#include "firmware/settings/tagged.h"

#include <charconv>

#include "at_engine/text.h"

namespace vmodem::firmware {
namespace {

// "qcfg.nwscanmode"
std::string key_of(const TagSetting& setting) {
  std::string key;
  for (const char c : setting.command) {
    if (c != '+') key += at::to_lower(c);
  }
  key += '.';
  return key.append(setting.tag);
}

}  // namespace

std::string_view value_at(std::string_view values, std::size_t index) {
  while (index-- > 0) {
    const auto comma = values.find(',');
    if (comma == std::string_view::npos) return {};
    values.remove_prefix(comma + 1);
  }
  return values.substr(0, values.find(','));
}

std::string TagSettings::get(const TagSetting& setting) const {
  const auto key = key_of(setting);
  const auto unsaved = unsaved_.find(key);
  if (unsaved != unsaved_.end()) return unsaved->second;
  return saved_.get(SavedText{key, setting.initial});
}

int TagSettings::number(const TagSetting& setting, std::size_t index) const {
  const auto values = get(setting);
  const auto text = value_at(values, index);
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : 0;
}

bool TagSettings::set(const TagSetting& setting, std::string_view values) {
  return set(setting, values, setting.lifetime);
}

bool TagSettings::set(const TagSetting& setting, std::string_view values,
                      TagSetting::Lifetime lifetime) {
  const auto key = key_of(setting);
  if (lifetime == TagSetting::Lifetime::kUntilReset) {
    unsaved_.insert_or_assign(key, std::string(values));
    return true;
  }
  saved_.set(SavedText{key}, values);
  if (!saved_.save()) return false;
  unsaved_.erase(key);
  return true;
}

bool TagSettings::restore(const TagSetting& setting) {
  const auto key = key_of(setting);
  unsaved_.erase(key);
  saved_.forget(key);
  return saved_.save();
}

}  // namespace vmodem::firmware
