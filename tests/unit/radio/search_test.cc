// AT+QCFG="nwscanmode", "nwscanseq", "iotopmode" and "band" choose what serves the module.
#include "firmware/radio/search.h"

#include "tests/support/catch.h"
#include "tests/unit/modem/fixture.h"

namespace vmodem::firmware {
namespace {

constexpr std::string_view kAllBands = "0xf,0x100002000000000f0e189f,0x10004200000000090e189f";

std::string operator_line(int technology) {
  return framed("+COPS: 0,0,\"CHN-UNICOM\"," + std::to_string(technology), "OK");
}

// The home operator has its own bands only.
ModemConfig few_bands_config() {
  ModemConfig config;
  for (auto& entry : config.network.operators) entry.is_on_every_band = false;
  return config;
}

Operator on_band(Technology technology, std::string band) {
  return {.technology = technology, .cell = {.band = std::move(band)}};
}

// What is searched of one network on each technology.
std::string found(const SearchSettings& settings) {
  NetworkSearch search{Technologies{}};
  search.configure(settings);
  std::vector<Operator> operators{{.technology = Technology::kEgprs},
                                  {.technology = Technology::kEmtc},
                                  {.technology = Technology::kNbIot}};
  std::string order;
  while (const auto index = search.find_automatically(operators, false)) {
    order += std::to_string(static_cast<int>(operators[*index].technology));
    operators.erase(operators.begin() + static_cast<std::ptrdiff_t>(*index));
  }
  return order;
}

}  // namespace

TEST_CASE("The sequence is the order of the search, and what it leaves out comes last") {
  CHECK(found({}) == "890");
  CHECK(found({.sequence = "020301"}) == "890");
  CHECK(found({.sequence = "010203"}) == "089");
  CHECK(found({.sequence = "0302"}) == "980");
  CHECK(found({.sequence = "03"}) == "980");
  CHECK(found({.sequence = "0x0"}) == "890");
}

TEST_CASE("Scan mode and LTE mode choose the technologies") {
  CHECK(found({.scan_mode = "0", .lte_mode = "2"}) == "890");
  CHECK(found({.scan_mode = "1", .lte_mode = "1"}) == "0");
  CHECK(found({.scan_mode = "3"}) == "89");
  CHECK(found({.scan_mode = "3", .sequence = "010302"}) == "98");
  CHECK(found({.scan_mode = "3", .lte_mode = "0"}) == "8");
  CHECK(found({.lte_mode = "1"}) == "90");
}

TEST_CASE("A technology that the model lacks is never found") {
  NetworkSearch search(Technologies{.nb_iot = false, .egprs = false});
  search.configure({.scan_mode = "1"});
  CHECK_FALSE(search.finds({.technology = Technology::kEgprs}));
  CHECK_FALSE(search.finds({.technology = Technology::kEmtc}));
}

TEST_CASE("Each technology has its own mask, bit n - 1 for LTE band n") {
  NetworkSearch search{Technologies{}};
  search.configure({.bands = "0x5,0x80084,0x1000000000000000000000"});
  struct Row {
    Technology technology;
    const char* band;
    bool is_found;
  };
  for (const auto& row :
       {Row{Technology::kEmtc, "LTE BAND 3", true}, Row{Technology::kEmtc, "LTE BAND 8", true},
        Row{Technology::kEmtc, "LTE BAND 20", true}, Row{Technology::kEmtc, "LTE BAND 1", false},
        Row{Technology::kEmtc, "LTE BAND 85", false},
        Row{Technology::kEmtc, "LTE BAND 4000", false},
        Row{Technology::kNbIot, "LTE BAND 85", true}, Row{Technology::kNbIot, "LTE BAND 3", false},
        Row{Technology::kEgprs, "GSM 900", true}, Row{Technology::kEgprs, "GSM 850", true},
        Row{Technology::kEgprs, "GSM 1800", false}, Row{Technology::kEgprs, "GSM 1900", false}}) {
    CAPTURE(row.band);
    CHECK(search.finds(on_band(row.technology, row.band)) == row.is_found);
  }
}

TEST_CASE("A band without a bit is not ruled out, and what is no mask rules out none") {
  NetworkSearch search{Technologies{}};
  search.configure({.bands = "0x1,0x1,0x1"});
  for (const auto* band : {"", "LTE", "LTE BAND 0", "LTE BAND 99999999999999999999"}) {
    CAPTURE(band);
    CHECK(search.finds(on_band(Technology::kEmtc, band)));
  }
  CHECK(search.finds(on_band(Technology::kEgprs, "GSM 450")));
  search.configure({.bands = "all,,0xg"});
  for (const auto technology : {Technology::kEgprs, Technology::kEmtc, Technology::kNbIot}) {
    CHECK(search.finds(on_band(technology, "LTE BAND 3")));
  }
}

TEST_CASE("A technology that is chosen with effect 1 serves at once") {
  ModemFixture module;
  CHECK(module.at("+QCFG=\"nwscanmode\",1,1") == framed("OK"));
  CHECK(module.at("+COPS?") == operator_line(0));
  CHECK(module.at("+QNWINFO") == framed("+QNWINFO: \"EDGE\",\"46001\",\"GSM 900\",96", "OK"));
  CHECK(module.at("+QCFG=\"nwscanmode\",3") == framed("OK"));
  CHECK(module.at("+COPS?") == operator_line(8));
  CHECK(module.at("+QCFG=\"iotopmode\",1,1") == framed("OK"));
  CHECK(module.at("+COPS?") == operator_line(9));
  CHECK(module.at("+QCFG=\"iotopmode\",2,1;+QCFG=\"nwscanmode\",0,1") == framed("OK"));
  CHECK(module.at("+COPS?") == operator_line(8));
  CHECK(module.at("+QCFG=\"nwscanseq\",030201") == framed("OK"));
  CHECK(module.at("+COPS?") == operator_line(9));
}

TEST_CASE("The registration that follows is reported") {
  ModemFixture module;
  module.at("+CREG=2;+CGREG=1;+CEREG=1");
  // 27.007 §10.1.22: +CEREG knows nothing of GSM.
  CHECK(module.at("+QCFG=\"nwscanmode\",1,1") ==
        framed("OK", "+CREG: 1,\"00C5\",\"D303\",0", "+CEREG: 4"));
  CHECK(module.at("+QCFG=\"nwscanmode\",0,1") ==
        framed("OK", "+CREG: 1,\"00C3\",\"01A2D101\",8", "+CEREG: 1"));
}

TEST_CASE("With effect 0 a setting waits for the reboot, and holds no other one up") {
  ModemFixture module;
  CHECK(module.at("+QCFG=\"nwscanmode\",1,0") == framed("OK"));
  CHECK(module.at("+COPS?") == operator_line(8));
  module.at("+CFUN=4");
  module.at("+CFUN=1");
  CHECK(module.at("+COPS?") == operator_line(8));
  CHECK(module.at("+QCFG=\"nwscanseq\",030201,1") == framed("OK"));
  CHECK(module.at("+COPS?") == operator_line(9));
  module.at("+CFUN=1,1");
  module.run_for(30s);
  module.at("E0");
  CHECK(module.at("+COPS?") == operator_line(0));
}

TEST_CASE("A setting is in effect after power-off") {
  ModemFixture module;
  module.at("+QCFG=\"iotopmode\",1,1");
  module.boot();
  CHECK(module.at("+COPS?") == operator_line(9));
}

TEST_CASE("Bands that no cell of the operator has leave the module searching") {
  ModemFixture module(few_bands_config());
  module.at("+CREG=1");
  CHECK(module.at("+QCFG=\"nwscanmode\",3,1") == framed("OK"));
  CHECK(module.at("+QCFG=\"band\",1,1,1") == framed("OK", "+CREG: 2"));
  CHECK(module.at("+COPS?;+QNWINFO") == "\r\n+COPS: 0\r\n" + framed("+QNWINFO: No Service", "OK"));
  CHECK(module.at("+COPS=?") == framed("+COPS: ,,(0,1,2,3,4),(0,1,2)", "OK"));
  CHECK(module.at("+COPS=1,2,\"46001\"") == framed("+CME ERROR: 30"));
  CHECK(module.at("+COPS=0") == framed("OK"));
  CHECK(module.at("+QCFG=\"band\",0,4,0,1") == framed("OK", "+CREG: 1"));
}

TEST_CASE("Bands leave the operator's next technology, and are restored at once") {
  ModemFixture module(few_bands_config());
  CHECK(module.at("+QCFG=\"band\",1,1,1") == framed("OK"));
  CHECK(module.at("+COPS?") == operator_line(0));
  CHECK(module.at("+QCFG=\"bandrestore\"") == framed("OK"));
  CHECK(module.at("+COPS?") == operator_line(8));
  CHECK(module.at("+QCFG=\"band\",0,1,1,0") == framed("OK"));
  CHECK(module.at("+COPS?") == operator_line(8));
  module.boot();
  CHECK(module.at("+COPS?") == operator_line(0));
}

TEST_CASE("The home operator is found on every band that a host may choose") {
  ModemFixture module;
  struct Row {
    const char* line;
    const char* network;
  };
  const auto row = GENERATE(
      Row{"+QCFG=\"band\",0,80000,80000", "\"eMTC\",\"46001\",\"LTE BAND 20\",6300"},
      Row{"+QCFG=\"band\",0,8000080,0", "\"eMTC\",\"46001\",\"LTE BAND 8\",3625"},
      Row{"+QCFG=\"band\",0,20000000000000000,0", "\"eMTC\",\"46001\",\"LTE BAND 66\",66886"},
      Row{"+QCFG=\"band\",0,6,0", "\"eMTC\",\"46001\",\"LTE BAND 3\",1300"},
      Row{"+QCFG=\"iotopmode\",1;+QCFG=\"band\",0,1,80000",
          "\"NBIoT\",\"46001\",\"LTE BAND 20\",6300"},
      Row{"+QCFG=\"nwscanmode\",1;+QCFG=\"band\",8,1,1", "\"EDGE\",\"46001\",\"GSM 1900\",661"});
  CAPTURE(row.line);
  CHECK(module.at(row.line) == framed("OK"));
  CHECK(module.at("+QNWINFO") == framed("+QNWINFO: " + std::string(row.network), "OK"));
  CHECK(module.at("+CREG?") == framed("+CREG: 0,1", "OK"));
}

TEST_CASE("A search tells an operator once a technology, on however many bands it is") {
  ModemFixture module;
  module.at("+QCFG=\"band\",0,80000,0");
  CHECK(module.at("+COPS=?") ==
        framed("+COPS: (1,\"CHN-UNICOM\",\"UNICOM\",\"46001\",9),"
               "(1,\"CHN-UNICOM\",\"UNICOM\",\"46001\",0),"
               "(2,\"CHN-UNICOM\",\"UNICOM\",\"46001\",8),,(0,1,2,3,4),(0,1,2)",
               "OK"));
}

TEST_CASE("Every network of the factory is on a band of the factory") {
  ModemFixture module;
  NetworkSearch search{Technologies{}};
  for (const auto bands :
       {kAllBands, std::string_view("0xf,0x100002000000000f0e189f,0x100042000000000000081a")}) {
    search.configure({.bands = std::string(bands)});
    for (const auto& entry : module.config.network.operators) {
      CAPTURE(entry.cell.band);
      CHECK(search.finds(entry));
    }
  }
}

}  // namespace vmodem::firmware
