// A module as it is at an instant, as plain values: for whoever shows it. Never a PIN, a password,
// a key or what is in a file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/bytes.h"
#include "firmware/base/time.h"
#include "firmware/circuits/circuits.h"

namespace vmodem::firmware {

struct ModuleSnapshot {
  struct Identity {
    std::string model;
    std::string revision;
    std::string imei;
    std::string_view power;  // off, booting, on or shutting down
    bool has_supply;
    bool is_hanging;
    int functionality;  // <fun> of AT+CFUN
    bool is_memory_full;
    bool is_between_lines;     // no command line runs, is half typed or waits for data
    std::size_t waiting_urcs;  // or not written whole
  };
  struct Card {
    std::string iccid;
    std::string imsi;
    std::string_view status;
    bool is_pin_enabled;
    int pin_retries;
    int puk_retries;
  };
  struct Radio {
    struct Signal {
      int rssi_dbm;
      int rsrp_dbm;
      int rsrq_db;
      double sinr_db;
    };
    struct Cell {
      std::string area_code;
      std::string id;
      std::string band;
      int channel;
    };

    bool is_on;
    int registration;  // <stat> of +CEREG, for the packet domain
    bool is_attached;
    bool is_connected;  // the signalling connection
    std::optional<std::string> operator_name;
    std::optional<std::string> operator_code;  // MCC and MNC
    std::optional<int> technology;             // <AcT>
    std::optional<Cell> cell;
    std::optional<Signal> signal;
  };
  struct Context {
    int id;
    std::string_view type;
    std::string apn;
    bool has_bearer;
    bool is_active;  // for the TCP/IP stack and CoAP
    bool is_activating;
    std::vector<std::string> addresses;
  };
  struct Exchange {
    std::string_view type;
    std::string code;
    std::uint16_t message_id;
    Bytes token;
    int retransmissions;
    int retransmissions_max;
    Instant deadline;  // of the next retransmission, or the end
  };
  struct OptionSlot {
    std::size_t index;
    std::uint16_t number;
    Bytes value;
  };
  struct Client {
    int id;
    int status;        // of AT+QCOAPOPEN?
    std::string host;  // of the session, or of the last one; empty: none yet
    std::uint16_t port;
    bool is_secured;  // the session is DTLS
    std::optional<std::uint32_t> transport;
    std::optional<Instant> deadline;

    int pdp_context;  // from here on AT+QCOAPCFG
    bool uses_dtls;
    int dtls_context;
    int ack_timeout_s;
    int retry_count;

    std::uint16_t next_message_id;
    std::optional<Bytes> token;  // nothing: a new one for each message
    std::vector<OptionSlot> slots;
    std::vector<Exchange> exchanges;  // in flight
    std::size_t waiting_messages;     // for an exchange to end (NSTART)
  };
  struct Files {
    struct File {
      std::string name;
      std::uint64_t size;
    };
    struct Open {
      std::uint32_t handle;
      std::string name;
      int mode;  // of AT+QFOPEN
      std::uint64_t position;
    };

    bool is_readable;  // else the storage fails, and nothing of it is known
    std::uint64_t free;
    std::uint64_t total;
    std::vector<File> files;
    std::vector<Open> open;
  };
  struct Line {
    HostCircuits host;
    ModuleCircuits module;
    bool is_asleep;  // what the host sends is lost
  };
  struct Counters {
    std::uint64_t dropped_urcs;
    std::uint64_t dropped_octets;  // of output that nobody read
  };

  Identity identity;
  Line line;
  Card card;
  Radio radio;
  std::vector<Context> contexts;  // that are defined, or up
  std::vector<Client> clients;
  Files files;
  Counters counters;
  std::string calendar;  // as AT+CCLK? shows it
};

}  // namespace vmodem::firmware
