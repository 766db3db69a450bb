#include "firmware/app/loop/end_signals.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include "firmware/base/check.h"

namespace vmodem::app {
namespace {

bool is_ignored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

EndSignals::EndSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  // A blocked signal is kept even where it is ignored, so it must not be blocked.
  if (!is_ignored(SIGHUP)) sigaddset(&signals, SIGHUP);
  ::pthread_sigmask(SIG_BLOCK, &signals, &before_);
  fd_.reset(::signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC));
  BG_CHECK(fd_.is_open(), "a process that has just begun has descriptors left");
}

EndSignals::~EndSignals() {
  ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

int EndSignals::take() {
  signalfd_siginfo info{};
  const auto size = ::read(fd_.get(), &info, sizeof info);
  BG_CHECK(size == sizeof info, "the descriptor was readable and nobody else reads it");
  return static_cast<int>(info.ssi_signo);
}

}  // namespace vmodem::app
