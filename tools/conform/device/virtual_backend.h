// What backends in virtual time have in common: time goes from deadline to deadline, and the script
// stands in the place of the peers.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "firmware/base/check.h"
#include "tools/conform/device/backend.h"
#include "tools/conform/language/script.h"

namespace vmodem::conform {

class VirtualBackend : public Backend {
 public:
  [[nodiscard]] Instant now() const final { return now_; }
  [[nodiscard]] Duration tolerance() const final { return Duration::zero(); }
  [[nodiscard]] bool knows_instants() const final { return true; }

  [[nodiscard]] Done send_datagram(Inbox& inbox, std::size_t peer, ByteView datagram) final {
    run_due(inbox);
    const auto& last = correspondences_[peer].last;
    BG_CHECK(last, "the parser wants a datagram to be expected first");
    deliver(inbox, *last, datagram);
    return {};
  }
  void handle_expected(std::size_t peer) final {
    auto& [senders, last] = correspondences_[peer];
    last = senders.front();
    senders.pop_front();
  }
  [[nodiscard]] Done run_until(Inbox& inbox, Instant end) final {
    run_due(inbox);
    for (auto due = deadline(); due && *due < end; due = deadline()) {
      now_ = std::max(now_, *due);
      run_due(inbox);
    }
    now_ = std::max(now_, end);
    return {};
  }
  [[nodiscard]] Done run_until_heard(Inbox& inbox, Instant end) final {
    const auto before = count(inbox);
    run_due(inbox);
    for (auto due = deadline(); count(inbox) == before && due && *due < end; due = deadline()) {
      now_ = std::max(now_, *due);
      run_due(inbox);
    }
    if (count(inbox) == before) now_ = std::max(now_, end);
    return {};
  }
  [[nodiscard]] Expected<bool, BackendError> await(Inbox& inbox) final {
    const auto before = count(inbox);
    run_due(inbox);
    return count(inbox) > before;
  }
  [[nodiscard]] Done settle(Inbox& inbox) final {
    run_due(inbox);
    return {};
  }

 protected:
  explicit VirtualBackend(std::vector<Peer> peers)
      : peers_(std::move(peers)), correspondences_(peers_.size()) {}

  [[nodiscard]] virtual std::optional<Instant> deadline() const = 0;
  // Lets what is due now happen.
  virtual void run_due(Inbox& inbox) = 0;
  // To the session that a peer's last expected datagram came from.
  virtual void deliver(Inbox& inbox, std::uint32_t session, ByteView datagram) = 0;

  [[nodiscard]] const std::vector<Peer>& peers() const { return peers_; }
  // The session that a peer's last expected datagram came from.
  [[nodiscard]] std::optional<std::uint32_t> last_session(std::size_t peer) const {
    return correspondences_[peer].last;
  }
  // Nothing: the script has none there.
  template <class Host>
  [[nodiscard]] std::optional<std::size_t> find_peer(const Host& host, std::uint16_t port) const {
    const auto peer = std::ranges::find_if(
        peers_, [&](const Peer& one) { return one.host == host && one.port == port; });
    if (peer == peers_.end()) return std::nullopt;
    return static_cast<std::size_t>(peer - peers_.begin());
  }
  void receive(Inbox& inbox, std::size_t peer, std::uint32_t session, Bytes datagram) {
    inbox.datagrams[peer].push_back(std::move(datagram));
    correspondences_[peer].senders.push_back(session);
  }

 private:
  // One peer's side: which sessions the datagrams in the inbox are of, and that of the last
  // expected one.
  struct Correspondence {
    std::deque<std::uint32_t> senders;
    std::optional<std::uint32_t> last;
  };

  static std::size_t count(const Inbox& inbox) {
    auto total = inbox.serial.size();
    for (const auto& queue : inbox.datagrams) total += queue.size();
    return total;
  }

  std::vector<Peer> peers_;
  std::vector<Correspondence> correspondences_;  // by peer
  Instant now_{};
};

}  // namespace vmodem::conform
