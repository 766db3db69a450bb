// AT&W, AT&F, ATZ and power-up (AT95 §2.10–2.13, §23.2–23.4): what they do, without knowing the
// families whose settings they move.
#pragma once

#include "firmware/settings/saved.h"

namespace vmodem::at {
struct Services;
}  // namespace vmodem::at

namespace vmodem::firmware {

// A family that AT&W, AT&F or ATZ touch. Null: it takes no part.
struct ProfileParticipant {
  // AT&W: sets its kProfile… keys; the caller saves all of them at once.
  void (*store)(const at::Services& services, SavedSettings& saved) = nullptr;
  // ATZ and power-up, after AT&W has stored: takes its keys back into use.
  void (*recall)(at::Services& services) = nullptr;
  // AT&F, and first of all ATZ: the values of the factory.
  void (*restore_factory)(at::Services& services) = nullptr;
};

// AT&W: durable when it returns true, and never half of it; false leaves what was stored before.
[[nodiscard]] bool store_profile(at::Services& services);
// ATZ: the factory's values, then the stored ones.
void recall_profile(at::Services& services);
void restore_factory_profile(at::Services& services);
// Every line setting as power-up leaves it. The families have reset their own before.
void load_profile_at_power_up(at::Services& services);

}  // namespace vmodem::firmware
