// The card in the SIM holder and what the module knows of it (27.007 §8.3, TS 31.101 §9.5, AT95
// §5).
//
// In:  PIN, PUK, insertion, the time.
// Out: its status, URCs, files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "at_engine/result.h"
#include "at_engine/serial_output.h"
#include "firmware/base/expected.h"
#include "firmware/base/queue.h"
#include "firmware/base/time.h"
#include "firmware/settings/saved.h"

namespace vmodem::firmware {

// The card as it comes from the operator. What the host changes in it is saved under its ICCID, so
// another ICCID is another card.
struct SimConfig {
  bool present = true;             // in the holder at power-on
  std::string pin = "1234";        // 4–8 digits
  std::string puk = "12345678";    // 8 digits
  bool pin_enabled = false;        // the card asks for its PIN at power-on
  int pin_retries = 3;             // 0–3; 0: the card asks for its PUK
  int puk_retries = 10;            // 0–10; 0 of both: the card is blocked for ever
  Duration ready_delay = 0ms;      // from power-on or insertion to +CPIN, 0–60 s
  Duration sms_ready_delay = 0ms;  // from +QUSIM: 1 to +QIND: SMS DONE, 0–60 s
};

// AT+QSIMDET and AT+QSIMSTAT: read back at once, in effect from the next boot.
inline constexpr SavedNumber kSimDetection{"qsimdet.enable", 0};
inline constexpr SavedNumber kSimDetectionLevel{"qsimdet.level", 0};
inline constexpr SavedNumber kSimReport{"qsimstat.enable", 0};

class Sim {
 public:
  // TS 31.101 §9.5: what a success restores.
  static constexpr int kPinRetriesMax = 3;
  static constexpr int kPukRetriesMax = 10;

  enum class Status : std::uint8_t {
    kOff,       // the module does not power it (AT+CFUN=0, power down)
    kStarting,  // powered, not read yet
    kAbsent,    // nothing in the holder when it was last looked
    kPinRequired,
    kPukRequired,
    kBlocked,  // the PUK's attempts are used up
    kReady,
  };
  // What keeps a card that is there from answering.
  enum class Trouble : std::uint8_t { kBusy, kFailure, kWrong };
  enum class Inserted : std::uint8_t { kRemoved, kInserted, kUnknown };
  // No error: done. `kNotSaved`: the store failed and nothing has changed that a power-off would
  // keep.
  enum class Failure : std::uint8_t { kRefused, kNotSaved };
  struct Error {
    Failure kind = Failure::kRefused;
    at::CmeError cause = at::cme::kPhoneFailure;  // with kRefused
  };
  using Outcome = Expected<void, Error>;

  // The module has booted with it and is silent. `saved` outlives this object.
  Sim(const SimConfig& config, std::string_view iccid, SavedSettings& saved);

  // The module goes down, and what AT+QSIMDET and AT+QSIMSTAT have saved counts. Silent.
  void reset();
  // The card is powered: +CPIN, +QUSIM and +QIND: SMS DONE follow. Powered already: nothing
  // happens.
  void power_on(Instant now);
  // AT+CFUN=0. The card forgets that its PIN was given. Silent.
  void power_off();

  // Somebody puts the card into the holder or takes it out. Noticed with AT+QSIMDET=1 only,
  // otherwise an inserted card waits for the next power_on().
  void insert(Instant now);
  void remove();
  // Until it is set to nothing, every command that needs the card tells of it; what the card has
  // opened before, as the registration, stands.
  void set_trouble(std::optional<Trouble> trouble) { trouble_ = trouble; }

  // AT+CPIN: the PIN, or the PUK and the new PIN, that the card asks for.
  [[nodiscard]] Outcome enter_pin(Instant now, std::string_view pin);
  [[nodiscard]] Outcome enter_puk(Instant now, std::string_view puk, std::string_view new_pin);
  // AT+CLCK and AT+CPWD of a ready card.
  [[nodiscard]] Outcome lock(bool enabled, std::string_view pin);
  [[nodiscard]] Outcome change_pin(std::string_view old_pin, std::string_view new_pin);

  [[nodiscard]] Status status() const { return status_; }
  [[nodiscard]] bool is_ready() const { return status_ == Status::kReady; }
  // Its ICCID can be read, PIN or not.
  [[nodiscard]] bool is_readable() const;
  [[nodiscard]] bool is_sms_ready() const { return is_ready() && !sms_ready_at_; }
  // What every command that needs the card answers because of set_trouble().
  [[nodiscard]] std::optional<at::CmeError> trouble() const;
  // What a command that needs a ready card answers; nothing where it is ready.
  [[nodiscard]] std::optional<at::CmeError> obstacle() const;
  [[nodiscard]] Inserted inserted() const;
  [[nodiscard]] bool is_pin_enabled() const;
  [[nodiscard]] int pin_retries() const;
  [[nodiscard]] int puk_retries() const;

  [[nodiscard]] std::optional<at::Urc> poll_event() { return events_.take_front(); }
  void handle_timeout(Instant now);
  [[nodiscard]] std::optional<Instant> poll_timeout() const;

 private:
  [[nodiscard]] std::string key(std::string_view name) const;
  [[nodiscard]] std::string pin() const;
  [[nodiscard]] Outcome save();
  // Compares, and counts a failure down before it answers.
  [[nodiscard]] Outcome check_pin(std::string_view pin);
  [[nodiscard]] Status status_of_locks() const;
  void start(Instant now);
  void read_card(Instant now);
  void become_ready(Instant now);
  void report(std::string text) { events_.push_back({.text = std::move(text), .payload = {}}); }

  SimConfig config_;
  std::string iccid_;
  SavedSettings& saved_;
  bool in_holder_;
  bool detects_ = false;
  bool reports_ = false;
  std::optional<Trouble> trouble_;
  Status status_ = Status::kOff;
  std::optional<Instant> read_at_;
  std::optional<Instant> sms_ready_at_;
  Queue<at::Urc> events_;
};

}  // namespace vmodem::firmware
