#include "firmware/lint/lint.h"

#include "firmware/base/overloaded.h"

namespace vmodem::lint {

void Lint::handle(const journal::Entry& entry) {
  if (!is_begun_ && entry.number > 1) sessions_.forget();
  is_begun_ = true;
  std::visit(Overloaded{[&](const journal::LineCommand& e) {
                          const auto commands = commands_of(e.text);
                          dialogue_.handle(entry, e, commands);
                          sessions_.handle(entry, commands);
                          exchanges_.handle(entry, commands);
                        },
                        [&](const journal::LineAnswer& e) { sessions_.handle(e); },
                        [&](const journal::LinePrompt& e) { dialogue_.handle(entry, e); },
                        [&](const journal::LineData& e) { dialogue_.handle(entry, e); },
                        [&](const journal::LineResult& e) {
                          dialogue_.handle(entry, e);
                          sessions_.handle(entry, e);
                        },
                        [&](const journal::LineUrc& e) {
                          dialogue_.note_change();
                          sessions_.handle(e);
                        },
                        [&](const journal::CoapSent& e) { exchanges_.handle(entry, e); },
                        [&](const journal::CoapReceived& e) { exchanges_.handle(e); },
                        [&](const journal::CoapConcluded& e) { exchanges_.handle(entry, e); },
                        [&](const journal::DatagramUp& e) { exchanges_.handle(entry, e); },
                        [&](const journal::ClientStatusChanged& e) {
                          dialogue_.note_change();
                          sessions_.handle(entry, e);
                          exchanges_.handle(e);
                        },
                        [&](const journal::ClientResult& e) { dialogue_.handle(e); },
                        [&](const journal::DtlsCredential& e) { sessions_.handle(entry, e); },
                        [&](const journal::PowerState& e) {
                          dialogue_.begin_again();
                          sessions_.handle(entry, e);
                        },
                        [&](const journal::CardState&) { dialogue_.note_change(); },
                        [&](const journal::RadioRegistration&) { dialogue_.note_change(); },
                        [&](const journal::PacketContext&) { dialogue_.note_change(); },
                        [&](const journal::FaultPerformed&) { dialogue_.note_change(); },
                        [](const auto&) {}},
             entry.event);
}

void Lint::end(Instant) {
  sessions_.end();
}

}  // namespace vmodem::lint
