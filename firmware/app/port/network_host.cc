#include "firmware/app/port/network_host.h"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <utility>

#include "firmware/base/overloaded.h"

namespace vmodem::app {
namespace {

// The loop calls again after EINTR as after EAGAIN: the socket stays ready.
NetworkHost::Count count_or_departure(ssize_t count) {
  if (count >= 0) return static_cast<std::size_t>(count);
  if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return 0;
  return unexpected(net::last_error().message());
}

}  // namespace

NetworkHost::NetworkHost(net::UniqueFd fd, bool is_rfc2217) : fd_(std::move(fd)) {
  if (!is_rfc2217) return;
  com_port_.emplace();
  circuits_.are_wired = true;
}

Interest NetworkHost::interest(Interest wanted) const {
  if (!com_port_) return {wanted.read, wanted.write || !pending_.empty()};
  const bool is_waiting = !com_port_->poll_output().empty();
  return {wanted.read && com_port_->has_room(),
          is_waiting || (wanted.write && !com_port_->is_suspended())};
}

bool NetworkHost::is_leaving() const {
  pollfd end{fd_.get(), POLLRDHUP, 0};
  return ::poll(&end, 1, 0) > 0 && (end.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

NetworkHost::Count NetworkHost::read(std::span<std::uint8_t> buffer) {
  const auto count = ::recv(fd_.get(), buffer.data(), buffer.size(), 0);
  if (count == 0 && !buffer.empty()) return unexpected(std::string("it has closed its end"));
  auto result = count_or_departure(count);
  if (!com_port_ || !result || *result == 0) return result;

  com_port_->handle_octets(ByteView(buffer).first(*result));
  if (auto flushed = flush(); !flushed) return unexpected(std::move(flushed.error()));
  return 0;
}

std::optional<HostNews> NetworkHost::poll_news() {
  if (!com_port_) return std::nullopt;
  auto event = com_port_->poll_event();
  if (!event) return std::nullopt;
  return std::visit(Overloaded{[](Bytes& octets) -> HostNews { return std::move(octets); },
                               [&](const net::ComPortSettings& settings) -> HostNews {
                                 circuits_.dtr = settings.dtr;
                                 circuits_.rts = settings.rts;
                                 circuits_.rate = settings.rate;
                                 return circuits_;
                               },
                               [](const net::ComPortBreak&) -> HostNews { return HostBreak{}; }},
                    *event);
}

NetworkHost::Count NetworkHost::send(ByteView octets) {
  if (octets.empty()) return 0;
  return count_or_departure(::send(fd_.get(), octets.data(), octets.size(), MSG_NOSIGNAL));
}

Expected<void, std::string> NetworkHost::flush() {
  const auto waiting = com_port_ ? com_port_->poll_output() : as_bytes(pending_);
  const auto sent = send(waiting);
  if (!sent) return unexpected(sent.error());
  if (com_port_) {
    com_port_->handle_output_written(*sent);
  } else {
    pending_.erase(0, *sent);
  }
  return {};
}

NetworkHost::Count NetworkHost::write(ByteView octets) {
  if (com_port_) {
    const auto taken = com_port_->write(octets);
    if (auto flushed = flush(); !flushed) return unexpected(std::move(flushed.error()));
    return taken;
  }
  if (auto flushed = flush(); !flushed) return unexpected(std::move(flushed.error()));
  if (!pending_.empty()) return 0;
  return send(octets);
}

void NetworkHost::push(ByteView octets) {
  if (com_port_) {
    static_cast<void>(com_port_->write(octets));
  } else {
    pending_ += as_text(octets);
  }
}

Expected<void, std::string> NetworkHost::show(const firmware::ModuleCircuits& circuits) {
  if (!com_port_) return {};
  com_port_->show({.cts = circuits.cts,
                   .dsr = circuits.dsr,
                   .ri = circuits.ri,
                   .dcd = circuits.dcd,
                   .rate = circuits.rate});
  if (com_port_->poll_output().empty()) return {};
  return flush();
}

}  // namespace vmodem::app
