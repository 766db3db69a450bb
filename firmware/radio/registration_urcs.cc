// What the radio tells the host by itself.
#include <fmt/format.h>

#include <utility>

#include "firmware/radio/power_saving.h"
#include "firmware/radio/registration.h"

namespace vmodem::firmware {

void Radio::tell_registration() {
  for (const auto domain : kDomains) {
    auto& told = told_[index_of(domain)];
    auto seen = view(domain);
    const auto mode = mode_of(modes_, domain);
    auto text = registration_text(domain, seen, mode);
    if (mode != 0 && text != registration_text(domain, told, mode)) {
      tell(fmt::format("{}: {}", command_of(domain), text));
    }
    told = std::move(seen);
  }
}

void Radio::tell_psm() {
  if (saved_.get(kPsmUrc) == 0 || !load_psm(saved_).is_on) return;
  const auto timers = granted_timers(config_, saved_);
  tell(fmt::format("+QPSMTIMER: {},{}", tau_seconds(timers.periodic_tau).value_or(0),
                   active_time_seconds(timers.active_time).value_or(0)));
}

void Radio::tell_edrx() {
  const auto served_by = technology();
  if (!served_by || !announces_edrx(saved_)) return;
  if (const auto in_use = edrx_in_use(config_, saved_, *served_by)) {
    tell(fmt::format("+CEDRXP: {}", *in_use));
  }
}

void Radio::tell_quality() {
  const auto quality = quality_of(signal());
  if (quality == told_quality_) return;
  told_quality_ = quality;
  if (is_quality_reported_) tell(fmt::format("+QIND: \"csq\",{}", text_of(quality)));
}

}  // namespace vmodem::firmware
