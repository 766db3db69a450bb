#include "firmware/configuration/keys.h"

#include <fmt/format.h>

#include <algorithm>

#include "firmware/base/overloaded.h"
#include "firmware/configuration/file.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::app;

namespace {

struct KeySample {
  const char* name;
  const char* good;       // as --set takes it
  const char* canonical;  // as value_text() gives it back
  const char* bad;        // of the right type where the type has bad values
};

// One row a key; a test below fails when a key of the table has none.
const KeySample kSamples[] = {
    {"link", "/tmp/modem", "/tmp/modem", nullptr},
    {"listen", "rfc2217://127.0.0.1:0", "rfc2217://127.0.0.1:0", "tcp://192.0.2.1:5000"},
    {"serve.addresses", "coap.sim=localhost:0", "coap.sim=127.0.0.1:0", "127.0.0.1"},
    {"serve.anywhere", "true", "true", "everywhere"},
    {"seed", "9223372036854775807", "9223372036854775807", "-1"},
    {"identity.model", "bg95-m1", "BG95-M1", "BG95"},
    {"identity.revision", "BG95M3LAR02A03", "BG95M3LAR02A03", "two\nlines"},
    {"identity.sub_revision", "02.001", "02.001", "\x7f"},
    {"identity.imei", "123456789012345", "123456789012345", "12345678901234"},
    {"identity.imsi", "262011234567890", "262011234567890", "26201123456789a"},
    {"identity.iccid", "898601178380093410f", "898601178380093410F", "8986F1783800934102"},
    {"identity.later_firmware", "true", "true", "later"},
    {"faults", "link-down 30s@AT+QCOAPSEND#2; reset@1min",
     "link-down 30s@AT+QCOAPSEND#2; reset@1min", "link-down 30s@never"},
    {"scenario", "field.scenario", "field.scenario", nullptr},
    {"time.mode", "scaled:50", "scaled:50", "scaled:0"},
    {"time.grace", "10s", "10s", "11s"},
    {"power.at_start", "cold", "cold", "warm"},
    {"power.boot", "realistic", "realistic", "slow"},
    {"power.on_after", "never", "never", "2h"},
    {"power.detach_time", "60s", "1min", "61s"},
    {"power.announce_reset", "true", "true", "1"},
    {"power.port", "reappears", "reappears", "vanishes"},
    {"pdp.activation_time", "150s", "150s", "151s"},
    {"pdp.refuses_activation", "true", "true", "always"},
    {"pdp.deactivation_time", "40s", "40s", "41s"},
    {"pdp.ipv4", "192.0.2.1", "192.0.2.1", "2001:db8::1"},
    {"pdp.ipv6_prefix", "2001:db8:0:7", "2001:db8:0:7", "2001:db8::7"},
    {"pdp.primary_dns", "2001:db8::53", "2001:db8::53", "dns.example"},
    {"pdp.secondary_dns", "192.0.2.53", "192.0.2.53", "192.0.2"},
    {"clock.start", "2024-02-29t23:59:59-08:00", "2024-02-29T23:59:59-08:00",
     "2023-02-29T00:00:00Z"},
    {"clock.network", "host", "host", "tomorrow"},
    {"clock.network_zone", "-48", "-48", "57"},
    {"clock.daylight_saving", "2", "2", "3"},
    {"sim.present", "false", "false", "absent"},
    {"sim.pin", "00000000", "00000000", "123"},
    {"sim.puk", "87654321", "87654321", "123456789"},
    {"sim.pin_enabled", "true", "true", "1"},
    {"sim.pin_retries", "0", "0", "4"},
    {"sim.puk_retries", "0", "0", "11"},
    {"sim.ready_delay", "60s", "1min", "61s"},
    {"sim.sms_ready_delay", "1500ms", "1500ms", "1.5s"},
    {"radio.operators", "Vodafone.de,Vodafone,26202,nb-iot,home",
     "Vodafone.de, Vodafone, 26202, nb-iot, home, 00C3, 01A2D101, 01, LTE BAND 3, 1300",
     "Vodafone.de, Vodafone, 26202, nb-iot"},
    {"radio.timeline", "searching 3s,denied 11 5s,home", "searching 3s, denied 11 5s, home",
     "registered"},
    {"radio.rssi_dbm", "-113", "-113", "-50"},
    {"radio.ber", "7", "7", "8"},
    {"radio.rsrp_dbm", "-44", "-44", "-141"},
    {"radio.sinr_db", "-20", "-20", "30.1"},
    {"radio.rsrq_db", "-20", "-20", "-2"},
    {"radio.connection_release", "1h", "1h", "3601s"},
    {"radio.granted_tau", "00100001", "00100001", "0010000"},
    {"radio.granted_active_time", "00000001", "00000001", "00000002"},
    {"radio.granted_edrx", "0101", "0101", "01010"},
    {"radio.paging_window", "0000", "0000", "11"},
    {"readings.battery_percent", "100", "100", "101"},
    {"readings.battery_mv", "2600", "2600", "2599"},
    {"readings.adc_mv", "0", "0", "1801"},
    {"readings.pmic_temperature_c", "-40", "-40", "-41"},
    {"readings.xo_temperature_c", "125", "125", "126"},
    {"readings.pa_temperature_c", "0", "0", "200"},
    {"features.coap", "false", "false", "none"},
    {"dialect.auto_activate_pdp", "false", "false", "0"},
    {"dialect.presets_survive_close", "false", "false", "no"},
    {"dialect.token_text", "true", "true", "1"},
    {"dialect.sticky_message_id", "true", "true", "yes"},
    {"dialect.any_option_number", "true", "true", "True"},
    {"dialect.string_escapes", "true", "true", ""},
    {"dialect.split_uri", "true", "true", "on"},
    {"dialect.ack_after_retransmission", "false", "false", "off"},
    {"dialect.ind_at_send", "true", "true", "true "},
    {"dialect.ack_random_factor", "3", "3", "0.99"},
    {"dialect.quote_uint", "true", "true", "t"},
    {"dialect.hold_urcs_while_typing", "false", "false", "f"},
    {"dialect.repeat_activation", "true", "true", "2"},
    {"dialect.report_cut_upload", "true", "true", "2"},
    {"dialect.three_digit_registers", "false", "false", "FALSE"},
    {"dialect.show_unused_dtls_context", "false", "false", "0"},
    {"dialect.list_idle_clients", "true", "true", "1"},
    {"dialect.close_idle", "not_allowed", "not_allowed", "-3"},
    {"dialect.dead_dtls_port", "socket_failure", "socket_failure", "-7"},
    {"dialect.keep_local_port", "true", "true", "same"},
    {"dialect.psk_key_text", "true", "true", "text"},
    {"dialect.keep_token", "true", "true", "1"},
    {"dialect.check_generated_token", "false", "false", "0"},
    {"dialect.clear_empty_option", "true", "true", "OK"},
    {"dialect.any_type_and_code", "true", "true", "1"},
    {"dialect.prompt_line_end", "false", "false", ""},
    {"dialect.prompt_blank", "false", "false", "no"},
    {"dialect.escape_answer", "none", "none", "silence"},
    {"dialect.control_ends_counted", "true", "true", "1"},
    {"dialect.input_timeout", "60s", "1min", "0s"},
    {"dialect.long_payload", "sent", "sent", "error"},
    {"dialect.length_min", "1", "1", "2"},
    {"dialect.option_numbers", "false", "false", "0"},
    {"dialect.quote_string", "false", "false", "0"},
    {"dialect.quote_opaque", "false", "false", "0"},
    {"dialect.long_downlink", "cut", "cut", "half"},
    {"dialect.queue_full", "not_allowed", "not_allowed", "-3"},
    {"dialect.nstart", "8", "8", "9"},
    {"dialect.queue_size_max", "0", "0", "65"},
    {"dialect.auto_ack", "none", "none", "some"},
    {"dialect.unknown_token", "deliver", "deliver", "drop"},
    {"dialect.deliver_mismatched", "true", "true", "truee"},
    {"dialect.reject_critical", "false", "false", "fals"},
    {"network.mode", "host", "host", "internet"},
    {"dialect.closing_time", "75s", "75s", "76s"},
    {"dialect.partial_values", "false", "false", "0"},
    {"dialect.default_bearer", "false", "false", "0"},
    {"state.directory", "/tmp/state", "/tmp/state", nullptr},
    {"state.new", "true", "true", "1"},
    {"ufs.directory", "/tmp/ufs", "/tmp/ufs", nullptr},
    {"ufs.total_size", "1000", "1000", "0"},
    {"ufs.reserved_size", "0", "0", "-1"},
    {"ufs.open_count_max", "1", "1", "65"},
    {"dtls.key_log", "/tmp/keys", "/tmp/keys", nullptr},
    {"journal.file", "/tmp/journal", "/tmp/journal", nullptr},
    {"journal.explain", "true", "true", "maybe"},
    {"lint", "error", "error", "true"},
    {"record.file", "/tmp/record", "/tmp/record", nullptr},
    {"capture.file", "/tmp/run.pcapng", "/tmp/run.pcapng", nullptr},
    {"transcript.file", "/tmp/run.at", "/tmp/run.at", nullptr},
    {"transcript.redacted", "true", "true", "maybe"},
    {"control.address", "unix:/tmp/control", "unix:/tmp/control", "udp:1"},
    {"control.token_file", "/tmp/token", "/tmp/token", nullptr},
    {"control.window", "localhost:0", "127.0.0.1:0", "0.0.0.0:80"},
    {"log.level", "trace", "trace", "verbose"},
    {"log.file", "/tmp/log", "/tmp/log", nullptr},
    {"cellular.preset", "nb2-deep", "nb2-deep", "lte"},
    {"cellular.script", "lose uplink 2-3,delay downlink 1 by 5s",
     "lose uplink 2-3, delay downlink 1 by 5s", "lose 2"},
    {"cellular.outages", "from 10s for 30s,from 60s for 5s every 120s uplink",
     "from 10s for 30s, from 1min for 5s every 2min uplink", "from 10s"},
    {"cellular.uplink.loss", "0.5", "0.5", "1.01"},
    {"cellular.uplink.delay", "1h", "1h", "61min"},
    {"cellular.uplink.jitter", "250ms", "250ms", "250"},
    {"cellular.uplink.duplication", "1", "1", "-0.1"},
    {"cellular.uplink.reordering", "0.01", "0.01", "2"},
    {"cellular.uplink.reordering_delay", "800ms", "800ms", "0.8s"},
    {"cellular.uplink.corruption", "1e-3", "0.001", "nan"},
    {"cellular.uplink.corruption_unit", "octet", "octet", "byte"},
    {"cellular.uplink.mtu", "1358", "1358", "65536"},
    {"cellular.uplink.bits_per_second", "20000", "20000", "-1"},
    {"cellular.uplink.queue_size_max", "1", "1", "0"},
    {"cellular.downlink.loss", "0.5", "0.5", "1.01"},
    {"cellular.downlink.delay", "1h", "1h", "61min"},
    {"cellular.downlink.jitter", "250ms", "250ms", "250"},
    {"cellular.downlink.duplication", "1", "1", "-0.1"},
    {"cellular.downlink.reordering", "0.01", "0.01", "2"},
    {"cellular.downlink.reordering_delay", "800ms", "800ms", "0.8s"},
    {"cellular.downlink.corruption", "1e-3", "0.001", "nan"},
    {"cellular.downlink.corruption_unit", "octet", "octet", "byte"},
    {"cellular.downlink.mtu", "1358", "1358", "65536"},
    {"cellular.downlink.bits_per_second", "20000", "20000", "-1"},
    {"cellular.downlink.queue_size_max", "1", "1", "0"},
    {"cellular.radio.promotion_delay", "150ms", "150ms", "2min"},
    {"cellular.radio.inactivity_time", "20s", "20s", "2h"},
    {"cellular.radio.paging_cycle", "1280ms", "1280ms", "4h"},
    {"cellular.radio.active_time", "1min", "1min", "25h"},
    {"internet.shipped", "false", "false", "none"},
    {"internet.calendar_start", "2024-02-29T23:59:59.250Z", "2024-02-29T23:59:59.250Z",
     "2023-02-29T00:00:00Z"},
    {"internet.unknown_name_delay", "0s", "0s", "2h"},
    {"internet.datagrams_max", "1", "1", "0"},
};

const KeySample* find_sample(std::string_view name) {
  const auto* it = std::ranges::find_if(kSamples, [&](const auto& s) { return s.name == name; });
  return it == std::end(kSamples) ? nullptr : it;
}

bool is_written_in_quotes(const ConfigKey& key) {
  return std::visit(
      Overloaded{[](const BooleanKey&) { return false; }, [](const IntegerKey&) { return false; },
                 [](const NumberKey&) { return false; }, [](const auto&) { return true; }},
      key.kind);
}

// "[section]\nkey = value" for a dotted name.
std::string toml_line(std::string_view name, const std::string& value) {
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos) return fmt::format("\n{} = {}\n", name, value);
  return fmt::format("[{}]\n{} = {}\n", name.substr(0, dot), name.substr(dot + 1), value);
}

