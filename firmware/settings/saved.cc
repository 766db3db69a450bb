#include "firmware/settings/saved.h"

#include <algorithm>
#include <charconv>

namespace vmodem::firmware {
namespace {

std::string escape(std::string_view value) {
  std::string text;
  for (const char c : value) {
    if (c == '\\') {
      text += "\\\\";
    } else if (c == '\n') {
      text += "\\n";
    } else {
      text += c;
    }
  }
  return text;
}

std::string unescape(std::string_view text) {
  std::string value;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      value += text[i];
      continue;
    }
    ++i;
    value += text[i] == 'n' ? '\n' : text[i];
  }
  return value;
}

}  // namespace

bool is_settings_text(std::string_view text) {
  if (!text.empty() && text.back() != '\n') return false;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto equals = text.substr(0, end).find('=');
    const auto name = text.substr(0, equals);
    const bool is_name = std::ranges::all_of(name, [](char c) { return c > ' ' && c <= '~'; });
    if (equals == std::string_view::npos || name.empty() || !is_name) return false;
    text.remove_prefix(end + 1);
  }
  return true;
}

SavedSettings::SavedSettings(NvStore& store) : store_(store) { reload(); }

void SavedSettings::reload() {
  values_.clear();
  const auto text = store_.load();
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    const auto line = rest.substr(0, end);
    const auto equals = line.find('=');
    if (equals != std::string_view::npos) {
      values_.insert_or_assign(std::string(line.substr(0, equals)),
                               unescape(line.substr(equals + 1)));
    }
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
}

bool SavedSettings::save() {
  std::string text;
  for (const auto& [name, value] : values_) text += name + '=' + escape(value) + '\n';
  if (store_.save(text)) return true;
  reload();
  return false;
}

int SavedSettings::get(const SavedNumber& key) const {
  const auto entry = values_.find(key.name);
  if (entry == values_.end()) return key.initial;

  int number = 0;
  const auto& text = entry->second;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error == std::errc{} && end == text.data() + text.size();
  return is_number ? number : key.initial;
}

std::string SavedSettings::get(const SavedText& key) const {
  const auto entry = values_.find(key.name);
  return entry == values_.end() ? std::string(key.initial) : entry->second;
}

void SavedSettings::set(const SavedNumber& key, int value) {
  values_.insert_or_assign(std::string(key.name), std::to_string(value));
}

void SavedSettings::set(const SavedText& key, std::string_view value) {
  values_.insert_or_assign(std::string(key.name), std::string(value));
}

void SavedSettings::forget(std::string_view name) {
  const auto entry = values_.find(name);
  if (entry != values_.end()) values_.erase(entry);
}

}  // namespace vmodem::firmware
