"""Where the program and the library are."""
from __future__ import annotations

import os
import pathlib
import shutil

from .errors import LibraryMissing, ProgramMissing

CURE = "build it by `tools/build release vmodem`, then set VMODEM=build/release/bin/vmodem or install it"


def program(named: str | os.PathLike[str] | None = None) -> pathlib.Path:
    """`named`, else $VMODEM, else vmodem of PATH."""
    wanted = os.fspath(named) if named is not None else os.environ.get("VMODEM") or ""
    if not wanted:
        found = shutil.which("vmodem")
        if found is None:
            raise ProgramMissing(f"VMODEM is not set and no vmodem is in PATH: {CURE}")
        return pathlib.Path(found)
    path = pathlib.Path(wanted)
    if not os.access(path, os.X_OK) or path.is_dir():
        origin = "" if named is not None else "VMODEM="
        raise ProgramMissing(f"{origin}{wanted} is no program: {CURE}")
    return path.absolute()


def library(named: str | os.PathLike[str] | None = None) -> pathlib.Path:
    """`named`, else $VMODEM_LIBRARY, else beside the program, else where the program's prefix has libraries."""
    wanted = os.fspath(named) if named is not None else os.environ.get("VMODEM_LIBRARY") or ""
    if wanted:
        if not os.path.isfile(wanted):
            origin = "" if named is not None else "VMODEM_LIBRARY="
            raise LibraryMissing(f"{origin}{wanted} is no file; right would be the path of libvmodem.so")
        return pathlib.Path(wanted).absolute()
    try:
        folder = program().resolve().parent
    except ProgramMissing as error:
        raise LibraryMissing(f"VMODEM_LIBRARY is not set, and there is no program to look beside: {error}") from None
    for pattern in ("libvmodem.so*", "../lib/libvmodem.so*", "../lib/*/libvmodem.so*", "../lib64/libvmodem.so*"):
        for found in sorted(folder.glob(pattern)):
            return found.resolve()
    raise LibraryMissing(f"there is no libvmodem.so beside {folder} or in its ../lib: set VMODEM_LIBRARY to its path")