// The card's codes, which no message shows.
bool is_secret(const ConfigKey& key) {
  return key.name == "sim.pin" || key.name == "sim.puk";
}

// Where a value is one of many names, the nearest are told and where the others are listed.
bool is_one_of_names(std::string_view right, const ConfigKey& key) {
  return right == fmt::format("a name that vmodem --help {} lists", key.name);
}

}  // namespace

TEST_CASE("every key takes its good value and alters no other key") {
  const Config defaults;
  for (const auto& key : config_keys()) {
    CAPTURE(std::string(key.name));
    const auto* sample = find_sample(key.name);
    REQUIRE(sample != nullptr);
    CHECK(value_text(key, defaults) != sample->canonical);

    Config config;
    REQUIRE(set_config_text(config, key.name, sample->good));
    CHECK(value_text(key, config) == sample->canonical);
    if (key.comes_first) continue;  // the others of its section follow it
    for (const auto& other : config_keys()) {
      if (other.name != key.name) CHECK(value_text(other, config) == value_text(other, defaults));
    }
  }
}

TEST_CASE("every key refuses its bad value, names itself and says what is allowed") {
  for (const auto& key : config_keys()) {
    CAPTURE(std::string(key.name));
    const auto* sample = find_sample(key.name);
    REQUIRE(sample != nullptr);
    if (sample->bad == nullptr) continue;  // every text is a path

    Config config;
    const auto set = set_config_text(config, key.name, sample->bad);
    REQUIRE_FALSE(set);
    CHECK(set.error().wrong.find(fmt::format("{}: ", key.name)) == 0);
    CHECK(value_text(key, config) == value_text(key, Config{}));
    const auto* list = std::get_if<ListKey>(&key.kind);
    if (list != nullptr && list->why != nullptr) continue;  // each has a cause of its own
    const bool is_shown = set.error().wrong.find(sample->bad) != std::string::npos;
    CHECK(is_shown == !is_secret(key));
    CHECK((set.error().right == allowed_values(key) || is_one_of_names(set.error().right, key)));
  }
}

