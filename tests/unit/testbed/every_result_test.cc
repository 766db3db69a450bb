// Every <result> and every +CME ERROR that the module can say is said under a scenario; what it
// never says is listed with the reason.
#include "firmware/coap/result_code.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <span>
#include <string>

#include "firmware/commands/files/error.h"
#include "firmware/coverage/universe.h"
#include "firmware/journal/why.h"
#include "tests/support/catch.h"
#include "tests/unit/testbed/bench.h"

using namespace vmodem;
using namespace vmodem::testbed;
using firmware::ResultCode;

namespace {

struct Provocation {
  std::string_view scenario{};
  std::string (*play)(Bench& bench) = nullptr;  // what the host reads last
  std::string_view line{};                      // is in it
};

std::string open_client(Bench& bench, std::string_view host = "198.51.100.7") {
  return bench.at(fmt::format("+QCOAPOPEN=0,\"{}\",5683", host));
}

struct ResultRow {
  ResultCode code;
  Provocation provocation;
};

const ResultRow kResultRows[] = {
    {ResultCode::kSuccess, {"", [](Bench& b) { return open_client(b); }, "+QCOAPOPEN: 0,0"}},
    {ResultCode::kInvalidParameter,
     {"", [](Bench& b) { return open_client(b, "224.0.1.187"); }, "+QCOAPOPEN: 0,-1"}},
    {ResultCode::kInProcessing,
     {"AT+QCOAPOPEN: name-silent",
      [](Bench& b) {
        open_client(b, "coap.sim");
        return open_client(b, "coap.sim");
      },
      "+QCOAPOPEN: 0,-2"}},
    {ResultCode::kNotAllowed,
     {"AT+QCOAPSEND: lose-uplink",
      [](Bench& b) {
        b.connect();
        b.message("0,1");
        b.at("+QCOAPHEADER=0,100,0");
        return b.message("0,1");
      },
      "+QCOAPACK: 0,0,100,-3"}},
    {ResultCode::kNetworkFailure,
     {"0s: registration-lost 1min", [](Bench& b) { return open_client(b); }, "+QCOAPOPEN: 0,-4"}},
    {ResultCode::kDnsError,
     {"AT+QCOAPOPEN: name-fails 1min",
      [](Bench& b) {
        open_client(b, "coap.sim");
        return b.run_for(1s);
      },
      "+QCOAPOPEN: 0,-5"}},
    {ResultCode::kDataCallActivating,
     {"0s: pdp-slow 5s",
      [](Bench& b) {
        b.at("+QICFG=\"asyncmode\",1");
        b.at("+QIACT=1");
        return open_client(b);
      },
      "+QCOAPOPEN: 0,-6"}},
    {ResultCode::kSocketFailure,
     {"AT+QCOAPOPEN: unreachable 1min", [](Bench& b) { return open_client(b); },
      "+QCOAPOPEN: 0,-7"}},
    {ResultCode::kOutOfMemory,
     {"0s: memory-full 1min", [](Bench& b) { return open_client(b); }, "+QCOAPOPEN: 0,-8"}},
    {ResultCode::kDtlsFailure,
     {"AT+QCOAPOPEN: server-silent 10min",
      [](Bench& b) {
        b.at("+QFUPL=\"0_server.psk\",15", "password&736573");
        b.at("+QCOAPCFG=\"dtls\",0,1,0");
        b.at("+QCOAPOPEN=0,\"198.51.100.7\",5684");
        return b.run_for(75s);
      },
      "+QCOAPOPEN: 0,-9"}},
    {ResultCode::kClientOccupied,
     {"",
      [](Bench& b) {
        open_client(b);
        return open_client(b);
      },
      "+QCOAPOPEN: 0,-10"}},
    {ResultCode::kSendFailure,
     {"AT+QCOAPSEND: link-down 10min",
      [](Bench& b) {
        b.connect();
        b.message("0,1");
        return b.run_for(10min);
      },
      "+QCOAPACK: 0,0,100,-11"}},
};

// The switch knows every enumerator.
bool is_result(ResultCode code) {
  switch (code) {
    case ResultCode::kSuccess:
    case ResultCode::kInvalidParameter:
    case ResultCode::kInProcessing:
    case ResultCode::kNotAllowed:
    case ResultCode::kNetworkFailure:
    case ResultCode::kDnsError:
    case ResultCode::kDataCallActivating:
    case ResultCode::kSocketFailure:
    case ResultCode::kOutOfMemory:
    case ResultCode::kDtlsFailure:
    case ResultCode::kClientOccupied:
    case ResultCode::kSendFailure:
      return true;
  }
  return false;
}

void check(const Provocation& provocation) {
  INFO(provocation.scenario);
  auto config = Bench::config(provocation.scenario);
  config.modem.dialect.messages.nstart =
      2;  // else no two messages are in flight, of which -3 tells
  Bench bench(config);
  const auto output = provocation.play(bench);
  INFO(output);
  CHECK(output.find(framed(provocation.line)) != std::string::npos);
}

// Its phrases; the numbers are of the run.
std::string why_last(const Bench& bench, std::string_view urc) {
  journal::Ring ring;
  journal::Number found = 0;
  for (const auto& entry : bench.entries) {
    const auto* one = std::get_if<journal::LineUrc>(&entry.event);
    if (one != nullptr && one->text == urc) found = entry.number;
    ring.push(entry);
  }
  std::string text;
  for (const auto* entry : why(ring, found)) text += phrase(entry->event) + "\n";
  return text;
}

std::string why_result(const Provocation& provocation) {
  auto config = Bench::config(provocation.scenario);
  config.modem.dialect.messages.nstart = 2;
  Bench bench(config);
  (void)provocation.play(bench);
  return why_last(bench, provocation.line);
}

struct CmeRow {
  int number;
  std::string_view scenario{};
  std::string (*play)(Bench& bench) = nullptr;
  std::string_view never{};
};

constexpr std::string_view kNoPersonalisation =
    "the card is not personalised to a phone, a network or a company";
constexpr std::string_view kNoPhoneBook = "of phone books, messages and calls, which are not there";
constexpr std::string_view kNoModule = "of a terminal apart from its module";

constexpr CmeRow kModuleRows[] = {
    {.number = 0, .never = "a module that fails is silent (hang, power-cut)"},
    {.number = 1, .never = kNoModule},
    {.number = 2, .never = kNoModule},
    {3, "", [](Bench& b) { return b.at("+CPIN=1234"); }},
    {.number = 4, .never = "a command that is not there is ERROR (quectel-at.md §1.1)"},
    {.number = 5, .never = kNoPersonalisation},
    {.number = 6, .never = kNoPersonalisation},
    {.number = 7, .never = kNoPersonalisation},
    {10, "0s: sim-remove", [](Bench& b) { return b.at("+CPIN?"); }},
    {11, "AT+CLCK#1+1ms: reset",
     [](Bench& b) {
       b.at("+CLCK=\"SC\",1,\"1234\"");
       b.run_for(1s);
       return b.at("+CIMI");
     }},
    {12, "AT+CLCK#1+1ms: reset",
     [](Bench& b) {
       b.at("+CLCK=\"SC\",1,\"1234\"");
       b.run_for(1s);
       b.at("+CPIN=0000");
       b.at("+CPIN=0000");
       return b.at("+CPIN=0000");
     }},
    {13, "0s: sim-fails failure 1min", [](Bench& b) { return b.at("+CIMI"); }},
    {14, "0s: sim-fails busy 1min", [](Bench& b) { return b.at("+CPIN?"); }},
    {15, "0s: sim-fails wrong 1min", [](Bench& b) { return b.at("+CPIN=1234"); }},
    {16, "", [](Bench& b) { return b.at("+CLCK=\"SC\",1,\"0000\""); }},
    {.number = 17, .never = "no command here asks for PIN2"},
    {.number = 18, .never = "no command here asks for PUK2"},
    {.number = 20, .never = kNoPhoneBook},
    {.number = 21, .never = kNoPhoneBook},
    {.number = 22, .never = kNoPhoneBook},
    {.number = 23, .never = kNoPhoneBook},
    {.number = 24, .never = kNoPhoneBook},
    {.number = 25, .never = kNoPhoneBook},
    {.number = 26, .never = kNoPhoneBook},
    {.number = 27, .never = kNoPhoneBook},
    {30, "0s: registration-lost", [](Bench& b) { return b.at("+CGATT=0;+CGATT=1"); }},
    {.number = 31, .never = "a network that does not answer is no network service, 30"},
    {32, "0s: registration-denied 11", [](Bench& b) { return b.at("+CGACT=1,1"); }},
    {.number = 40, .never = kNoPersonalisation},
    {.number = 41, .never = kNoPersonalisation},
    {.number = 42, .never = kNoPersonalisation},
    {.number = 43, .never = kNoPersonalisation},
    {.number = 44, .never = kNoPersonalisation},
    {.number = 45, .never = kNoPersonalisation},
    {.number = 46, .never = kNoPersonalisation},
    {.number = 47, .never = kNoPersonalisation},
};

// The file "f" of five octets, open as handle 0.
void open_file(Bench& bench, std::string_view mode = "0") {
  CHECK(bench.at("+QFUPL=\"f\",5", "hello").find("+QFUPL: 5,") != std::string::npos);
  CHECK(bench.at(fmt::format("+QFOPEN=\"f\",{}", mode)) == framed("+QFOPEN: 0", "OK"));
}

constexpr CmeRow kFileRows[] = {
    {400, "", [](Bench& b) { return b.at("+QFUPL=\"f\",0"); }},
    {401, "",
     [](Bench& b) {
       open_file(b);
       return b.at("+QFSEEK=0,6");
     }},
    {402, "",
     [](Bench& b) {
       open_file(b, "3");
       return b.at("+QFREAD=0");
     }},
    {.number = 403, .never = "quectel-at.md §9.3: a full storage is 420"},
    {405, "", [](Bench& b) { return b.at("+QFDWL=\"f\""); }},
    {406, "", [](Bench& b) { return b.at("+QFUPL=\"a/b\""); }},
    {407, "",
     [](Bench& b) {
       open_file(b);
       return b.at("+QFUPL=\"f\"");
     }},
    {409, "AT+QFUPL: ufs-fails write 1min", [](Bench& b) { return b.at("+QFUPL=\"f\",1", "x"); }},
    {410, "0s: ufs-fails open 1min", [](Bench& b) { return b.at("+QFOPEN=\"f\""); }},
    {411, "AT+QFOPEN: ufs-fails read 1min",
     [](Bench& b) {
       open_file(b);
       return b.at("+QFREAD=0");
     }},
    {413, "",
     [](Bench& b) {
       for (int i = 0; i < 10; ++i) b.at(fmt::format("+QFOPEN=\"{}\"", i));
       return b.at("+QFOPEN=\"f\"");
     }},
    {414, "",
     [](Bench& b) {
       open_file(b, "2");
       return b.at("+QFWRITE=0,1");
     }},
    {416, "", [](Bench& b) { return b.at("+QFCLOSE=0"); }},
    {417, "0s: ufs-fails list 1min", [](Bench& b) { return b.at("+QFLST"); }},
    {418, "0s: ufs-fails delete 1min", [](Bench& b) { return b.at("+QFDEL=\"*\""); }},
    {419, "0s: ufs-fails info 1min", [](Bench& b) { return b.at("+QFLDS=\"UFS\""); }},
    {420, "0s: ufs-full 1min", [](Bench& b) { return b.at("+QFUPL=\"f\",1", "x"); }},
    {421, "",
     [](Bench& b) {
       b.at("+QFUPL=\"f\",1");
       return b.run_for(5s);
     }},
    {423, "", [](Bench& b) { return b.at("+QFUPL=\"f\",1562624"); }},
    {425, "",
     [](Bench& b) {
       open_file(b);
       return b.at("+QFCPY=\"f\",\"f\",1");
     }},
    {426, "",
     [](Bench& b) {
       open_file(b);
       return b.at("+QFOPEN=\"f\"");
     }},
};

void check_rows(std::span<const CmeRow> rows, std::span<const at::CmeError> table) {
  std::set<int> numbers;
  for (const auto& row : rows) {
    CHECK(numbers.insert(row.number).second);
    if (row.play == nullptr) {
      CHECK_FALSE(row.never.empty());
      continue;
    }
    const auto line = fmt::format("+CME ERROR: {}", row.number);
    INFO(line);
    check({row.scenario, row.play, line});
  }
  std::set<int> known;
  for (const auto& error : table) known.insert(error.number);
  CHECK(numbers == known);
}

}  // namespace

