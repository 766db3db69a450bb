#include "net/sockets/resolver.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <csignal>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>

#include "firmware/base/check.h"
#include "net/sockets/unique_fd.h"

namespace vmodem::net {
namespace {

// A signal meant for the loop must not land in a look-up: threads inherit the mask of their maker.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

struct Resolver::Shared {
  Lookup lookup;
  UniqueFd event;
  mutable std::mutex mutex;
  std::deque<LookupAnswer> answers;  // guarded by mutex
  int running = 0;                   // guarded by mutex

  void deliver(LookupAnswer answer) {
    answers.push_back(std::move(answer));
    const std::uint64_t one = 1;
    const auto written = ::write(event.get(), &one, sizeof one);
    BG_CHECK(written == sizeof one, "the counter of an eventfd cannot overflow here");
  }

  static void run(const std::shared_ptr<Shared>& self, LookupId id, const std::string& name) {
    auto result = self->lookup(name);
    const std::lock_guard lock(self->mutex);
    --self->running;
    self->deliver({id, std::move(result)});
  }
};

Resolver::Resolver(Lookup lookup) : shared_(std::make_shared<Shared>()) {
  shared_->lookup = std::move(lookup);
  shared_->event.reset(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  BG_CHECK(shared_->event.is_open(), "a process that has just begun has descriptors left");
}

Resolver::~Resolver() = default;

LookupId Resolver::look_up(std::string name) {
  const LookupId id{++last_id_};
  wanted_.insert(id);
  const std::lock_guard lock(shared_->mutex);
  if (shared_->running == kThreadsMax) {
    shared_->deliver({id, unexpected(name + ": too many look-ups hang already")});
    return id;
  }
  try {
    const SignalsBlocked signals_blocked;
    std::thread(&Shared::run, shared_, id, name).detach();
    ++shared_->running;
  } catch (const std::system_error& error) {
    shared_->deliver({id, unexpected(name + ": no thread to look it up: " + error.what())});
  }
  return id;
}

void Resolver::cancel(LookupId id) {
  wanted_.erase(id);
}

int Resolver::fd() const {
  return shared_->event.get();
}

std::optional<LookupAnswer> Resolver::poll_answer() {
  const std::lock_guard lock(shared_->mutex);
  while (!shared_->answers.empty()) {
    auto answer = std::move(shared_->answers.front());
    shared_->answers.pop_front();
    if (wanted_.erase(answer.id) != 0) return answer;
  }
  std::uint64_t count = 0;
  // EAGAIN says that the counter was zero already.
  static_cast<void>(!::read(shared_->event.get(), &count, sizeof count));
  return std::nullopt;
}

bool Resolver::has_running_lookup() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->running > 0;
}

}  // namespace vmodem::net
