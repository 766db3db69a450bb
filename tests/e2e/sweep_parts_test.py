"""The parts of tools/sweep that need neither a modem nor a host."""
import itertools
import json
import os
import socket
import struct
import sys
import xml.etree.ElementTree as xml

import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT / "tools"))

from host_sweep import (explore, faults, findings, journal, junit, main, merge, pairs,  # noqa: E402
                        processes, report, scenario, shards, shrink, socket_pairs, waits)
from host_sweep import results as files  # noqa: E402
from host_sweep.runs import LIMIT_FLOOR_S, Limit, Result, Setup, limit_of  # noqa: E402

POSITIONS = [faults.Position("command", 1, "ATE0"), faults.Position("urc", 1, "+QCOAPRECV: 0")]


def result(*together, broken="", how="", happened=True):
    return Result(together, broken, how or ("status" if broken else ""), happened, 0.1, ["said"])


# --- the command line

@pytest.mark.parametrize("arguments,said", [
    (["--faults", "drop-everything"], "\"drop-everything\" is none of"),
    (["--timeout", "0"], "0 is not above 0"),
    (["--shrink"], "--shrink is for --scenario"),
    (["--explore", "3", "--pairs", "3"], "--explore and --pairs do not go together"),
    (["--only", "reset", "--first", "reset@command#1"], "--only and --first do not go together"),
    (["--shard", "3/2"], "3/2 is none of 1/2 to 2/2"),
    (["--scenario", "/no/such/file"], "/no/such/file: No such file")])
def test_wrong_usage_is_refused(capsys, arguments, said):
    try:
        status = main.main([*arguments, "--", "true"])
    except SystemExit as end:
        status = end.code
    assert status == 2
    assert said in capsys.readouterr().err


def test_a_host_stands_behind_two_dashes(capsys):
    with pytest.raises(SystemExit, match="2"):
        main.main(["host"])
    assert "no \"--\" before the host command" in capsys.readouterr().err
    assert main.main(["merge", "/no/such/folder"]) == 2


# --- what a thread waits for

MEMORY = {0x1000: struct.pack("=ihhihh", 3, 1, 0, 5, 1, 0), 0x2000: struct.pack("=ihh", 3, 5, 0),
          0x3000: bytes([0b01001000]) + bytes(7), 0x4000: bytes(8)}


def wait(line, machine="x86_64"):
    return waits.wait_of(line + " 0x7ffe 0x7f00", machine, lambda address, size: MEMORY[address][:size])


def test_waits_that_only_input_ends_are_known():
    assert wait("0 0x3 0x7f 0x1 0x0 0x0 0x0") == waits.Wait("read", (3,))
    assert wait("63 0x3 0x7f 0x1 0x0 0x0 0x0", "aarch64") == waits.Wait("read", (3,))
    assert wait("7 0x1000 0x2 0xffffffff 0x0 0x0 0x0") == waits.Wait("poll", (3, 5))
    assert wait("271 0x1000 0x1 0x0 0x0 0x8 0x0") == waits.Wait("ppoll", (3,))
    assert wait("270 0x7 0x3000 0x4000 0x0 0x0 0x0") == waits.Wait("select", (3, 6))
    assert wait("232 0x4 0x7f 0x10 0xffffffffffffffff 0x0 0x8") == waits.Wait("epoll", epoll=4)
    assert wait("202 0x7f 0x189 0x0 0x0 0x0 0xffffffff") == waits.Wait("futex")
    assert wait("61 0xffffffff 0x0 0x0 0x0 0x0 0x0") == waits.Wait("wait4")


@pytest.mark.parametrize("line", [
    "running",
    "-1",
    "7 0x1000 0x2 0x64 0x0 0x0 0x0",       # poll for 100 ms
    "7 0x2000 0x1 0xffffffff 0x0 0x0 0x0",  # poll for output too
    "271 0x1000 0x1 0x5000 0x0 0x8 0x0",    # ppoll with a time-out
    "270 0x7 0x3000 0x0 0x0 0x5000 0x0",    # select with one
    "270 0x7 0x4000 0x3000 0x0 0x0 0x0",    # select for output
    "232 0x4 0x7f 0x10 0x64 0x0 0x8",
    "202 0x7f 0x189 0x0 0x5000 0x0 0xffffffff",
    "202 0x7f 0x81 0x1 0x0 0x0 0x0",        # futex: wake
    "230 0x0 0x0 0x7f 0x0 0x0 0x0",         # clock_nanosleep
    "45 0x3 0x7f 0x1 0x0 0x0 0x0",          # recvfrom
])
def test_any_other_call_may_end_by_itself(line):
    assert wait(line) is None