TEST_CASE("every <result> of the note's Table 5 is said") {
  constexpr int kFurthest = -64;
  std::set<int> known;
  for (int number = 0; number >= kFurthest; --number) {
    if (is_result(static_cast<ResultCode>(number))) known.insert(number);
  }
  std::set<int> numbers;
  for (const auto& [code, provocation] : kResultRows) {
    const int number = firmware::to_number(code);
    INFO(number);
    CHECK(numbers.insert(number).second);
    CHECK(provocation.line.ends_with(fmt::format(",{}", number)));
    check(provocation);
  }
  CHECK(numbers == known);
}

TEST_CASE("every +CME ERROR of the module and its SIM is said, or listed with the reason") {
  check_rows(kModuleRows, at::cme::kTable);
}

TEST_CASE("every +CME ERROR of the file commands is said, or listed with the reason") {
  check_rows(kFileRows, firmware::file_cme::kTable);
}

TEST_CASE("coverage asks a host for the errors that are said, and for no other") {
  const auto check_asked = [](std::span<const CmeRow> rows) {
    for (const auto& row : rows) {
      INFO(row.number);
      const auto subject = fmt::format("+CME ERROR: {}", row.number);
      const auto item = coverage::universe().find(coverage::Group::kResults, subject, "");
      CHECK(item.has_value() == (row.play != nullptr));
    }
  };
  check_asked(kModuleRows);
  check_asked(kFileRows);
}

