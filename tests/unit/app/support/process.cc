#include "tests/unit/app/support/process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <utility>

#include "tests/support/catch.h"

extern char** environ;

namespace vmodem::test {
namespace {

std::pair<net::UniqueFd, net::UniqueFd> make_pipe() {
  std::array<int, 2> ends{};
  REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
  return {net::UniqueFd(ends[0]), net::UniqueFd(ends[1])};
}

// Appends what is there; false at the end of the file.
bool read_some(const net::UniqueFd& pipe, std::string& text, std::size_t size_max) {
  pollfd ready{pipe.get(), POLLIN, 0};
  REQUIRE(::poll(&ready, 1, kDeadlineMs) == 1);
  std::string chunk(size_max, '\0');
  const auto size = ::read(pipe.get(), chunk.data(), chunk.size());
  REQUIRE(size >= 0);
  text.append(chunk, 0, static_cast<std::size_t>(size));
  return size > 0;
}

}  // namespace

Process::Process(const std::string& program, const std::vector<std::string>& arguments) {
  auto [output, output_write] = make_pipe();
  auto [errors, errors_write] = make_pipe();
  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_adddup2(&files, output_write.get(), STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&files, errors_write.get(), STDERR_FILENO);
  std::vector<char*> argv{const_cast<char*>(program.c_str())};
  for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const int fault = ::posix_spawn(&pid_, program.c_str(), &files, nullptr, argv.data(), environ);
  ::posix_spawn_file_actions_destroy(&files);
  REQUIRE(fault == 0);
  output_ = std::move(output);
  errors_ = std::move(errors);
}

Process::~Process() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void Process::signal(int number) const {
  REQUIRE(::kill(pid_, number) == 0);
}

std::string Process::read_output_line() {
  std::string line;
  while (line.empty() || line.back() != '\n') REQUIRE(read_some(output_, line, 1));
  line.pop_back();
  return line;
}

std::string Process::read_all(const net::UniqueFd& pipe) {
  std::string text;
  while (read_some(pipe, text, 4096)) {
  }
  return text;
}

std::string Process::read_errors_until(const std::string& text) {
  std::string errors;
  while (errors.find(text) == std::string::npos) REQUIRE(read_some(errors_, errors, 4096));
  return errors;
}

int Process::wait() {
  // Not pidfd_open(): glibc 2.36 declares it without C linkage.
  const net::UniqueFd handle(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
  pollfd ready{handle.get(), POLLIN, 0};
  REQUIRE(::poll(&ready, 1, kDeadlineMs) == 1);
  int status = 0;
  REQUIRE(::waitpid(std::exchange(pid_, -1), &status, 0) > 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace vmodem::test