def test_what_an_unknown_machine_waits_for_is_unknown():
    assert wait("0 0x3 0x7f 0x1 0x0 0x0 0x0", "riscv64") is None


def test_an_epoll_tells_what_it_watches():
    text = "pos:\t0\ntfd:        5 events:       19 data: 5\ntfd:        7 events: 80000001 data: 7\n"
    assert waits.watched_by_epoll(text) == (5, 7)
    assert waits.watched_by_epoll("tfd:        5 events:       1d data: 5\n") is None


def test_the_other_end_of_a_socket_is_known_where_it_is_in_the_process():
    one, other = socket.socketpair()
    stranger = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with one, other, stranger:
        assert socket_pairs.is_within(os.getpid(), f"socket:[{os.fstat(one.fileno()).st_ino}]")
        assert not socket_pairs.is_within(os.getpid(), f"socket:[{os.fstat(stranger.fileno()).st_ino}]")
        assert not socket_pairs.is_within(1 << 30, f"socket:[{os.fstat(one.fileno()).st_ino}]")
    assert not socket_pairs.is_within(os.getpid(), "pipe:[1]")
    assert socket_pairs.peer_in(b"") is None


def test_a_process_is_read_whatever_its_name_is():
    fields = ["S", "7", "8", "9", *map(str, range(15)), "4711", "0"]
    process = processes.parse_stat(5, f"5 (a) R (b) {' '.join(fields)}\n")
    assert process == processes.Process(5, "S", 7, 9, 4711)


# --- the time-out

def test_the_time_out_follows_the_run_without_a_fault_from_a_floor_on():
    assert limit_of(0.1).seconds == LIMIT_FLOOR_S
    assert limit_of(2.0).seconds == 120.0
    assert "60 times the run without a fault" in str(limit_of(2.0))


# --- pairs and shrinking

def test_pairs_are_of_faults_that_pass_and_the_same_by_the_same_seed():
    singles = [result(f"reset@command#{k}") for k in range(1, 9)]
    singles += [result("drop-urc@urc#1", broken="exit status 1"), result("hang@urc#1", happened=False)]
    chosen = pairs.sample(singles, 10, seed=1)
    assert len(set(chosen)) == 10
    assert {fault for pair in chosen for fault in pair} <= {one.faults[0] for one in singles[:8]}
    assert chosen == pairs.sample(singles, 10, seed=1) != pairs.sample(singles, 10, seed=2)
    assert len(pairs.sample(singles, 1000, seed=1)) == 28


def test_pairs_of_very_many_faults_are_not_listed_first():
    singles = [result(f"reset@command#{k}") for k in range(2000)]
    chosen = pairs.sample(singles, 5, seed=1)
    assert len(set(chosen)) == 5
    assert chosen == pairs.sample(singles, 5, seed=1)


@pytest.mark.parametrize("culprits", [{3}, {0, 7}, {1, 4, 6}, set(range(8))])
def test_faults_are_shrunk_to_those_that_break_the_host(culprits):
    tried = []

    def breaks(sets):
        tried.extend(sets)
        return [culprits <= set(one) for one in sets]

    assert set(shrink.shrink(range(8), breaks)) == culprits
    assert all(tried)


def test_one_fault_is_small_enough():
    assert shrink.shrink(("reset@urc#1",), lambda sets: pytest.fail("nothing to try")) == ("reset@urc#1",)


def test_a_scenario_file_is_the_faults_of_its_lines():
    text = "# a train\n\n0s: link cat-m1-good\nAT+QCOAPSEND#2+3s: registration-lost 1min\n+CEREG: 2#1: reset\n"
    parsed = scenario.parse(text, "train")
    assert parsed == ("link cat-m1-good@0s", "registration-lost 1min@AT+QCOAPSEND#2+3s", "reset@+CEREG: 2#1")
    with pytest.raises(scenario.BadLine, match="train:2: .* is no"):
        scenario.parse("0s: reset\nreset\n", "train")
    with pytest.raises(scenario.BadLine, match="no fault"):
        scenario.parse("# nothing\n", "train")


# --- shards, results, merging

def test_shards_take_all_faults_between_them_in_turn():
    plan = list(range(10))
    parts = [shards.parse(f"{i}/3", {}).of(plan) for i in (1, 2, 3)]
    assert parts == [[0, 3, 6, 9], [1, 4, 7], [2, 5, 8]]


