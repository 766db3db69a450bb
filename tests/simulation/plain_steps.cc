#include "tests/simulation/plain_steps.h"

#include <fmt/format.h>

#include <string_view>

namespace vmodem::simulation {
namespace {

template <std::size_t kSize>
Step any_of(Dice& dice, const std::string_view (&lines)[kSize]) {
  Step step;
  step.line = dice.pick(lines);
  return step;
}

}  // namespace

Step make_query(Dice& dice) {
  static constexpr std::string_view kLines[] = {"AT",
                                                "ATI",
                                                "at+csq",
                                                "AT+CREG?",
                                                "AT+CGREG?",
                                                "AT+CEREG?",
                                                "AT+COPS?",
                                                "AT+CGATT?",
                                                "AT+CFUN?",
                                                "AT+QIACT?",
                                                "AT+CGACT?",
                                                "AT+CGPADDR",
                                                "AT&V",
                                                "AT+CMEE?",
                                                "AT+CPIN?",
                                                "AT+CIMI",
                                                "AT+QCCID",
                                                "AT+QLTS",
                                                "AT+CCLK?",
                                                "AT+QNWINFO",
                                                "AT+QCSQ",
                                                "AT+QCSCON?",
                                                "AT+CGDCONT?",
                                                "AT+QCOAPOPEN?",
                                                "AT+QCOAPOPEN=?",
                                                "AT+QCOAPSEND=?",
                                                "AT+QCOAPCFG=?",
                                                "AT+CSQ;+CREG?;+CGATT?",
                                                "AT+QINISTAT",
                                                "AT+QCFG=\"nwscanmode\"",
                                                "AT+QCFG=?",
                                                "AT+CEDRXRDP",
                                                "AT+QPSMS?",
                                                "AT+QIGETERROR",
                                                "ATS3?"};
  return any_of(dice, kLines);
}

Step make_setting(Dice& dice) {
  static constexpr std::string_view kLines[] = {"ATE0",
                                                "ATE1",
                                                "AT+CMEE=0",
                                                "AT+CMEE=1",
                                                "AT+CMEE=2",
                                                "AT+CREG=1",
                                                "AT+CREG=2",
                                                "AT+CEREG=2",
                                                "AT+CGREG=1",
                                                "AT+CREG=0",
                                                "AT+CGEREP=2",
                                                "AT+CTZR=1",
                                                "AT&W",
                                                "ATZ",
                                                "AT&F",
                                                "AT+QCSCON=1",
                                                "AT+QINDCFG=\"csq\",1",
                                                "AT+CPSMS=1",
                                                "AT+CPSMS=0",
                                                "AT+CEDRXS=2,4,\"0010\"",
                                                "AT+QSIMSTAT=1",
                                                "AT+CGDCONT=2,\"IPV4V6\",\"internet\"",
                                                "AT+QICSGP=2,1,\"internet\"",
                                                "ATX0",
                                                "ATX4"};
  return any_of(dice, kLines);
}

Step make_rubbish(Dice& dice) {
  static constexpr std::string_view kLines[] = {
      "AT+NOSUCH", "AT+NOSUCH=1,2,3", "ATZ9",           "AT+CSQ=",           "AT=",       "AT+",
      "AT\"",      "AT+CMEE=7",       "AT;;",           "AT+CSQ;+NOPE;+CSQ", "AT+CREG=9", "ATE7",
      "AT+QFUPL=", "AT+QCOAPOPEN=\"", "AT+CGATT=\"1\"", "AT+CFUN=9",         "AT + CSQ",  "AT?"};
  auto step = any_of(dice, kLines);
  if (!dice.chance(0.2)) return step;
  step.line =
      "AT+QCOAPOPTION=0,0,0,11,\"" + std::string(static_cast<std::size_t>(dice.in(1, 3000)), 'x');
  return step;
}

Step make_question(Dice& dice) {
  static constexpr std::string_view kLines[] = {
      "AT+QPING=1,\"198.51.100.7\",2,2", "AT+QPING=1,\"coap.sim\"",
      "AT+QPING=1,\"203.0.113.9\",1,1",  "AT+QIDNSGIP=1,\"coap.sim\"",
      "AT+QIDNSGIP=1,\"no.such.name\"",  "AT+QNTP=1,\"ntp.sim\"",
      "AT+QNTP=1,\"coap.sim\""};
  return any_of(dice, kLines);
}

Step make_upload(Dice& dice) {
  const int size = dice.chance(0.1) ? dice.in(2000, 20'000) : dice.in(1, 200);
  const auto name = dice.pick({"0_server.psk", "note", "UFS:other", "1_server.psk"});
  Step step;
  step.line = fmt::format("AT+QFUPL=\"{}\",{}", name, size);
  // Now and then the host stops short, and the module's patience ends.
  const int sent = dice.chance(0.15) ? dice.in(0, size - 1) : size;
  step.data.assign(static_cast<std::size_t>(sent), static_cast<std::uint8_t>(dice.in('a', 'z')));
  step.data_think = dice.milliseconds(0, 4000);
  return step;
}

Step make_download(Dice& dice) {
  static constexpr std::string_view kLines[] = {"AT+QFDWL=\"note\"", "AT+QFDWL=\"0_server.psk\"",
                                                "AT+QFDWL=\"nothing\"", "AT+QFDWL=\"other\""};
  return any_of(dice, kLines);
}

Step make_file_command(Dice& dice) {
  static constexpr std::string_view kLines[] = {
      "AT+QFLST",           "AT+QFLST=\"*\"", "AT+QFLDS",          "AT+QFLDS=\"UFS\"",
      "AT+QFDEL=\"note\"",  "AT+QFDEL=\"*\"", "AT+QFCRC=\"note\"", "AT+QFCPY=\"note\",\"other\"",
      "AT+QFOPEN=\"note\"", "AT+QFOPEN?",     "AT+QFCLOSE=1"};
  return any_of(dice, kLines);
}

Step make_radio_change(Dice& dice) {
  static constexpr std::string_view kLines[] = {"AT+CFUN=0", "AT+CFUN=1", "AT+CFUN=1", "AT+CFUN=4",
                                                "AT+COPS=2", "AT+COPS=0", "AT+COPS=?"};
  return any_of(dice, kLines);
}

Step make_context_change(Dice& dice) {
  static constexpr std::string_view kLines[] = {"AT+CGATT=0",   "AT+CGATT=1",  "AT+CGATT=1",
                                                "AT+QIACT=1",   "AT+QIACT=2",  "AT+QIDEACT=1",
                                                "AT+CGACT=1,1", "AT+CGACT=0,1"};
  return any_of(dice, kLines);
}

Step make_switch_off(Dice& dice) {
  static constexpr std::string_view kLines[] = {"AT+QPOWD", "AT+QPOWD=0", "AT+CFUN=1,1",
                                                "AT+CFUN=1,1"};
  auto step = any_of(dice, kLines);
  step.awaited = "APP RDY";
  return step;
}

}  // namespace vmodem::simulation
