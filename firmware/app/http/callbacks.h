// What libmicrohttpd calls, in its words.
#pragma once

#include <microhttpd.h>

#include <cstddef>
#include <cstdint>

#include "firmware/app/http/server.h"

namespace vmodem::app {

// `context` is the server. All run within MHD_run().
struct Callbacks {
  static void note_connection(void* context, MHD_Connection* handle, void** place,
                              MHD_ConnectionNotificationCode code);
  // The target as it was sent; what it returns is the request's `place`.
  static void* note_target(void* context, const char* target, MHD_Connection* handle);
  static void note_completed(void* context, MHD_Connection* handle, void** place,
                             MHD_RequestTerminationCode code);
  static MHD_Result handle_request(void* context, MHD_Connection* handle, const char* path,
                                   const char* method, const char* version, const char* octets,
                                   std::size_t* size, void** place);
  // The program decodes targets.
  static std::size_t keep_escapes(void* context, MHD_Connection* handle, char* text);

 private:
  static Connection* find(MHD_Connection* handle);
  static MHD_Result begin(MicrohttpdServer& server, Connection& connection, const HttpHead& head);
  static MHD_Result answer(MicrohttpdServer& server, Connection& connection, HttpAnswer answer);
  static MHD_Response* stream(MicrohttpdServer& server, Connection& connection);
  static ssize_t read_stream(void* place, std::uint64_t position, char* octets,
                             std::size_t size_max);
};

}  // namespace vmodem::app
