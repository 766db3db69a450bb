#include "tools/benchmark/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

namespace vmodem::benchmark {

double resident_mib(pid_t process) {
  std::ifstream status(fmt::format("/proc/{}/status", process));
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
  }
  return 0;
}

Expected<Process, std::string> Process::start(std::vector<std::string> arguments) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return unexpected(std::string("no pipe"));
  net::UniqueFd output(ends[0]);
  const net::UniqueFd input(ends[1]);

  std::vector<char*> argv;
  for (auto& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, input.get(), STDOUT_FILENO);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t id = 0;
  const int error = ::posix_spawnp(&id, argv[0], &actions, nullptr, argv.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return unexpected(fmt::format("{}: {}", arguments[0], std::strerror(error)));
  return Process(id, std::move(output));
}

Process::Process(Process&& other) noexcept
    : id_(std::exchange(other.id_, 0)), output_(std::move(other.output_)) {
}

Process::~Process() {
  if (id_ == 0) return;
  ::kill(id_, SIGTERM);
  ::waitpid(id_, nullptr, 0);
}

std::string Process::read_line() {
  std::string line;
  for (char octet = 0; ::read(output_.get(), &octet, 1) == 1 && octet != '\n';) line += octet;
  return line;
}

double Process::cpu_us() const {
  clockid_t clock{};
  timespec time{};
  if (::clock_getcpuclockid(id_, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return 0;
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

}  // namespace vmodem::benchmark
