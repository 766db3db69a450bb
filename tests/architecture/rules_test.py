"""What the house answers to a room that breaks a rule: where, what is wrong, what would be right."""
import json

import pytest

import architecture_test

DOOR = "// {}\n//\n// In:  a thing.\n// Out: another.\n#pragma once\n"


@pytest.fixture
def build(tmp_path):
    """A house of three rooms, dtls above ufs above net, without a fault; keyword arguments change it."""

    def make(files=(), inner=(), links=None, arrows=None):
        arrows = {"net": [], "ufs": ["net"], "dtls": ["ufs"]} | (arrows or {})
        links = {"net": [], "ufs": ["net"], "dtls": ["ufs"]} | (links or {})
        texts = {"net/wire.h": DOOR.format("Wires."), "net/wire.cc": '#include "net/wire.h"\n',
                 "ufs/disk.h": DOOR.format("Disks.") + '#include "net/wire.h"\n',
                 "dtls/seal.h": DOOR.format("Seals.") + '#include "ufs/disk.h"\n'} | dict(files)
        doors = {"net": "net/wire.h", "ufs": "ufs/disk.h", "dtls": "dtls/seal.h"}
        table = "".join(f'[{r}]\ndoor = "{doors[r]}"\nmay_include = {json.dumps(arrows[r])}\nsystem = true\n'
                        for r in doors)
        texts["tests/architecture/rooms.toml"] = table
        for name, text in texts.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        targets = {}
        for room in doors:
            own = [name.split("/")[1] for name in texts if name.startswith(f"{room}/")]
            targets[room] = {
                "folder": str(tmp_path / room), "is_room": True, "links": links[room],
                "public_links": links[room], "sources": [f for f in own if f.endswith(".cc")],
                "face": [f for f in own if f.endswith(".h") and f not in inner],
                "inner": [f for f in own if f in inner]}
        (tmp_path / "targets.json").write_text(json.dumps(targets))
        return architecture_test.House(tmp_path, tmp_path).check()

    return make


def test_a_house_in_order_has_no_problem(build):
    assert build() == []


def test_an_include_upwards_is_named_with_its_line(build):
    problems = build(files={"net/wire.cc": '#include "net/wire.h"\n#include "dtls/seal.h"\n'})
    assert ("net/wire.cc:2: net includes upwards, from dtls; what both need goes down, or comes in as an "
            "argument") in problems


def test_an_arrow_that_the_table_does_not_have_is_named(build):
    problems = build(files={"dtls/key.h": '#include "net/wire.h"\n'})
    assert ("dtls/key.h:1: dtls may not include net; what both need goes down, or rooms.toml gets the arrow"
            ) in problems


def test_an_inner_header_is_for_its_own_room(build):
    problems = build(files={"ufs/block.h": "", "dtls/key.h": '#include "ufs/block.h"\n'}, inner=["block.h"])
    assert "dtls/key.h:1: ufs/block.h is inside of ufs; its face is disk.h" in problems


def test_a_circle_is_named(build):
    problems = build(arrows={"net": ["dtls"]})
    assert "rooms.toml: [net] stands in a circle; what both need goes down" in problems


def test_an_arrow_without_an_include_is_struck_out(build):
    problems = build(arrows={"dtls": ["ufs", "net"]}, links={"dtls": ["ufs"]})
    assert "rooms.toml: [dtls] includes nothing of net any more; strike it out" in problems


@pytest.mark.parametrize("links, problem", [
    ([], "dtls/CMakeLists.txt: dtls includes ufs and does not link it"),
    (["ufs", "net"], "dtls/CMakeLists.txt: dtls links net and includes nothing of it"),
])
def test_links_equal_includes(build, links, problem):
    assert problem in build(links={"dtls": links})


def test_a_door_says_what_goes_in_and_out(build):
    problems = build(files={"ufs/disk.h": '// Disks.\n#pragma once\n#include "net/wire.h"\n'})
    assert any(problem.startswith("ufs/disk.h:1: the door of ufs says") for problem in problems)


def test_a_source_over_its_size_is_a_question(build):
    problems = build(files={"net/wire.cc": '#include "net/wire.h"\n' + "\n" * 350})
    assert "net/wire.cc: over 350 lines; which two things are it?" in problems


def test_a_third_party_header_stands_in_its_place_and_is_linked(build):
    problems = build(files={"net/wire.cc": '#include "net/wire.h"\n#include <spdlog/spdlog.h>\n'})
    assert "net/wire.cc:2: spdlog/spdlog.h belongs in firmware/app/ only" in problems
    assert "net/CMakeLists.txt: net lacks vendor_spdlog, which it includes" in problems
