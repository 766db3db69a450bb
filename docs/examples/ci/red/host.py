"""A host that fetches a resource over CoAP, and takes its path for that of a URL."""
import tty


class Host:
    def __init__(self, path):
        self.port = open(path, "r+b", buffering=0)
        tty.setraw(self.port)
        self.command(b"ATE0")

    def close(self):
        self.port.close()

    def read_line(self):
        line = b""
        while not line.endswith(b"\n"):
            line += self.port.read(1)
        return line.strip()

    def wait_for(self, beginning):
        line = self.read_line()
        while not line.startswith(beginning):
            line = self.read_line()
        return line

    def command(self, line):
        """The first line of the answer."""
        self.port.write(line + b"\r")
        lines = []
        while not lines or lines[-1] not in (b"OK", b"ERROR") and not lines[-1].startswith(b"+CME ERROR"):
            lines += [line for line in [self.read_line()] if line]
        return lines[0].decode()

    def fetch(self, server, path):
        """The answer's code and payload."""
        self.command(b'AT+QCOAPOPEN=0,"%s",5683' % server.encode())
        self.wait_for(b"+QCOAPOPEN: 0,0")
        self.command(b'AT+QCOAPOPTION=0,0,0,11,"/%s"' % path.encode())
        self.command(b"AT+QCOAPSEND=0,0,1,1,0")
        fields = self.wait_for(b"+QCOAPRECV").decode().split(",")
        payload = b""
        while len(payload) < int(fields[-1]):
            payload += self.port.read(int(fields[-1]) - len(payload))
        self.command(b"AT+QCOAPCLOSE=0")
        self.wait_for(b"+QCOAPCLOSE")
        return fields[2], payload.decode()
