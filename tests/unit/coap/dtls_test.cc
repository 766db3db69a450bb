// Secured sessions through the whole module, against a server in memory, in virtual time (qcoap.md
// §10).
#include <algorithm>

#include "coap_core/codec.h"
#include "dtls/session.h"
#include "firmware/base/hex.h"
#include "tests/support/catch.h"
#include "tests/unit/modem/fixture.h"

using namespace vmodem;
using namespace vmodem::firmware;

namespace {

constexpr std::string_view kIdentity = "device";
constexpr std::string_view kKeyHex = "31323334";

// A module whose datagrams reach a DTLS server, unless the test says otherwise.
class SecuredModule {
 public:
  enum class Peer { kServer, kSilent, kPlainCoap };

  explicit SecuredModule(Peer peer = Peer::kServer, std::string_view server_key_hex = kKeyHex,
                         std::string_view server_identity = kIdentity)
      : peer_(peer),
        credential_{std::string(server_identity),
                    dtls::SecretBytes(from_hex(server_key_hex).value())} {
    await_client();
    modem_.emplace(ModemConfig{}, files_, settings_, random_, &journal_);
    send("ATE0\r");
    upload("0_server.psk", std::string(kIdentity) + "&" + std::string(kKeyHex));
    send("AT+QCOAPCFG=\"dtls\",0,1,0\r");
  }

  std::string send(std::string_view octets) {
    modem_->handle_serial(now_, as_bytes(octets));
    return settle();
  }
  std::string upload(std::string_view name, std::string_view content) {
    send("AT+QFDEL=\"" + std::string(name) + "\"\r");
    return send("AT+QFUPL=\"" + std::string(name) + "\"," + std::to_string(content.size()) + "\r" +
                std::string(content));
  }
  // As the owner of the directory does, past the module's quota.
  void put(std::string_view name, const Bytes& content) {
    REQUIRE(files_.write(ufs::FileName::parse(name).value(), content));
  }
  // The server is ready for the next session; it knows those of before.
  void await_client() {
    server_ = dtls::make_server_session(
        {.credentials = {credential_}, .sessions = &sessions_, .random = &random_},
        as_bytes("peer"));
    server_->start(now_);
  }
  // Closes, and opens again.
  std::string reopen() {
    send("AT+QCOAPCLOSE=0\r");
    await_client();
    traces.clear();
    return open();
  }
  std::string open() { return send("AT+QCOAPOPEN=0,\"127.0.0.1\",5684\r"); }

  std::string run_for(Duration duration) {
    std::string output;
    const auto end = now_ + duration;
    while (const auto due = earliest(modem_->poll_timeout(), server_->poll_timeout())) {
      if (*due > end) break;
      now_ = std::max(now_, *due);
      modem_->handle_timeout(now_);
      server_->handle_timeout(now_);
      output += settle();
    }
    now_ = end;
    return output;
  }
  // What the server decrypted.
  std::vector<Bytes>& received() { return received_; }
  std::string reply(const coap::Message& message) {
    REQUIRE(server_->write(now_, coap::encode(message)));
    return settle();
  }
  std::string close_server() {
    server_->close(now_);
    return settle();
  }
  std::string traces;

 private:
  // Datagrams go back and forth until both sides are quiet.
  std::string settle() {
    bool is_moving = true;
    while (is_moving) {
      is_moving = false;
      while (const auto action = modem_->poll_action()) {
        is_moving = true;
        perform(*action);
      }
      while (const auto datagram = server_->poll_transmit()) {
        is_moving = true;
        if (transport_) modem_->handle_datagram(now_, *transport_, *datagram);
      }
      while (auto event = server_->poll_event()) {
        if (auto* plain = std::get_if<dtls::PlaintextReceived>(&*event)) {
          received_.push_back(std::move(plain->plaintext));
        }
      }
    }
    while (const auto entry = journal_.poll_entry()) traces += phrase(entry->event) + "\n";
    std::string output(as_text(modem_->poll_serial()));
    modem_->handle_serial_written(output.size());
    return output;
  }

