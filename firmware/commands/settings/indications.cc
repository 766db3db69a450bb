// AT+QICFG, AT+QINDCFG and AT+QURCCFG (TCP95 §2.3.15, AT95 §4.2, §2.25).
#include <algorithm>
#include <string>
#include <utility>

#include "firmware/commands/internet/socket_outcome.h"
#include "firmware/commands/settings/radio_settings.h"
#include "firmware/commands/settings/tables.h"
#include "firmware/commands/settings/tagged.h"
#include "firmware/handlers.h"
#include "firmware/packet/contexts.h"
#include "firmware/settings/indications.h"
#include "firmware/settings/ring.h"

namespace vmodem::firmware {
namespace {


constexpr std::string_view kQicfgSource = "TCP95 §2.3.15, LOG-M3";
constexpr std::string_view kLaterQicfgSource = "TCP95 §2.3.15";
constexpr auto kUntilReset = TagSetting::Lifetime::kUntilReset;

constexpr TagSetting socket_option(std::string_view tag, std::string_view initial) {
  return {"+QICFG", tag, initial, kUntilReset};
}

constexpr IntParam<> kPacketSize{"transpktsize", 1, 1460};
constexpr IntParam<> kWaitTime{"transwaittm", 0, 20};
constexpr IntParam<> kSendFormat{"send_data_format", {0, 1}};
constexpr IntParam<> kReceiveFormat{"recv_data_format", {0, 1}};
constexpr IntParam<> kKeepAlive{"enable", 0, 1};
constexpr IntParam<> kIdleTime{"idle_time", 1, 120};
constexpr IntParam<> kInterval{"interval_time", 25, 100};
constexpr IntParam<> kProbeCount{"probe_cnt", 3, 10};
constexpr IntParam<> kBackoffCount{"max_backoffs", 3, 20};
constexpr IntParam<> kRto{"max_rto", 5, 1000};
constexpr IntParam<> kInactiveTime{"inactive_time", 0, 65535};

constexpr TagCommand kPacketSizeTag{.setting = socket_option("transpktsize", "1024"),
                                    .summary = "Packet size of transparent mode, kept until power-off",
                                    .params = {kPacketSize}};
constexpr TagCommand kWaitTimeTag{.setting = socket_option("transwaittm", "2"),
                                  .summary = "Wait of transparent mode, kept until power-off",
                                  .params = {kWaitTime}};
constexpr TagCommand kDataFormat{.setting = socket_option("dataformat", "0,0"),
                                 .summary = "Text or hex for sockets, kept until power-off",
                                 .params = {kSendFormat, kReceiveFormat}};
constexpr TagCommand kViewMode{.setting = socket_option("viewmode", "0"),
                               .summary = "Layout of received data, kept until power-off",
                               .params = {kSwitch}};
constexpr TagCommand kReceiveIndication{.setting = socket_option("recvind", "0"),
                                        .summary = "Length in the receive URC, kept until power-off",
                                        .params = {kSwitch}};
constexpr TagCommand kSack{.setting = socket_option("sack", "0"),
                           .summary = "Acknowledgement of sent data, kept until power-off",
                           .params = {kSwitch}};
// Disabled; its times are not documented as read back, so they are those of the lower limits.
constexpr TagCommand kKeepAliveTag{.setting = socket_option("tcp/keepalive", "0,1,25,3"),
                                   .summary = "TCP keep-alive, kept until power-off",
                                   .params = {kKeepAlive, kIdleTime, kInterval, kProbeCount},
                                   .evidence = Evidence::kInferred};
constexpr TagCommand kRetransmission{.setting = socket_option("tcp/retranscfg", "12,600"),
                                     .summary = "TCP retransmission, kept until power-off",
                                     .params = {kBackoffCount, kRto}};
constexpr TagCommand kInactive{.setting = socket_option("tcp/inactivetm", "0"),
                               .summary = "Close an idle TCP socket, kept until power-off",
                               .params = {kInactiveTime},
                               .evidence = Evidence::kDocumented};
constexpr TagCommand kIpv6Priority{.setting = socket_option("ipv6prior", "0"),
                                   .summary = "Prefer IPv6, kept until power-off",
                                   .params = {kSwitch},
                                   .evidence = Evidence::kDocumented};
constexpr TagCommand kAsynchronous{.setting = kAsynchronousActivation,
                                   .summary = "AT+QIACT answers at once",
                                   .params = {kSwitch},
                                   .evidence = Evidence::kDocumented};

constexpr std::string_view kQindcfgSource = "AT95 §4.2, LOG-M3";
constexpr auto kSave = IntParam<>("save_to_nvram", {0, 1}).by_default(0);

template <const TagSetting& kSetting>
Outcome configure_indication(Services& services, Instant, const Arguments& args) {
  if (args.are_empty()) return show_setting(services, kSetting);

  const bool is_saved = args.get(kSave) == 1;
  const auto value = args.has(kSwitch) ? std::to_string(args.get(kSwitch))
                                       : services.tags.get(kSetting);
  const auto lifetime = is_saved ? TagSetting::Lifetime::kSaved : kUntilReset;
  if (!services.tags.set(kSetting, value, lifetime)) return at::error();
  apply_signal_indication(services);
  return at::ok();
}

template <const TagSetting& kSetting>
constexpr CommandSpec indication_row(std::string_view summary) {
  return {.name = kSetting.command, .keyword = kSetting.tag, .summary = summary,
          .write = {kSwitch, kSave}, .optional = 2, .on_write = configure_indication<kSetting>,
          .source = kQindcfgSource, .evidence = Evidence::kCaptured};
}

// AT95 §2.25 lists two; the AT port of USB is a BG96's, and hosts set it.
constexpr WordParam kUrcPort{"URC_port", {"usbmodem", "uart1", "usbat"}};
// AT95 tells no default; on a PTY there is one port.
constexpr TagCommand kUrcPortTag{.setting = kUrcPortSetting,
                                 .summary = "Port of the URCs; they come on this one all the same",
                                 .params = {kUrcPort},
                                 .test = "+QURCCFG: \"urcport\",(\"usbmodem\",\"uart1\")",
                                 .evidence = Evidence::kDocumented};

Outcome show_socket_options(Services& services, Instant, const Arguments&);

template <const TagCommand& kTag>
Outcome configure_socket_option(Services& services, Instant now, const Arguments& args) {
  auto answer = configure_tag(services, now, kTag, args);
  if (answer.result != at::FinalResult::kOk) {
    return refuse(services, SocketError::kInvalidParameters);
  }
  return accept(services, std::move(answer));
}

template <const TagCommand& kTag>
constexpr CommandSpec socket_option_row() {
  const bool is_captured = kTag.evidence == Evidence::kCaptured;
  auto row = tag_row<kTag>(is_captured ? kQicfgSource : kLaterQicfgSource);
  row.on_write = configure_socket_option<kTag>;
  row.on_refused = note_invalid_parameters;
  return row;
}

constexpr CommandSpec first_socket_option() {
  auto row = socket_option_row<kPacketSizeTag>();
  row.on_test = show_socket_options;
  return row;
}

constexpr CommandSpec kConfigurationCommands[] = {
    first_socket_option(),
    socket_option_row<kWaitTimeTag>(),
    socket_option_row<kDataFormat>(),
    socket_option_row<kViewMode>(),
    socket_option_row<kReceiveIndication>(),
    socket_option_row<kSack>(),
    socket_option_row<kKeepAliveTag>(),
    socket_option_row<kRetransmission>(),
    socket_option_row<kInactive>(),
    socket_option_row<kIpv6Priority>(),
    socket_option_row<kAsynchronous>(),
    indication_row<kAllIndications>("All URCs of this command"),
    indication_row<kSignalIndication>("+QIND: \"csq\" when the signal changes"),
    indication_row<kSmsFullIndication>("+QIND: \"smsfull\", stored"),
    indication_row<kRingIndication>("RING, stored"),
    indication_row<kSmsIndication>("URCs of incoming SMS, stored"),
    tag_row<kUrcPortTag>("AT95 §2.25"),
};
static_assert(at::is_sorted_by_name(kConfigurationCommands));

// TCP95 V1.2 is later than the firmware of LOG-M3.
constexpr std::string_view kLaterOptions[] = {"tcp/inactivetm", "ipv6prior", "asyncmode"};

Outcome show_socket_options(Services& services, Instant, const Arguments&) {
  at::Response response;
  for (const auto& row : kConfigurationCommands) {
    const bool is_later = std::ranges::find(kLaterOptions, row.keyword) != std::end(kLaterOptions);
    if (row.name != kConfigurationCommands[0].name) break;
    if (!is_later || services.config.identity.later_firmware) {
      response.lines.push_back(at::test_line(row));
    }
  }
  return response;
}

}  // namespace

std::span<const CommandSpec> configuration_commands() { return kConfigurationCommands; }

}  // namespace vmodem::firmware
