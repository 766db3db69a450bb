// One of the module's six CoAP clients: its configuration, presets and session (the note §3.3).
//
// Commands and news go in; actions and URCs come out of the CoapNews that all clients share.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coap_core/message_layer.h"
#include "dtls/session.h"
#include "firmware/action.h"
#include "firmware/base/bytes.h"
#include "firmware/base/queue.h"
#include "firmware/base/random.h"
#include "firmware/base/time.h"
#include "firmware/coap/dialect.h"
#include "firmware/coap/outbox.h"
#include "firmware/coap/presets.h"
#include "firmware/coap/reports.h"
#include "firmware/coap/resumable_sessions.h"

namespace vmodem::firmware {

// <status> of AT+QCOAPOPEN?.
enum class ClientStatus : int {
  kIdle = 0,
  kOpening = 1,
  kConnecting = 2,
  kConnected = 3,
  kDisconnecting = 4,
};

// AT+QCOAPCFG, volatile.
struct ClientConfiguration {
  int pdp_context = 1;
  bool dtls = false;
  int dtls_context = 0;
  int ack_timeout_s = 2;
  int retry_count = 5;
};

// What AT+QCOAPSEND hands over; message ID, token and options come from the presets.
struct OutgoingMessage {
  coap::Type type;
  coap::Code code;
  unsigned option_mask;
  ByteView payload;
};

class CoapClient {
 public:
  // The whole open, name look-up and handshake included (the note §3.3.2: maximum response time).
  static constexpr Duration kOpenTimeMax = 75s;

  // `news`, `dialect` and `random` outlive the client.
  CoapClient(ClientId id, CoapNews& news, const Dialect& dialect, RandomSource& random);
  CoapClient(const CoapClient&) = delete;  // its parts refer to one another
  CoapClient& operator=(const CoapClient&) = delete;

  [[nodiscard]] const ClientConfiguration& configuration() const { return configuration_; }
  // Transmission settings count from the next message, the others from the next open.
  void configure(const ClientConfiguration& configuration);
  [[nodiscard]] HeaderPreset& header() { return header_; }
  [[nodiscard]] OptionSlots& options() { return options_; }
  [[nodiscard]] const HeaderPreset& header() const { return header_; }
  [[nodiscard]] const OptionSlots& options() const { return options_; }

  [[nodiscard]] ClientStatus status() const { return status_; }
  [[nodiscard]] const Server& server() const { return server_; }
  [[nodiscard]] std::optional<TransportId> transport() const { return transport_; }
  [[nodiscard]] bool is_waiting_for_peer() const;
  // The session, or the open in progress, is DTLS.
  [[nodiscard]] bool is_secured() const { return dtls_ != nullptr || security_.has_value(); }
  [[nodiscard]] std::vector<coap::ExchangeView> exchanges() const {
    return messages_ ? messages_->exchanges() : std::vector<coap::ExchangeView>{};
  }
  // For an exchange to end (RFC 7252 §4.7).
  [[nodiscard]] std::size_t waiting_messages() const {
    return messages_ ? messages_->waiting_count() : 0;
  }

  // Tells the journal of the PSK file of a session to come, of `content` its form alone; `why` it
  // is refused, or empty.
  void note_credential(std::string_view file, ByteView content, std::string_view why);
  // The client is idle. The transport has never been used before. With `security` the session is
  // DTLS. It waits for handle_context_activated() of the client's PDP context.
  void open(Instant now, TransportId transport, Server server,
            std::optional<dtls::ClientConfig> security);
  // News of any PDP context.
  void handle_context_activated(int context);
  void handle_context_failed(int context, std::string_view why);
  // Nothing where the client is idle.
  [[nodiscard]] std::optional<int> session_context() const;
  // Reports an open that cannot begin; a session that stands is not touched.
  void refuse_open(ResultCode result, std::string_view why);
  // The client is neither idle nor disconnecting. Ends an open in progress too. It is disconnecting
  // for the closing time; where that is 0, until handle_line_end().
  void close(Instant now);
  // The command line that closed is done; nothing where the client closes by time, or does not.
  void handle_line_end();
  // Reports a close that comes to nothing; the client stays what it is.
  void refuse_close(std::string_view why);
  // The session, or the open in progress, ends by itself, as when its PDP context is lost.
  void end_session(Instant now, std::string_view why);
  // Power-off: everything is as at the first boot. The caller frees the transport.
  void reset();
  // The client is connected.
  void send(Instant now, const OutgoingMessage& message);
  // The client is connected. Uses a message ID up and answers with `result`; nothing is sent.
  void refuse_send(const OutgoingMessage& message, ResultCode result, std::string_view why);

  // News of transport(); the caller has dropped news of any other.
  void handle_transport_opened(Instant now, PeerKind peer);
  void handle_transport_failed(Instant now, TransportError error, std::string_view why);
  void handle_datagram(Instant now, ByteView datagram);
  void handle_datagram_sent(Instant now, bool handed_over);
  void handle_timeout(Instant now);

  [[nodiscard]] std::optional<Instant> poll_timeout() const;

 private:
  void enter(ClientStatus status);
  [[nodiscard]] coap::TransmissionParameters transmission_parameters() const;
  [[nodiscard]] coap::MessageId take_message_id(coap::Type type);
  void begin_session();
  // The entry that set the deadlines of the open and the handshake.
  [[nodiscard]] journal::Number timer_cause() const;
  void release_transport();
  void fail_open(ResultCode result, std::string_view why);
  [[nodiscard]] ResultCode result_of_silence() const;
  void release_session(Instant now);
  void finish_closing();
  void receive(Instant now, ByteView message);
  void drain_messages(Instant now);
  void transmit(Instant now, const coap::Transmit& transmit);
  void drain_dtls(Instant now);
  [[nodiscard]] journal::Number note_closed(std::string_view why);
  void note_alert(const dtls::Failed& failed);
  // False where the session has ended.
  bool handle_dtls_event(Instant now, const dtls::Event& event);
  void handle_dtls_connected(const dtls::Connected& connected);
  void send_records(std::optional<coap::TransmitId> carried, journal::Number cause = 0);
  // The entry of a datagram of DTLS that carries no message, either way; 0: it may carry one.
  [[nodiscard]] journal::Number note_flight(std::string_view direction, ByteView datagram);

  // First what is looked at whenever the module moves: it shares a cache line.
  ClientStatus status_ = ClientStatus::kIdle;
  bool is_waiting_for_context_ = false;
  std::optional<TransportId> transport_;
  std::optional<Instant> open_deadline_;
  std::optional<Instant> close_deadline_;
  std::optional<coap::MessageLayer> messages_;
  std::unique_ptr<dtls::Session> dtls_;  // null: plain UDP

  CoapOutbox outbox_;
  CoapReports reports_;
  const Dialect& dialect_;
  RandomSource& random_;
  ClientConfiguration configuration_;
  HeaderPreset header_;
  OptionSlots options_;
  Server server_;
  int session_context_ = 0;      // configuration_'s when the session was opened
  int session_ssl_context_ = 0;  // likewise
  std::optional<dtls::ClientConfig> security_;  // until the transport is open
  journal::Number status_entry_ = 0;  // of the status it is in
  journal::Number last_flight_ = 0;   // of the handshake
  // The driver answers datagrams in the order of sending; a handshake's carry no message.
  Queue<std::optional<coap::TransmitId>> unanswered_datagrams_;
};

}  // namespace vmodem::firmware
