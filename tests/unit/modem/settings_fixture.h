// One module on stores that survive its power-off and can be made to fail: lines go in, what it
// writes comes out.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "firmware/modem.h"
#include "ufs/memory_store.h"

namespace vmodem::firmware {

class SettingsFixture {
 public:
  explicit SettingsFixture(ModemConfig module = {}) : config(std::move(module)) { power_cycle(); }

  // A new modem on the same stores.
  void power_cycle() { modem_ = std::make_unique<Modem>(config, files_, settings(), random_); }

  // Types the line and its CR; the answer without the echo.
  std::string send(std::string_view line) {
    const auto typed = std::string(line) + '\r';
    modem_->handle_serial(now_, as_bytes(typed));
    auto output = take_output();
    if (output.starts_with(typed)) output.erase(0, typed.size());
    return output;
  }

  std::string advance(Duration duration) {
    now_ += duration;
    modem_->handle_timeout(now_);
    return take_output();
  }

  std::string insert_sim() {
    modem_->insert_sim(now_);
    return take_output();
  }
  std::string remove_sim() {
    modem_->remove_sim(now_);
    return take_output();
  }

  std::string take_output() {
    while (modem_->poll_action()) {
    }
    const auto pending = modem_->poll_serial();
    std::string output(as_text(pending));
    modem_->handle_serial_written(pending.size());
    return output;
  }

  Modem& modem() { return *modem_; }
  void fail_saves(bool fails) { settings_.fails = fails; }

  ModemConfig config;

 private:
  struct Settings final : NvStore {
    std::string load() const override { return text; }
    bool save(std::string_view value) override {
      if (!fails) text = value;
      return !fails;
    }
    std::string text;
    bool fails = false;
  };
  NvStore& settings() { return settings_; }

  ufs::MemoryStore files_;
  Settings settings_;
  SeededRandom random_{1};
  Instant now_{};
  std::unique_ptr<Modem> modem_;
};

// The framing of quectel-at.md §1.2.
inline const std::string kOk = "\r\nOK\r\n";
inline const std::string kError = "\r\nERROR\r\n";
inline std::string framed(std::string_view text) {
  std::string output = "\r\n";
  return output.append(text).append("\r\n");
}
inline std::string with_ok(std::string_view text) {
  return framed(text) + kOk;
}
inline std::string cme(int number) {
  return framed("+CME ERROR: " + std::to_string(number));
}

}  // namespace vmodem::firmware
