"""Whether a socket's other end is in the same process, as that by which an event loop wakes itself.

The kernel is asked by sock_diag(7); where it does not tell, the answer is no.
"""
import os
import re
import socket
import struct

SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST, NETLINK_SOCK_DIAG = 20, 1, 4
UDIAG_SHOW_PEER, UNIX_DIAG_PEER = 4, 2
HEADER = struct.Struct("=IHHII")          # struct nlmsghdr
REQUEST = struct.Struct("=BBHIIIII")      # struct unix_diag_req
ANSWER_SIZE = 16                          # struct unix_diag_msg
ATTRIBUTE = struct.Struct("=HH")          # struct rtattr
NAME = re.compile(r"socket:\[(\d+)\]")


def request(inode):
    size = HEADER.size + REQUEST.size
    return (HEADER.pack(size, SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST, 1, 0) +
            REQUEST.pack(socket.AF_UNIX, 0, 0, 0xFFFFFFFF, inode, UDIAG_SHOW_PEER, 0xFFFFFFFF, 0xFFFFFFFF))


def peer_in(answer):
    """The number of the other end; None: there is none, or it is no such socket."""
    if len(answer) < HEADER.size or HEADER.unpack_from(answer)[1] != SOCK_DIAG_BY_FAMILY:
        return None
    at = HEADER.size + ANSWER_SIZE
    while at + ATTRIBUTE.size <= len(answer):
        size, kind = ATTRIBUTE.unpack_from(answer, at)
        if kind == UNIX_DIAG_PEER and size == ATTRIBUTE.size + 4:
            return struct.unpack_from("=I", answer, at + ATTRIBUTE.size)[0]
        at += max((size + 3) // 4 * 4, ATTRIBUTE.size)
    return None


def peer_of(inode):
    try:
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_SOCK_DIAG) as netlink:
            netlink.settimeout(1.0)
            netlink.sendto(request(inode), (0, 0))
            return peer_in(netlink.recv(8192))
    except OSError:
        return None


def is_within(pid, name):
    """`name` is what /proc calls a descriptor of the process."""
    match = NAME.fullmatch(name)
    peer = peer_of(int(match[1])) if match else None
    if peer is None:
        return False
    try:
        return any(os.readlink(entry.path) == f"socket:[{peer}]" for entry in os.scandir(f"/proc/{pid}/fd"))
    except OSError:
        return False
