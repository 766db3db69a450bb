#include "tests/simulation/rig.h"

#include <fmt/format.h>

#include <algorithm>

#include "firmware/base/check.h"
#include "firmware/base/hash.h"
#include "firmware/base/overloaded.h"
#include "firmware/journal/json.h"

namespace vmodem::simulation {
namespace {

constexpr int kWakeUpsAtOnceMax = 2000;
constexpr std::size_t kUnreadMax = 256 * 1024;
constexpr std::uint8_t kDtlsContentMin = 20;  // RFC 5246 §6.2.1: no CoAP header begins so
constexpr std::uint8_t kDtlsContentMax = 23;

bool is_record(const Bytes& datagram) {
  return !datagram.empty() && datagram[0] >= kDtlsContentMin && datagram[0] <= kDtlsContentMax;
}

}  // namespace

void add(Hash& hash, journal::Entry entry) {
  const auto hide = [](Bytes& octets) {
    if (is_record(octets)) octets.assign(octets.size(), 0);
  };
  if (auto* up = std::get_if<journal::DatagramUp>(&entry.event)) hide(up->octets);
  if (auto* down = std::get_if<journal::DatagramDown>(&entry.event)) hide(down->octets);
  hash.add(as_bytes(to_json(entry)));
}

Rig::Rig(const Scene& scene, Findings& findings, Journal& journal, recording::Recorder* recorder)
    : findings_(findings),
      recorder_(recorder),
      journal_(journal),
      network_(scene, findings),
      random_(scene.seed),
      testbed_(scene.testbed, files_, settings_, random_) {
  settle();
}

void Rig::write(ByteView octets) {
  journal_.note(now_, "host", octets);
  backlog_.insert(backlog_.end(), octets.begin(), octets.end());
  settle();
}

bool Rig::write_backlog() {
  const auto count = std::min(testbed_.serial_room(), backlog_.size());
  if (count == 0) return false;
  const Bytes part(backlog_.begin(), backlog_.begin() + static_cast<std::ptrdiff_t>(count));
  backlog_.erase(backlog_.begin(), backlog_.begin() + static_cast<std::ptrdiff_t>(count));
  record([&] { return recording::SerialRead{part}; });
  testbed_.handle_serial(now_, part);
  return true;
}

// The order of the program's event loop.
void Rig::settle() {
  while (deliver_news() || perform_action() || read_serial() || write_backlog()) watch_network();
  watch_network();
}

bool Rig::deliver_news() {
  const auto news = news_.take_front();
  if (!news) return false;
  record([&] { return *news; });
  testbed_.handle_network(now_, *news);
  return true;
}

bool Rig::perform_action() {
  if (recorder_ != nullptr) recorder_->polled_action();
  auto action = testbed_.poll_action();
  note_faults();
  if (!action) return false;
  // What is left for the real network finds none.
  std::visit(
      Overloaded{[&](const firmware::OpenTransport& a) {
                   news_.push_back(firmware::OpenFailed{
                       a.transport, firmware::TransportError::kUnreachable, "no network"});
                 },
                 [&](const firmware::Query& q) {
                   news_.push_back(firmware::Answered{
                       q.id,
                       firmware::QueryFailed{firmware::QueryError::kUnreachable, "no network"}});
                 },
                 [&](const firmware::PowerChanged& power) {
                   is_on_ = power.is_on;
                   ++interruptions_;
                   (void)read_serial();
                   if (!power.is_on) happenings_.push_back({HappeningKind::kSwitchedOff});
                   journal_.note(now_, "power", std::string_view(power.is_on ? "on" : "off"));
                 },
                 [](const auto&) {}},
      *action);
  return true;
}

void Rig::note_faults() {
  while (auto entry = testbed_.journal().poll_entry()) {
    add(entries_, *entry);
    if (level(entry->event) != journal::Level::kNone) note_fault(phrase(entry->event));
  }
}

void Rig::note_fault(std::string_view text) {
  journal_.note(now_, "trace", text);
  if (!text.starts_with("fault: ")) return;
  static constexpr std::string_view kInterruptions[] = {"hang", "resume", "power", "reset"};
  const auto is_one = [&](auto word) { return text.find(word) != std::string::npos; };
  if (!std::ranges::any_of(kInterruptions, is_one)) return;
  ++interruptions_;
  happenings_.push_back({HappeningKind::kInterrupted});
}

bool Rig::read_serial() {
  if (recorder_ != nullptr) recorder_->polled_serial();
  const auto octets = testbed_.poll_serial();
  if (octets.size() > kUnreadMax)
    findings_.add("bound", fmt::format("{} octets wait", octets.size()));
  if (octets.empty() || !is_reading_) return false;

  serial_.add(octets);
  const auto instant = static_cast<std::uint64_t>(now_.time_since_epoch().count());
  for (std::size_t i = 0; i < octets.size(); ++i) instants_.add_number(instant);
  journal_.note(now_, "module", octets);
  happenings_.push_back({HappeningKind::kOutput, Bytes(octets.begin(), octets.end())});
  record([&] { return recording::SerialWritten{octets.size(), hash_of(octets)}; });
  testbed_.handle_serial_written(octets.size());
  return true;
}

void Rig::set_reading(bool is_reading) {
  is_reading_ = is_reading;
  settle();
}

void Rig::watch_network() {
  while (const auto passage = testbed_.poll_passage()) {
    network_.handle(now_, *passage, bounds_);
    const auto* action = std::get_if<firmware::Action>(&*passage);
    const auto* sent = action != nullptr ? std::get_if<firmware::SendDatagram>(action) : nullptr;
    if (sent == nullptr) continue;
    datagrams_.add_number(static_cast<std::uint64_t>(sent->transport));
    datagrams_.add_number(sent->datagram.size());
    if (!is_record(sent->datagram)) datagrams_.add(sent->datagram);
    journal_.note(now_, "uplink", sent->datagram);
  }
}

bool Rig::advance(Instant end) {
  const auto deadline = testbed_.poll_timeout();
  if (is_stuck_ || !deadline || *deadline > end) {
    now_ = std::max(now_, end);
    wake_ups_at_once_ = 0;
    return false;
  }
  if (*deadline > now_) wake_ups_at_once_ = 0;
  now_ = std::max(now_, *deadline);
  record([] { return recording::TimePassed{}; });
  testbed_.handle_timeout(now_);
  settle();
  check_progress();
  return true;
}

void Rig::check_progress() {
  ++wake_ups_;
  if (++wake_ups_at_once_ > kWakeUpsAtOnceMax) {
    is_stuck_ = true;
    return findings_.add("progress", fmt::format("{} wake-ups in one instant", kWakeUpsAtOnceMax));
  }
  const auto deadline = testbed_.poll_timeout();
  // Where it hung, what became due meanwhile is late.
  if (deadline && *deadline < now_ && interruptions_ == 0) {
    findings_.add("progress", "the next deadline is in the past");
  }
}

void Rig::pass(Duration duration) {
  const auto end = now_ + duration;
  while (advance(end)) continue;
}

void Rig::inject(std::string_view text) {
  auto deed = testbed::parse_deed(text);
  BG_CHECK(deed, "the text is of this program");
  record([&] { return recording::VerbDone{std::string(text)}; });
  testbed_.inject(now_, std::move(*deed), std::string(text));
  settle();
}

Fingerprint Rig::fingerprint() const {
  return {serial_.value(), instants_.value(), datagrams_.value(), entries_.value()};
}

}  // namespace vmodem::simulation
