#include "firmware/app/config_keys.h"

#include <algorithm>

#include "firmware/app/config_file.h"
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
    {"seed", "9223372036854775807", "9223372036854775807", "-1"},
    {"identity.model", "bg95-m1", "BG95-M1", "BG95"},
    {"identity.revision", "BG95M3LAR02A03", "BG95M3LAR02A03", "two\nlines"},
    {"identity.sub_revision", "02.001", "02.001", "\x7f"},
    {"identity.imei", "123456789012345", "123456789012345", "12345678901234"},
    {"identity.imsi", "262011234567890", "262011234567890", "26201123456789a"},
    {"identity.iccid", "898601178380093410f", "898601178380093410F", "8986F1783800934102"},
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
    {"dialect.three_digit_registers", "false", "false", "FALSE"},
    {"dialect.nstart", "8", "8", "9"},
    {"dialect.queue_size_max", "0", "0", "65"},
    {"dialect.auto_ack", "none", "none", "some"},
    {"dialect.unknown_token", "deliver", "deliver", "drop"},
    {"dialect.deliver_mismatched", "true", "true", "truee"},
    {"dialect.reject_critical", "false", "false", "fals"},
    {"network.mode", "host", "host", "internet"},
    {"log.level", "trace", "trace", "verbose"},
    {"log.file", "/tmp/log", "/tmp/log", nullptr},
};

const KeySample* find_sample(std::string_view name) {
  const auto* it = std::ranges::find_if(kSamples, [&](const auto& s) { return s.name == name; });
  return it == std::end(kSamples) ? nullptr : it;
}

// "[section]\nkey = value" for a dotted name.
std::string toml_line(std::string_view name, const std::string& value) {
  const auto dot = name.find('.');
  if (dot == std::string_view::npos) return fmt::format("\n{} = {}\n", name, value);
  return fmt::format("[{}]\n{} = {}\n", name.substr(0, dot), name.substr(dot + 1), value);
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
    CHECK(set.error().wrong.find(sample->bad) != std::string::npos);
    CHECK(set.error().right == allowed_values(key));
    CHECK(value_text(key, config) == value_text(key, Config{}));
  }
}

TEST_CASE("every key takes its good value from a file and refuses a bad type by line and column") {
  for (const auto& key : config_keys()) {
    CAPTURE(std::string(key.name));
    const auto* sample = find_sample(key.name);
    REQUIRE(sample != nullptr);
    const bool is_quoted =
        std::holds_alternative<WordKey>(key.kind) || std::holds_alternative<TextKey>(key.kind);
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
                      wrong_type, allowed_values(key)));
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
  }
  Config config;
  CHECK(set_config_text(config, "dialect.ack_random_factor", "1.0"));
  CHECK(set_config_text(config, "dialect.ack_random_factor", "3.0"));
  CHECK_FALSE(set_config_text(config, "dialect.ack_random_factor", "3.01"));
  CHECK_FALSE(set_config_text(config, "dialect.ack_random_factor", "nan"));
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

TEST_CASE("an unknown key is answered with the keys of its section, or with all") {
  Config config;
  const auto near = set_config_text(config, "log.verbosity", "info");
  REQUIRE_FALSE(near);
  CHECK(near.error().wrong == "unknown key \"log.verbosity\"");
  CHECK(near.error().right == "one of log.level, log.file");

  const auto* name = GENERATE("verbosity", "logging.level", "", ".", "dialect");
  const auto far = set_config_text(config, name, "info");
  REQUIRE_FALSE(far);
  for (const auto& key : config_keys()) {
    CHECK(far.error().right.find(key.name) != std::string::npos);
  }
}

TEST_CASE("routes are set by keys that begin with their section") {
  Config config;
  REQUIRE(set_config_text(config, "routes.coap.me:5683", "127.0.0.1:9"));
  CHECK(config.network.routes.find("coap.me", 5683) == net::parse_endpoint("127.0.0.1:9").value());

  const auto bad = set_config_text(config, "routes.coap.me", "127.0.0.1");
  REQUIRE_FALSE(bad);
  CHECK(bad.error().wrong == "routes.coap.me: \"127.0.0.1\" has no port");
}
