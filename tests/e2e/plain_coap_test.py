"""Chapter 5.1 of the note and its neighbours, typed into the PTY, answered by libcoap's example server."""
import re


def open_session(host, server="127.0.0.1", port=5683, client=0):
    assert host.command(f'AT+QCOAPOPEN={client},"{server}",{port}').endswith(b"\r\nOK\r\n")
    assert host.urc("+QCOAPOPEN") == f"+QCOAPOPEN: {client},0".encode()


def send(host, line, payload=b"", end=b""):
    host.write(line.encode() + b"\r")
    host.read_until(rb"\r\n> ")
    host.write(payload + end)
    assert host.read_until(rb"\r\n(OK|ERROR)\r\n").endswith(b"\r\nOK\r\n")


def chapter_5_1(host, mask=1):
    host.ok("ATE0")
    assert host.command('AT+QCOAPCFG="pdpcid",0,1') == b"\r\nOK\r\n"
    assert host.command('AT+QCOAPCFG="trans",0,4,5') == b"\r\nOK\r\n"
    assert host.command('AT+QCOAPOPEN=0,"220.180.239.212",8028') == b"\r\nOK\r\n"
    assert host.read_until(rb"\+QCOAPOPEN: 0,0\r\n") == b"\r\n+QCOAPOPEN: 0,0\r\n"
    assert host.command("AT+QCOAPOPEN?") == (
        b'\r\n+QCOAPOPEN: 0,"220.180.239.212",8028,3\r\n\r\nOK\r\n')
    assert host.command("AT+QCOAPHEADER=0,1234,1") == b"\r\nOK\r\n"
    assert host.command('AT+QCOAPOPTION=0,0,0,11,"19"') == b"\r\nOK\r\n"
    assert host.command("AT+QCOAPOPTION=0,0,1,12,40") == b"\r\nOK\r\n"
    host.write(f"AT+QCOAPSEND=0,1,2,{mask},20\r".encode())
    assert host.read_until(rb"> ") == b"\r\n> "
    host.write(b"Hello, CoAP Message!")
    answer = host.read_until(rb"Not Found\r\n")
    assert re.fullmatch(
        rb"\r\nOK\r\n\r\n\+QCOAPACK: 0,1,1234,0\r\n"
        rb"\r\n\+QCOAPRECV: 0,1234,4\.04,6,D204[0-9A-F]{8},0,9\r\nNot Found\r\n", answer), answer
    assert host.command("AT+QCOAPCLOSE=0") == b"\r\nOK\r\n"
    assert host.read_until(rb"\+QCOAPCLOSE: 0,0\r\n") == b"\r\n+QCOAPCLOSE: 0,0\r\n"


def note_5_1(vmodem, coap_server, mask):
    chapter_5_1(vmodem("--route", f"220.180.239.212:8028=127.0.0.1:{coap_server()}").host(), mask)


def test_chapter_5_1_runs_as_printed(vmodem, coap_server):
    note_5_1(vmodem, coap_server, mask=1)


def test_chapter_5_1_runs_with_both_options_in_the_mask(vmodem, coap_server):
    note_5_1(vmodem, coap_server, mask=3)


def test_a_confirmable_get_is_acknowledged_before_its_content(vmodem, coap_server):
    host = vmodem().host()
    open_session(host, port=coap_server())
    host.ok('AT+QCOAPOPTION=0,0,0,11,"time"')
    host.ok("AT+QCOAPHEADER=0,7,0,2,\"beef\"")
    host.ok("AT+QCOAPSEND=0,0,1,1,0")
    assert host.urc("+QCOAP") == b"+QCOAPACK: 0,0,7,0"
    assert re.match(rb"\+QCOAPRECV: 0,7,2\.05,2,BEEF,", host.urc("+QCOAP"))


def test_a_separate_response_arrives_after_its_acknowledgement(vmodem, coap_server):
    host = vmodem().host()
    open_session(host, port=coap_server())
    host.ok('AT+QCOAPOPTION=0,0,0,11,"async"')
    host.ok('AT+QCOAPOPTION=0,0,1,15,"1"')
    host.ok("AT+QCOAPHEADER=0,99,1")
    host.ok("AT+QCOAPSEND=0,0,1,3,0")
    assert host.urc("+QCOAP") == b"+QCOAPACK: 0,0,99,0"
    assert b"2.05,6,6300" in host.urc("+QCOAPRECV")


