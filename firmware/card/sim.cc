#include "firmware/card/sim.h"

#include <utility>

namespace vmodem::firmware {
namespace {

auto refused(const at::CmeError& cause) {
  return unexpected(Sim::Error{.kind = Sim::Failure::kRefused, .cause = cause});
}

std::string_view cpin_text(Sim::Status status) {
  switch (status) {
    case Sim::Status::kReady:
      return "+CPIN: READY";
    case Sim::Status::kPinRequired:
      return "+CPIN: SIM PIN";
    case Sim::Status::kPukRequired:
      return "+CPIN: SIM PUK";
    case Sim::Status::kOff:
    case Sim::Status::kStarting:
    case Sim::Status::kAbsent:
    case Sim::Status::kBlocked:
      break;
  }
  return "+CPIN: NOT READY";
}

}  // namespace

Sim::Sim(const SimConfig& config, std::string_view iccid, SavedSettings& saved)
    : config_(config), iccid_(iccid), saved_(saved), in_holder_(config.present) {
  reset();
  status_ = in_holder_ ? status_of_locks() : Status::kAbsent;
}

void Sim::reset() {
  power_off();
  events_.clear();
  detects_ = saved_.get(kSimDetection) == 1;
  reports_ = saved_.get(kSimReport) == 1;
}

void Sim::power_on(Instant now) {
  if (status_ == Status::kOff) start(now);
}

void Sim::power_off() {
  status_ = Status::kOff;
  read_at_.reset();
  sms_ready_at_.reset();
}

void Sim::insert(Instant now) {
  if (std::exchange(in_holder_, true)) return;
  if (!detects_ || status_ == Status::kOff) return;
  if (reports_) report("+QSIMSTAT: 1,1");
  start(now);
}

void Sim::remove() {
  if (!std::exchange(in_holder_, false) || status_ == Status::kOff) return;
  power_off();
  status_ = Status::kAbsent;
  if (!detects_) return;
  // AT95 §5.10: the insertion status comes before the state of the card.
  if (reports_) report("+QSIMSTAT: 1,0");
  report("+CPIN: NOT READY");
}

void Sim::start(Instant now) {
  status_ = Status::kStarting;
  read_at_ = now + config_.ready_delay;
  handle_timeout(now);
}

void Sim::read_card(Instant now) {
  status_ = in_holder_ ? status_of_locks() : Status::kAbsent;
  if (is_ready()) return become_ready(now);
  report(std::string(cpin_text(status_)));
}

void Sim::become_ready(Instant now) {
  status_ = Status::kReady;
  report(std::string(cpin_text(status_)));
  report("+QUSIM: 1");
  sms_ready_at_ = now + config_.sms_ready_delay;
  handle_timeout(now);
}

void Sim::handle_timeout(Instant now) {
  if (read_at_ && *read_at_ <= now) read_card(*std::exchange(read_at_, std::nullopt));
  if (sms_ready_at_ && *sms_ready_at_ <= now) {
    sms_ready_at_.reset();
    report("+QIND: SMS DONE");
  }
}

std::optional<Instant> Sim::poll_timeout() const {
  return earliest(read_at_, sms_ready_at_);
}

Sim::Outcome Sim::enter_pin(Instant now, std::string_view pin) {
  if (const auto cause = trouble()) return refused(*cause);
  if (is_ready()) return refused(at::cme::kOperationNotAllowed);
  if (status_ != Status::kPinRequired) return refused(*obstacle());

  const auto checked = check_pin(pin);
  if (checked) become_ready(now);
  return checked;
}

Sim::Outcome Sim::enter_puk(Instant now, std::string_view puk, std::string_view new_pin) {
  if (const auto cause = trouble()) return refused(*cause);
  // 27.007 §8.3: the second parameter belongs to a PUK.
  if (is_ready() || status_ == Status::kPinRequired) return refused(at::cme::kOperationNotAllowed);
  if (status_ != Status::kPukRequired) return refused(*obstacle());

  if (puk != config_.puk) {
    saved_.set(SavedNumber{key("puk_retries")}, puk_retries() - 1);
    if (auto saved = save(); !saved) return saved;
    status_ = status_of_locks();
    return refused(at::cme::kIncorrectPassword);
  }
  // TS 31.101 §11.1.12: unblocking resets both counters, sets the new PIN and enables it.
  saved_.set(SavedText{key("pin")}, new_pin);
  saved_.set(SavedNumber{key("pin_enabled")}, 1);
  saved_.set(SavedNumber{key("pin_retries")}, kPinRetriesMax);
  saved_.set(SavedNumber{key("puk_retries")}, kPukRetriesMax);
  if (auto saved = save(); !saved) return saved;
  become_ready(now);
  return {};
}

Sim::Outcome Sim::lock(bool enabled, std::string_view pin) {
  if (const auto cause = obstacle()) return refused(*cause);
  // TS 31.101 §11.1.10–11: enabling an enabled PIN, and the reverse, is refused by the card.
  if (enabled == is_pin_enabled()) return refused(at::cme::kOperationNotAllowed);

  if (auto checked = check_pin(pin); !checked) return checked;
  saved_.set(SavedNumber{key("pin_enabled")}, enabled);
  return save();
}

Sim::Outcome Sim::change_pin(std::string_view old_pin, std::string_view new_pin) {
  if (const auto cause = obstacle()) return refused(*cause);
  // TS 31.101 §11.1.9: a disabled PIN cannot be changed.
  if (!is_pin_enabled()) return refused(at::cme::kOperationNotAllowed);

  if (auto checked = check_pin(old_pin); !checked) return checked;
  saved_.set(SavedText{key("pin")}, new_pin);
  return save();
}

Sim::Outcome Sim::check_pin(std::string_view pin) {
  const bool is_right = pin == this->pin();
  const int retries = is_right ? kPinRetriesMax : pin_retries() - 1;
  if (retries != pin_retries()) {
    saved_.set(SavedNumber{key("pin_retries")}, retries);
    if (auto saved = save(); !saved) return saved;
  }
  if (is_right) return {};
  if (retries > 0) return refused(at::cme::kIncorrectPassword);

  power_off();
  status_ = status_of_locks();
  report(std::string(cpin_text(status_)));
  return refused(at::cme::kSimPukRequired);
}

Sim::Status Sim::status_of_locks() const {
  if (pin_retries() > 0) return is_pin_enabled() ? Status::kPinRequired : Status::kReady;
  return puk_retries() > 0 ? Status::kPukRequired : Status::kBlocked;
}

std::optional<at::CmeError> Sim::trouble() const {
  const bool is_asked = status_ != Status::kOff && status_ != Status::kAbsent;
  if (!trouble_ || !is_asked) return std::nullopt;
  switch (*trouble_) {
    case Trouble::kBusy:
      return at::cme::kSimBusy;
    case Trouble::kFailure:
      return at::cme::kSimFailure;
    case Trouble::kWrong:
      break;
  }
  return at::cme::kSimWrong;
}

bool Sim::is_readable() const {
  if (trouble()) return false;
  return is_ready() || status_ == Status::kPinRequired || status_ == Status::kPukRequired;
}

std::optional<at::CmeError> Sim::obstacle() const {
  if (const auto cause = trouble()) return cause;
  switch (status_) {
    case Status::kOff:
      return at::cme::kSimFailure;  // AT95 §2.22: what AT+CPIN? says after AT+CFUN=0
    case Status::kStarting:
      return at::cme::kSimBusy;
    case Status::kAbsent:
      return at::cme::kSimNotInserted;
    case Status::kPinRequired:
      return at::cme::kSimPinRequired;
    case Status::kPukRequired:
      return at::cme::kSimPukRequired;
    case Status::kBlocked:
      return at::cme::kSimFailure;
    case Status::kReady:
      break;
  }
  return std::nullopt;
}

Sim::Inserted Sim::inserted() const {
  if (status_ == Status::kOff || status_ == Status::kStarting) return Inserted::kUnknown;
  return status_ == Status::kAbsent ? Inserted::kRemoved : Inserted::kInserted;
}

std::string Sim::key(std::string_view name) const {
  std::string text = "sim." + iccid_ + '.';
  return text.append(name);
}

std::string Sim::pin() const {
  return saved_.get(SavedText{key("pin"), config_.pin});
}

bool Sim::is_pin_enabled() const {
  return saved_.get(SavedNumber{key("pin_enabled"), config_.pin_enabled}) == 1;
}

int Sim::pin_retries() const {
  return saved_.get(SavedNumber{key("pin_retries"), config_.pin_retries});
}

int Sim::puk_retries() const {
  return saved_.get(SavedNumber{key("puk_retries"), config_.puk_retries});
}

Sim::Outcome Sim::save() {
  if (saved_.save()) return {};
  return unexpected(Error{.kind = Failure::kNotSaved});
}

}  // namespace vmodem::firmware
