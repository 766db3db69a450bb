"""Many runs at a time, in an order that does not depend on which ends first."""
import concurrent.futures
import contextlib
import os
import signal
import threading

from host_sweep import runs

JOBS_MAX = 64  # by default: this program watches them all from one core
JOBS_PER_CORE = 8  # runs wait most of their time


def default_jobs():
    return min(JOBS_PER_CORE * len(os.sched_getaffinity(0)), JOBS_MAX)


@contextlib.contextmanager
def ended_by_signals():
    """SIGTERM and SIGHUP as Ctrl-C: whatever is running is ended before this program."""
    def interrupt(_number, _frame):
        raise KeyboardInterrupt

    before = {}
    if threading.current_thread() is threading.main_thread():
        before = {number: signal.signal(number, interrupt) for number in (signal.SIGTERM, signal.SIGHUP)
                  if signal.getsignal(number) != signal.SIG_IGN}  # nohup
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Pool:
    """Runs of one setup."""

    def __init__(self, setup, job_count, tell=lambda result: None, run=runs.run):
        self.setup, self.job_count, self.tell, self.run = setup, job_count, tell, run

    def run_all(self, chosen, done=lambda result: None):
        """The results of these faults, in their order. `done` is told of each as it ends."""
        with concurrent.futures.ThreadPoolExecutor(self.job_count) as executor:
            pending = [executor.submit(self.run, self.setup, faults) for faults in chosen]
            try:
                for one in concurrent.futures.as_completed(pending):
                    done(one.result())
                    self.tell(one.result())
            except BaseException:
                runs.stopping.set()
                executor.shutdown(cancel_futures=True)
                raise
        return [one.result() for one in pending]