TEST_CASE("every key takes its good value from a file and refuses a bad type by line and column") {
  for (const auto& key : config_keys()) {
    CAPTURE(std::string(key.name));
    const auto* sample = find_sample(key.name);
    REQUIRE(sample != nullptr);
    const bool is_quoted = is_written_in_quotes(key);
    const auto literal = is_quoted ? fmt::format("\"{}\"", sample->good) : sample->good;
    Config config;
    REQUIRE(apply_config_text(config, toml_line(key.name, literal), "f.toml"));
    CHECK(value_text(key, config) == sample->canonical);

    const auto wrong_type = is_quoted ? std::string("7") : fmt::format("\"{}\"", sample->good);
    const auto applied = apply_config_text(config, toml_line(key.name, wrong_type), "f.toml");
    REQUIRE_FALSE(applied);
    const auto column = key.name.size() - (key.name.rfind('.') + 1) + 4;
    CHECK(to_string(applied.error()) ==
          fmt::format("f.toml:2:{}: {}: {} is not allowed; expected {}", column, key.name,
                      is_secret(key) ? "the value" : wrong_type, allowed_values(key)));
  }
}

TEST_CASE("every key refuses dates, lists and tables") {
  const auto* literal = GENERATE("1979-05-27", "[1]", "{ a = 1 }");
  for (const auto& key : config_keys()) {
    CAPTURE(std::string(key.name), literal);
    Config config;
    const auto applied = apply_config_text(config, toml_line(key.name, literal), "f.toml");
    REQUIRE_FALSE(applied);
    CHECK(applied.error().where.find("f.toml:2:") == 0);
    CHECK(applied.error().right == allowed_values(key));
  }
}

