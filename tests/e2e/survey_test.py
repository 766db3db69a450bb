"""vmodem-conform survey: the dialect of a running modem, found over its PTY, makes a modem that speaks it."""
import json
import os
import pathlib
import random
import re
import subprocess
import tomllib

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONFORM = pathlib.Path(os.environ.get("VMODEM_CONFORM", ROOT / "build/dev/bin/vmodem-conform"))  # the tests' own
REFERENCE = ROOT / "docs/configuration.md"
# What a survey cannot tell in seconds, or not by whole numbers: fixed, so that each run asks the same.
FIXED = {"closing_time": "0s", "input_timeout": "never"}
SCALE = "4"  # a loaded machine


def switches():
    """The keys of the dialect with their defaults and the words or numbers they take."""
    row = re.compile(r"^\| `dialect\.(\w+)` \| `([^`]+)` \| ([^|]+) \|", re.MULTILINE)
    return {key: (default, allowed.strip()) for key, default, allowed in row.findall(REFERENCE.read_text())}


def drawn(key, allowed, chance):
    if key in FIXED:
        return FIXED[key]
    if key == "ack_random_factor":
        return chance.choice(["1", "1.5"])
    if key == "queue_size_max":
        return str(chance.randint(0, 12))
    if allowed == "true or false":
        return chance.choice(["true", "false"])
    if words := re.fullmatch(r"one of (.+)", allowed):
        return chance.choice(words[1].split(", "))
    low, high = re.fullmatch(r"an integer, (\d+)–(\d+)", allowed).groups()
    return str(chance.randint(int(low), int(high)))


def random_dialect(seed):
    chance = random.Random(seed)
    return {key: drawn(key, allowed, chance) for key, (_, allowed) in switches().items()}


def survey(modem, output, *arguments):
    done = subprocess.run([CONFORM, "survey", "--port", modem.ready["pty"], "--output", output,
                           "--server-address", "127.0.0.1", "--timeout-scale", SCALE, "--input-wait", "3s", "--json",
                           *arguments], capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def in_text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def values_of(path):
    return {key: in_text(value) for key, value in tomllib.loads(path.read_text())["dialect"].items()}


def found_and_found_again(vmodem, tmp_path, dialect):
    first, second = tmp_path / "first.toml", tmp_path / "second.toml"
    report = survey(vmodem(*[f"--set=dialect.{key}={value}" for key, value in dialect.items()]), first, "--no-cases")
    assert report["strays"] == []
    assert values_of(first) == dialect, [one for one in report["switches"] if one["kind"] != "found"]
    survey(vmodem("--config", first), second, "--no-cases")
    assert values_of(second) == dialect


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_random_dialect_is_found_and_its_file_makes_a_modem_that_speaks_it(vmodem, tmp_path, seed):
    found_and_found_again(vmodem, tmp_path, random_dialect(seed))


def test_a_dialect_without_activation_partial_values_and_hex_tokens_is_found(vmodem, tmp_path):
    dialect = {key: in_text(json.loads(default) if default[0] == '"' else default)
               for key, (default, _) in switches().items()}
    found_and_found_again(vmodem, tmp_path, dialect | {"auto_activate_pdp": "false", "token_text": "true",
                                                       "partial_values": "false"})


def test_the_cases_of_the_note_pass_on_a_modem_of_the_dialect_found(vmodem, tmp_path):
    report = survey(vmodem("--set=dialect.prompt_blank=false"), tmp_path / "dialect.toml")
    assert report["differences"] == []
    assert report["cases_passed"] == report["cases_played"] > 0


def test_what_is_kept_is_not_asked_again(vmodem, tmp_path):
    state = tmp_path / "state.json"
    survey(vmodem("--set=dialect.three_digit_registers=false"), tmp_path / "first.toml", "--no-cases", "--state", state)
    kept = json.loads(state.read_text())
    del kept["switches"]["dialect.list_idle_clients"]
    state.write_text(json.dumps(kept))
    survey(vmodem("--set=dialect.list_idle_clients=true"), tmp_path / "second.toml", "--no-cases", "--state", state)
    values = values_of(tmp_path / "second.toml")
    assert (values["three_digit_registers"], values["list_idle_clients"]) == ("false", "true")


@pytest.mark.parametrize("arguments,code", [
    ([], 2),
    (["--port", "/nowhere"], 2),
    (["--port", "/nowhere", "--output", "/dev/null"], 3),
    (["--port", "/nowhere", "--output", "/dev/null", "--input-wait", "soon"], 2),
    (["--port", "/nowhere", "--output", "/dev/null", "--state", "/proc/self/status"], 2),
])
def test_mistakes_and_a_device_that_is_not_there(arguments, code):
    done = subprocess.run([CONFORM, "survey", *arguments], capture_output=True, text=True, timeout=60)
    assert done.returncode == code, done.stderr
    assert done.stderr
