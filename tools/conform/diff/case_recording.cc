#include "tools/conform/diff/case_recording.h"

#include <string_view>
#include <type_traits>
#include <variant>

#include "firmware/journal/transcript/transcript_writer.h"
#include "tools/conform/player.h"

namespace vmodem::conform {
namespace {

// A line that has been silent for so long has said all.
constexpr Duration kSilenceMin = 300ms;

// A backend that writes down what passes.
class RecordedBackend final : public Backend {
 public:
  explicit RecordedBackend(Backend& inner) : inner_(inner), start_(inner.now()) {}

  Instant now() const override { return inner_.now(); }
  Duration tolerance() const override { return inner_.tolerance(); }
  bool knows_instants() const override { return inner_.knows_instants(); }
  void handle_expected(std::size_t peer) override { inner_.handle_expected(peer); }

  Done send_serial(Inbox& inbox, ByteView octets) override {
    writer_.handle_input(at(), octets);
    return listen(inbox, [&] { return inner_.send_serial(inbox, octets); });
  }
  Done send_datagram(Inbox& inbox, std::size_t peer, ByteView datagram) override {
    return listen(inbox, [&] { return inner_.send_datagram(inbox, peer, datagram); });
  }
  Done run_until(Inbox& inbox, Instant end) override {
    return listen(inbox, [&] { return inner_.run_until(inbox, end); });
  }
  Expected<bool, BackendError> await(Inbox& inbox) override {
    return listen(inbox, [&] { return inner_.await(inbox); });
  }
  Done settle(Inbox& inbox) override {
    return listen(inbox, [&] { return inner_.settle(inbox); });
  }

  std::string take_text() {
    writer_.finish();
    return writer_.take_text();
  }

 private:
  [[nodiscard]] Instant at() const { return Instant(now() - start_); }

  template <class Play>
  std::invoke_result_t<const Play&> listen(Inbox& inbox, const Play& play) {
    const auto size = inbox.serial.size();
    auto done = play();
    if (inbox.serial.size() > size) {
      writer_.handle_output(at(), as_bytes(std::string_view(inbox.serial).substr(size)));
      writer_.settle_lines();
    }
    return done;
  }

  Backend& inner_;
  Instant start_;
  transcript::TranscriptWriter writer_;
};

bool is_datagram(const Step& step) {
  return std::holds_alternative<ExpectDatagram>(step.action) ||
         std::holds_alternative<SendDatagram>(step.action);
}

// Whatever else comes has come.
void drain(RecordedBackend& backend, Inbox& inbox) {
  bool is_speaking = true;
  while (is_speaking) {
    const auto size = inbox.serial.size();
    if (!backend.run_until(inbox, backend.now() + kSilenceMin)) return;
    is_speaking = inbox.serial.size() > size;
  }
}

}  // namespace

std::string record_case(const Script& script, Backend& backend) {
  RecordedBackend recorded(backend);
  Player player(script, recorded);
  bool has_parted = false;  // from what the case expects
  for (const auto& step : script.steps) {
    if (has_parted && step.is_expectation() && !is_datagram(step)) continue;
    if (has_parted) player.inbox().serial.clear();
    has_parted = player.perform(step).has_value();
    if (!has_parted) continue;
    if (is_datagram(step) || !step.is_expectation()) break;
    drain(recorded, player.inbox());
  }
  static_cast<void>(player.finish());
  return recorded.take_text();
}

}  // namespace vmodem::conform
