#include "tools/vmodemctl/client.h"

#include <fmt/format.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <variant>

#include "net/sockets/socket_address.h"
#include "tools/vmodemctl/body_reader.h"

namespace vmodem::ctl {
namespace {

constexpr std::string_view kHeadEnd = "\r\n\r\n";
constexpr std::size_t kHeadSizeMax = std::size_t{64} * 1024;

std::string text_of(const HttpCall& call, std::string_view token) {
  auto text =
      fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\nAccept: {}\r\nConnection: close\r\n",
                  call.method, call.target, call.accept);
  if (!token.empty()) text += fmt::format("Authorization: Bearer {}\r\n", token);
  if (!call.body.empty()) {
    text +=
        fmt::format("Content-Type: application/json\r\nContent-Length: {}\r\n", call.body.size());
  }
  return text + "\r\n" + call.body;
}

auto cut_short() {
  return unexpected(std::string("the modem ended in the middle of its answer"));
}

}  // namespace

Expected<Client, std::string> Client::connect(const net::ListenAddress& address) {
  const auto target =
      std::visit([](const auto& one) { return net::to_socket_address(one); }, address);
  net::UniqueFd fd(::socket(target.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (fd.is_open() && ::connect(fd.get(), target.get(), target.size) == 0) {
    return Client(std::move(fd));
  }
  return unexpected(
      fmt::format("no modem at {}: {}", to_string(address), net::last_error().message()));
}

Expected<Reply, std::string> Client::ask(const HttpCall& call, std::string_view token) {
  std::string body;
  auto reply = ask(call, token, [&](std::string_view part) { body += part; });
  if (reply && reply->status == 200) reply->body = std::move(body);
  return reply;
}

Expected<Reply, std::string> Client::ask(const HttpCall& call, std::string_view token,
                                         const std::function<void(std::string_view)>& take) {
  // Who refuses a large body answers before it has come, and reads no further.
  static_cast<void>(send(text_of(call, token)));
  auto end = std::string::npos;
  while ((end = waiting_.find(kHeadEnd)) == std::string::npos) {
    if (waiting_.size() > kHeadSizeMax || !receive()) return cut_short();
  }
  const auto head = parse_answer_head(std::string_view(waiting_).substr(0, end));
  if (!head) return unexpected(std::string("what listens there does not speak HTTP/1.1"));
  waiting_.erase(0, end + kHeadEnd.size());

  Reply reply{head->status};
  BodyReader reader(*head);
  while (true) {
    const auto part = reader.take(waiting_);
    if (head->status == 200 && !part.empty()) take(part);
    if (head->status != 200) reply.body += part;
    if (reader.is_over()) return reply;
    if (reader.is_broken()) return cut_short();
    if (receive()) continue;
    if (reader.ends_with_connection()) return reply;
    return cut_short();
  }
}

bool Client::send(std::string_view octets) {
  while (!octets.empty()) {
    const auto size = ::send(fd_.get(), octets.data(), octets.size(), MSG_NOSIGNAL);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return false;
    octets.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

bool Client::receive() {
  std::array<char, 16 * 1024> buffer;
  ssize_t size = 0;
  do {
    size = ::recv(fd_.get(), buffer.data(), buffer.size(), 0);
  } while (size < 0 && errno == EINTR);
  if (size > 0) waiting_.append(buffer.data(), static_cast<std::size_t>(size));
  return size > 0;
}

}  // namespace vmodem::ctl
