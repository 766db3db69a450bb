"""vmodem for tests: a Quectel BG95 with its network, as a process on a PTY or as a function.

    with vmodem.Modem.spawn(clock="virtual", seed=1) as modem:
        run_my_host(modem.path)
        modem.verify("server.request", path="/rd", count=1)
"""
from .errors import (BadEnd, CommandFailed, LibraryMissing, NothingHappens, PortError, Problem, ProgramMissing,
                     StartFailed, VmodemError)
from .journal import Chain, Step
from .modem import Modem
from .port import Port
from .values import Duration, Entry, Notice, Record

__version__ = "0.1.0"
__all__ = ["BadEnd", "Chain", "CommandFailed", "Duration", "Entry", "LibraryMissing", "Modem", "NothingHappens",
           "Notice", "Port", "PortError", "Problem", "ProgramMissing", "Record", "StartFailed", "Step",
           "VmodemError"]
