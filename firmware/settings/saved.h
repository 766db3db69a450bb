// What the module keeps over power-off beside UFS: the profile of AT&W and the settings that save
// themselves (quectel-at.md §11). A key is declared once, beside the commands that use it, with the
// value it has before anybody set it.
//
// In:  values that commands set, a store.
// Out: values as of now, after a reboot too.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace vmodem::firmware {

// Where the settings are kept, as one text that is replaced whole: kill -9 at any moment leaves the
// old one or the new one.
class NvStore {
 public:
  virtual ~NvStore() = default;
  // Empty where nothing was ever saved.
  [[nodiscard]] virtual std::string load() const = 0;
  // Durable when it returns true; false leaves what was saved before.
  [[nodiscard]] virtual bool save(std::string_view text) = 0;
};

// The default: gone with the process.
class MemoryNvStore final : public NvStore {
 public:
  [[nodiscard]] std::string load() const override { return text_; }
  [[nodiscard]] bool save(std::string_view text) override {
    text_ = text;
    return true;
  }

 private:
  std::string text_;
};

struct SavedNumber {
  std::string_view name;  // "ctzr.mode"
  int initial = 0;
};

struct SavedText {
  std::string_view name;
  std::string_view initial{};
};

// Each line of `text` is a setting, as save() writes it.
[[nodiscard]] bool is_settings_text(std::string_view text);

class SavedSettings {
 public:
  // Reads what was saved; lines that are no settings are dropped. `store` outlives this object.
  explicit SavedSettings(NvStore& store);

  [[nodiscard]] int get(const SavedNumber& key) const;
  [[nodiscard]] std::string get(const SavedText& key) const;

  // Count at once and are durable with the next save(). `key.name` may be built at run time, as
  // "pdp.3.apn".
  void set(const SavedNumber& key, int value);
  void set(const SavedText& key, std::string_view value);
  void forget(std::string_view name);

  // Everything that was set since the last save becomes durable at once. False where the store
  // failed: then all is what was saved before, or the next save of anything would store it after
  // all.
  [[nodiscard]] bool save();
  // Forgets what was set and not saved, as a power-off does.
  void reload();

 private:
  NvStore& store_;
  std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace vmodem::firmware
