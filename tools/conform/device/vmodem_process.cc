#include "tools/conform/device/vmodem_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>

#include "net/sockets/unique_fd.h"

extern char** environ;

namespace vmodem::conform {
namespace {

constexpr int kReadyTimeMaxMs = 30'000;
constexpr int kStopTimeMaxMs = 10'000;
constexpr int kStopPollMs = 5;

// One line of the child's output, or nothing where it ends or says nothing in time.
std::string read_line(int fd) {
  std::string line;
  pollfd waiting{.fd = fd, .events = POLLIN, .revents = 0};
  while (poll(&waiting, 1, kReadyTimeMaxMs) > 0) {
    char octet = 0;
    if (read(fd, &octet, 1) != 1) return {};
    if (octet == '\n') return line;
    line += octet;
  }
  return {};
}

Expected<pid_t, BackendError> spawn(const std::string& program,
                                    const std::vector<std::string>& options, int output) {
  std::vector<char*> arguments{const_cast<char*>(program.c_str())};
  for (const auto& option : options) arguments.push_back(const_cast<char*>(option.c_str()));
  arguments.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  pid_t pid = 0;
  const int error =
      posix_spawn(&pid, program.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return failed(fmt::format("{}: {}", program, std::strerror(error)));
  return pid;
}

void sleep_ms(int duration) {
  const timespec time{.tv_sec = 0, .tv_nsec = duration * 1'000'000L};
  nanosleep(&time, nullptr);
}

}  // namespace

Expected<std::unique_ptr<VmodemProcess>, BackendError> VmodemProcess::start(
    const std::string& program, const std::vector<std::string>& options) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return failed(std::strerror(errno));
  const net::UniqueFd output(ends[0]);
  net::UniqueFd input(ends[1]);

  const auto pid = spawn(program, options, input.get());
  if (!pid) return unexpected(pid.error());
  input.reset();
  auto process = std::make_unique<VmodemProcess>(*pid);

  const auto line = read_line(output.get());
  const auto announcement = nlohmann::json::parse(line, nullptr, false);
  if (!announcement.is_object() || !announcement.contains("pty")) {
    return failed(fmt::format("{} did not announce its port: '{}'", program, line));
  }
  const auto listen = announcement.value("listen", nlohmann::json::array());
  process->port_ = (listen.empty() ? announcement["pty"] : listen[0]).get<std::string>();
  return process;
}

VmodemProcess::~VmodemProcess() {
  if (pid_ == 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

Done VmodemProcess::stop() {
  kill(pid_, SIGTERM);
  int status = 0;
  for (int waited = 0; waitpid(pid_, &status, WNOHANG) == 0; waited += kStopPollMs) {
    if (waited >= kStopTimeMaxMs) return failed("vmodem does not end on SIGTERM");
    sleep_ms(kStopPollMs);
  }
  pid_ = 0;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  if (WIFSIGNALED(status))
    return failed(fmt::format("vmodem ended by signal {}", WTERMSIG(status)));
  return failed(fmt::format("vmodem ended with status {}", WEXITSTATUS(status)));
}

}  // namespace vmodem::conform
