"""tools/ci as a host's repository meets it: the steps of the action and of the template, on a red and a green host."""
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree

import pytest
import yaml
from conftest import ROOT, VMODEM

CI = ROOT / "tools/ci"
HOSTS = ROOT / "docs/examples/ci"
REPORTS = {"journal.jsonl", "capture.pcapng", "vmodem.log", "report.html", "junit.xml", "summary.md"}
COMMAND = "PYTHONDONTWRITEBYTECODE=1 PYTHONPATH={} /usr/bin/python3 -m unittest -v test_host"


class Runner:
    """GitHub's runner, as far as a composite action needs one."""

    def __init__(self, folder, action):
        self.folder = folder
        self.action = action
        self.path = action.parent
        self.artifacts = {}
        self.summary = folder / "summary"
        self.variables = folder / "variables"
        for file in (self.summary, self.variables):
            file.touch()

    def run(self, workspace, **inputs):
        action = yaml.safe_load(self.action.read_text())
        known = action["inputs"]
        assert set(inputs) <= set(known)
        values = {name: str(one.get("default", "")) for name, one in known.items()} | inputs
        assert all(values[name] for name, one in known.items() if one.get("required"))
        failed, self.log = 0, ""
        for step in action["runs"]["steps"]:
            if failed and "always()" not in str(step.get("if", "")):
                continue
            status = self.step(self.filled(step, values), workspace)
            failed = failed or status
        return failed

    def filled(self, item, values):
        if isinstance(item, dict):
            return {key: self.filled(value, values) for key, value in item.items()}
        if not isinstance(item, str):
            return item
        return re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda match: values[match[1]], item)

    def step(self, step, workspace):
        if "uses" in step:
            assert step["uses"].startswith("actions/upload-artifact@")
            path = workspace / step["with"]["path"]
            self.artifacts[step["with"]["name"]] = {file.name for file in path.iterdir()}
            return 0
        assert step["shell"] == "bash" and "${{" not in step["run"]
        own = dict(line.split("=", 1) for line in self.variables.read_text().splitlines())
        script = self.folder / "step.sh"
        script.write_text(step["run"])
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
            cwd=workspace / step.get("working-directory", "."), capture_output=True, text=True, timeout=120,
            env={**os.environ, "VMODEM_BIN": str(VMODEM.parent), **own, **step.get("env", {}),
                 "GITHUB_ACTION_PATH": str(self.path), "GITHUB_ENV": str(self.variables),
                 "GITHUB_STEP_SUMMARY": str(self.summary)})
        self.log += done.stdout + done.stderr
        return done.returncode


@pytest.fixture
def runner(tmp_path):
    (tmp_path / "runner").mkdir()
    return Runner(tmp_path / "runner", CI / "github/action.yml")


@pytest.fixture
def workspace(tmp_path):
    return shutil.copytree(HOSTS, tmp_path / "workspace")


def test_a_host_that_is_right_is_green_and_leaves_its_reports(runner, workspace):
    assert runner.run(workspace, run=COMMAND.format("green"), lint="error") == 0, runner.log
    assert runner.artifacts == {"vmodem-report": REPORTS}
    assert "0 findings" in runner.summary.read_text()
    suite = xml.etree.ElementTree.parse(workspace / "vmodem-report/junit.xml").getroot()
    assert not list(suite.iter("failure"))


def test_a_host_that_is_wrong_is_red_and_the_reports_say_why(runner, workspace):
    assert runner.run(workspace, run=COMMAND.format("red")) == 1, runner.log
    assert "FAILED (failures=1)" in runner.log
    assert runner.artifacts == {"vmodem-report": REPORTS}
    assert "slash-in-uri-path" in runner.summary.read_text()
    suite = xml.etree.ElementTree.parse(workspace / "vmodem-report/junit.xml").getroot()
    assert any("slash" in case.get("name") for case in suite.iter("testcase") if case.find("failure") is not None)


def test_options_reach_the_modem_and_folders_are_the_users(runner, workspace):
    assert runner.run(workspace.parent, **{
        "run": COMMAND.format("green"), "working-directory": "workspace", "output": "out/modem",
        "artifact": "mine", "options": "--model=bg77\n--set=sim.pin=9999"}) == 1
    assert "'BG77' != 'BG95-M3'" in runner.log
    assert runner.artifacts == {"mine": REPORTS}