  void perform(const Action& action) {
    if (const auto* open_action = std::get_if<OpenTransport>(&action)) {
      transport_ = open_action->transport;
      modem_->handle_transport_opened(now_, *transport_);
    }
    const auto* datagram = std::get_if<SendDatagram>(&action);
    if (datagram == nullptr) return;
    modem_->handle_datagram_sent(now_, datagram->transport, true);
    switch (peer_) {
      case Peer::kServer:
        return server_->handle_datagram(now_, datagram->datagram);
      case Peer::kPlainCoap:  // libcoap's answer to a ClientHello
        return modem_->handle_datagram(now_, datagram->transport, *from_hex("70000000"));
      case Peer::kSilent:
        return;
    }
  }

  journal::Journal journal_{journal::Journal::of_level(journal::Level::kInfo)};
  Peer peer_;
  dtls::PskCredential credential_;
  dtls::SessionStore sessions_;
  SeededRandom random_{1};
  ufs::MemoryStore files_;
  MemoryNvStore settings_;
  std::optional<Modem> modem_;
  std::unique_ptr<dtls::Session> server_;
  std::optional<TransportId> transport_;
  std::vector<Bytes> received_;
  Instant now_{};
};

constexpr std::string_view kOk = "\r\nOK\r\n";
constexpr std::string_view kOpened = "\r\nOK\r\n\r\n+QCOAPOPEN: 0,0\r\n";
constexpr std::string_view kRefused = "\r\nOK\r\n\r\n+QCOAPOPEN: 0,-9\r\n";

coap::Message answer_to(const Bytes& request, coap::Code code, std::string_view payload) {
  const auto decoded = coap::decode(request);
  REQUIRE(decoded);
  return {.type = coap::Type::kAcknowledgement,
          .code = code,
          .message_id = decoded->message_id,
          .token = decoded->token,
          .payload = to_bytes(payload)};
}

}  // namespace

TEST_CASE("an open is reported after the handshake and a request crosses it encrypted") {
  SecuredModule module;
  CHECK(module.open() == kOpened);
  module.send("AT+QCOAPHEADER=0,7,0,1,\"aa\"\r");
  CHECK(module.send("AT+QCOAPSEND=0,0,1,0,0\r") == kOk);
  REQUIRE(module.received().size() == 1);
  CHECK(module.reply(answer_to(module.received()[0], coap::Code::kContent, "hi")) ==
        "\r\n+QCOAPACK: 0,0,7,0\r\n\r\n+QCOAPRECV: 0,7,2.05,1,AA,0,2\r\nhi\r\n");
}

TEST_CASE("while the handshake runs the client is connecting") {
  SecuredModule module(SecuredModule::Peer::kSilent);
  CHECK(module.open() == kOk);
  CHECK(module.send("AT+QCOAPOPEN?\r") == "\r\n+QCOAPOPEN: 0,\"127.0.0.1\",5684,2\r\n\r\nOK\r\n");
  CHECK(module.open() == "\r\nOK\r\n\r\n+QCOAPOPEN: 0,-2\r\n");
  CHECK(module.send("AT+QCOAPSEND=0,0,1,0,0\r") == "\r\nERROR\r\n");
}

TEST_CASE("a silent peer ends the open at 63 s and the log says that nothing came") {
  SecuredModule module(SecuredModule::Peer::kSilent);
  module.open();
  CHECK(module.run_for(63s - 1ms) == "");
  CHECK(module.run_for(1ms) == "\r\n+QCOAPOPEN: 0,-9\r\n");
  CHECK(module.traces.find("No answer") != std::string::npos);
}

TEST_CASE("the negotiation time ends an open earlier") {
  SecuredModule module(SecuredModule::Peer::kSilent);
  module.send("AT+QSSLCFG=\"negotiatetime\",0,10\r");
  module.open();
  CHECK(module.run_for(10s) == "\r\n+QCOAPOPEN: 0,-9\r\n");
}

