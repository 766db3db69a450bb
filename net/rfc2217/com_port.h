// The access server's side of one Telnet connection with the COM-PORT-OPTION (RFC 854, 2217): what
// a serial port's client sees of its octets, settings and circuits.
//
// In:  octets of a client, octets and circuits of a port.
// Out: octets for the client, octets and circuits for the port.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "firmware/base/bytes.h"
#include "firmware/base/queue.h"
#include "net/rfc2217/telnet.h"

namespace vmodem::net {

// What a client drives; the port of an access server is opened with both on.
struct ComPortSettings {
  bool dtr = true;
  bool rts = true;
  std::optional<std::uint32_t> rate{};  // bit/s; absent: the client has not said

  friend bool operator==(const ComPortSettings&, const ComPortSettings&) = default;
};

// What the port's other end drives.
struct ComPortLines {
  bool cts = false;
  bool dsr = false;
  bool ri = false;
  bool dcd = false;
  std::uint32_t rate = 0;  // bit/s, for a client that asks before it has said its own

  friend bool operator==(const ComPortLines&, const ComPortLines&) = default;
};

// A client's octets, what it drives from now on, or a break that it sends.
struct ComPortBreak {};
using ComPortEvent = std::variant<Bytes, ComPortSettings, ComPortBreak>;

class ComPort {
 public:
  static constexpr std::size_t kOutputMax = 16 * 1024;

  // Begins the negotiation.
  ComPort();

  // Octets for the client may be taken in. Where not, nothing more should be read from it either:
  // a client that asks and never reads is held to a bound, by its own flow control.
  [[nodiscard]] bool has_room() const { return pending_size() < kOutputMax; }
  // A client that has sent FLOWCONTROL-SUSPEND takes none of the port's octets.
  [[nodiscard]] bool is_suspended() const { return is_suspended_; }

  // Of the client, split anywhere.
  void handle_octets(ByteView octets);
  [[nodiscard]] std::optional<ComPortEvent> poll_event() { return events_.take_front(); }

  // Of the port, for the client: how many are taken.
  [[nodiscard]] std::size_t write(ByteView octets);
  // The client is told what it wants to know of the changes; where there is no room, with those to
  // come.
  void show(const ComPortLines& lines);

  // Borrowed until the next call that is not const.
  [[nodiscard]] ByteView poll_output() const;
  void handle_output_written(std::size_t count);

 private:
  [[nodiscard]] std::size_t pending_size() const { return output_.size() - written_; }
  void handle(std::uint8_t octet);
  void handle(const TelnetCommand& command);
  void negotiate(const TelnetCommand& command);
  void begin_com_port();
  void handle_suboption(ByteView suboption);
  void set_rate(ByteView value);
  void set_control(std::uint8_t value);
  [[nodiscard]] std::uint8_t apply_control(std::uint8_t value);
  void set_setting(std::uint8_t command, std::uint8_t value);
  void send_break();
  void change(const ComPortSettings& settings);
  void answer(std::uint8_t command, ByteView value);
  void answer(std::uint8_t command, std::uint8_t value);
  void tell_modem_state(std::uint8_t changes);
  [[nodiscard]] std::uint8_t modem_state() const;
  void append_escaped(ByteView octets);

  // RFC 1143, without its queue: what is asked for is never taken back.
  enum class Agreed : std::uint8_t { kNo, kAsked, kYes };
  struct OptionState {
    Agreed ours = Agreed::kNo;
    Agreed theirs = Agreed::kNo;
  };
  [[nodiscard]] OptionState* find_option(std::uint8_t option);
  void ask(TelnetVerb verb, std::uint8_t option);

  TelnetReader reader_;
  OptionState binary_;
  OptionState suppress_go_ahead_;
  OptionState echo_;
  OptionState com_port_;
  ComPortSettings settings_;
  ComPortLines lines_;
  std::uint8_t data_size_ = 8;
  std::uint8_t parity_ = 1;     // none
  std::uint8_t stop_size_ = 1;  // one bit
  std::uint8_t flow_out_ = 1;   // of SET-CONTROL: none
  std::uint8_t flow_in_ = 14;
  bool is_break_on_ = false;
  std::uint8_t line_mask_ = 0;
  std::uint8_t modem_mask_ = 255;
  bool is_suspended_ = false;
  bool was_carriage_return_ = false;
  Queue<ComPortEvent> events_;
  std::string output_;
  std::size_t written_ = 0;
};

}  // namespace vmodem::net
