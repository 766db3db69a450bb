#include "firmware/coap/client.h"

#include <fmt/format.h>

#include <utility>

#include "firmware/base/check.h"
#include "firmware/coap/host_name.h"

namespace vmodem::firmware {

CoapClient::CoapClient(ClientId id, CoapNews& news, const Dialect& dialect, RandomSource& random)
    : outbox_{.client = id, .news = news},
      reports_(outbox_, dialect),
      dialect_(dialect),
      random_(random),
      header_(random) {
}

void CoapClient::enter(ClientStatus status) {
  if (status == status_) return;
  status_ = status;
  const auto number = outbox_.journal().emit<journal::ClientStatusChanged>([&] {
    return journal::ClientStatusChanged{outbox_.number(), static_cast<std::uint64_t>(status)};
  });
  if (number != 0) status_entry_ = number;
  outbox_.set_busy(status != ClientStatus::kIdle);
}

void CoapClient::configure(const ClientConfiguration& configuration) {
  configuration_ = configuration;
  if (messages_) messages_->set_parameters(transmission_parameters());
}

coap::TransmissionParameters CoapClient::transmission_parameters() const {
  return {.ack_timeout = std::chrono::seconds(configuration_.ack_timeout_s),
          .ack_random_factor = dialect_.ack_random_factor,
          .max_retransmit = configuration_.retry_count};
}

bool CoapClient::is_waiting_for_peer() const {
  if (is_waiting_for_context_) return false;
  if (status_ == ClientStatus::kOpening || status_ == ClientStatus::kConnecting) return true;
  return messages_ && messages_->has_exchange_in_flight();
}

void CoapClient::open(Instant now, TransportId transport, Server server,
                      std::optional<dtls::ClientConfig> security) {
  BG_CHECK(status_ == ClientStatus::kIdle, "the command refuses a client that is not idle");
  server_ = std::move(server);
  enter(ClientStatus::kOpening);
  transport_ = transport;
  open_deadline_ = now + kOpenTimeMax;
  security_ = std::move(security);
  session_context_ = configuration_.pdp_context;
  session_ssl_context_ = configuration_.dtls_context;
  is_waiting_for_context_ = true;
}

void CoapClient::handle_context_activated(int context) {
  if (!is_waiting_for_context_ || session_context_ != context) return;
  is_waiting_for_context_ = false;
  OpenTransport action{*transport_, server_.host, server_.port};
  if (dialect_.keep_local_port) {
    action.local_port_number = static_cast<std::uint8_t>(outbox_.client);
  }
  action.cause = status_entry_;
  outbox_.act(std::move(action));
}

void CoapClient::handle_context_failed(int context, std::string_view why) {
  if (!is_waiting_for_context_ || session_context_ != context) return;
  fail_open(ResultCode::kNetworkFailure, why);
}

std::optional<int> CoapClient::session_context() const {
  if (status_ == ClientStatus::kIdle) return std::nullopt;
  return session_context_;
}

void CoapClient::release_transport() {
  if (transport_ && !is_waiting_for_context_) outbox_.act(CloseTransport{*transport_});
  transport_.reset();
  is_waiting_for_context_ = false;
  open_deadline_.reset();
}

void CoapClient::refuse_open(ResultCode result, std::string_view why) {
  outbox_.conclude("open", result, fmt::format("open refused with {}: {}", to_number(result), why),
                   open_urc(outbox_.client, result));
}

void CoapClient::fail_open(ResultCode result, std::string_view why) {
  auto reason = fmt::format("open of {}:{} failed with {}: {}", server_.host, server_.port,
                            to_number(result), why);
  release_transport();
  security_.reset();
  last_flight_ = 0;
  dtls_.reset();
  unanswered_datagrams_.clear();
  enter(ClientStatus::kIdle);
  outbox_.conclude("open", result, std::move(reason), open_urc(outbox_.client, result));
}

void CoapClient::handle_transport_opened(Instant now, PeerKind peer) {
  if (status_ != ClientStatus::kOpening) return;
  if (!security_) return begin_session();

  enter(ClientStatus::kConnecting);
  const bool is_simulated = peer == PeerKind::kSimulated;
  if (is_simulated) security_->random = &random_;
  auto* const source = is_simulated ? nullptr : outbox_.news.sessions;
  dtls_ = source != nullptr ? source->make_client(std::move(*security_))
                            : dtls::make_client_session(std::move(*security_));
  security_.reset();
  dtls_->start(now);
  drain_dtls(now);
}

void CoapClient::begin_session() {
  open_deadline_.reset();
  enter(ClientStatus::kConnected);
  messages_.emplace(transmission_parameters(), dialect_.messages, random_);
  outbox_.conclude("open", ResultCode::kSuccess, {},
                   open_urc(outbox_.client, ResultCode::kSuccess));
}

void CoapClient::handle_transport_failed(Instant now, TransportError error, std::string_view why) {
  if (status_ == ClientStatus::kOpening) return fail_open(result_of(error), why);
  if (status_ == ClientStatus::kConnecting) return fail_open(ResultCode::kDtlsFailure, why);
  end_session(now, why);
}

void CoapClient::refuse_close(std::string_view why) {
  outbox_.conclude("close", ResultCode::kNotAllowed, fmt::format("close refused: {}", why),
                   close_urc(outbox_.client, ResultCode::kNotAllowed));
}

void CoapClient::close(Instant now) {
  BG_CHECK(status_ != ClientStatus::kIdle && status_ != ClientStatus::kDisconnecting,
           "the command refuses a client that is idle or closing");
  release_session(now);
  if (dialect_.closing_time > Duration::zero()) close_deadline_ = now + dialect_.closing_time;
}

void CoapClient::handle_line_end() {
  if (status_ == ClientStatus::kDisconnecting && !close_deadline_) finish_closing();
}

void CoapClient::finish_closing() {
  close_deadline_.reset();
  enter(ClientStatus::kIdle);
  outbox_.conclude("close", ResultCode::kSuccess, {},
                   close_urc(outbox_.client, ResultCode::kSuccess));
}

void CoapClient::end_session(Instant now, std::string_view why) {
  if (status_ == ClientStatus::kIdle) return;
  if (status_ == ClientStatus::kDisconnecting) return finish_closing();
  if (status_ != ClientStatus::kConnected) return fail_open(ResultCode::kNetworkFailure, why);
  auto reason = fmt::format("session ended: {}", why);
  release_session(now);
  enter(ClientStatus::kIdle);
  outbox_.conclude("session", ResultCode::kNetworkFailure, std::move(reason),
                   close_urc(outbox_.client, ResultCode::kNetworkFailure));
}

void CoapClient::release_session(Instant now) {
  enter(ClientStatus::kDisconnecting);
  if (messages_) {
    messages_->end_session(now);
    drain_messages(now);
    messages_.reset();
  }
  if (dtls_) {
    dtls_->close(now);
    send_records(std::nullopt);
    dtls_.reset();
  }
  security_.reset();
  last_flight_ = 0;
  release_transport();
  unanswered_datagrams_.clear();
  reports_.reset();
  if (dialect_.presets_survive_close) return;
  header_ = HeaderPreset(random_);
  options_ = OptionSlots{};
}

coap::MessageId CoapClient::take_message_id(coap::Type type) {
  // ACK and RST speak for a message of the server's and take no message ID of their own.
  const bool takes_id = type == coap::Type::kConfirmable || type == coap::Type::kNonConfirmable;
  return takes_id ? header_.take_message_id(dialect_.sticky_message_id) : header_.peek_message_id();
}

void CoapClient::refuse_send(const OutgoingMessage& outgoing, ResultCode result,
                             std::string_view why) {
  BG_CHECK(status_ == ClientStatus::kConnected, "the command refuses a client without a session");
  const auto message_id = take_message_id(outgoing.type);
  outbox_.conclude("send", result, fmt::format("message {} refused: {}", message_id, why),
                   ack_urc(outbox_.client, outgoing.type, message_id, result));
}

void CoapClient::reset() {
  configuration_ = ClientConfiguration{};
  header_ = HeaderPreset(random_);
  options_ = OptionSlots{};
  enter(ClientStatus::kIdle);
  server_ = Server{};
  close_deadline_.reset();
  release_transport();
  messages_.reset();
  security_.reset();
  dtls_.reset();
  unanswered_datagrams_.clear();
  reports_.reset();
}

void CoapClient::send(Instant now, const OutgoingMessage& outgoing) {
  BG_CHECK(status_ == ClientStatus::kConnected, "the command refuses a client without a session");
  const auto message_id = take_message_id(outgoing.type);
  coap::Message message{.type = outgoing.type, .code = outgoing.code, .message_id = message_id};
  if (!coap::is_empty(outgoing.code)) {
    message.token = header_.token(message_id, random_);
    message.options = options_.select(outgoing.option_mask, dialect_.split_uri);
    message.payload.assign(outgoing.payload.begin(), outgoing.payload.end());
  }
  const auto sent = messages_->send(now, message);
  if (sent) {
    reports_.trail().accept(message_id);
  } else {
    const auto result = result_of(sent.error(), dialect_.queue_full);
    outbox_.conclude("send", result, fmt::format("message {} refused: the queue is full", message_id),
                     ack_urc(outbox_.client, outgoing.type, message_id, result));
  }
  drain_messages(now);
}

void CoapClient::handle_datagram(Instant now, ByteView datagram) {
  if (!dtls_) return receive(now, datagram);
  const journal::Because because(outbox_.journal(), note_flight("down", datagram));
  dtls_->handle_datagram(now, datagram);
  drain_dtls(now);
}

void CoapClient::receive(Instant now, ByteView message) {
  if (!messages_) return;
  const journal::Because because(outbox_.journal(), reports_.trail().receive(message));
  messages_->handle_datagram(now, message);
  drain_messages(now);
}

void CoapClient::handle_datagram_sent(Instant now, bool handed_over) {
  if (unanswered_datagrams_.empty()) return;
  const auto id = unanswered_datagrams_.front();
  unanswered_datagrams_.pop_front();
  if (!id || !messages_) return;
  messages_->handle_transmitted(now, *id, handed_over);
  drain_messages(now);
}

// qcoap.md §3: by the phase it is in; only a name is looked up.
ResultCode CoapClient::result_of_silence() const {
  if (is_waiting_for_context_) return ResultCode::kNetworkFailure;
  if (status_ == ClientStatus::kConnecting) return ResultCode::kDtlsFailure;
  return is_ip_literal(server_.host) ? ResultCode::kSocketFailure : ResultCode::kDnsError;
}

void CoapClient::handle_timeout(Instant now) {
  if (open_deadline_ && now >= *open_deadline_) {
    const journal::Because because(outbox_.journal(), timer_cause());
    fail_open(result_of_silence(), "75 s are over");
  }
  if (close_deadline_ && now >= *close_deadline_) {
    const journal::Because because(outbox_.journal(), status_entry_);
    finish_closing();
  }
  if (dtls_) {
    const journal::Because because(outbox_.journal(), timer_cause());
    dtls_->handle_timeout(now);
    drain_dtls(now);
  }
  if (!messages_) return;
  messages_->handle_timeout(now);
  drain_messages(now);
}

std::optional<Instant> CoapClient::poll_timeout() const {
  auto deadline = earliest(open_deadline_, close_deadline_);
  if (dtls_) deadline = earliest(deadline, dtls_->poll_timeout());
  if (messages_) deadline = earliest(deadline, messages_->poll_timeout());
  return deadline;
}

void CoapClient::drain_messages(Instant now) {
  while (const auto datagram = messages_->poll_transmit()) transmit(now, *datagram);
  while (const auto event = messages_->poll_event()) {
    std::visit([this](const auto& news) { reports_.report(news); }, *event);
  }
}

void CoapClient::transmit(Instant now, const coap::Transmit& transmit) {
  const auto entry = reports_.trail().send(transmit);
  if (!dtls_) {
    unanswered_datagrams_.emplace_back(transmit.id);
    return outbox_.act(SendDatagram{*transport_, transmit.datagram, entry});
  }
  if (dtls_->write(now, transmit.datagram)) return send_records(transmit.id, entry);
  outbox_.note(journal::Level::kWarning,
               "a message does not fit a DTLS record or its session is over");
  messages_->handle_transmitted(now, transmit.id, false);
}

}  // namespace vmodem::firmware
