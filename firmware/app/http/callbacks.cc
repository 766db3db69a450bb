#include "firmware/app/http/callbacks.h"

#include <algorithm>
#include <cstring>

namespace vmodem::app {
namespace {

constexpr std::size_t kPieceSize = std::size_t{8} * 1024;

constexpr std::string_view kNoPlace =
    R"({"type":"about:blank","title":"Service Unavailable","status":503,)"
    R"("detail":"too many clients read events"})";

// What a response knows of its reader.
struct StreamPlace {
  MicrohttpdServer& server;
  Connection& connection;
};

WallTime now() {
  return std::chrono::steady_clock::now();
}

std::vector<HttpField> fields_of(MHD_Connection* handle) {
  std::vector<HttpField> fields;
  MHD_get_connection_values(
      handle, MHD_HEADER_KIND,
      [](void* place, MHD_ValueKind, const char* name, const char* value) {
        static_cast<std::vector<HttpField>*>(place)->push_back(
            {name, value == nullptr ? std::string_view() : std::string_view(value)});
        return MHD_YES;
      },
      &fields);
  return fields;
}

// A header that the library does not take is left out.
void add_field(MHD_Response* response, const char* name, const char* value) {
  static_cast<void>(MHD_add_response_header(response, name, value));
}

HttpAnswer no_place() {
  return {503,
          {{"Content-Type", "application/problem+json"}, {"Retry-After", "1"}},
          std::string(kNoPlace),
          nullptr};
}

}  // namespace

Connection* Callbacks::find(MHD_Connection* handle) {
  const auto* info = MHD_get_connection_info(handle, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info == nullptr ? nullptr : static_cast<Connection*>(info->socket_context);
}

void Callbacks::note_connection(void* context, MHD_Connection* handle, void** place,
                                MHD_ConnectionNotificationCode code) {
  auto& server = *static_cast<MicrohttpdServer*>(context);
  if (code == MHD_CONNECTION_NOTIFY_STARTED) {
    const auto* info = MHD_get_connection_info(handle, MHD_CONNECTION_INFO_CONNECTION_FD);
    *place = &server.connections_.add(handle, info->connect_fd, now());
    return;
  }
  const auto& connection = *static_cast<const Connection*>(*place);
  if (connection.is_suspended) --server.suspended_count_;
  server.connections_.erase(connection);
}

void* Callbacks::note_target(void* context, const char* target, MHD_Connection* handle) {
  auto& server = *static_cast<MicrohttpdServer*>(context);
  auto* connection = find(handle);
  if (connection == nullptr) return nullptr;
  connection->target = target;
  // The time of the first request counts from the connection.
  if (connection->phase == Phase::kIdle) {
    server.connections_.enter(*connection, Phase::kHead, now());
  }
  return connection;
}

void Callbacks::note_completed(void* context, MHD_Connection*, void** place,
                               MHD_RequestTerminationCode) {
  auto& server = *static_cast<MicrohttpdServer*>(context);
  auto* connection = static_cast<Connection*>(*place);
  if (connection == nullptr) return;
  server.connections_.drop_body(*connection);
  connection->stream.reset();
  std::string().swap(connection->pending);
  connection->taken_size = 0;
  server.connections_.enter(*connection, Phase::kIdle, now());
}

std::size_t Callbacks::keep_escapes(void*, MHD_Connection*, char* text) {
  return std::strlen(text);
}

MHD_Result Callbacks::handle_request(void* context, MHD_Connection* handle, const char*,
                                     const char* method, const char*, const char* octets,
                                     std::size_t* size, void** place) {
  auto& server = *static_cast<MicrohttpdServer*>(context);
  auto* connection = static_cast<Connection*>(*place);
  if (connection == nullptr) return MHD_NO;
  if (connection->phase == Phase::kBody && *size > 0) {
    const std::string_view part(octets, *size);
    *size = 0;
    return server.connections_.append_body(*connection, part, now()) ? MHD_YES : MHD_NO;
  }
  const auto fields = fields_of(handle);
  const HttpHead head{method, connection->target, fields};
  if (connection->phase == Phase::kHead) return begin(server, *connection, head);

  auto answered = server.handler_.handle(head, connection->body);
  server.connections_.drop_body(*connection);
  return answer(server, *connection, std::move(answered));
}

MHD_Result Callbacks::begin(MicrohttpdServer& server, Connection& connection,
                            const HttpHead& head) {
  if (auto refusal = server.handler_.refuse(head)) {
    return answer(server, connection, std::move(*refusal));
  }
  server.connections_.enter(connection, Phase::kBody, now());
  return MHD_YES;
}

MHD_Result Callbacks::answer(MicrohttpdServer& server, Connection& connection, HttpAnswer answer) {
  connection.stream = std::move(answer.stream);
  if (connection.stream && !server.connections_.enter_stream(connection, now())) {
    connection.stream.reset();
    answer = no_place();
  }
  if (!connection.stream) server.connections_.enter(connection, Phase::kAnswer, now());
  auto* response = connection.stream
                       ? stream(server, connection)
                       : MHD_create_response_from_buffer(answer.body.size(), answer.body.data(),
                                                         MHD_RESPMEM_MUST_COPY);
  if (response == nullptr) return MHD_NO;
  for (const auto& [name, value] : answer.fields) {
    add_field(response, name.c_str(), value.c_str());
  }
  const auto queued =
      MHD_queue_response(connection.handle, static_cast<unsigned>(answer.status), response);
  MHD_destroy_response(response);
  return queued;
}

MHD_Response* Callbacks::stream(MicrohttpdServer& server, Connection& connection) {
  // Who reads slowly is not who does not finish its request: Connections has its own limit.
  MHD_set_connection_option(connection.handle, MHD_CONNECTION_OPTION_TIMEOUT, 0U);
  auto* place = new StreamPlace{server, connection};
  auto* response = MHD_create_response_from_callback(
      MHD_SIZE_UNKNOWN, kPieceSize, &read_stream, place,
      [](void* owned) { delete static_cast<StreamPlace*>(owned); });
  if (response == nullptr) delete place;
  return response;
}

ssize_t Callbacks::read_stream(void* place, std::uint64_t, char* octets, std::size_t size_max) {
  auto& [server, connection] = *static_cast<StreamPlace*>(place);
  connection.since = now();
  if (connection.taken_size == connection.pending.size()) {
    if (connection.stream->is_over()) return MHD_CONTENT_READER_END_OF_STREAM;
    connection.pending = connection.stream->read();
    connection.taken_size = 0;
    if (connection.pending.empty() && connection.is_silence_due) {
      connection.pending = connection.stream->idle_text();
    }
    connection.is_silence_due = false;
  }
  const auto rest = std::string_view(connection.pending).substr(connection.taken_size);
  if (rest.empty()) {
    if (connection.stream->is_over()) return MHD_CONTENT_READER_END_OF_STREAM;
    connection.is_suspended = true;
    ++server.suspended_count_;
    MHD_suspend_connection(connection.handle);
    return 0;
  }
  const auto size = std::min(size_max, rest.size());
  std::memcpy(octets, rest.data(), size);
  connection.taken_size += size;
  return static_cast<ssize_t>(size);
}

}  // namespace vmodem::app
