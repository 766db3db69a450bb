"""vmodem-report: what the journals of real runs tell, in each of its forms."""
import html.parser
import json
import subprocess
import xml.etree.ElementTree as ElementTree

import jsonschema
import pytest

from conftest import VMODEM
from determinism_test import FAULTS, converse

REPORT = VMODEM.parent / "vmodem-report"
PATIENCE_S = 300
# Elements of HTML that have no end.
VOID = {"meta", "input", "br", "hr", "img", "link"}


def report(*arguments, code=0, stdin=None):
    done = subprocess.run([REPORT, *map(str, arguments)], capture_output=True, timeout=PATIENCE_S, input=stdin)
    assert done.returncode == code, done.stderr.decode()
    return done


class Page(html.parser.HTMLParser):
    """A page whose elements end in the order in which they began."""

    def __init__(self, text):
        super().__init__()
        self.open, self.elements, self.ids, self.links, self.text = [], [], set(), set(), []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.elements.append((tag, attributes))
        if "id" in attributes:
            assert attributes["id"] not in self.ids
            self.ids.add(attributes["id"])
        if tag == "a":
            self.links.add(attributes["href"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, self.getpos()

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture
def journal(vmodem, tmp_path):
    """The journal of a run with faults; in it a message is given up."""
    path = tmp_path / "run.journal"
    modem = vmodem("--clock", "virtual", "--seed", "7", "--journal", path, *(f"--fault={fault}" for fault in FAULTS))
    converse(modem.host())
    assert modem.stop()[0] == 0
    return path


def plain_run(vmodem, path, *lines):
    modem = vmodem("--clock", "virtual", "--seed", "1", "--journal", path)
    host = modem.host()
    for line in lines:
        host.command(line)
    assert modem.stop()[0] == 0
    return path


def test_one_page_tells_the_run_and_asks_for_nothing(journal):
    text = report(journal).stdout.decode()
    page = Page(text)
    told = "".join(page.text)
    for part in ("+QCOAPACK: 1,0,", "Results, and why", "Transmissions", "Ladder", "Coverage", "never acknowledged",
                 "fault: lose-uplink 2@AT+QCOAPSEND#2", "the note §3.3.6"):
        assert part in told, part
    assert any(tag == "svg" for tag, _ in page.elements)
    for _, attributes in page.elements:
        assert not {"src", "onclick", "onload", "action"} & set(attributes)
    assert "http:" not in text and "https:" not in text and "url(" not in text
    for link in page.links:
        assert link.startswith("#") and link[1:] in page.ids, link


def test_a_command_line_is_no_markup(vmodem, tmp_path):
    line = 'AT+CSQ;+QFDEL="<script>alert(1)</script>&<!--"'
    path = plain_run(vmodem, tmp_path / "<img src=x>.journal", line, "AT<b>")
    text = report(path).stdout.decode()
    page = Page(text)
    assert sum(tag == "script" for tag, _ in page.elements) == 1
    assert not any(tag == "img" for tag, _ in page.elements)
    assert "<script>alert(1)</script>" in "".join(page.text)
    xml = ElementTree.fromstring(report(path, "--junit", "-").stdout)
    assert "<script>alert(1)" in xml.find(".//system-out").text


def test_json_follows_its_schema_and_counts_what_the_journal_has(journal):
    schema = json.loads(report("--schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    told = json.loads(report(journal, "--json", "-").stdout)
    jsonschema.validate(told, schema)
    run = told["runs"][0]
    entries = [json.loads(line) for line in journal.read_text().splitlines()]
    kinds = [entry["kind"] for entry in entries]
    assert run["entries"] == len(entries)
    assert run["commands"] == kinds.count("line.command")
    assert run["retransmissions"] == kinds.count("coap.retransmitted") > 0
    assert run["faults"] == kinds.count("fault.performed")
    failure = run["failures"][-1]
    assert failure["what"].startswith("+QCOAPACK: 1,0,") and failure["what"].endswith(",-11")
    assert failure["why"][0]["text"].startswith("the host types AT+QCOAPSEND=1,0,1,1,0")
    given_up = [exchange for exchange in run["exchanges"] if exchange["outcome"] == "never acknowledged"]
    assert [len(exchange["transmissions"]) for exchange in given_up] == [6]


def met(told):
    return {(name, item["subject"], item["aspect"]) for name, group in told["coverage"]["groups"].items()
            for item in group["items"] if item["is_met"]}


def test_coverage_of_two_runs_is_the_union_in_either_order(vmodem, journal, tmp_path):
    other = plain_run(vmodem, tmp_path / "other.journal", "AT+CIMI", "AT+CEREG?", "AT+NOTHING=1", "AT+CPIN=1")
    one, two, both, back = (json.loads(report(*paths, "--json", "-").stdout)
                            for paths in ((journal,), (other,), (journal, other), (other, journal)))
    assert ("forms", "AT+CIMI", "execute") in met(two) - met(one)
    assert ("faults", "server-silent", "") in met(one) - met(two)
    assert ("coap_results", "+QCOAPACK", "-11") in met(one)
    assert ("options", "11", "sent") in met(one)
    assert met(both) == met(one) | met(two)
    assert both["coverage"] == back["coverage"]
    assert both["coverage"]["unknown_commands"] == ["AT+NOTHING"]
    page = Page(report(journal, other).stdout.decode())
    assert {"r1", "r2"} <= page.ids


def test_junit_has_a_suite_for_each_run(journal):
    root = ElementTree.fromstring(report(journal, journal, "--junit", "-").stdout)
    assert root.tag == "testsuites" and len(root.findall("testsuite")) == 2
    case = root.find("testsuite/testcase")
    assert case.find("failure") is None
    assert ",-11 at " in case.find("system-out").text


def test_the_summary_is_short_and_tells_why(journal):
    text = report(journal, "--markdown", "-").stdout.decode()
    assert len(text.splitlines()) < 120
    assert "never acknowledged" in text and "| Forms of commands |" in text


def test_each_form_goes_to_its_file_and_is_the_same_again(journal, tmp_path):
    names = {"--html": "a.html", "--json": "a.json", "--markdown": "a.md", "--junit": "a.xml"}
    options = [word for option, name in names.items() for word in (option, tmp_path / name)]
    assert report(journal, *options).stdout == b""
    first = [(tmp_path / name).read_bytes() for name in names.values()]
    report(journal, *options)
    assert first == [(tmp_path / name).read_bytes() for name in names.values()]
    assert report("-", "--html", "-", stdin=journal.read_bytes()).stdout.startswith(b"<!DOCTYPE html>")


def test_what_is_no_journal_is_told_with_its_line(journal, tmp_path):
    wrong = tmp_path / "wrong"
    wrong.write_text(journal.read_text().splitlines()[0] + "\nhello\n")
    assert f"{wrong}:2: it is no JSON object" in report(wrong, code=2).stderr.decode()
    wrong.write_text("")
    assert "holds no entry of a journal" in report(wrong, code=2).stderr.decode()
    assert "No such file" in report(tmp_path / "nothing", code=2).stderr.decode()
    assert "directory" in report(tmp_path, code=2).stderr.decode()
    assert "longer than" in report("/dev/zero", code=2).stderr.decode()
    assert "no JOURNAL" in report(code=2).stderr.decode()
    assert "--fail-on" in report(journal, "--fail-on", "rain", code=2).stderr.decode()
    assert "--json" in report(journal, "--json", tmp_path / "no" / "where", code=1).stderr.decode()
    assert len(report("--help").stdout.splitlines()) <= 24


def test_a_journal_that_was_cut_off_is_told_as_far_as_it_goes(journal, tmp_path):
    cut = tmp_path / "cut"
    cut.write_text(journal.read_text()[:-20])
    run = json.loads(report(cut, "--json", "-").stdout)["runs"][0]
    assert run["is_cut"] and run["entries"] == len(journal.read_text().splitlines()) - 1


def test_a_hundred_thousand_entries_make_a_page_that_a_browser_shows(journal, tmp_path):
    lines = journal.read_text().splitlines()
    entries = [json.loads(line) for line in lines]
    long = tmp_path / "long"
    with long.open("w") as file:
        number = 0
        while number < 100_000:
            shift = number
            for entry in entries:
                number += 1
                because = entry["because"] and entry["because"] + shift
                carried = entry.get("carried_by") and {"carried_by": entry["carried_by"] + shift}
                file.write(json.dumps({**entry, "number": number, "because": because, **(carried or {})}) + "\n")
    text = report(long).stdout
    assert len(text) < 4_000_000
    told = "".join(Page(text.decode()).text)
    assert "entries are left out here" in told and "earlier ones are left out" in told


def test_no_secret_is_told(vmodem, tmp_path):
    path = plain_run(vmodem, tmp_path / "journal", 'AT+CPIN="48151623"', 'AT+QICSGP=1,1,"net","user","sesame-password",1')
    for form in ("--html", "--json", "--markdown", "--junit"):
        text = report(path, form, "-").stdout.decode()
        assert "48151623" not in text and "sesame-password" not in text
