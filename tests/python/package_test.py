"""The package as others get it: built without the network, installed, used."""
import hashlib
import os
import re
import subprocess
import sys
import tarfile
import zipfile

import pytest

import vmodem
from conftest import PACKAGE, ROOT

PROGRAM = ROOT / "tools/package/python"


def run(*command, **environment):
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "SOURCE_DATE_EPOCH")}
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, env=clean | environment, timeout=300)


def build(out, **environment):
    built = run(PROGRAM, out, **environment)
    assert built.returncode == 0, built.stderr
    return sorted(out.iterdir())


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return build(tmp_path_factory.mktemp("package"), SOURCE_DATE_EPOCH="1700000000")


def test_the_version_is_the_programs():
    version = re.search(r"project\(vmodem VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text())[1]
    assert vmodem.__version__ == version


def test_the_same_sources_make_the_same_octets(built, tmp_path):
    again = build(tmp_path, SOURCE_DATE_EPOCH="1700000000")
    def digests(files):
        return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    assert digests(again) == digests(built)
    assert [file.suffix for file in again] == [".whl", ".gz"]


def test_all_of_the_package_is_in_both(built):
    modules = {f"vmodem/{file.name}" for file in (PACKAGE / "vmodem").iterdir() if file.is_file()}
    assert "vmodem/py.typed" in modules
    wheel, source = built
    assert modules <= set(zipfile.ZipFile(wheel).namelist())
    with tarfile.open(source) as packed:
        assert {f"vmodem-{vmodem.__version__}/{name}" for name in modules | {"LICENSE"}} <= set(packed.getnames())
        assert {member.mtime for member in packed} == {1700000000}


def test_a_mistake_is_told(tmp_path):
    assert run(PROGRAM).returncode == 2 and "OUTDIR" in run(PROGRAM).stderr
    assert run(PROGRAM, "--help").stdout.startswith("usage:")
    wrong = run(PROGRAM, tmp_path, SOURCE_DATE_EPOCH="today")
    assert wrong.returncode == 1 and "expected seconds since 1970" in wrong.stderr


def test_an_installed_plugin_is_there_by_itself(built, tmp_path):
    """--system-site-packages: pytest is Debian's."""
    assert run(sys.executable, "-m", "venv", "--system-site-packages", tmp_path / "venv").returncode == 0
    python = tmp_path / "venv/bin/python"
    installed = run(python, "-m", "pip", "install", "--no-index", "--no-deps", "--disable-pip-version-check", built[0])
    assert installed.returncode == 0, installed.stdout + installed.stderr
    (tmp_path / "test_it.py").write_text("""
import pytest, vmodem

@pytest.mark.vmodem(clock="virtual", seed=1)
def test_it(vmodem):
    vmodem.command("AT+CEREG=1")
    vmodem.ctl.verbs.registration_lost("30s")
    assert vmodem.urc("+CEREG: 1")

def test_place():
    assert vmodem.__file__.startswith(%r)
""" % str(tmp_path / "venv"))
    # -p beside the entry point loads it once.
    for more in ((), ("-p", "vmodem.pytest_plugin")):
        ended = run(python, "-m", "pytest", "--strict-markers", "-p", "no:cacheprovider", "--rootdir", tmp_path, *more,
                    tmp_path / "test_it.py")
        assert ended.returncode == 0 and "2 passed" in ended.stdout, ended.stdout + ended.stderr
