#include "firmware/journal/capture/capture_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dtls/record.h"
#include "firmware/base/printable.h"
#include "firmware/journal/message/message.h"
#include "net/capture/exported_pdu.h"
#include "net/capture/udp_packet.h"

namespace vmodem::journal {
namespace {

using capture::Direction;
using capture::InterfaceId;

constexpr std::string_view kApplication = "vmodem";
constexpr std::size_t kCommentSizeMax = 1000;

// Those of every capture, by their place; behind them those of contexts.
constexpr capture::Interface kInterfaces[] = {
    {"at", "The AT dialogue: sent by the host, received from the module",
     capture::LinkType::kUpperPdu},
    {"coap",
     "CoAP messages in plain text; the addresses stand for the module and its peer, the "
     "module's port for the client",
     capture::LinkType::kUpperPdu},
    {"events", "What else happens", capture::LinkType::kUpperPdu},
};
constexpr InterfaceId kAt{0};
constexpr InterfaceId kCoap{1};
constexpr InterfaceId kEvents{2};

// Of tshark -G protocols. The syslog dissector shows any text.
constexpr std::string_view kAtDissector = "at";
constexpr std::string_view kCoapDissector = "coap";
constexpr std::string_view kTextDissector = "syslog";

constexpr std::uint16_t kDynamicPort = 49152;  // RFC 6335 §6
constexpr std::uint16_t kDynamicPortCount = 16384;
constexpr std::uint16_t kCoapPort = 5683;
constexpr std::uint16_t kCoapsPort = 5684;

// RFC 5737: addresses that belong to nobody stand for those that only the real network knows.
const net::IpAddress kModule = net::IpAddress::v4({192, 0, 2, 1});
const net::IpAddress kPeer = net::IpAddress::v4({198, 51, 100, 1});

capture::Ends ends_of_client(std::uint64_t client, Direction direction) {
  const net::Endpoint module{kModule, static_cast<std::uint16_t>(kDynamicPort + client % 16)};
  const net::Endpoint peer{kPeer, kCoapPort};
  if (direction == Direction::kOutbound) return {module, peer};
  return {peer, module};
}

net::Endpoint with_port(net::Endpoint endpoint, const net::IpAddress& stand_in,
                        std::uint16_t port) {
  if (endpoint.address == net::IpAddress()) endpoint.address = stand_in;
  if (endpoint.port == 0) endpoint.port = port;
  return endpoint;
}

template <class Datagram>
capture::Ends ends_of_datagram(const Datagram& datagram, Direction direction) {
  const auto local =
      with_port(datagram.local, kModule,
                static_cast<std::uint16_t>(kDynamicPort + datagram.transport % kDynamicPortCount));
  const auto remote =
      with_port(datagram.remote, kPeer, dtls::begins_as_record(datagram.octets) ? kCoapsPort : kCoapPort);
  if (direction == Direction::kOutbound) return {local, remote};
  return {remote, local};
}

}  // namespace

CaptureWriter::CaptureWriter(CalendarTime start) : start_(start) {
  begin_section();
}

void CaptureWriter::begin_section() {
  octets_.clear();
  capture::append_section(octets_, kApplication);
  for (const auto& interface : kInterfaces) capture::append_interface(octets_, interface);
  for (const auto context : contexts_) append_context_interface(context);
  for (const auto& line : secrets_) capture::append_secrets(octets_, line);
}

Bytes CaptureWriter::take_octets() {
  return std::exchange(octets_, {});
}

void CaptureWriter::handle(const Entry& entry) {
  at_ = entry.at;
  number_ = entry.number;
  std::visit([this](const auto& event) { write(event); }, entry.event);
}

void CaptureWriter::handle_lost(std::uint64_t count) {
  number_ = 0;
  note(fmt::format("{} blocks of this capture are lost, for which there was no room", count));
}

void CaptureWriter::write(const LineCommand& event) {
  write_line(event.text + "\r", Direction::kOutbound);
}

// The host's own octets again.
void CaptureWriter::write(const LineEcho&) {
}

void CaptureWriter::write(const LineAnswer& event) {
  write_line(event.text + "\r\n", Direction::kInbound);
}

void CaptureWriter::write(const LinePrompt& event) {
  write_line(event.text, Direction::kInbound);
}

void CaptureWriter::write(const LineResult& event) {
  write_line(event.text + "\r\n", Direction::kInbound);
}

void CaptureWriter::write(const LineUrc& event) {
  write_line(event.text + "\r\n", Direction::kInbound);
}

void CaptureWriter::write(const CoapSent& event) {
  auto octets = message_octets(event);
  write_message(event.client, octets, Direction::kOutbound);
  if (event.type != "CON") return;
  if (sent_.size() >= kRepeatedMax) sent_.pop_front();
  sent_.push_back({event.client, event.message_id, std::move(octets)});
}

void CaptureWriter::write(const CoapRetransmitted& event) {
  const auto sent = std::ranges::find_if(sent_.rbegin(), sent_.rend(), [&](const auto& message) {
    return message.client == event.client && message.message_id == event.message_id;
  });
  const auto text = phrase(event);
  if (sent == sent_.rend()) return note(text);
  write_message(event.client, sent->octets, Direction::kOutbound, text);
}

void CaptureWriter::write(const CoapReceived& event) {
  write_message(event.client, message_octets(event), Direction::kInbound);
}

// Its datagram shows it.
void CaptureWriter::write(const DtlsFlight&) {
}

void CaptureWriter::write(const DtlsKeys& event) {
  if (secrets_.size() >= kSecretsMax) secrets_.pop_front();
  secrets_.push_back(event.line.text + "\n");
  capture::append_secrets(octets_, secrets_.back());
}

void CaptureWriter::write(const DatagramUp& event) {
  write_datagram(event, Direction::kOutbound);
}

void CaptureWriter::write(const DatagramDown& event) {
  write_datagram(event, Direction::kInbound);
}

void CaptureWriter::write(const PacketContext& event) {
  if (event.context <= kContextsMax) active_[event.context] = event.state == "active";
  note(phrase(event));
}

void CaptureWriter::write_line(std::string_view text, Direction direction) {
  capture::append_exported_pdu(packet_, kAtDissector, as_bytes(text));
  write_packet(kAt, direction, {});
}

void CaptureWriter::write_message(std::uint64_t client, ByteView octets, Direction direction,
                                  std::string_view comment) {
  capture::append_exported_pdu(packet_, kCoapDissector, ends_of_client(client, direction), octets);
  write_packet(kCoap, direction, comment);
}

template <class Datagram>
void CaptureWriter::write_datagram(const Datagram& datagram, Direction direction) {
  const auto interface = interface_of_context();
  const auto [from, to] = ends_of_datagram(datagram, direction);
  capture::append_udp_packet(packet_, from, to, datagram.octets);
  write_packet(interface, direction, {});
}

// As the text of a packet too, for there is no comment without one.
void CaptureWriter::note(std::string_view text) {
  const auto shown = printable(text, kCommentSizeMax);
  capture::append_exported_pdu(packet_, kTextDissector, as_bytes(shown));
  write_packet(kEvents, std::nullopt, shown);
}

void CaptureWriter::write_packet(InterfaceId interface, std::optional<Direction> direction,
                                 std::string_view comment) {
  capture::append_packet(octets_, {.interface = interface,
                                   .at = start_ + at_.time_since_epoch(),
                                   .octets = packet_,
                                   .direction = direction,
                                   .id = number_,
                                   .comment = comment});
  packet_.clear();
}

// The journal does not say which context a datagram takes; where one alone is active, it is that.
InterfaceId CaptureWriter::interface_of_context() {
  std::size_t context = 0;
  if (active_.count() == 1) {
    while (!active_[context]) ++context;
  }
  const auto known = std::ranges::find(contexts_, context);
  const auto place = static_cast<std::size_t>(known - contexts_.begin());
  if (known == contexts_.end()) {
    contexts_.push_back(context);
    append_context_interface(context);
  }
  return InterfaceId{static_cast<std::uint32_t>(std::size(kInterfaces) + place)};
}

void CaptureWriter::append_context_interface(std::size_t context) {
  const auto name = context == 0 ? "pdp" : fmt::format("pdp{}", context);
  const auto description =
      context == 0 ? "A PDP context, not known which" : fmt::format("PDP context {}", context);
  capture::append_interface(octets_, {name, description, capture::LinkType::kRaw});
}

}  // namespace vmodem::journal
