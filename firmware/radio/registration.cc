#include "firmware/radio/registration.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "firmware/base/overloaded.h"
#include "firmware/radio/bands.h"
#include "firmware/radio/power_saving.h"

namespace vmodem::firmware {
namespace {

// 24.301 §9.9.3.9: PLMN not allowed.
constexpr int kCausePlmnNotAllowed = 11;

// A module that has only lost its cell stays attached (24.301 §5.2.2.3).
bool keeps_attachment(Registration registration) {
  return is_registered(registration) || registration == Registration::kSearching ||
         registration == Registration::kUnknown;
}

}  // namespace

Radio::Radio(const RadioConfig& config, Technologies technologies, const ReportModes& modes,
             const SavedSettings& saved)
    : config_(config),
      modes_(modes),
      saved_(saved),
      operators_(on_their_bands(config.operators)),
      signal_(config.signal),
      search_(technologies),
      selection_(load_selection(saved)) {
}

void Radio::switch_on(Instant now) {
  if (is_on_) return;
  is_on_ = true;
  wants_attachment_ = true;
  begin_search(now);
}

void Radio::switch_off(Instant now) {
  is_on_ = false;
  stage_ends_at_.reset();
  refresh(now);
}

void Radio::reset() {
  is_on_ = false;
  wants_attachment_ = true;
  is_attached_ = false;
  is_attached_to_lte_ = false;
  is_connection_reported_ = false;
  selection_ = load_selection(saved_);
  stage_ends_at_.reset();
  release_at_.reset();
  standing_ = {};
  known_area_.clear();
  told_ = {};
  told_quality_ = {};
  events_.clear();
}

void Radio::set_sim_ready(Instant now, bool is_ready) {
  if (is_ready == is_sim_ready_) return;
  is_sim_ready_ = is_ready;
  begin_search(now);
}

void Radio::configure_search(Instant now, const SearchSettings& settings) {
  search_.configure(settings);
  refresh(now);
}

void Radio::select(Instant now, const OperatorSelection& selection) {
  const bool was_deregistered = selection_.mode == SelectionMode::kDeregistered;
  selection_ = selection;
  if (was_deregistered) return begin_search(now);
  refresh(now);
}

Expected<void, at::CmeError> Radio::attach(Instant now) {
  wants_attachment_ = true;
  refresh(now);
  if (is_registered()) return {};
  const bool is_denied = standing_.registration == Registration::kDenied;
  return unexpected(is_denied ? at::cme::kNetworkNotAllowed : at::cme::kNoNetworkService);
}

void Radio::detach(Instant now) {
  wants_attachment_ = false;
  refresh(now);
}

void Radio::negotiate_psm(Instant now) {
  if (!is_registered()) return;
  note_traffic(now);
  tell_registration();
  tell_psm();
}

void Radio::negotiate_edrx(Instant now) {
  if (!is_registered()) return;
  note_traffic(now);
  tell_edrx();
}

void Radio::note_signalling(Instant now) {
  if (is_registered()) note_traffic(now);
}

void Radio::note_traffic(Instant now) {
  const bool was_connected = is_connected();
  release_at_ = now + config_.connection_release;
  if (!was_connected && is_connection_reported_) tell("+QCSCON: 1,1");
}

void Radio::release_connection() {
  if (!is_connected()) return;
  release_at_.reset();
  if (is_connection_reported_) tell("+QCSCON: 1,0");
}

void Radio::change_network(Instant now, const NetworkChange& change) {
  std::visit(Overloaded{[this](const NetworkStage& stage) { held_stage_ = stage; },
                        [this](const Recovery&) { held_stage_.reset(); },
                        [this](const Cell& cell) {
                          if (standing_.serving) operators_[*standing_.serving].cell = cell;
                        },
                        [this](const Signal& signal) {
                          if (signal == signal_) return;
                          signal_ = signal;
                          events_.emplace_back(SignalChanged{});
                        }},
             change);
  refresh(now);
}

void Radio::handle_timeout(Instant now) {
  if (stage_ends_at_ && now >= *stage_ends_at_) run_timeline(now);
  if (release_at_ && now >= *release_at_) release_connection();
}

std::optional<Instant> Radio::poll_timeout() const {
  return earliest(stage_ends_at_, release_at_);
}

bool Radio::is_searching_allowed() const {
  return is_on_ && is_sim_ready_ && selection_.mode != SelectionMode::kDeregistered;
}

void Radio::begin_search(Instant now) {
  stage_ = 0;
  stage_ends_at_.reset();
  if (is_searching_allowed() && config_.timeline.size() > 1) {
    stage_ends_at_ = now + config_.timeline.front().duration;
  }
  run_timeline(now);
}

void Radio::run_timeline(Instant now) {
  refresh(now);
  while (stage_ends_at_ && now >= *stage_ends_at_) {
    ++stage_;
    if (stage_ + 1 < config_.timeline.size()) {
      *stage_ends_at_ += config_.timeline[stage_].duration;
    } else {
      stage_ends_at_.reset();
    }
    refresh(now);
  }
}

NetworkStage Radio::stage() const {
  if (held_stage_) return *held_stage_;
  if (config_.timeline.empty()) return {};
  return config_.timeline[stage_];
}

Radio::Standing Radio::assess() const {
  if (!is_searching_allowed()) return {};
  const auto now_offered = stage();
  switch (now_offered.coverage) {
    case Coverage::kSearching:
    case Coverage::kLost:
      return {.registration = Registration::kSearching};
    case Coverage::kUnknown:
      return {.registration = Registration::kUnknown};
    case Coverage::kDenied:
      return {.registration = Registration::kDenied, .reject_cause = now_offered.reject_cause};
    case Coverage::kHome:
    case Coverage::kRoaming:
      break;
  }
  return assess_selection();
}

Radio::Standing Radio::assess_selection() const {
  const bool is_manual = selection_.is_manual();
  const bool is_roaming = stage().coverage == Coverage::kRoaming;
  const auto serving = is_manual ? search_.find_selected(operators_, selection_)
                                 : search_.find_automatically(operators_, is_roaming);
  if (!serving) return {.registration = Registration::kSearching};

  const auto access = operators_[*serving].access;
  if (access == Access::kForbidden) {
    return {.registration = Registration::kDenied, .reject_cause = kCausePlmnNotAllowed};
  }
  const bool is_abroad = is_manual ? access == Access::kPartner : is_roaming;
  return {.registration = is_abroad ? Registration::kRoaming : Registration::kHome,
          .serving = serving};
}

std::vector<const Operator*> Radio::visible_operators() const {
  std::vector<const Operator*> visible;
  const auto coverage = stage().coverage;
  const bool is_covered = coverage == Coverage::kHome || coverage == Coverage::kRoaming ||
                          coverage == Coverage::kDenied;
  if (!is_on_ || !is_covered) return visible;
  for (const auto& candidate : operators_) {
    if (!search_.finds(candidate)) continue;
    const auto known = std::ranges::find_if(visible, [&](const Operator* one) {
      return one->numeric == candidate.numeric && one->technology == candidate.technology;
    });
    if (known == visible.end()) {
      visible.push_back(&candidate);
    } else if (&candidate == serving()) {
      *known = &candidate;
    }
  }
  return visible;
}

Registration Radio::registration(Domain domain) const {
  const auto* network = serving();
  if (network == nullptr) return standing_.registration;
  const bool is_gsm = network->technology == Technology::kEgprs;
  // 27.007 §10.1.22: outside E-UTRAN coverage +CEREG knows nothing.
  if (is_gsm && domain == Domain::kEps) return Registration::kUnknown;
  // An LTE module that is not attached is not registered; in GSM the circuit domain stays.
  const bool is_without = !is_attached_ && !(is_gsm && domain == Domain::kCircuit);
  return is_without ? Registration::kNotSearching : standing_.registration;
}

RegistrationView Radio::view(Domain domain) const {
  const auto registered = registration(domain);
  const auto* network = serving();
  if (network == nullptr) {
    return {.registration = registered, .reject_cause = standing_.reject_cause};
  }
  if (!firmware::is_registered(registered)) return {.registration = registered};

  auto timers = granted_timers(config_, saved_);
  return {.registration = registered,
          .cell = network->cell,
          .technology = network->technology,
          .active_time = std::move(timers.active_time),
          .periodic_tau = std::move(timers.periodic_tau)};
}

bool Radio::is_registered() const {
  return firmware::is_registered(registration(Domain::kPacket));
}

const Operator* Radio::serving() const {
  return standing_.serving ? &operators_[*standing_.serving] : nullptr;
}

std::optional<Technology> Radio::technology() const {
  const auto* network = serving();
  if (network == nullptr) return std::nullopt;
  return network->technology;
}

std::optional<Signal> Radio::signal() const {
  // A module that is refused camps on the cell all the same.
  if (standing_.serving || standing_.registration == Registration::kDenied) return signal_;
  return std::nullopt;
}

// 24.301 §5.5: attach, tracking area update and detach need a radio connection.
void Radio::tell_network(Instant now) {
  auto area = is_attached_ ? known_area_ : std::string();
  if (const auto* network = serving(); network != nullptr && is_attached_) {
    area = fmt::format("{}/{}", *standing_.serving, network->cell.area_code);
  }
  if (area == known_area_) return;
  known_area_ = std::move(area);
  note_traffic(now);
}

// What serves no more for the moment leaves the attachment where it was.
void Radio::note_lte() {
  const auto served_by = technology();
  const bool is_in_lte = served_by ? *served_by != Technology::kEgprs : is_attached_to_lte_;
  const bool was_attached = std::exchange(is_attached_to_lte_, is_attached_ && is_in_lte);
  if (is_attached_to_lte_ && !was_attached) events_.emplace_back(AttachedToLte{});
}

void Radio::refresh(Instant now) {
  const auto registration_before = told_[index_of(Domain::kPacket)].registration;
  const bool was_attached = std::exchange(is_attached_, false);
  const auto area_before = known_area_;
  standing_ = assess();
  is_attached_ = wants_attachment_ &&
                 (standing_.serving || (was_attached && keeps_attachment(standing_.registration)));
  tell_network(now);
  if (!is_registered()) release_connection();
  tell_registration();

  const auto registration = told_[index_of(Domain::kPacket)].registration;
  if (registration != registration_before) events_.emplace_back(RegistrationChanged{registration});
  const bool is_new = !firmware::is_registered(registration_before);
  if (is_registered() && (is_new || known_area_ != area_before)) {
    tell_psm();
    tell_edrx();
  }
  if (was_attached && !is_attached_) {
    events_.emplace_back(Detached{standing_.registration == Registration::kDenied});
  }
  note_lte();
  tell_quality();
}

}  // namespace vmodem::firmware
