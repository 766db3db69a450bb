// A module on a bench: command lines in, what the host reads out, time by hand, a network that
// takes every datagram.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "firmware/base/random.h"
#include "firmware/modem.h"
#include "ufs/memory_store.h"

namespace vmodem::firmware {

inline constexpr NetworkStage kLost{.coverage = Coverage::kLost};
inline constexpr std::string_view kBootChain =
    "\r\nRDY\r\n\r\nAPP RDY\r\n\r\n+CFUN: 1\r\n\r\n+CPIN: READY\r\n\r\n+QUSIM: 1\r\n"
    "\r\n+QIND: SMS DONE\r\n";

// The host activates the first bearer itself.
[[nodiscard]] inline ModemConfig without_default_bearer() {
  ModemConfig config;
  config.dialect.default_bearer = false;
  return config;
}

class ModemFixture {
 public:
  // Echo off; everything else as the module boots.
  explicit ModemFixture(const ModemConfig& module_config = {}) : config(module_config) { boot(); }

  // Power-off and on again, with the same stores.
  void boot() {
    modem.emplace(config, files, settings, random);
    send("ATE0\r");
  }

  // What the host reads after writing `octets`.
  std::string send(std::string_view octets) {
    modem->handle_serial(now, as_bytes(octets));
    return read();
  }
  // The same for one command line, without the AT and the CR.
  std::string at(std::string_view command) { return send("AT" + std::string(command) + "\r"); }

  // What the host reads while time passes up to `then`, deadline by deadline.
  std::string run_until(Instant then) {
    std::string output;
    for (auto next = modem->poll_timeout(); next && *next <= then; next = modem->poll_timeout()) {
      now = *next;
      modem->handle_timeout(now);
      output += read();
    }
    now = then;
    return output;
  }
  std::string run_for(Duration duration) { return run_until(now + duration); }

  std::string change_network(const NetworkChange& change) {
    modem->change_network(now, change);
    return read();
  }
  std::string receive(std::string_view datagram) {
    modem->handle_datagram(now, transports.back(), as_bytes(datagram));
    return read();
  }

  // What the host reads when the latest query is answered.
  std::string answer(const Answer& answer) {
    modem->handle_answer(now, queries.back().id, answer);
    return read();
  }
  std::string drop_pdp_context(int context) {
    modem->drop_pdp_context(now, context);
    return read();
  }

  // Performs what the modem asks for and takes its output.
  std::string read() {
    while (const auto action = modem->poll_action()) perform(*action);
    std::string output(as_text(modem->poll_serial()));
    modem->handle_serial_written(output.size());
    return output;
  }

  ModemConfig config;
  ufs::MemoryStore files;
  MemoryNvStore settings;
  SeededRandom random{1};
  std::optional<Modem> modem;
  Instant now{};
  std::vector<TransportId> transports;  // that were opened
  std::vector<Bytes> datagrams;         // that were sent
  std::vector<Query> queries;           // that were asked
  std::vector<std::string> lines;       // that were read, where the configuration asks for reports

 private:
  void perform(const Action& action) {
    if (const auto* open = std::get_if<OpenTransport>(&action)) {
      transports.push_back(open->transport);
      modem->handle_transport_opened(now, open->transport);
    }
    if (const auto* send = std::get_if<SendDatagram>(&action)) {
      datagrams.push_back(send->datagram);
      modem->handle_datagram_sent(now, send->transport, true);
    }
    if (const auto* query = std::get_if<Query>(&action)) queries.push_back(*query);
    if (const auto* read = std::get_if<CommandRead>(&action)) lines.push_back(read->line);
  }
};

// "\r\n<line>\r\n" of each, as URCs and results come.
template <class... Lines>
[[nodiscard]] std::string framed(const Lines&... lines) {
  std::string text;
  ((text += "\r\n" + std::string(lines) + "\r\n"), ...);
  return text;
}

}  // namespace vmodem::firmware
