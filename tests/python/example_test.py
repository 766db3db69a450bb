"""docs/examples/pytest as its reader runs it."""
import re

from conftest import ROOT, preload, run_pytest

EXAMPLE = ROOT / "docs/examples/pytest"


def test_the_example_passes(tmp_path):
    ended = run_pytest(EXAMPLE, "-v", "-s", "--basetemp", tmp_path / "base", **preload())
    assert ended.returncode == 0, ended.stdout + ended.stderr
    told = re.findall(r"\d+ s of the module's time in [\d.]+ s", ended.stdout)
    print("; ".join(told))
    assert told and all(int(text.split()[0]) >= 300 for text in told)


def test_a_host_that_does_not_wait_for_the_network_fails(tmp_path):
    """The example's test is one: it finds what is wrong with a host."""
    for name in ("host.py", "test_host.py"):
        text = (EXAMPLE / name).read_text()
        (tmp_path / name).write_text(text.replace("            self.wait_for_network()\n", ""))
    ended = run_pytest(tmp_path, "-k", "five_minutes", "--basetemp", tmp_path / "base")
    assert ended.returncode == 1
    assert "5 attempts were in vain" in ended.stdout and "not registered" in ended.stdout