def test_a_stored_representation_comes_back(vmodem, coap_server):
    host = vmodem().host()
    open_session(host, port=coap_server())
    host.ok('AT+QCOAPOPTION=0,0,0,11,"example_data"')
    host.ok("AT+QCOAPOPTION=0,0,1,12,0")
    payload = bytes(range(32, 127))
    send(host, f"AT+QCOAPSEND=0,0,3,3,{len(payload)}", payload)
    assert re.match(rb"\+QCOAPRECV: 0,\d+,2\.0[14],", host.urc("+QCOAPRECV"))
    host.ok("AT+QCOAPSEND=0,0,1,1,0")
    assert host.read_until(re.escape(payload) + rb"\r\n")


def test_a_payload_ends_at_ctrl_z_and_escape_cancels(vmodem, coap_server):
    host = vmodem().host()
    open_session(host, port=coap_server())
    host.ok('AT+QCOAPOPTION=0,0,0,11,"19"')
    send(host, "AT+QCOAPSEND=0,1,2,1", b"up to here", b"\x1a")
    assert host.urc("+QCOAPACK")
    assert b",4.04," in host.urc("+QCOAPRECV")
    send(host, "AT+QCOAPSEND=0,1,2,1", b"never", b"\x1b")
    assert b"QCOAPACK" not in host.silence(0.3)


def test_notifications_of_an_observed_resource_arrive(vmodem, coap_server):
    host = vmodem().host()
    open_session(host, port=coap_server())
    host.ok('AT+QCOAPOPTION=0,0,0,6,"0"')
    host.ok('AT+QCOAPOPTION=0,0,1,11,"time"')
    host.ok("AT+QCOAPHEADER=0,1,0,1,\"aa\"")
    host.ok("AT+QCOAPSEND=0,0,1,3,0")
    observed = [host.urc("+QCOAPRECV") for _ in range(3)]
    values = [int(re.search(rb",2\.05,1,AA,\d+,6,(\d+)", urc).group(1)) for urc in observed]
    assert values == sorted(set(values))


def test_a_ping_is_answered(vmodem, coap_server):
    host = vmodem().host()
    open_session(host, port=coap_server())
    host.ok("AT+QCOAPHEADER=0,4660,1")
    host.ok("AT+QCOAPSEND=0,0,0,0,0")
    assert host.urc("+QCOAPACK") == b"+QCOAPACK: 0,0,4660,0"


def test_six_clients_talk_to_one_server_at_once(vmodem, coap_server):
    host = vmodem().host()
    port = coap_server()
    for client in range(6):
        open_session(host, port=port, client=client)
        host.ok(f'AT+QCOAPOPTION={client},0,0,11,"time"')
        host.ok(f"AT+QCOAPHEADER={client},{100 + client},1")
    for client in range(6):
        host.write(f"AT+QCOAPSEND={client},0,1,1,0\r".encode())
    everyone = "".join(rf"(?=.*\+QCOAPACK: {c},0,{100 + c},0\r\n)" for c in range(6))
    host.read_until(everyone.encode())


def test_ipv6_servers_are_reached(vmodem, coap_server):
    port = coap_server()
    host = vmodem("--route", f"[2001:db8::1]:5683=127.0.0.1:{port}").host()
    open_session(host, server="2001:db8::1")
    host.ok("AT+QCOAPSEND=0,0,0,0,0")
    assert host.urc("+QCOAPACK").endswith(b",0")


def test_open_reports_what_is_wrong(vmodem):
    host = vmodem().host()
    # An address that nobody has is silent, as on any network.
    for client, server, result in ((0, "no-such-name.invalid", -5), (1, "192.0.2.1", 0)):
        host.ok(f'AT+QCOAPOPEN={client},"{server}",5683')
        assert host.urc("+QCOAPOPEN") == f"+QCOAPOPEN: {client},{result}".encode()


def test_a_dead_port_looks_like_silence(vmodem, coap_server):
    from conftest import free_port
    host = vmodem("--set", "dialect.ack_random_factor=1.0").host()
    open_session(host, port=free_port())
    host.ok("AT+QCOAPHEADER=0,5,1")
    host.ok("AT+QCOAPSEND=0,0,1,0,0")
    # 2 s and 4 s on: the first retransmission's own timeout has run out.
    assert host.urc("+QCOAPIND", timeout=9) == b"+QCOAPIND: 0,0,5,1,-11"
    host.ok("AT+QCOAPCLOSE=0")
    assert host.urc("+QCOAP") == b"+QCOAPACK: 0,0,5,-11"
    assert host.urc("+QCOAP") == b"+QCOAPCLOSE: 0,0"
