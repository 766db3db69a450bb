// Settings that the host names by a tag: AT+QCFG, AT+QICFG, AT+QINDCFG and AT+QURCCFG. The values
// of one tag are one text, as the command reads it back: "0,0,500".
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "firmware/settings/saved.h"

namespace vmodem::firmware {

struct TagSetting {
  enum class Lifetime : std::uint8_t {
    kSaved,  // by itself, when it is written
    kUntilReset,
  };

  std::string_view command;  // "+QCFG"
  std::string_view tag;      // "nwscanmode"
  std::string_view initial;  // the values before anybody set them
  Lifetime lifetime = Lifetime::kSaved;
};

// Every value without the commas; a single one is its own list.
[[nodiscard]] std::string_view value_at(std::string_view values, std::size_t index);

class TagSettings {
 public:
  // `saved` outlives this object.
  explicit TagSettings(SavedSettings& saved) : saved_(saved) {}

  [[nodiscard]] std::string get(const TagSetting& setting) const;
  // A decimal value; 0 where it is none.
  [[nodiscard]] int number(const TagSetting& setting, std::size_t index = 0) const;

  // False where the store failed; then the setting is what it was.
  [[nodiscard]] bool set(const TagSetting& setting, std::string_view values);
  // The same, for the command that asks each time how long the value lives.
  [[nodiscard]] bool set(const TagSetting& setting, std::string_view values,
                         TagSetting::Lifetime lifetime);
  // Back to the initial values.
  [[nodiscard]] bool restore(const TagSetting& setting);

  // A reboot: what was not saved is forgotten.
  void reset() { unsaved_.clear(); }

 private:
  SavedSettings& saved_;
  std::map<std::string, std::string, std::less<>> unsaved_;
};

}  // namespace vmodem::firmware