TEST_CASE("every key has a comment of one sentence") {
  for (const auto& key : config_keys()) {
    CAPTURE(std::string(key.name));
    CHECK(key.comment.ends_with('.'));
    CHECK(key.comment.find(". ") == std::string_view::npos);
  }
}

TEST_CASE("the ends of each range are allowed and what lies beyond is not") {
  for (const auto& key : config_keys()) {
    const auto* integer = std::get_if<IntegerKey>(&key.kind);
    if (integer == nullptr) continue;
    CAPTURE(std::string(key.name));
    Config config;
    CHECK(set_config_value(config, key.name, integer->min));
    CHECK(set_config_value(config, key.name, integer->max));
    CHECK_FALSE(set_config_value(config, key.name, integer->min - 1));
    if (integer->also) CHECK(set_config_value(config, key.name, *integer->also));
  }
  Config config;
  CHECK(set_config_text(config, "dialect.ack_random_factor", "1.0"));
  CHECK(set_config_text(config, "dialect.ack_random_factor", "3.0"));
  CHECK_FALSE(set_config_text(config, "dialect.ack_random_factor", "3.01"));
  CHECK_FALSE(set_config_text(config, "dialect.ack_random_factor", "nan"));
  CHECK_FALSE(set_config_text(config, "radio.ber", "98"));
}

