// The HTTP side of the control interface: octets of clients through the library and the module to
// the gate, the targets and the events. Input: octets, in which 0xFF ends a piece and 0xFE a
// client.
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>
#include <memory>
#include <vector>

#include "firmware/app/control/event_streams.h"
#include "firmware/app/control/gate.h"
#include "firmware/app/http/server.h"
#include "firmware/base/bytes.h"
#include "firmware/base/check.h"
#include "firmware/control/target.h"
#include "net/sockets/unique_fd.h"

using namespace vmodem;
using namespace vmodem::app;

namespace {

constexpr std::uint8_t kPieceEnd = 0xff;
constexpr std::uint8_t kClientEnd = 0xfe;
constexpr int kTurnsMax = 200;
constexpr journal::Number kEntryCount = 40;

class Handler final : public HttpHandler {
 public:
  Handler() {
    for (journal::Number number = 1; number <= kEntryCount; ++number) {
      ring_.push({number, Instant{}, 0, journal::Event(std::in_place_type<journal::LineUrc>)});
    }
  }

  std::optional<HttpAnswer> refuse(const HttpHead& head) noexcept override {
    return gate_.refuse(head);
  }
  HttpAnswer handle(const HttpHead& head, std::string_view body) noexcept override {
    BG_CHECK(body.size() <= kHttpBodySizeMax, "the module bounds bodies");
    const auto target = control::parse_target(head.target);
    if (!target) return to_answer({400, "Bad Request", "no target"});
    const auto query =
        parse_event_query(target->query, find_field(head, "Last-Event-ID").value_or(""),
                          find_field(head, "Accept").value_or(""));
    return query ? answer_events(ring_, *query) : to_answer(query.error());
  }

 private:
  Gate gate_{false, ""};
  journal::Ring ring_;
};

sockaddr_un name_of_own() {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  return address;  // no name: bind() gives an abstract one (unix(7), autobind)
}

// One for all inputs, as for all clients.
class Server {
 public:
  Server() {
    const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    address_ = name_of_own();
    size_ = sizeof(sa_family_t);
    BG_CHECK(::bind(listener, get(), size_) == 0 && ::listen(listener, SOMAXCONN) == 0,
             "there is always an abstract name");
    size_ = sizeof address_;
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&address_), &size_);
    server_.reset(MicrohttpdServer::serve(listener, handler_));
    BG_CHECK(server_, "there are descriptors");
  }

  net::UniqueFd connect() {
    net::UniqueFd client(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    static_cast<void>(::connect(client.get(), get(), size_));
    return client;
  }
  void settle() {
    server_->wake();
    pollfd ready{server_->fd(), POLLIN, 0};
    for (int i = 0; i < kTurnsMax && ::poll(&ready, 1, 0) == 1; ++i) server_->handle_ready();
  }

 private:
  [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address_); }

  Handler handler_;
  sockaddr_un address_{};
  socklen_t size_ = 0;
  std::unique_ptr<HttpServer> server_;
};

void drain(const net::UniqueFd& client) {
  char buffer[4096];
  while (::recv(client.get(), buffer, sizeof buffer, MSG_DONTWAIT) > 0) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Server server;
  std::vector<net::UniqueFd> clients;
  clients.push_back(server.connect());
  const auto send = [&](ByteView piece) {
    static_cast<void>(::send(clients.back().get(), piece.data(), piece.size(), MSG_NOSIGNAL));
    server.settle();
    drain(clients.back());
  };
  ByteView rest(data, size);
  while (!rest.empty()) {
    std::size_t length = 0;
    while (length < rest.size() && rest[length] < kClientEnd) ++length;
    send(rest.first(length));
    if (length == rest.size()) break;
    if (rest[length] == kClientEnd) clients.push_back(server.connect());
    static_assert(kPieceEnd > kClientEnd);
    rest = rest.subspan(length + 1);
  }
  clients.clear();
  server.settle();
  return 0;
}
