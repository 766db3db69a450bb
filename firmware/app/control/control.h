// The control interface of a running module: it listens, lets in who may, and passes requests on.
//
// In:  an address, a token, requests by way of the HTTP module.
// Out: what steers the testbed, answers, the journal to whoever reads it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "firmware/app/loop/clock.h"
#include "firmware/app/loop/control_port.h"
#include "firmware/app/loop/journal_reader.h"
#include "firmware/app/loop/poller.h"
#include "firmware/base/expected.h"
#include "firmware/configuration/config.h"
#include "firmware/control/api.h"
#include "firmware/control/capture_control.h"
#include "firmware/control/past_control.h"
#include "firmware/journal/journal.h"
#include "firmware/recording/recorder.h"
#include "firmware/testbed/testbed.h"

namespace vmodem::app {

class Control final : public ControlPort, public JournalReader {
 public:
  // All outlive it.
  struct World {
    testbed::Testbed& testbed;
    SteeredClock& clock;
    Poller& poller;
    std::string version;
    recording::Recorder* recorder = nullptr;     // null: nobody records
    control::CaptureControl* capture = nullptr;  // null: none can be begun
    control::PastControl* past = nullptr;        // null: no run is kept
  };

  // Listens and is watched by the poller. The error is one phrase.
  [[nodiscard]] static Expected<std::unique_ptr<Control>, std::string> open(
      const ControlConfig& config, const World& world);
  ~Control() override;

  // "unix:/run/user/1000/vmodem/1", "tcp://127.0.0.1:41205"; empty: only the window is open.
  [[nodiscard]] std::string address() const;
  // The file of the token that is asked for; empty: none is.
  [[nodiscard]] std::string token_path() const;
  // Of the live window, with the word that it asks for; empty: it is not open.
  [[nodiscard]] std::string window_link() const;

  // Kept for clients, now or later.
  void handle(const journal::Entry& entry) override;
  void forget() override;
  void recall(const journal::Entry& entry) override;
  // For the requests of a run that is played again.
  [[nodiscard]] control::Api& api();
  void handle_ready(Instant now) override;
  void handle_turn(Instant now) override;

 private:
  struct State;
  explicit Control(std::unique_ptr<State> state);
  void set_now(Instant now);

  std::unique_ptr<State> state_;
};

}  // namespace vmodem::app
