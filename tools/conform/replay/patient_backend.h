// A device that may take longer than others to answer.
#pragma once

#include "tools/conform/device/backend.h"

namespace vmodem::conform {

class PatientBackend final : public Backend {
 public:
  // What is awaited may take so much longer than `inner` waits for it.
  PatientBackend(Backend& inner, Duration patience) : inner_(inner), patience_(patience) {}

  Instant now() const override { return inner_.now(); }
  Duration tolerance() const override { return inner_.tolerance(); }
  bool knows_instants() const override { return inner_.knows_instants(); }
  void handle_expected(std::size_t peer) override { inner_.handle_expected(peer); }

  Done send_serial(Inbox& inbox, ByteView octets) override {
    return inner_.send_serial(inbox, octets);
  }
  Done send_datagram(Inbox& inbox, std::size_t peer, ByteView datagram) override {
    return inner_.send_datagram(inbox, peer, datagram);
  }
  Done run_until(Inbox& inbox, Instant end) override { return inner_.run_until(inbox, end); }
  Expected<bool, BackendError> await(Inbox& inbox) override {
    const auto end = inner_.now() + patience_;
    auto came = inner_.await(inbox);
    // In virtual time silence says that nothing more comes.
    while (came && !*came && inner_.knows_instants() && inner_.now() < end) {
      came = inner_.await(inbox);
    }
    return came;
  }
  Done settle(Inbox& inbox) override { return inner_.settle(inbox); }

 private:
  Backend& inner_;
  Duration patience_;
};

}  // namespace vmodem::conform
