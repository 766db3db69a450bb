// The parts of a module, and how the news of one reach the others. Private to Modem.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "at_engine/engine.h"
#include "firmware/action.h"
#include "firmware/base/queue.h"
#include "firmware/circuits/ring_indicator.h"
#include "firmware/modem.h"
#include "firmware/services.h"

namespace vmodem::firmware {

// What sets timers of its own; the clients know theirs better.
enum class Part : std::uint8_t { kPower, kCard, kRadio, kPacket, kInternet, kEngine, kCircuits };
inline constexpr std::size_t kPartCount = 7;

struct PartTimer {
  std::optional<Instant> deadline;
  journal::Number set_by = 0;
};

// When the host's octets came: before or behind the final result that it had to wait for.
class Intake {
 public:
  // `is_pending`: a command line waits for its answer.
  void receive(Instant now, std::size_t count, bool is_pending) {
    received_ += count;
    last_received_at_ = now;
    if (is_pending) early_up_to_ = received_;
  }
  // The final result of a command line goes out.
  void note_result() { early_up_to_ = received_; }
  // The engine is about to run a line. How long behind the line before it its end came, where that
  // was before the final result; else nothing.
  [[nodiscard]] std::optional<Duration> end_line(const at::Engine& engine, Instant now);
  // The engine is about to hand over the data of a line: they began to come before it ran.
  [[nodiscard]] bool is_data_early(const at::Engine& engine) const;

 private:
  // What the engine has not read yet stands behind that.
  [[nodiscard]] std::uint64_t read_by(const at::Engine& engine) const {
    return received_ - (at::Engine::kInputSizeMax - engine.serial_room());
  }

  std::uint64_t received_ = 0;
  std::uint64_t early_up_to_ = 0;  // octets that came before the result that a host waits for
  Instant last_received_at_{};
  Instant last_line_at_{};
};

// In words.
[[nodiscard]] std::string_view name_of(Sim::Status status);

struct Modem::State {
  State(const ModemConfig& modem_config, ufs::Store& store, NvStore& nv, RandomSource& random,
        journal::Journal* reader);

  // News have come.
  void begin(Instant instant) {
    now = instant;
    journal.set_time(instant);
  }

  // Runs command lines until one has asked something of the world, or no input is left.
  void run_input();
  void begin_line();
  void note_data();
  // The cause of what a part does, where nothing is being handled: what set its timer.
  [[nodiscard]] journal::Number cause_of(Part part) const;
  void note_timers();
  // What has no event of its own.
  void note_card();
  void note_connection();
  [[nodiscard]] journal::Number note_power(std::string_view state);
  [[nodiscard]] journal::Number note_context(const PdpActivated& news);
  [[nodiscard]] journal::Number note_context(const PdpFailed& news);
  [[nodiscard]] journal::Number note_context(const PdpDeactivated& news);
  void post(at::Urc urc);
  void take_circuits(const HostCircuits& circuits);
  void drop_dtr();
  [[nodiscard]] bool is_asleep() const;
  void lose_input(std::size_t count);
  // In words; empty: nothing.
  [[nodiscard]] std::string_view effect_of_dtr(bool is_on) const;
  [[nodiscard]] ModuleCircuits circuits() const;
  // A URC begins its pulses, and the journal is told what the module drives.
  void drive_circuits();
  void ring_for_urc();
  // With "urc/delay" a URC waits for the end of its pulses.
  void ring_before_urc();
  // AT+IPR counts behind its result.
  void adopt_rate();
  // After any news: the parts tell one another, the host and the driver what came of it.
  void collect_events();
  // What comes over the air arrives.
  [[nodiscard]] bool takes_news() const { return radio.is_registered() && !power.is_hanging(); }

  void collect_power_events();
  void forget_volatile();
  void collect_radio_events();
  void collect_pdp_events();
  void collect_internet_events();
  void end_packet_service(const Detached& detached);
  void collect_coap_events();
  void act_for_client(Action action);
  void forget_sessions();
  void ask(Action action);

  journal::Journal unread;  // where nobody reads
  journal::Journal& journal;
  ModemConfig config;
  Registers registers;
  TerminalSettings terminal;
  PdpContexts pdp{config.pdp};
  PdpCommand pdp_command;
  Internet internet{config.pdp, journal};
  Power power{config.power};
  SslContexts ssl;
  SavedSettings saved;
  Radio radio;
  ModuleClock clock;
  PacketEvents packet_events{registers.packet_events};
  SlowClock slow_clock;
  RingIndicator ring;
  HostCircuits host;
  std::uint32_t line_rate = 0;  // that the UART goes at
  Sim sim{config.sim, config.identity.iccid, saved};
  TagSettings tags{saved};
  ufs::FileSystem files;
  std::uint32_t last_transport = 0;
  bool is_memory_full = false;
  CoapClients clients;
  at::Engine engine;
  at::Services services;
  Queue<Action> actions;
  journal::Number line = 0;  // the entry of the command line that runs, or ran last
  Intake intake;             // where somebody reads
  std::array<PartTimer, kPartCount> timers{};
  Sim::Status told_card = Sim::Status::kOff;
  bool told_connection = false;
  ModuleCircuits told_circuits;
  std::uint64_t rung_urc_count = 0;
  Instant now{};  // of the latest news, for input that waited until the actions were performed
};

}  // namespace vmodem::firmware