@pytest.mark.parametrize("environment", [
    {"SLURM_ARRAY_TASK_ID": "1", "SLURM_ARRAY_TASK_COUNT": "4"},
    {"SLURM_ARRAY_TASK_ID": "11", "SLURM_ARRAY_TASK_COUNT": "4", "SLURM_ARRAY_TASK_MIN": "10"},
    {"JOB_COMPLETION_INDEX": "1", "JOB_COMPLETIONS": "4"},
    {"CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "4"},
    {"BUILDKITE_PARALLEL_JOB": "1", "BUILDKITE_PARALLEL_JOB_COUNT": "4"},
])
def test_a_shard_is_what_the_surroundings_say(environment):
    assert shards.parse("auto", environment) == shards.Shard(2, 4)


@pytest.mark.parametrize("text,environment", [
    ("0/3", {}), ("4/3", {}), ("1", {}), ("1/0", {}), ("auto", {}), ("auto", {"CI_NODE_INDEX": "1"}),
    ("auto", {"CI_NODE_INDEX": "5", "CI_NODE_TOTAL": "4"}), ("auto", {"JOB_COMPLETION_INDEX": "x"})])
def test_a_wrong_shard_is_refused(text, environment):
    with pytest.raises(shards.BadShard):
        shards.parse(text, environment)


IDENTITY = {"program": "p", "host": ["h"], "seed": 1, "options": [], "files": {}, "timeout": None}
PLAN = ["reset@command#1", "drop-urc@urc#1"]


def store(folder, *results, identity=None, plan=None):
    made = files.Store(folder, identity or IDENTITY)
    made.plan(PLAN if plan is None else plan, POSITIONS, 0.2, 30.0)
    for one in results:
        made.save(one)
    return made


def merged(*folders):
    return merge.merge([files.read_folder(folder) for folder in folders])


def test_a_result_is_kept_for_its_setup_only(tmp_path):
    kept = result("drop-urc@urc#1", broken="exit status 1")
    made = store(tmp_path, kept)
    assert made.load(("drop-urc@urc#1",)) == kept
    assert made.load(("reset@command#1",)) is None
    assert files.Store(tmp_path, {**IDENTITY, "seed": 2}).load(("drop-urc@urc#1",)) is None
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []
    (tmp_path / files.file_name(kept.faults)).write_text("{")
    assert made.load(("drop-urc@urc#1",)) is None


def test_file_names_are_apart_for_faults_that_look_alike():
    names = {files.file_name(one) for one in [("a@urc#1",), ("a@urc-1",), ("a", "@urc#1"), ("../a@urc#1",)]}
    assert len(names) == 4
    assert not any("/" in name for name in names)


def test_shards_are_merged_in_the_order_of_the_plan(tmp_path):
    store(tmp_path / "1", result("drop-urc@urc#1", broken="exit status 1"))
    store(tmp_path / "2", result("reset@command#1"), result("drop-urc@urc#1", broken="exit status 1"))
    plan, results = merged(tmp_path / "1", tmp_path / "2")
    assert plan == [one.name for one in results] == PLAN


@pytest.mark.parametrize("other,identity,said", [
    ([], None, "1 of 2 faults have not run: reset@command#1"),
    ([result("reset@command#1"), result("drop-urc@urc#1")], None, "drop-urc@urc#1: .*exit status 1.*passed"),
    ([result("reset@command#1")], {**IDENTITY, "seed": 2}, "another setup .* seed 2 instead of 1")])
def test_what_does_not_fit_together_is_not_merged(tmp_path, other, identity, said):
    store(tmp_path / "1", result("drop-urc@urc#1", broken="exit status 1"))
    store(tmp_path / "2", *other, identity=identity)
    with pytest.raises(files.BadFolder, match=said):
        merged(tmp_path / "1", tmp_path / "2")


def test_a_damaged_folder_is_not_merged(tmp_path):
    with pytest.raises(files.BadFolder, match="no folder that --results has written"):
        files.read_folder(tmp_path)
    store(tmp_path, result("reset@command#1"))
    (tmp_path / files.file_name(("reset@command#1",))).write_text("{}")
    with pytest.raises(files.BadFolder, match="damaged"):
        files.read_folder(tmp_path)


def test_a_file_of_the_host_that_changes_is_another_setup(tmp_path):
    host = tmp_path / "host"
    host.write_text("1")
    setup = Setup(sys.executable, (str(host), "x"))
    before = files.identity_of(setup, is_limit_given=False)
    assert before == files.identity_of(setup, is_limit_given=False)
    host.write_text("2")
    assert before != files.identity_of(setup, is_limit_given=False)


# --- exploring

def entry(number, kind, because=None, **fields):
    return {"number": number, "kind": kind, "because": because, **fields}


def test_states_are_what_became_of_something_and_the_steps_between():
    first = entry(1, "line.command", text="AT+QCOAPSEND=0,0,1,1,0")
    second = entry(2, "client.result", 1, client=0, operation="send", result=0, why="")
    found = journal.states([first, second, entry(3, "fault.performed", verb="reset")])
    state = ("client.result", "send", 0, "")
    assert found == {("line.command",), state, (("line.command",), "→", state)}
    assert journal.phrase(state) == "client.result send 0"


def test_a_state_is_the_same_under_another_message_id():
    one = journal.state_of(entry(1, "line.urc", text='+QCOAPRECV: 0,24862,2.05,0,,2,4,"01",12,0,14'))
    assert one == journal.state_of(entry(1, "line.urc", text='+QCOAPRECV: 0,312,2.05,0,,2,4,"02",12,0,14'))
    assert one != journal.state_of(entry(1, "line.urc", text='+QCOAPRECV: 0,312,4.04,0,,2,4,"02",12,0,14'))


SINGLES = [f"{deed}@{place}" for deed, place in itertools.product(
    ["reset", "drop-urc", "garbage:16", "hang"], [f"command#{k}" for k in range(1, 16)])]


def explore_all(seed, worth):
    """The faults in the order in which they are chosen, where `worth` says what each shows."""
    explorer = explore.Explorer(SINGLES, seed)
    order = []
    while len([one for one in order if len(one) == 1]) < len(SINGLES):
        for faults_ in explorer.choose():
            order.append(faults_)
            explorer.learn(faults_, explorer.meet(worth(faults_)))
    return order


def test_exploring_tries_each_fault_once_and_the_same_order_by_the_same_seed():
    order = explore_all(1, lambda chosen: set())
    assert len(set(order)) == len(order)
    assert order == explore_all(1, lambda chosen: set())
    assert order != explore_all(2, lambda chosen: set())


def test_a_deed_that_shows_new_states_is_tried_first():
    def worth(chosen):
        return {(fault,) for fault in chosen if fault.startswith("reset")}

    places = []
    for seed in range(5):
        singles = [one[0] for one in explore_all(seed, worth) if len(one) == 1]
        places += [i for i, fault in enumerate(singles) if fault.startswith("reset")]
    assert sum(places) / len(places) < 0.8 * (len(SINGLES) - 1) / 2


def test_exploring_ends_when_so_many_runs_showed_nothing_new():
    class Pool:
        def run_all(self, chosen):
            return [result(*one) for one in chosen]

    told = []
    results = explore.explore(Pool(), explore.Explorer(SINGLES, 1), 5, lambda one, new: told.append(one))
    assert len(results) == len(told) == explore.ROUND


# --- findings and reports

def test_every_verb_of_the_table_belongs_to_one_rule():
    for verb in faults.verbs():
        assert len([rule for rule in findings.RULES if verb in rule.verbs]) == 1, verb


def outcome(*results):
    return report.Outcome(Setup("vmodem", ("host",), limit=Limit(30.0, "why")), 0.2, POSITIONS, list(results))


BROKEN = (result("chunks:20ms,3@command#1", broken="waits for ever \x01", how="blocked"),
          result("place-urc:inside-echo@urc#1", broken="exit status 1"), result("reset@command#1"),
          result("drop-urc@urc#1", happened=False))


def test_breakages_are_findings_with_a_rule_and_a_cure():
    found = findings.classify(BROKEN)
    assert [one.rule.name for one in found] == ["parser-breaks-at-split", "urc-taken-for-answer",
                                                "waits-for-ever"]
    assert found[2].results == BROKEN[:1]
    assert all(one.rule.cure for one in found)
    assert findings.rules_of(BROKEN[0]) == ["parser-breaks-at-split", "waits-for-ever"]
    assert findings.rules_of(BROKEN[2]) == []


def test_json_and_text_tell_the_findings(capsys):
    report.print_json(outcome(*BROKEN))
    told = json.loads(capsys.readouterr().out)
    assert told["findings"][0]["rule"] == "parser-breaks-at-split"
    assert told["findings"][0]["faults"] == ["chunks:20ms,3@command#1"]
    assert told["timeout"] == {"seconds": 30.0, "why": "why"}
    report.print_text(outcome(*BROKEN))
    text = capsys.readouterr().out
    assert "time-out: 30 s (why)" in text
    assert "  urc-taken-for-answer: " in text
    assert "4 faults: 2 broke the host, 1 did not come about" in text


def test_junit_has_a_case_for_each_fault_and_each_rule(tmp_path):
    junit.write(outcome(*BROKEN), tmp_path / "junit.xml")
    cases, rules = xml.parse(tmp_path / "junit.xml").getroot()
    assert (cases.get("tests"), cases.get("failures"), cases.get("skipped")) == ("4", "2", "1")
    failure = cases.find("testcase/failure")
    assert failure.get("type") == "blocked"
    assert "--fault 'chunks:20ms,3@command#1'" in failure.text
    assert (rules.get("tests"), rules.get("failures")) == (str(len(findings.RULES)), "3")
