// Every transcript is recorded while it is played: what was recorded passes.
#include <type_traits>
#include <set>

#include "firmware/journal/transcript/transcript_writer.h"
#include "tests/support/catch.h"
#include "tools/conform/device/modem_backend.h"
#include "tools/conform/player.h"
#include "tools/conform/settings.h"
#include "tools/conform/suite.h"

using namespace vmodem;
using namespace vmodem::conform;

namespace {

// A modem object whose line and peers are recorded.
class RecordedBackend final : public Backend {
 public:
  RecordedBackend(const firmware::ModemConfig& config, const Script& script)
      : script_(script), modem_(config, script) {}

  Instant now() const override { return modem_.now(); }
  Duration tolerance() const override { return modem_.tolerance(); }
  bool knows_instants() const override { return true; }
  void handle_expected(std::size_t peer) override { modem_.handle_expected(peer); }

  Done send_serial(Inbox& inbox, ByteView octets) override {
    // What is due by now comes before.
    (void)listen(inbox, [&](Inbox& fresh) { return modem_.settle(fresh); });
    writer_.handle_input(now(), octets);
    return listen(inbox, [&](Inbox& fresh) { return modem_.send_serial(fresh, octets); });
  }
  Done send_datagram(Inbox& inbox, std::size_t peer, ByteView datagram) override {
    (void)listen(inbox, [&](Inbox& fresh) { return modem_.settle(fresh); });
    writer_.handle_event(
        now(), firmware::DatagramReceived{transport(peer), {datagram.begin(), datagram.end()}});
    return listen(inbox, [&](Inbox& fresh) { return modem_.send_datagram(fresh, peer, datagram); });
  }
  Done run_until(Inbox& inbox, Instant end) override {
    return listen(inbox, [&](Inbox& fresh) { return modem_.run_until(fresh, end); });
  }
  Expected<bool, BackendError> await(Inbox& inbox) override {
    return listen(inbox, [&](Inbox& fresh) { return modem_.await(fresh); });
  }
  Done settle(Inbox& inbox) override {
    return listen(inbox, [&](Inbox& fresh) { return modem_.settle(fresh); });
  }

  std::string text() {
    transcript::TranscriptHead head{.seed = script_.seed.value_or(Script::kSeedDefault),
                        .has_internet = script_.has_internet};
    for (const auto& setting : script_.settings) {
      head.settings.push_back(setting.key + "=" + setting.value);
    }
    for (const auto& fault : script_.faults) head.faults.push_back(fault.text);
    writer_.finish();
    return transcript::transcript_text(head) + writer_.take_text();
  }

 private:
  static firmware::TransportId transport(std::size_t peer) {
    return firmware::TransportId{static_cast<std::uint32_t>(peer)};
  }

  template <class Play>
  std::invoke_result_t<const Play&, Inbox&> listen(Inbox& inbox, const Play& play) {
    Inbox fresh;
    fresh.datagrams.resize(inbox.datagrams.size());
    auto done = play(fresh);
    if (!fresh.serial.empty()) writer_.handle_output(now(), as_bytes(fresh.serial));
    for (std::size_t i = 0; i < fresh.datagrams.size(); ++i) {
      for (const auto& datagram : fresh.datagrams[i]) record(i, datagram);
      std::ranges::move(fresh.datagrams[i], std::back_inserter(inbox.datagrams[i]));
    }
    writer_.settle();
    inbox.serial += fresh.serial;
    return done;
  }

  void record(std::size_t peer, const Bytes& datagram) {
    if (met_.insert(peer).second) {
      const auto& [name, host, port, mood] = script_.peers[peer];
      writer_.handle_action(now(), firmware::OpenTransport{transport(peer), host, port});
      writer_.handle_event(now(), firmware::Opened{transport(peer)});
    }
    writer_.handle_action(now(), firmware::SendDatagram{transport(peer), datagram});
  }

  const Script& script_;
  ModemBackend modem_;
  transcript::TranscriptWriter writer_;
  std::set<std::size_t> met_;
};

bool can_be_recorded(const Script& script) {
  // A peer that nothing is sent to is not met.
  return std::ranges::all_of(script.peers, [&](const Peer& peer) {
    const auto place = static_cast<std::size_t>(&peer - script.peers.data());
    return peer.mood == PeerMood::kReachable &&
           std::ranges::any_of(script.steps, [&](const Step& step) {
             const auto* heard = std::get_if<ExpectDatagram>(&step.action);
             return heard != nullptr && heard->peer == place;
           });
  });
}

std::string described(const Failure& failure) {
  auto text = failure.what + ": expected " + failure.expected + ", have " + failure.actual;
  for (const auto& line : failure.dialogue) text += "\n" + line;
  return text;
}

}  // namespace

TEST_CASE("a transcript that is recorded while another is played passes as that one does") {
  std::size_t count = 0;
  const auto files = cases_below({CASES_DIRECTORY});
  REQUIRE(files);
  for (const auto& file : *files) {
    const auto script = read_script(file);
    REQUIRE(script);
    if (!can_be_recorded(*script)) continue;
    const auto config = make_modem_config(*script);
    REQUIRE(config);
    RecordedBackend recorded(*config, *script);
    REQUIRE_FALSE(play(*script, recorded));

    const auto text = recorded.text();
    INFO(file << "\n" << text);
    const auto again = parse_script(text);
    REQUIRE(again);
    ModemBackend modem(*make_modem_config(*again), *again);
    const auto failure = play(*again, modem);
    INFO((failure ? described(*failure) : ""));
    CHECK_FALSE(failure);
    ++count;
  }
  CHECK(count > 150);
}