def test_the_gitlab_template_does_the_same(workspace, tmp_path):
    job = yaml.safe_load((CI / "gitlab.yml").read_text())[".vmodem"]
    for host, expected in (("green", 0), ("red", 1)):
        variables = {**job["variables"], "VMODEM_RUN": COMMAND.format(host), "VMODEM_HOME": str(ROOT)}
        script = "\n".join(job["before_script"] + job["script"])
        done = subprocess.run(["sh", "-e", "-c", script], cwd=workspace, capture_output=True, text=True, timeout=120,
                              env={**os.environ, "VMODEM_BIN": str(VMODEM.parent), **variables})
        assert done.returncode == expected, done.stderr
        kept = workspace / job["artifacts"]["paths"][0]
        assert {file.name for file in kept.iterdir()} == REPORTS
        assert (workspace / job["artifacts"]["reports"]["junit"]).exists()


def ci_run(folder, *arguments):
    return subprocess.run([CI / "run", "--bin", VMODEM.parent, "--output", folder / "out", *arguments],
                          capture_output=True, text=True, timeout=120)


def test_the_status_is_the_commands_or_3_for_findings_that_were_to_be_none(tmp_path):
    assert ci_run(tmp_path, "--", "sh", "-c", "exit 42").returncode == 42
    finds = ("--", "sh", "-c", "exec 3<>$VMODEM_PORT; printf 'ATE0\\rATI\\r' >&3; head -c 40 <&3 >/dev/null")
    assert ci_run(tmp_path, *finds).returncode == 0
    done = ci_run(tmp_path, "--lint=error", *finds)
    assert done.returncode == 3, done.stderr
    assert "report.html" in done.stderr


def test_without_a_modem_the_status_is_125(tmp_path):
    done = ci_run(tmp_path, "--option=--model=no-such", "--", "true")
    assert done.returncode == 125 and "no-such" in done.stderr


def test_nothing_is_left_behind(tmp_path):
    done = ci_run(tmp_path, "--", "sh", "-c", "echo $VMODEM_PORT; test -c $VMODEM_PORT")
    assert done.returncode == 0, done.stderr
    assert not os.path.lexists(done.stdout.strip())
    assert not os.path.exists(os.path.dirname(done.stdout.strip()))


@pytest.mark.parametrize("arguments, what", [
    ((), "no COMMAND"), (("--lint", "loud", "--", "true"), "--lint loud"), (("--output", "", "--", "true"), "--output"),
    (("--no-such", "--", "true"), "usage")])
def test_what_cannot_be_used_is_2(tmp_path, arguments, what):
    done = ci_run(tmp_path, *arguments)
    assert done.returncode == 2 and what in done.stderr


def test_vmodem_is_built_where_there_is_none(tmp_path):
    for name in ("setup", "build"):
        stub = tmp_path / "tools" / name
        stub.parent.mkdir(exist_ok=True)
        stub.write_text(f'#!/bin/sh\necho {name} "$@" >>"$0.called"\n')
        stub.chmod(0o755)
    (tmp_path / "tools/ci").mkdir()
    install = shutil.copy(CI / "install", tmp_path / "tools/ci/install")
    done = subprocess.run([install], capture_output=True, text=True, timeout=120,
                          env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)})
    assert done.stdout == f"{tmp_path}/build/release/bin\n", done.stderr
    assert (tmp_path / "tools/setup.called").read_text() == "setup run\n"
    assert (tmp_path / "tools/build.called").read_text() == "build release vmodem vmodem-report\n"


def test_a_vmodem_that_is_not_where_it_was_said_to_be_is_2(tmp_path):
    for name, value in (("VMODEM_BIN", tmp_path), ("VMODEM_PACKAGE", tmp_path / "no.deb")):
        done = subprocess.run([CI / "install"], capture_output=True, text=True, timeout=120,
                              env={"PATH": "/usr/bin:/bin", name: str(value)})
        assert done.returncode == 2 and name in done.stderr
