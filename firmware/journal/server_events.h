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
           field("method", &ServerRequest::method, "GET, POST, PUT, DELETE, or a code"),
           field("path", &ServerRequest::path, "the Uri-Path segments, each behind a slash"),
           field("message_id", &ServerRequest::message_id, ""),
           field("token", &ServerRequest::token, ""), field("options", &ServerRequest::options, ""),
           field("payload", &ServerRequest::payload, ""));
};

// The messages of a server have the same fields.
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

struct ServerAnswer : ServerMessage {
  static constexpr auto kKind = kind(
      "server.answer", Level::kNone,
      "A simulated server sends an answer, an acknowledgement or a reset.",
      field("server", &ServerAnswer::server, ""), field("client", &ServerAnswer::client, ""),
      field("type", &ServerAnswer::type, "CON, NON, ACK or RST"),
      field("code", &ServerAnswer::code, "class.detail"),
      field("message_id", &ServerAnswer::message_id, ""), field("token", &ServerAnswer::token, ""),
      field("options", &ServerAnswer::options, ""), field("payload", &ServerAnswer::payload, ""));
};

struct ServerNotification : ServerMessage {
  static constexpr auto kKind = kind("server.notification", Level::kNone,
                                     "A simulated server notifies an observer (RFC 7641).",
                                     field("server", &ServerNotification::server, ""),
                                     field("client", &ServerNotification::client, ""),
                                     field("type", &ServerNotification::type, "CON or NON"),
                                     field("code", &ServerNotification::code, "class.detail"),
                                     field("message_id", &ServerNotification::message_id, ""),
                                     field("token", &ServerNotification::token, ""),
                                     field("options", &ServerNotification::options, ""),
                                     field("payload", &ServerNotification::payload, ""));
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