TEST_CASE("the ends of each span of time are allowed and what lies beyond is not") {
  for (const auto& key : config_keys()) {
    const auto* duration = std::get_if<DurationKey>(&key.kind);
    if (duration == nullptr) continue;
    CAPTURE(std::string(key.name));
    Config config;
    CHECK(set_config_text(config, key.name, fmt::format("{}ms", duration->min / 1ms)));
    CHECK(set_config_text(config, key.name, fmt::format("{}ms", duration->max / 1ms)));
    CHECK_FALSE(set_config_text(config, key.name, fmt::format("{}ms", duration->min / 1ms - 1)));
    CHECK_FALSE(set_config_text(config, key.name, fmt::format("{}ms", duration->max / 1ms + 1)));
  }
}

TEST_CASE("a span of time may be none where a word says so, and nowhere else") {
  Config config;
  REQUIRE(set_config_text(config, "power.on_after", "never"));
  CHECK_FALSE(config.modem.power.on_after);
  REQUIRE(set_config_text(config, "power.on_after", "0s"));
  CHECK(config.modem.power.on_after == 0s);
  CHECK_FALSE(set_config_text(config, "power.on_after", ""));
  CHECK_FALSE(set_config_text(config, "power.detach_time", "never"));
  CHECK_FALSE(set_config_text(config, "power.detach_time", ""));
}

