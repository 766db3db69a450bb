// HTTP/1.1 as the program and the module that speaks it say it to each other. The module is loaded
// only where somebody asks for it: what it links is dear to start and no part of a modem.
//
// In:  requests of whoever connects.
// Out: answers, at once or bit by bit.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vmodem::app {

struct HttpField {
  std::string_view name;
  std::string_view value;
};

struct HttpHead {
  std::string_view method;
  std::string_view target;  // as it was sent: the path, with its query
  std::span<const HttpField> fields;
};

// An answer whose end is not known when it begins.
class HttpStream {
 public:
  virtual ~HttpStream() = default;
  // read() would give something, or nothing more will come.
  [[nodiscard]] virtual bool is_ready() const noexcept = 0;
  // What there is; empty: nothing for now, or nothing more.
  [[nodiscard]] virtual std::string read() noexcept = 0;
  [[nodiscard]] virtual bool is_over() const noexcept = 0;
  // Shows a reader, and whoever stands between, that the connection lives; empty: nothing does.
  [[nodiscard]] virtual std::string_view idle_text() const noexcept = 0;
};

struct HttpAnswer {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> fields;
  std::string body;
  std::unique_ptr<HttpStream> stream;  // null: `body` is all
};

// The program's side. What the views lead to lasts as long as the call.
class HttpHandler {
 public:
  virtual ~HttpHandler() = default;
  // Before the body comes: the answer, where that can make no difference.
  [[nodiscard]] virtual std::optional<HttpAnswer> refuse(const HttpHead& head) noexcept = 0;
  [[nodiscard]] virtual HttpAnswer handle(const HttpHead& head, std::string_view body) noexcept = 0;
};

// A file of a page that is compiled in.
struct HttpFile {
  std::string_view path;  // "/assets/app.js"
  std::string_view content_type;
  std::string_view octets;  // by gzip
};

// The module's side: no thread, and no call that waits. What a connection costs is bounded, and a
// client that does not finish what it began gives way to others.
class HttpServer {
 public:
  virtual ~HttpServer() = default;
  // Readable when handle_ready() has something to do.
  [[nodiscard]] virtual int fd() const noexcept = 0;
  virtual void handle_ready() noexcept = 0;
  // Streams may have become ready. Cheap where none has.
  virtual void wake() noexcept = 0;
};

// What a module exports under kHttpModuleSymbol.
struct HttpModule {
  const char* version;  // of the vmodem that it was built with
  // Serves a listening socket, which is its own from then on where it can; null where it cannot.
  // `handler` outlives the server.
  HttpServer* (*serve)(int listener, HttpHandler& handler) noexcept;
  // The live window; empty: this build leaves it out. It is here so that a modem without a window
  // does not carry it.
  std::span<const HttpFile> page;
};
inline constexpr const char* kHttpModuleSymbol = "vmodem_http_module";
// Of a request; refuse() refuses what says that it is larger.
inline constexpr std::size_t kHttpBodySizeMax = std::size_t{1024} * 1024;

}  // namespace vmodem::app