TEST_CASE("a fault of the storage is told as each command's own failure") {
  Bench bench;
  open_file(bench);
  const auto after = [&](std::string_view deed, std::string_view command) {
    bench.inject(deed);
    const auto output = bench.at(command);
    bench.inject(std::string("ufs-works") + std::string(deed.substr(deed.find(' '))));
    return output;
  };
  CHECK(after("ufs-fails open", "+QFUPL=\"g\"") == framed("+CME ERROR: 409"));
  CHECK(after("ufs-fails open", "+QFDWL=\"f\"") == framed("+CME ERROR: 411"));
  CHECK(after("ufs-fails open", "+QFLST=\"f\"") == framed("+CME ERROR: 417"));
  CHECK(after("ufs-fails write", "+QFOPEN=\"g\"") == framed("+CME ERROR: 410"));
  CHECK(after("ufs-fails write", "+QFTUCAT=0") == framed("+CME ERROR: 409"));
  CHECK(after("ufs-fails write", "+QFCPY=\"f\",\"g\"") == framed("+CME ERROR: 409"));
  CHECK(after("ufs-fails read", "+QFDWL=\"f\"") == framed("+CME ERROR: 411"));
  CHECK(after("ufs-fails read", "+QFCRC=\"f\"") == framed("+CME ERROR: 411"));
  CHECK(after("ufs-fails delete", "+QFDEL=\"g\"") == framed("+CME ERROR: 418"));
  CHECK(after("ufs-fails info", "+QFLDS") == framed("+CME ERROR: 419"));
  CHECK(after("ufs-fails info", "+QFWRITE=0,1") == framed("+CME ERROR: 409"));
  CHECK(bench.at("+QFLST=\"f\"") == framed("+QFLST: \"f\",5", "OK"));
}

TEST_CASE("a full storage takes what does not grow") {
  Bench bench;
  open_file(bench);
  bench.inject("ufs-full");
  CHECK(bench.at("+QFWRITE=0,5", "HELLO") == framed("CONNECT", "+QFWRITE: 5,5", "OK"));
  CHECK(bench.at("+QFWRITE=0,1", "!") == framed("CONNECT", "+CME ERROR: 420"));
  CHECK(bench.at("+QFCPY=\"f\",\"g\"") == framed("+CME ERROR: 420"));
}

TEST_CASE("the chain of causes behind each result is as why.txt says") {
  std::string chains;
  for (const auto& row : kResultRows) {
    chains += fmt::format("# {}\n{}\n", row.provocation.line, why_result(row.provocation));
  }
  Bench bench("uplink#1: lose-uplink 2\n");
  bench.connect();
  bench.message("0,1");
  bench.run_for(1min);
  chains += fmt::format("# after two losses\n{}", why_last(bench, "+QCOAPACK: 0,0,100,0"));

  std::ifstream file(WHY_GOLDEN);
  const std::string golden(std::istreambuf_iterator<char>(file), {});
  CHECK(chains == golden);
}
