"""Holds the OpenAPI document against the Api that it describes: every path, every status, every schema.

The environment names the program in STEERED_TESTBED (tests/control/steered_testbed.cc).
"""
import json
import os
import subprocess

import jsonschema
import pytest

SERVER = "/servers/198.51.100.7:5683"


class Steered:
    def __init__(self):
        self.process = subprocess.Popen([os.environ["STEERED_TESTBED"]], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def line(self, **members):
        self.process.stdin.write(json.dumps(members) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        assert self.process.wait() == 0


@pytest.fixture
def steered():
    one = Steered()
    yield one
    one.close()


class Document:
    def __init__(self, document):
        self.paths, self.document = document["paths"], document
        self.seen = set()  # (method, template, status)

    def find(self, method, path):
        """The operation that a request is one of, with its template."""
        def is_match(template):
            wanted, given = template.split("/"), path.split("/")
            if template.endswith("{path}") and len(given) >= len(wanted):
                given = given[:len(wanted) - 1] + ["/".join(given[len(wanted) - 1:])]
            return len(wanted) == len(given) and all(
                w == g or w.startswith("{") for w, g in zip(wanted, given))
        found = [t for t in self.paths if is_match(t) and method.lower() in self.paths[t]]
        assert len(found) == 1, (method, path, found)
        return found[0], self.paths[found[0]][method.lower()]

    def validator(self, schema):
        whole = {**schema, "components": self.document["components"]}
        jsonschema.Draft202012Validator.check_schema(whole)
        return jsonschema.Draft202012Validator(whole)

    def check_answer(self, method, path, answer):
        template, operation = self.find(method, path)
        status = str(answer["status"])
        assert status in operation["responses"], (method, path, answer)
        content = operation["responses"][status]["content"]
        assert list(content) == [answer["content_type"]], (method, path, answer)
        self.validator(content[answer["content_type"]]["schema"]).validate(json.loads(answer["body"]))
        self.seen.add((method, template, status))

    def check_body(self, method, path, body):
        """Whether the document allows this body."""
        _, operation = self.find(method, path)
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        return self.validator(schema).is_valid(body)

    def promised(self):
        """What the Api itself answers: GET /events is its transport's."""
        return {(method.upper(), template, status)
                for template, operations in self.paths.items() if template != "/events"
                for method, operation in operations.items() for status in operation["responses"]}


def argument_of(argument):
    """A value that the table of verbs allows."""
    allowed = argument["allowed"]
    if argument["type"] == "number":
        return int(allowed.split(", ")[1].split("–")[0])
    if argument["type"] == "word":
        return allowed.removeprefix("one of ").split(", ")[0]
    return {"duration": "1s", "endpoint": "198.51.100.7:5683", "text": "coap.sim"}[argument["type"]]


# Requests with bodies that are right, in an order in which each is possible; then what is refused.
def good_requests():
    yield "GET", "/", None
    yield "GET", "/openapi.json", None
    yield "GET", "/commands", None
    yield "POST", "/window", None
    yield "POST", "/verbs/reset", {"when": "RDY"}
    yield "POST", "/scenarios", {"text": "1h: reset\n"}
    yield "GET", "/state", None
    yield "GET", "/why/2", None
    yield "POST", "/verify", {"kind": "line.result", "where": {"text": "ERROR"}}
    yield "POST", "/verify", {"order": [{"kind": "line.command"}, {"kind": "line.urc"}]}
    yield "GET", "/requests", None
    yield "GET", "/verbs", None
    yield "GET", "/faults", None
    yield "DELETE", "/faults/1", None
    yield "GET", "/scenarios", None
    yield "DELETE", "/scenarios/1", None
    yield "DELETE", "/faults", None
    yield "GET", "/servers", None
    yield "GET", f"{SERVER}/resources", None
    yield "GET", f"{SERVER}/resources/test", None
    yield "PUT", f"{SERVER}/resources/seg1/seg2/seg3", {"payload": "a", "content_format": 0}
    yield "POST", f"{SERVER}/notify/obs", None
    yield "DELETE", f"{SERVER}/resources/test", None
    yield "POST", "/overrides/server", {"path": "test", "code": "4.04", "times": None}
    yield "POST", "/overrides/serial", {"command": "AT+CSQ", "result": "ERROR"}
    yield "GET", "/overrides", None
    yield "DELETE", "/overrides/1", None
    yield "DELETE", "/overrides", None
    yield "POST", "/serial/urc", {"text": "+X"}
    yield "POST", "/serial/input", {"text": "AT\r"}
    for move, body in (("pause", None), ("run", None), ("step", None), ("advance", {"duration": "1s"})):
        yield "POST", f"/time/{move}", body
        yield "POST", f"/time/{move}", body  # refused
    yield "POST", "/time/back", {"duration": "1s"}
    yield "POST", "/capture", {"file": "a.pcapng"}
    yield "DELETE", "/capture", None


def refused_requests():
    yield "POST", "/window", None
    yield "DELETE", "/capture", None
    yield "POST", "/capture", {"file": ""}
    yield "POST", "/time/back", {"duration": "1h"}
    yield "GET", "/why/99999", None
    for what in ("faults", "scenarios", "overrides"):
        yield "DELETE", f"/{what}/99999", None
    yield "GET", "/servers/198.51.100.7:1/resources", None
    for method, body in (("GET", None), ("PUT", {"payload": "a"}), ("DELETE", None)):
        yield method, f"{SERVER}/resources/nothing", body
    yield "POST", f"{SERVER}/notify/nothing", None
    yield "POST", f"{SERVER}/notify/test", None
    for _ in range(256):
        yield "POST", "/overrides/server", {"code": "4.04"}
        yield "POST", "/overrides/serial", {"command": "AT"}
    yield "POST", "/overrides/server", {"code": "4.04"}
    yield "POST", "/overrides/serial", {"command": "AT"}


def ask(steered, document, method, path, body=None, text=None, query=None):
    if text is None:
        text = "" if body is None else json.dumps(body)
    answer = steered.line(method=method, path=path, body=text, query=query or {})
    document.check_answer(method, path, answer)
    return answer


def test_the_api_is_as_its_document_says(steered):
    document = Document(json.loads(steered.line(method="GET", path="/openapi.json")["body"]))
    steered.line(host='ATE0;+QCOAPOPEN=0,"198.51.100.7",5683\r')
    steered.line(host='AT+QCOAPOPTION=0,0,0,11,"separate"\r')
    steered.line(host='AT+QCOAPSEND=0,0,1,1,0\r')

    for method, path, body in good_requests():
        if body is not None:
            assert document.check_body(method, path, body), (path, body)
        ask(steered, document, method, path, body)
    for template in list(document.paths):
        if template.startswith("/state/"):
            ask(steered, document, "GET", template)
    verbs = json.loads(steered.line(method="GET", path="/verbs")["body"])["verbs"]
    for verb in verbs:
        body = {a["name"]: argument_of(a) for a in verb["arguments"]}
        path = f"/verbs/{verb['name']}"
        assert document.check_body("POST", path, body), (path, body)
        answer = ask(steered, document, "POST", path, body)
        assert answer["status"] == 200, (path, body, answer)
    for method, path, body in refused_requests():
        ask(steered, document, method, path, body)

    # What any request may be refused for.
    for method, template, status in document.promised():
        path = template.replace("{server}", "198.51.100.7:5683").replace("{path}", "test")
        path = path.replace("{number}", "1").replace("{id}", "1")
        if status == "400":
            ask(steered, document, method, path, query={"unknown": "1"})
        if status == "413":
            ask(steered, document, method, path, text=" " * (1024 * 1024 + 1))

    # What is refused because something is full, or off.
    assert ask(steered, document, "POST", "/scenarios", {"text": "RDY#*: hang\n" * 1024})["status"] == 200
    ask(steered, document, "POST", "/scenarios", {"text": "RDY: hang\n"})
    for verb in verbs:
        body = {a["name"]: argument_of(a) for a in verb["arguments"]} | {"when": "RDY"}
        assert ask(steered, document, "POST", f"/verbs/{verb['name']}", body)["status"] == 409
    ask(steered, document, "DELETE", "/faults")
    ask(steered, document, "POST", "/verbs/serial-clear")
    ask(steered, document, "POST", "/verbs/power-cut")
    ask(steered, document, "POST", "/serial/urc", {"text": "+X"})
    ask(steered, document, "POST", "/verbs/power-on")
    steered.line(run=1000)
    steered.line(host="AT+C")
    for _ in range(65):
        ask(steered, document, "POST", "/serial/input", {"text": "AT\r"})

    assert document.promised() == document.seen


def bodies_that_are_wrong(document, method, path, schema):
    """Bodies that break one rule of the schema each."""
    yield []
    yield {"no such member": 1}
    for name, member in schema["properties"].items():
        for value in (None, 1, -1, 1.5, True, "", "x", "0", [], [1], {}, {"a": 1}):
            yield {name: value}


def test_a_body_is_taken_only_where_the_schema_allows_it(steered):
    document = Document(json.loads(steered.line(method="GET", path="/openapi.json")["body"]))
    count = 0
    for template, operations in document.paths.items():
        path = template.replace("{server}", "198.51.100.7:5683").replace("{path}", "test")
        for method, operation in operations.items():
            if "requestBody" not in operation:
                continue
            reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
            schema = document.document["components"]["schemas"][reference.rsplit("/", 1)[1]]
            for body in bodies_that_are_wrong(document, method, path, schema):
                answer = ask(steered, document, method.upper(), path, body)
                if not document.check_body(method, path, body):
                    assert answer["status"] == 400, (path, body, answer)
                    count += 1
    assert count > 1000
