// What the simulated servers hear and say, decrypted.
#pragma once

#include "firmware/journal/field.h"

namespace vmodem::journal {

struct ServerRequest {
  net::Endpoint server;
  net::Endpoint client;
  std::string_view type;
  std::string method;
  std::string path;
  std::uint64_t message_id;
  Bytes token;
  OptionFields options;
  Bytes payload;

  static constexpr auto kKind =
      kind("server.request", Level::kDebug, "A simulated server handles a request, once.",
           field("server", &ServerRequest::server, ""), field("client", &ServerRequest::client, ""),
           field("type", &ServerRequest::type, "CON or NON"),
           field("method", &ServerRequest::method, "GET, POST, PUT, DELETE, FETCH, PATCH or iPATCH, or a code"),
           field("path", &ServerRequest::path, "the Uri-Path segments, each behind a slash"),
           field("message_id", &ServerRequest::message_id, ""),
           field("token", &ServerRequest::token, ""), field("options", &ServerRequest::options, ""),
           field("payload", &ServerRequest::payload, ""));
};

// What the messages of a server have in common.
struct ServerMessage {
  net::Endpoint server;
  net::Endpoint client;
  std::string_view type;
  std::string code;
  std::uint64_t message_id;
  Bytes token;
  OptionFields options;
  Bytes payload;
};
constexpr auto server_message_kind(std::string_view name, std::string_view help) {
  return kind(name, Level::kNone, help, field("server", &ServerMessage::server, ""),
              field("client", &ServerMessage::client, ""),
              field("type", &ServerMessage::type, "CON, NON, ACK or RST"),
              field("code", &ServerMessage::code, "class.detail"),
              field("message_id", &ServerMessage::message_id, ""),
              field("token", &ServerMessage::token, ""),
              field("options", &ServerMessage::options, ""),
              field("payload", &ServerMessage::payload, ""));
}

struct ServerAnswer : ServerMessage {
  static constexpr auto kKind = server_message_kind(
      "server.answer", "A simulated server sends an answer, an acknowledgement or a reset.");
};

struct ServerNotification : ServerMessage {
  static constexpr auto kKind = server_message_kind(
      "server.notification", "A simulated server notifies an observer (RFC 7641).");
};

struct ServerNews {
  net::Endpoint server;
  net::Endpoint client;
  std::string_view what;

  static constexpr auto kKind =
      kind("server.news", Level::kDebug, "What else happens at a simulated server.",
           field("server", &ServerNews::server, ""), field("client", &ServerNews::client, ""),
           field("what", &ServerNews::what, "in words"));
};

}  // namespace vmodem::journal