TEST_CASE("a plain CoAP server is told from a silent one") {
  SecuredModule module(SecuredModule::Peer::kPlainCoap);
  module.open();
  CHECK(module.run_for(75s) == "\r\n+QCOAPOPEN: 0,-9\r\n");
  CHECK(module.traces.find("DTLS") != std::string::npos);
}

TEST_CASE("a wrong key and an unknown identity fail by the alert that names them") {
  SecuredModule wrong_key(SecuredModule::Peer::kServer, "99999999");
  CHECK(wrong_key.open() == kRefused);
  CHECK(wrong_key.traces.find("bad_record_mac") != std::string::npos);

  SecuredModule unknown(SecuredModule::Peer::kServer, kKeyHex, "somebody else");
  CHECK(unknown.open() == kRefused);
  CHECK(unknown.traces.find("unknown_psk_identity") != std::string::npos);
}

TEST_CASE(
    "each malformed PSK file fails at once with its reason, and the key stays out of the log") {
  for (const auto content : {"no separator", "&31", "device&", "device&3", "device&zz"}) {
    INFO(content);
    SecuredModule module;
    module.upload("0_server.psk", content);
    CHECK(module.open() == kRefused);
    CHECK(module.traces.find("0_server.psk: ") != std::string::npos);
    CHECK(module.traces.find("device") == std::string::npos);
  }
  SecuredModule module;
  module.send("AT+QFDEL=\"0_server.psk\"\r");
  CHECK(module.open() == kRefused);
  CHECK(module.traces.find("missing") != std::string::npos);
}

TEST_CASE("a PSK file that is too large to be read is told as that, not as missing") {
  SecuredModule module;
  module.put("0_server.psk", Bytes(2 << 20, 'a'));
  CHECK(module.open() == kRefused);
  CHECK(module.traces.find("0_server.psk is too large to be read") != std::string::npos);
  CHECK(module.traces.find("missing") == std::string::npos);
}

TEST_CASE("the PSK file is read at each open") {
  SecuredModule module;
  module.upload("0_server.psk", "device&9999");
  CHECK(module.open() == kRefused);
  module.upload("0_server.psk", "device&31323334\r\n");
  CHECK(module.open() == kOk);  // the server's first session is over; a new hello begins anew
}

TEST_CASE("a suite that CoAP or the version does not have is refused before any datagram") {
  SecuredModule module(SecuredModule::Peer::kSilent);
  module.send("AT+QSSLCFG=\"ciphersuite\",0,0XC02F\r");
  CHECK(module.open() == kRefused);
  module.send("AT+QSSLCFG=\"ciphersuite\",0,0XC0A8\r");
  module.send("AT+QSSLCFG=\"dtlsversion\",0,0\r");
  CHECK(module.open() == kRefused);
  CHECK(module.traces.find("DTLS 1.0") != std::string::npos);
}

TEST_CASE("DTLS 1.0 alone is offered where the library has it, and a server of 1.2 refuses it") {
  SecuredModule module;
  module.send("AT+QSSLCFG=\"dtlsversion\",0,0\r");
  CHECK(module.open() + module.run_for(75s) == kRefused);
  const bool is_offered = dtls::is_supported(dtls::Version::kDtls1_0);
  CHECK((module.traces.find("protocol_version") != std::string::npos) == is_offered);
  CHECK((module.traces.find("mbedTLS 3") != std::string::npos) == !is_offered);
}

TEST_CASE("1.2 is what the other two versions of AT+QSSLCFG come to with a server of 1.2") {
  for (const auto version : {"1", "2"}) {
    SecuredModule module;
    module.send(std::string("AT+QSSLCFG=\"dtlsversion\",0,") + version + "\r");
    CHECK(module.open() == kOpened);
    CHECK(module.traces.find("DTLS 1.2") != std::string::npos);
  }
}