TEST_CASE("addresses are literals, never names") {
  struct Row {
    const char* key;
    const char* text;
    bool is_allowed;
  };
  const auto row = GENERATE(
      Row{"pdp.ipv4", "0.0.0.0", true}, Row{"pdp.ipv4", "255.255.255.255", true},
      Row{"pdp.ipv4", "256.0.0.1", false}, Row{"pdp.ipv4", "10.0.0", false},
      Row{"pdp.ipv4", "10.0.0.1 ", false}, Row{"pdp.ipv4", "", false},
      Row{"pdp.ipv6_prefix", "fe80:0:0:1", true}, Row{"pdp.ipv6_prefix", "fe80:0:0", false},
      Row{"pdp.ipv6_prefix", "1:2:3:4:5", false}, Row{"pdp.ipv6_prefix", "1:2:3:10000", false},
      Row{"pdp.ipv6_prefix", "1::2:3", false}, Row{"pdp.ipv6_prefix", "", false},
      Row{"pdp.primary_dns", "::1", true}, Row{"pdp.primary_dns", "1.1.1.1", true},
      Row{"pdp.primary_dns", "[::1]", false}, Row{"pdp.primary_dns", "localhost", false});
  CAPTURE(row.key, row.text);
  Config config;
  CHECK(set_config_text(config, row.key, row.text).has_value() == row.is_allowed);
}

TEST_CASE("what is allowed is said in the words of each kind") {
  CHECK(allowed_values(*find_config_key("radio.ber")) == "an integer, 0–7 or 99");
  CHECK(allowed_values(*find_config_key("radio.rssi_dbm")) == "an integer, -113 to -51");
  CHECK(allowed_values(*find_config_key("radio.sinr_db")) == "a number, -20.0 to 30.0");
  CHECK(allowed_values(*find_config_key("sim.ready_delay")) ==
        "a duration, 0s–1min, as 3s or 250ms");
  CHECK(allowed_values(*find_config_key("power.on_after")) ==
        "a duration, 0s–1h, as 3s or 250ms, or never");
}

TEST_CASE("words set the enumerators that they name") {
  Config config;
  REQUIRE(set_config_text(config, "dialect.auto_ack", "all"));
  CHECK(config.modem.dialect.messages.auto_ack == coap::AutoAck::kAll);
  REQUIRE(set_config_text(config, "dialect.unknown_token", "deliver"));
  CHECK(config.modem.dialect.messages.unknown_token == coap::UnknownToken::kDeliver);
  REQUIRE(set_config_text(config, "network.mode", "host"));
  CHECK(config.network.mode == net::NetworkMode::kHost);
  REQUIRE(set_config_text(config, "log.level", "off"));
  CHECK(config.log.level == LogLevel::kOff);
}

TEST_CASE("an ICCID is 18 to 22 digits of which the last may be F") {
  struct Row {
    const char* text;
    bool is_allowed;
  };
  const auto row = GENERATE(Row{"89860117838009341", false}, Row{"898601178380093410", true},
                            Row{"8986011783800934102411", true},
                            Row{"89860117838009341024111", false}, Row{"89860117838009341F", true},
                            Row{"8986011783800934FF", false}, Row{"89860117838009341E", false});
  CAPTURE(row.text);
  Config config;
  CHECK(set_config_text(config, "identity.iccid", row.text).has_value() == row.is_allowed);
}

TEST_CASE("an unknown key is answered with the two nearest of its section, or of all") {
  Config config;
  const auto near = set_config_text(config, "log.verbosity", "info");
  REQUIRE_FALSE(near);
  CHECK(near.error().wrong ==
        "unknown key \"log.verbosity\" (did you mean \"log.level\" or \"log.file\"?)");
  CHECK(near.error().right == "a key that vmodem --help keys lists");

  const auto far = set_config_text(config, "logging.level", "info");
  REQUIRE_FALSE(far);
  CHECK(far.error().wrong.find("(did you mean \"log.level\" or ") != std::string::npos);
  const auto* name = GENERATE("", ".", "dialect", "route.x", "server.x.psk");
  CHECK_FALSE(set_config_text(config, name, "info"));
}

TEST_CASE("routes are set by keys that begin with their section") {
  Config config;
  REQUIRE(set_config_text(config, "routes.coap.me:5683", "127.0.0.1:9"));
  CHECK(config.network.routes.find("coap.me", 5683) == net::parse_endpoint("127.0.0.1:9").value());

  const auto bad = set_config_text(config, "routes.coap.me", "127.0.0.1");
  REQUIRE_FALSE(bad);
  CHECK(bad.error().wrong == "routes.coap.me: \"127.0.0.1\" has no port");
}
