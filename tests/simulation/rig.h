// Drives a testbed through virtual time, as the event loop of the program does, and watches that
// time goes on.
#pragma once

#include <optional>
#include <string_view>

#include "firmware/base/queue.h"
#include "firmware/recording/recorder.h"
#include "firmware/testbed/testbed.h"
#include "tests/simulation/journal.h"
#include "tests/simulation/network_checks.h"
#include "tests/simulation/scene.h"
#include "ufs/memory_store.h"

namespace vmodem::simulation {

// What the host's end sees, in order.
enum class HappeningKind : std::uint8_t {
  kOutput,
  kInterrupted,  // by a fault: reset, hang, power
  kSwitchedOff,
};
struct Happening {
  HappeningKind kind;
  Bytes octets{};  // of kOutput
};

struct Fingerprint {
  std::uint64_t serial = 0;    // octets
  std::uint64_t instants = 0;  // when they came
  std::uint64_t network = 0;   // CoAP datagrams, and the sizes and the order of DTLS records
  std::uint64_t entries = 0;   // of the journal, but for the octets of DTLS records

  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

// Of an entry, but for the octets of DTLS records, which have the wall's second in them.
void add(Hash& hash, journal::Entry entry);

class Rig {
 public:
  // All outlive it. `recorder` may be null.
  Rig(const Scene& scene, Findings& findings, Journal& journal,
      recording::Recorder* recorder = nullptr);

  [[nodiscard]] Instant now() const { return now_; }
  void write(ByteView octets);
  // Serves the next deadline, or lets time become `end`; false where it has.
  bool advance(Instant end);
  void pass(Duration duration);
  [[nodiscard]] std::optional<Happening> poll_happening() { return happenings_.take_front(); }

  // "reset" and its like.
  void inject(std::string_view deed);
  // Nobody reads.
  void set_reading(bool is_reading);

  void set_bounds(const TransmissionBounds& bounds) { bounds_ = bounds; }
  [[nodiscard]] const TransmissionBounds& bounds() const { return bounds_; }
  [[nodiscard]] bool is_module_on() const { return is_on_; }
  // Faults that took the module away from its host, and changes of its power.
  [[nodiscard]] int interruption_count() const { return interruptions_; }
  [[nodiscard]] int wake_up_count() const { return wake_ups_; }
  [[nodiscard]] bool is_stuck() const { return is_stuck_; }
  [[nodiscard]] NetworkChecks& network() { return network_; }
  [[nodiscard]] Fingerprint fingerprint() const;

 private:
  void settle();
  [[nodiscard]] bool deliver_news();
  [[nodiscard]] bool perform_action();
  [[nodiscard]] bool read_serial();
  [[nodiscard]] bool write_backlog();
  void watch_network();
  void note_faults();
  template <class Make>
  void record(const Make& make) {
    if (recorder_ != nullptr) recorder_->record(now_, make());
  }
  void note_fault(std::string_view text);
  void check_progress();

  Findings& findings_;
  recording::Recorder* recorder_;
  Journal& journal_;
  NetworkChecks network_;
  TransmissionBounds bounds_;
  ufs::MemoryStore files_;
  firmware::MemoryNvStore settings_;
  SeededRandom random_;
  testbed::Testbed testbed_;
  Instant now_{};
  Queue<firmware::NetworkEvent> news_;
  Queue<Happening> happenings_;
  Bytes backlog_;  // the kernel's share
  bool is_reading_ = true;
  bool is_on_ = true;
  bool is_stuck_ = false;
  int interruptions_ = 0;
  int wake_ups_ = 0;
  int wake_ups_at_once_ = 0;
  Hash serial_;
  Hash instants_;
  Hash datagrams_;
  Hash entries_;
};

}  // namespace vmodem::simulation
