// A reader of the journal that makes a capture of it, for Wireshark without any setting: the
// datagrams of each PDP context with the secrets that decrypt them, and on interfaces of their own
// the AT dialogue, the CoAP messages in plain text, and whatever else happens as a comment.
//
// In:  entries.
// Out: octets of a pcapng section, whole blocks.
#pragma once

#include <array>
#include <bitset>
#include <deque>
#include <optional>
#include <string>

#include "firmware/base/queue.h"
#include "firmware/journal/journal.h"
#include "net/capture/pcapng.h"

namespace vmodem::journal {

class CaptureWriter {
 public:
  // Sessions whose secrets a later reader of the capture still gets; the oldest give way.
  static constexpr std::size_t kSecretsMax = 64;

  // `start` is what the calendar shows at the instant zero. Nothing is written before the first
  // entry.
  explicit CaptureWriter(CalendarTime start);

  void handle(const Entry& entry);
  // So many blocks did not reach the reader of the capture; the capture says so where it goes on.
  void handle_lost(std::uint64_t count);
  // For another reader, who has seen nothing: the section begins anew, with the interfaces and the
  // secrets that there are. What has not been taken is gone.
  void begin_section();

  // What has come since the last call.
  [[nodiscard]] Bytes take_octets();

 private:
  static constexpr std::size_t kContextsMax = 16;
  static constexpr std::size_t kRepeatedMax = 32;

  // What a retransmission sends again.
  struct SentMessage {
    std::uint64_t client;
    std::uint64_t message_id;
    Bytes octets;
  };

  void write(const LineCommand& event);
  void write(const LineEcho& event);
  void write(const LineAnswer& event);
  void write(const LinePrompt& event);
  void write(const LineResult& event);
  void write(const LineUrc& event);
  void write(const CoapSent& event);
  void write(const CoapRetransmitted& event);
  void write(const CoapReceived& event);
  void write(const DtlsFlight& event);
  void write(const DtlsKeys& event);
  void write(const DatagramUp& event);
  void write(const DatagramDown& event);
  void write(const PacketContext& event);
  // All others.
  template <class Event>
  void write(const Event& event) {
    note(phrase(event));
  }

  void write_line(std::string_view text, capture::Direction direction);
  void write_message(std::uint64_t client, ByteView octets, capture::Direction direction,
                     std::string_view comment = {});
  template <class Datagram>
  void write_datagram(const Datagram& datagram, capture::Direction direction);
  void note(std::string_view text);
  void write_packet(capture::InterfaceId interface, std::optional<capture::Direction> direction,
                    std::string_view comment);
  [[nodiscard]] capture::InterfaceId interface_of_context();
  void append_context_interface(std::size_t context);

  CalendarTime start_;
  Instant at_{};
  Number number_ = 0;
  Bytes octets_;
  Bytes packet_;  // the one that is being written
  std::bitset<kContextsMax + 1> active_;
  // Of the contexts that had a datagram, in the order of their interfaces; 0: not known which.
  std::vector<std::size_t> contexts_;
  std::deque<std::string> secrets_;
  std::deque<SentMessage> sent_;
};

}  // namespace vmodem::journal
