#include "at_engine/data_collector.h"

namespace vmodem::at {
namespace {

constexpr std::uint8_t kCtrlZ = 0x1A;
constexpr std::uint8_t kEscape = 0x1B;
constexpr std::size_t kEscapeLength = 3;

}  // namespace

DataCollector::DataCollector(Instant now, DataMode mode)
    : mode_(std::move(mode)), last_octet_at_(now) {
}

DataCollector::Step DataCollector::feed(Instant now, ByteView octets) {
  Step step;
  // Held characters count: a host that waits for the acknowledgement sends nothing to release them.
  const auto blocks = [this] {
    if (mode_.acknowledge_every == 0) return std::size_t{0};
    return (octets_.size() + held_pluses_) / mode_.acknowledge_every;
  };
  const auto blocks_before = blocks();
  while (step.consumed < octets.size() && !step.end) {
    step.end = take(now, octets[step.consumed++]);
  }
  step.acknowledgements = blocks() - blocks_before;
  return step;
}

std::optional<DataEnd> DataCollector::take(Instant now, std::uint8_t octet) {
  const bool ends_by_control = !mode_.size || mode_.control_ends_size;
  if (ends_by_control && (octet == kCtrlZ || octet == kEscape)) {
    release_held();
    return octet == kCtrlZ ? DataEnd::kCtrlZ : DataEnd::kEscape;
  }
  if (!holds_as_escape(now, octet)) {
    release_held();
    keep(octet);
  }
  last_octet_at_ = now;
  is_guard_over_ = false;
  if (is_overflown_ && mode_.ends_over_size_max) return DataEnd::kOverflow;
  if (!is_complete()) return std::nullopt;

  release_held();
  return DataEnd::kComplete;
}

bool DataCollector::holds_as_escape(Instant now, std::uint8_t octet) {
  if (!mode_.escape_sequence || octet != '+' || held_pluses_ == kEscapeLength) return false;
  // Too late to belong to the ones before: those were data, and this one may begin a sequence.
  if (now - first_plus_at_ > kEscapeGuard) release_held();
  if (held_pluses_ == 0) {
    if (now - last_octet_at_ < kEscapeGuard) return false;
    first_plus_at_ = now;
  }
  ++held_pluses_;
  return true;
}

void DataCollector::release_held() {
  for (; held_pluses_ > 0; --held_pluses_) keep('+');
}

void DataCollector::keep(std::uint8_t octet) {
  if (!mode_.size && octets_.size() == mode_.size_max) {
    is_overflown_ = true;
    return;
  }
  octets_.push_back(octet);
}

bool DataCollector::is_complete() const {
  return mode_.size && octets_.size() + held_pluses_ >= *mode_.size;
}

bool DataCollector::waits_for_guard() const {
  return mode_.escape_sequence && !is_guard_over_ && held_pluses_ == 0;
}

std::optional<DataEnd> DataCollector::handle_timeout(Instant now) {
  is_guard_over_ = now >= last_octet_at_ + kEscapeGuard;
  if (held_pluses_ == kEscapeLength && is_guard_over_) return DataEnd::kEscapeSequence;
  if (mode_.idle_timeout && now >= last_octet_at_ + *mode_.idle_timeout) {
    release_held();
    return DataEnd::kIdle;
  }
  return std::nullopt;
}

std::optional<Instant> DataCollector::poll_timeout() const {
  std::optional<Instant> deadline;
  // A deadline even where nothing comes of it: a clock that stands still between deadlines would not
  // notice the silence before the sequence.
  const bool may_escape = waits_for_guard() || held_pluses_ == kEscapeLength;
  if (may_escape) deadline = last_octet_at_ + kEscapeGuard;
  if (mode_.idle_timeout) deadline = earliest(deadline, last_octet_at_ + *mode_.idle_timeout);
  return deadline;
}

}  // namespace vmodem::at
