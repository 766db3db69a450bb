#include "tools/conform/device/serial_backend.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

#include "firmware/base/duration_text.h"

namespace vmodem::conform {
namespace {

// How long an answer may take before it counts as missing, and how long silence proves the end.
constexpr Duration kPatience = 5s;
constexpr Duration kSilence = 100ms;
constexpr std::size_t kDatagramSizeMax = 65536;

tl::unexpected<BackendError> failed_by_errno(std::string_view what) {
  return failed(fmt::format("{}: {}", what, std::strerror(errno)));
}

// In virtual time: the host answers within the first, and behind both the modem has nothing more to
// say.
constexpr Duration kGrace = 150ms;
constexpr Duration kGraceMargin = 150ms;

// "WHEN: VERB" as --fault wants it.
std::string option_text(const testbed::Fault& fault) {
  const auto colon = fault.text.rfind(": ");
  return fmt::format("{}@{}", fault.text.substr(colon + 2), fault.text.substr(0, colon));
}

}  // namespace

TemporaryFolder::TemporaryFolder()
    : path_((std::filesystem::temp_directory_path() / "vmodem-conform-XXXXXX").string()) {
  if (::mkdtemp(path_.data()) == nullptr) path_.clear();
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

SerialBackend::Created SerialBackend::spawn(const std::string& program, const Script& script,
                                            std::string_view over) {
  auto backend = std::make_unique<SerialBackend>();
  std::vector<std::string> options{
      "--json", "--log-level=error", fmt::format("--seed={}", script.seed.value_or(Script::kSeedDefault))};
  for (const auto& setting : script.settings) {
    options.push_back(fmt::format("--set={}={}", setting.key, setting.value));
  }
  backend->is_virtual_ = script.has_internet;
  if (backend->is_virtual_) {
    options.insert(options.end(), {"--clock=virtual", "--set=time.grace=" + duration_text(kGrace)});
  }
  for (const auto& fault : script.faults) {
    options.push_back("--fault=" + option_text(fault));
  }
  for (std::size_t i = 0; i < script.peers.size(); ++i) {
    if (const auto bound = backend->bind_peer("127.0.0.1", 0); !bound) {
      return unexpected(bound.error());
    }
    const auto port = backend->bound_port(i);
    if (!port) return unexpected(port.error());
    options.push_back(fmt::format("--route={}=127.0.0.1:{}", destination(script.peers[i]), *port));
  }
  if (over == "unix") {
    backend->folder_ = std::make_unique<TemporaryFolder>();
    options.push_back(fmt::format("--listen=unix:{}/port", backend->folder_->path()));
  } else if (over != "pty") {
    options.push_back(fmt::format("--listen={}://127.0.0.1:0", over));
  }
  auto process = VmodemProcess::start(program, options);
  if (!process) return unexpected(process.error());
  backend->process_ = std::move(*process);
  if (const auto opened = backend->open_line(backend->process_->port()); !opened) {
    return unexpected(opened.error());
  }
  return backend;
}

SerialBackend::Created SerialBackend::open(const Port& port, const Script& script) {
  auto backend = std::make_unique<SerialBackend>();
  for (const auto& peer : script.peers) {
    if (const auto bound = backend->serve(peer, port.server_address); !bound) {
      return unexpected(bound.error());
    }
  }
  if (script.has_internet) {
    auto servers = CaseServers::open(port.server_address);
    if (!servers) return unexpected(std::move(servers.error()));
    backend->servers_ = std::move(*servers);
  }
  if (const auto opened = backend->open_line(port.place, port.baud); !opened) {
    return unexpected(opened.error());
  }
  return backend;
}

// A server address that is not of this machine leads to it.
Done SerialBackend::serve(const Peer& peer, const std::string& server_address) {
  if (server_address.empty()) return bind_peer(peer.host, peer.port);
  if (bind_peer(server_address, peer.port)) return {};
  const bool is_v6 = server_address.find(':') != std::string::npos;
  return bind_peer(is_v6 ? "::" : "0.0.0.0", peer.port);
}

std::optional<std::string> SerialBackend::why_not_open(const Port& port, const Script& script) {
  if (!script.settings.empty()) return "a modem that runs already keeps its own settings";
  if (script.seed) return "a modem that runs already keeps its own seed";
  if (!script.faults.empty()) return "a modem that runs already keeps its own surroundings";
  if (script.has_internet) {
    if (auto why = CaseServers::why_not_serve(script, port.server_address)) return why;
    if (auto servers = CaseServers::open(port.server_address); !servers) {
      return std::move(servers.error().what);
    }
  }
  SerialBackend probe;  // holds what it has bound: two peers of one port cannot both be served
  for (const auto& peer : script.peers) {
    if (probe.serve(peer, port.server_address)) continue;
    if (!port.server_address.empty()) {
      return fmt::format("port {} of peer {} cannot be served on this machine", peer.port,
                         peer.name);
    }
    return fmt::format("{}:{} of peer {} is no address of this machine", peer.host, peer.port,
                       peer.name);
  }
  return std::nullopt;
}

Done SerialBackend::open_line(const std::string& place, std::optional<unsigned> baud) {
  auto line = Line::open(place, baud);
  if (!line) return unexpected(line.error());
  line_.emplace(std::move(*line));
  return {};
}

Done SerialBackend::bind_peer(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_DGRAM;
  hints.ai_flags = AI_NUMERICSERV | AI_NUMERICHOST | AI_PASSIVE;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (error != 0) return failed(fmt::format("{}: {}", host, gai_strerror(error)));

  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> address(found, freeaddrinfo);
  Socket one;
  one.descriptor.reset(socket(address->ai_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (bind(one.descriptor.get(), address->ai_addr, address->ai_addrlen) != 0) {
    return failed_by_errno(host);
  }
  sockets_.push_back(std::move(one));
  return {};
}

Expected<std::uint16_t, BackendError> SerialBackend::bound_port(std::size_t peer) const {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  if (getsockname(sockets_[peer].descriptor.get(), reinterpret_cast<sockaddr*>(&address), &size)) {
    return failed_by_errno("getsockname");
  }
  return ntohs(address.sin_port);
}

Instant SerialBackend::now() const {
  if (is_virtual_) return virtual_now_;
  return Instant(
      std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch()));
}

Done SerialBackend::send_serial(Inbox& inbox, ByteView octets) {
  while (!octets.empty()) {
    const auto written = line_->write(octets);
    if (!written) return unexpected(written.error());
    octets = octets.subspan(*written);
    if (*written > 0) continue;
    const auto ready =
        poll_once(inbox, std::chrono::duration_cast<Duration>(kPatience * timeout_scale_), true);
    if (!ready) return unexpected(ready.error());
    if (!*ready) return failed("the modem does not read");
  }
  return {};
}

Done SerialBackend::send_datagram(Inbox&, std::size_t peer, ByteView datagram) {
  const auto& [descriptor, senders, last] = sockets_[peer];
  if (sendto(descriptor.get(), datagram.data(), datagram.size(), 0,
             reinterpret_cast<const sockaddr*>(&last.storage), last.size) < 0) {
    return failed_by_errno("send to the modem");
  }
  return {};
}

void SerialBackend::handle_expected(std::size_t peer) {
  auto& socket = sockets_[peer];
  socket.last = socket.senders.front();
  socket.senders.pop_front();
}

// What is due within that time makes itself heard, or is over when the line stays silent.
Done SerialBackend::run_virtually_until(Inbox& inbox, Instant end) {
  virtual_now_ = std::max(virtual_now_, end);
  if (!inbox.is_empty()) return {};
  const auto came = poll_once(inbox, kGrace + kGraceMargin);
  if (!came) return unexpected(came.error());
  return {};
}

Done SerialBackend::run_until(Inbox& inbox, Instant end) {
  if (is_virtual_) return run_virtually_until(inbox, end);
  while (now() < end) {
    if (const auto came = poll_once(inbox, end - now()); !came) return unexpected(came.error());
  }
  return {};
}

Done SerialBackend::run_until_heard(Inbox& inbox, Instant end) {
  if (is_virtual_) return run_virtually_until(inbox, end);
  if (const auto came = poll_once(inbox, end - now()); !came) return unexpected(came.error());
  return {};
}

// Both families have the port at the same place.
std::string SerialBackend::sender(std::size_t peer) const {
  sockaddr_in address{};
  std::memcpy(&address, &sockets_[peer].last.storage, sizeof address);
  return address.sin_port == 0 ? std::string() : std::to_string(ntohs(address.sin_port));
}

Expected<bool, BackendError> SerialBackend::await(Inbox& inbox) {
  return poll_once(inbox, std::chrono::duration_cast<Duration>(kPatience * timeout_scale_));
}

Done SerialBackend::settle(Inbox& inbox) {
  while (true) {
    const auto came = poll_once(inbox, kSilence);
    if (!came) return unexpected(came.error());
    if (*came) continue;
    return process_ ? process_->stop() : Done{};
  }
}

// The case's own servers work meanwhile, which is nothing that came.
Expected<bool, BackendError> SerialBackend::poll_once(Inbox& inbox, Duration duration,
                                                      bool writes) {
  if (!servers_) return poll_sockets(inbox, duration, writes);
  const auto end = now() + duration;
  while (true) {
    servers_->handle(now());
    const auto next = std::min(end, servers_->deadline().value_or(end));
    const auto came = poll_sockets(inbox, next - now(), writes);
    if (!came || *came || now() >= end) return came;
  }
}

Expected<bool, BackendError> SerialBackend::poll_sockets(Inbox& inbox, Duration duration,
                                                         bool writes) {
  std::vector<pollfd> waiting;
  const short line_events = writes ? POLLIN | POLLOUT : POLLIN;
  waiting.push_back({.fd = line_->fd(), .events = line_events, .revents = 0});
  for (const auto& socket : sockets_) {
    waiting.push_back({.fd = socket.descriptor.get(), .events = POLLIN, .revents = 0});
  }
  if (servers_) waiting.push_back({.fd = servers_->fd(), .events = POLLIN, .revents = 0});
  const auto ns = std::max(duration, Duration::zero()).count();
  const timespec time{.tv_sec = ns / 1'000'000'000, .tv_nsec = ns % 1'000'000'000};
  const int ready = ppoll(waiting.data(), waiting.size(), &time, nullptr);
  if (ready < 0 && errno != EINTR) return failed_by_errno("poll");
  if (ready <= 0) return ready < 0;

  if (waiting[0].revents & (POLLIN | POLLHUP | POLLERR)) {
    if (const auto read = line_->read(inbox.serial); !read) return unexpected(read.error());
  }
  for (std::size_t i = 0; i < sockets_.size(); ++i) {
    if (waiting[i + 1].revents & POLLIN) read_socket(inbox, i);
  }
  return !servers_ || std::any_of(waiting.begin(), waiting.end() - 1,
                                  [](const pollfd& one) { return one.revents != 0; });
}

void SerialBackend::read_socket(Inbox& inbox, std::size_t peer) {
  Bytes datagram(kDatagramSizeMax);
  Address sender;
  const auto size = recvfrom(sockets_[peer].descriptor.get(), datagram.data(), datagram.size(), 0,
                             reinterpret_cast<sockaddr*>(&sender.storage), &sender.size);
  if (size < 0) return;
  datagram.resize(static_cast<std::size_t>(size));
  inbox.datagrams[peer].push_back(std::move(datagram));
  sockets_[peer].senders.push_back(sender);
}

}  // namespace vmodem::conform
