#include "tools/benchmark/world.h"

#include <array>

#include "coap_core/codec.h"
#include "firmware/base/check.h"

namespace vmodem::benchmark {
namespace {

constexpr std::string_view kPskFile = "password&736573616d65";
constexpr std::string_view kAddress = "127.0.0.1:49152";  // what the server takes for its peer

// The whole server: an acknowledgement that carries 2.05 and five octets.
Bytes answer(ByteView request) {
  const auto view = coap::decode(request);
  BG_CHECK(view, "the modem sends what decodes");
  std::array<std::uint8_t, 64> room;
  const auto size = coap::encode_into({.type = coap::Type::kAcknowledgement,
                                       .code = coap::Code::kContent,
                                       .message_id = view->message_id,
                                       .token = &view->token,
                                       .payload = as_bytes("hello")},
                                      room);
  BG_CHECK(size, "the answer is short");
  return {room.begin(), room.begin() + static_cast<std::ptrdiff_t>(*size)};
}

}  // namespace

dtls::PskCredential credential() {
  auto parsed = dtls::parse_psk_file(as_bytes(kPskFile));
  BG_CHECK(parsed, "the file is sound");
  return std::move(*parsed);
}

World::World(Transport transport)
    : transport_(transport), modem_(firmware::ModemConfig{}, files_, settings_, random_) {
  const auto name = ufs::FileName::parse("0_server.psk");
  const bool is_ready = name && files_.write(*name, as_bytes(kPskFile)) &&
                        run("ATE0\r", "OK\r\n") &&
                        run(transport == Transport::kSecured ? "AT+QCOAPCFG=\"dtls\",0,1,0\r"
                                                             : "AT+QCOAPCFG=\"dtls\",0,0,0\r",
                            "OK\r\n");
  BG_CHECK(is_ready, "a memory store takes files and a new modem its commands");
}

bool World::open() {
  return run("AT+QCOAPOPEN=0,\"127.0.0.1\",5684\r", "+QCOAPOPEN: 0,0\r\n");
}

bool World::close() {
  return run("AT+QCOAPCLOSE=0\r", "+QCOAPCLOSE: 0,0\r\n");
}

bool World::get() {
  return run("AT+QCOAPSEND=0,0,1,0,0\r", "\r\nhello\r\n");
}

bool World::run(std::string_view line, std::string_view end) {
  output_.clear();
  now_ += 1ms;
  if (const auto due = modem_.poll_timeout(); due && *due <= now_) modem_.handle_timeout(now_);
  modem_.handle_serial(now_, as_bytes(line));
  settle();
  return output_.ends_with(end);
}

void World::settle() {
  while (auto action = modem_.poll_action()) {
    std::visit([this](const auto& one) { perform(one); }, *action);
  }
  const auto serial = modem_.poll_serial();
  output_ += as_text(serial);
  modem_.handle_serial_written(serial.size());
}

void World::perform(const firmware::OpenTransport& action) {
  if (transport_ == Transport::kSecured) {
    dtls::ServerConfig config;
    config.credentials.push_back(credential());
    server_ = dtls::make_server_session(std::move(config), as_bytes(kAddress));
    server_->start(now_);
  }
  modem_.handle_transport_opened(now_, action.transport);
}

void World::perform(const firmware::SendDatagram& action) {
  modem_.handle_datagram_sent(now_, action.transport, true);
  if (transport_ == Transport::kPlain) {
    return modem_.handle_datagram(now_, action.transport, answer(action.datagram));
  }
  if (!server_) return;
  server_->handle_datagram(now_, action.datagram);
  serve_records(action.transport);
}

void World::perform(const firmware::CloseTransport& /*action*/) {
  server_.reset();
}

void World::serve_records(firmware::TransportId transport) {
  while (auto event = server_->poll_event()) {
    const auto* received = std::get_if<dtls::PlaintextReceived>(&*event);
    if (received == nullptr) continue;
    BG_CHECK(server_->write(now_, answer(received->plaintext)), "the session stands");
  }
  while (auto datagram = server_->poll_transmit()) {
    modem_.handle_datagram(now_, transport, *datagram);
  }
}

}  // namespace vmodem::benchmark
