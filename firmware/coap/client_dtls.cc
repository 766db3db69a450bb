// A client's DTLS session: its records, its end, and what the journal is told of it.
#include <fmt/format.h>

#include <utility>

#include "dtls/flight.h"
#include "firmware/base/overloaded.h"
#include "firmware/coap/client.h"

namespace vmodem::firmware {

void CoapClient::send_records(std::optional<coap::TransmitId> carried, journal::Number cause) {
  while (auto record = dtls_->poll_transmit()) {
    unanswered_datagrams_.push_back(std::exchange(carried, std::nullopt));
    if (cause == 0) cause = note_flight("up", *record);
    outbox_.act(SendDatagram{*transport_, std::move(*record), std::exchange(cause, 0)});
  }
}

journal::Number CoapClient::timer_cause() const {
  return last_flight_ != 0 ? last_flight_ : status_entry_;
}

journal::Number CoapClient::note_flight(std::string_view direction, ByteView datagram) {
  if (!outbox_.journal().wants<journal::DtlsFlight>()) return 0;
  auto records = dtls::describe_flight(datagram);
  if (records.empty()) return 0;
  const auto entry = outbox_.journal().emit<journal::DtlsFlight>([&] {
    return journal::DtlsFlight{outbox_.number(), direction, std::move(records), datagram.size()};
  });
  last_flight_ = entry;
  return entry;
}

void CoapClient::drain_dtls(Instant now) {
  send_records(std::nullopt);
  while (const auto event = dtls_->poll_event()) {
    if (!handle_dtls_event(now, *event)) return;
    send_records(std::nullopt);
  }
}

void CoapClient::note_credential(std::string_view file, ByteView content, std::string_view why) {
  outbox_.journal().emit<journal::DtlsCredential>([&] {
    const auto shape = dtls::shape_of_psk_file(content);
    return journal::DtlsCredential{outbox_.number(), std::string(file), dtls::describe(shape.form),
                                   shape.trailing_size, why};
  });
}

void CoapClient::handle_dtls_connected(const dtls::Connected& connected) {
  const journal::Because because(
      outbox_.journal(), outbox_.journal().emit<journal::DtlsEstablished>([&] {
        return journal::DtlsEstablished{outbox_.number(), dtls::name(connected.version),
                                        dtls::name(connected.suite), connected.is_resumed};
      }));
  outbox_.keep({session_ssl_context_, server_, connected.resumption});
  begin_session();
}

journal::Number CoapClient::note_closed(std::string_view why) {
  return outbox_.journal().emit<journal::DtlsClosed>([&] {
    return journal::DtlsClosed{outbox_.number(), std::string(why)};
  });
}

void CoapClient::note_alert(const dtls::Failed& failed) {
  if (!failed.alert) return;
  outbox_.journal().emit<journal::DtlsAlert>(
      [&] { return journal::DtlsAlert{outbox_.number(), *failed.alert}; });
}

bool CoapClient::handle_dtls_event(Instant now, const dtls::Event& event) {
  return std::visit(Overloaded{[&](const dtls::Connected& connected) {
                                 handle_dtls_connected(connected);
                                 return true;
                               },
                               [&](const dtls::PlaintextReceived& received) {
                                 receive(now, received.plaintext);
                                 return true;
                               },
                               [&](const dtls::KeyLogLine& key) {
                                 outbox_.journal().emit<journal::DtlsKeys>([&] {
                                   return journal::DtlsKeys{outbox_.number(), {key.line}};
                                 });
                                 return true;
                               },
                               [&](const dtls::Closed&) {
                                 const auto* const why = "the peer closed the DTLS session";
                                 const journal::Because because(outbox_.journal(), note_closed(why));
                                 end_session(now, why);
                                 return false;
                               },
                               [&](const dtls::Failed& failed) {
                                 const auto why = dtls::describe(failed);
                                 note_alert(failed);
                                 const journal::Because because(outbox_.journal(), note_closed(why));
                                 if (status_ == ClientStatus::kConnecting) {
                                   fail_open(result_of(failed, dialect_.dead_dtls_port), why);
                                 } else {
                                   // RFC 5246 §7.2.2: such a session is not resumed.
                                   outbox_.keep({session_ssl_context_, server_, {}});
                                   end_session(now, why);
                                 }
                                 return false;
                               }},
                    event);
}

}  // namespace vmodem::firmware
