#include "tools/vmodemctl/requests.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "firmware/base/names.h"

namespace vmodem::ctl {
namespace {

std::string escape_but(std::string_view text, std::string_view kept) {
  constexpr std::string_view kUnreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string escaped;
  for (const char letter : text) {
    const bool is_plain = kUnreserved.find(letter) != std::string_view::npos ||
                          kept.find(letter) != std::string_view::npos;
    escaped += is_plain ? std::string(1, letter)
                        : fmt::format("%{:02X}", static_cast<unsigned char>(letter));
  }
  return escaped;
}

// 5, true and null as JSON has them, all else as text.
Json value_of(std::string_view text) {
  auto json = Json::parse(text, nullptr, false);
  return json.is_number() || json.is_boolean() || json.is_null() ? json : Json(text);
}

void add_text(Json& json, const char* name, const std::string& text) {
  if (!text.empty()) json[name] = text;
}

const Json* find_verb(const Json& verbs, std::string_view name) {
  for (const auto& verb : verbs.at("verbs")) {
    if (verb.at("name").get<std::string_view>() == name) return &verb;
  }
  return nullptr;
}

std::string unknown_verb(const Json& verbs, std::string_view name) {
  std::vector<std::string> texts;
  for (const auto& verb : verbs.at("verbs")) texts.push_back(verb.at("name"));
  const std::vector<std::string_view> names(texts.begin(), texts.end());
  return fmt::format("there is no verb \"{}\"{}: vmodemctl verbs lists them", name,
                     did_you_mean(name, names));
}

Json argument_value(const Json& argument, std::string_view text) {
  return argument.at("type") == "number" ? value_of(text) : Json(text);
}

std::string forms_of(const Json& verb) {
  std::string text = verb.at("name");
  for (const auto& argument : verb.at("arguments")) {
    const auto name = argument.at("name").get<std::string>();
    text += argument.at("is_optional").get<bool>() ? fmt::format(" [{}]", name) : " " + name;
  }
  return text;
}

}  // namespace

HttpCall get(std::string target) {
  return {"GET", std::move(target)};
}
HttpCall remove(std::string target) {
  return {"DELETE", std::move(target)};
}
HttpCall post(std::string target, const Json& body) {
  return {"POST", std::move(target), "application/json",
          body.dump(-1, ' ', false, Json::error_handler_t::replace)};
}
HttpCall put(std::string target, const Json& body) {
  auto call = post(std::move(target), body);
  call.method = "PUT";
  return call;
}

std::string escape(std::string_view text) {
  return escape_but(text, ":");
}

std::string escape_path(std::string_view path) {
  return escape_but(path, "/:");
}

std::string query(std::initializer_list<std::pair<std::string_view, std::string>> parameters) {
  std::string text;
  for (const auto& [name, value] : parameters) {
    if (value.empty()) continue;
    text += fmt::format("{}{}={}", text.empty() ? '?' : '&', name, escape_but(value, ","));
  }
  return text;
}

std::string number_text(const std::optional<std::uint64_t>& number) {
  return number ? fmt::format("{}", *number) : std::string();
}

std::string unescape_line(std::string_view text) {
  std::string line;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape = text[i] == '\\' && i + 1 < text.size();
    const char next = is_escape ? text[i + 1] : '\0';
    const bool is_known = next == 'r' || next == 'n' || next == '\\';
    line += !is_known ? text[i] : next == 'r' ? '\r' : next == 'n' ? '\n' : '\\';
    if (is_known) ++i;
  }
  return line;
}

Expected<Json, std::string> predicate_of(const Arguments& arguments) {
  Json predicate{{"kind", arguments.kind}};
  for (const auto& text : arguments.where) {
    const auto equals = text.find('=');
    if (equals == std::string::npos) return unexpected("--where FIELD=VALUE, as path=/rd");
    predicate["where"][text.substr(0, equals)] = value_of(text.substr(equals + 1));
  }
  if (arguments.since) predicate["since"] = *arguments.since;
  if (arguments.count && (arguments.min || arguments.max)) {
    return unexpected(std::string("--count, or --min and --max"));
  }
  if (arguments.count) predicate["count"] = *arguments.count;
  if (arguments.min) predicate["count"]["min"] = *arguments.min;
  if (arguments.max) predicate["count"]["max"] = *arguments.max;
  return predicate;
}

Json payload_of(const Arguments& arguments) {
  auto json = Json::object();
  add_text(json, "payload", arguments.payload);
  add_text(json, "hex", arguments.hex);
  if (arguments.content_format) json["content_format"] = *arguments.content_format;
  return json;
}

Json override_of(const Arguments& arguments, bool is_serial) {
  auto json = is_serial ? Json::object() : payload_of(arguments);
  if (arguments.times) json["times"] = *arguments.times;
  if (is_serial) {
    add_text(json, "command", arguments.command);
    add_text(json, "result", arguments.result);
    if (!arguments.lines.empty()) json["lines"] = arguments.lines;
    return json;
  }
  add_text(json, "server", arguments.server);
  add_text(json, "path", arguments.path);
  add_text(json, "method", arguments.method);
  add_text(json, "token", arguments.token);
  add_text(json, "client", arguments.client);
  add_text(json, "code", arguments.code);
  add_text(json, "delay", arguments.delay);
  if (arguments.is_silent) json["silent"] = true;
  return json;
}

Expected<Plan, std::string> plan_verb(const Json& verbs, const Arguments& arguments) {
  const auto& name = arguments.words.front();
  const auto* verb = find_verb(verbs, name);
  if (verb == nullptr) return unexpected(unknown_verb(verbs, name));
  auto body = Json::object();
  const auto& known = verb->at("arguments");
  std::size_t place = 0;
  for (std::size_t i = 1; i < arguments.words.size(); ++i) {
    const std::string_view word = arguments.words[i];
    const auto named = std::ranges::find_if(known, [&](const Json& argument) {
      return word.starts_with(argument.at("name").get<std::string>() + "=");
    });
    if (named != known.end()) {
      body[named->at("name").get<std::string>()] =
          argument_value(*named, word.substr(word.find('=') + 1));
      continue;
    }
    if (place >= known.size()) return unexpected(fmt::format("too many: {}", forms_of(*verb)));
    body[known[place].at("name").get<std::string>()] = argument_value(known[place], word);
    ++place;
  }
  add_text(body, "when", arguments.when);
  return Plan{post("/verbs/" + escape(name), body)};
}

}  // namespace vmodem::ctl
