#include "firmware/coverage/urcs.h"

#include <algorithm>
#include <array>

namespace vmodem::coverage {
namespace {

// 27.007 §10.1.22: <stat>.
constexpr std::array<std::string_view, 6> kRegistrations{"0", "1", "2", "3", "4", "5"};

constexpr UrcRow kRows[] = {
    {.text = "+QCOAPOPEN: ", .help = "an open has ended", .source = "the note §3.3.2"},
    {.text = "+QCOAPCLOSE: ", .help = "a session has ended", .source = "the note §3.3.3"},
    {.text = "+QCOAPRECV: ", .help = "a message has come", .source = "the note §3.4.1"},
    {.text = "+QCOAPACK: ", .help = "what became of a message", .source = "the note §3.4.2"},
    {.text = "+QCOAPIND: ", .help = "what became of a retransmission", .source = "the note §3.4.3"},
    {.text = "RDY", .help = "the module boots", .source = "AT95 §2.22"},
    {.text = "APP RDY", .help = "the module boots", .source = "AT95 §2.22"},
    {.text = "+CFUN: 1", .help = "the module boots", .source = "AT95 §2.22"},
    {.text = "POWERED DOWN", .help = "the module goes off", .source = "AT95 §11.1"},
    {.text = "+CPIN: READY", .help = "the card is ready", .source = "27.007 §8.3, AT95 §5.3"},
    {.text = "+CPIN: SIM PIN",
     .help = "the card wants its PIN",
     .source = "27.007 §8.3, AT95 §5.3"},
    {.text = "+CPIN: SIM PUK",
     .help = "the card wants its PUK",
     .source = "27.007 §8.3, AT95 §5.3"},
    {.text = "+CPIN: NOT READY", .help = "there is no card", .source = "27.007 §8.3, AT95 §5.3"},
    {.text = "+QUSIM: 1", .help = "the card is a USIM", .source = "AT95 §2.22"},
    {.text = "+QIND: SMS DONE", .help = "the module boots", .source = "AT95 §2.22"},
    {.text = "+QSIMSTAT: 1,0", .help = "the card is taken out", .source = "AT95 §5.10"},
    {.text = "+QSIMSTAT: 1,1", .help = "a card is put in", .source = "AT95 §5.10"},
    {.text = "+CREG: ",
     .values = kRegistrations,
     .help = "registration, circuits",
     .source = "27.007 §7.2, AT95 §6.1"},
    {.text = "+CGREG: ",
     .values = kRegistrations,
     .help = "registration, packets",
     .source = "27.007 §10.1.20, AT95 §9.5"},
    {.text = "+CEREG: ",
     .values = kRegistrations,
     .help = "registration, LTE",
     .source = "27.007 §10.1.22, AT95 §9.8"},
    {.text = "+CGEV: PDN ACT ",
     .help = "a bearer is there",
     .source = "27.007 §10.1.19, AT95 §9.6"},
    {.text = "+CGEV: PDN DEACT ",
     .help = "the host has ended a bearer",
     .source = "27.007 §10.1.19, AT95 §9.6"},
    {.text = "+CGEV: NW DEACT ",
     .help = "the network ends a bearer",
     .source = "27.007 §10.1.19, AT95 §9.6"},
    {.text = "+CGEV: NW DETACH",
     .help = "the network detaches the module",
     .source = "27.007 §10.1.19, AT95 §9.6"},
    {.text = "+CGEV: ME DETACH",
     .help = "the module detaches itself",
     .source = "27.007 §10.1.19, AT95 §9.6"},
    {.text = "+QIURC: \"pdpdeact\",", .help = "a context has ended", .source = "TCP95 §2.4.5"},
    {.text = "+QIURC: \"dnsgip\",", .help = "a name is looked up", .source = "TCP95 §2.3.14"},
    {.text = "+QPING: ", .help = "an echo, or none", .source = "TCP95 §2.3.11"},
    {.text = "+QNTP: ", .help = "the time of a server", .source = "TCP95 §2.3.12"},
    {.text = "+CTZV: ", .help = "the network tells its zone", .source = "27.007 §8.41, AT95 §6.14"},
    {.text = "+CTZE: ",
     .help = "the network tells zone and time",
     .source = "27.007 §8.41, AT95 §6.14"},
    {.text = "+QCSCON: 1,0", .help = "the signalling connection is gone", .source = "AT95 §6.17"},
    {.text = "+QCSCON: 1,1", .help = "the signalling connection is there", .source = "AT95 §6.17"},
    {.text = "+QPSMTIMER: ", .help = "timers of power saving", .source = "quectel-at.md §6"},
    {.text = "+CEDRXP: ", .help = "eDRX in use", .source = "27.007 §7.40, AT95 §6.11"},
    {.text = "+QIND: \"csq\",", .help = "the signal has changed", .source = "AT95 §4.2"},
};

bool is_beginning(std::string_view text) {
  return text.ends_with(' ') || text.ends_with(',');
}

}  // namespace

std::span<const UrcRow> urc_rows() {
  return kRows;
}

const UrcRow* find_urc(std::string_view text) {
  const auto found = std::ranges::find_if(kRows, [text](const UrcRow& row) {
    return is_beginning(row.text) ? text.starts_with(row.text) : text == row.text;
  });
  return found == std::end(kRows) ? nullptr : found;
}

std::string_view subject_of(const UrcRow& row) {
  const auto end = row.text.find_last_not_of(": ,");
  return row.text.substr(0, end + 1);
}

}  // namespace vmodem::coverage