TEST_CASE("AT+QSSLCFG session resumes the last session of the context and the server") {
  SecuredModule module;
  CHECK(module.open() == kOpened);
  // Off by default, and asked for at the open.
  CHECK(module.reopen() == kOpened);
  CHECK(module.traces.find("resumed") == std::string::npos);
  module.send("AT+QSSLCFG=\"session\",0,1\r");
  CHECK(module.reopen() == kOpened);
  CHECK(module.traces.find("resumed") != std::string::npos);
  CHECK(module.reopen() == kOpened);
  CHECK(module.traces.find("resumed") != std::string::npos);
}

TEST_CASE("a session is not resumed with another key, context or server, nor after a reboot") {
  const auto resumes = [](const auto& change) {
    SecuredModule module;
    module.send("AT+QSSLCFG=\"session\",0,1;+QSSLCFG=\"session\",1,1\r");
    module.open();
    module.send("AT+QCOAPCLOSE=0\r");
    module.await_client();
    module.traces.clear();
    change(module);
    return module.traces.find("resumed") != std::string::npos;
  };
  CHECK(resumes([](SecuredModule& module) { module.open(); }));
  CHECK_FALSE(resumes([](SecuredModule& module) {
    module.upload("0_server.psk", "device&3132333435");
    CHECK(module.open() == kRefused);
  }));
  CHECK_FALSE(resumes([](SecuredModule& module) {
    module.upload("1_server.psk", "device&31323334");
    module.send("AT+QCOAPCFG=\"dtls\",0,1,1\r");
    CHECK(module.open() == kOpened);
  }));
  CHECK_FALSE(resumes([](SecuredModule& module) {
    module.send("AT+QCOAPOPEN=0,\"127.0.0.1\",5685\r");
  }));
  CHECK_FALSE(resumes([](SecuredModule& module) {
    module.send("AT+CFUN=1,1\r");
    module.run_for(60s);
    module.send("ATE0;+QSSLCFG=\"session\",0,1;+QCOAPCFG=\"dtls\",0,1,0\r");
    module.open();
  }));
}

TEST_CASE("each suite can be asked for alone") {
  for (const auto& [suite, name] :
       {std::pair{"0XC0A8", "CCM_8"}, std::pair{"0x00ae", "CBC_SHA256"}}) {
    SecuredModule module;
    module.send(std::string("AT+QSSLCFG=\"ciphersuite\",0,") + suite + "\r");
    CHECK(module.open() == kOpened);
    CHECK(module.traces.find(name) != std::string::npos);
  }
}

TEST_CASE("the end of a session by the peer cuts off what is outstanding and closes the client") {
  SecuredModule module;
  module.open();
  module.send("AT+QCOAPHEADER=0,9,1\r");
  module.send("AT+QCOAPSEND=0,0,1,0,0\r");
  CHECK(module.close_server() == "\r\n+QCOAPACK: 0,0,9,-11\r\n\r\n+QCOAPCLOSE: 0,-4\r\n");
  CHECK(module.send("AT+QCOAPOPEN?\r") == kOk);
}

TEST_CASE("a close in the middle of the handshake ends the open without its own URC") {
  SecuredModule module(SecuredModule::Peer::kSilent);
  module.open();
  CHECK(module.send("AT+QCOAPCLOSE=0\r") == "\r\nOK\r\n\r\n+QCOAPCLOSE: 0,0\r\n");
  CHECK(module.run_for(120s) == "");
}

TEST_CASE("CoAP retransmissions go through DTLS and show as +QCOAPIND, those of DTLS do not") {
  SecuredModule module;
  module.open();
  module.send("AT+QCOAPHEADER=0,5,1\r");
  module.send("AT+QCOAPSEND=0,0,1,0,0\r");
  const auto output = module.run_for(30s);
  CHECK(output.starts_with("\r\n+QCOAPIND: 0,0,5,1,-11\r\n"));
  REQUIRE(module.received().size() >= 3);
  CHECK(module.received()[0] == module.received()[1]);
}
