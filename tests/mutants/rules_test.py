"""What the lists may not say, and what becomes of a mutant that no case finds."""
import os
import pathlib
import subprocess

import pytest

import schemata

SOURCE = "int twice(int n) {\n  return n + n;\n}\nint half(int n) {\n  return n / 2;\n}\nconstexpr int kLimit = 7;\n"


@pytest.fixture
def write(tmp_path):
    """Writes the copy of one source with these mutants, each told by what differs from a good one."""

    def make(*changes):
        (tmp_path / "room").mkdir(exist_ok=True)
        (tmp_path / "room/sum.cc").write_text(SOURCE)
        rows = []
        for number, change in enumerate(changes):
            row = {"name": f"m{number}", "says": "it is wrong", "file": "room/sum.cc", "kind": "expression",
                   "original": "n + n", "mutated": "n"} | change
            rows.append("[[mutant]]\n" + "".join(f'{key} = "{value}"\n' for key, value in row.items()
                                                 if value is not None))
        (tmp_path / "room.toml").write_text("\n".join(rows))
        schemata.generate(tmp_path, tmp_path / "out", [tmp_path / "room.toml"])
        return (tmp_path / "out/room/sum.cc").read_text()

    return make


def question(name):
    return f"::vmodem::mutants::is({schemata.zlib.crc32(name.encode())}U /* {name} */)"


def test_an_expression_is_chosen_where_its_mutant_runs(write):
    assert f"return ({question('m0')} ? (n) : (n + n));" in write({})


def test_two_mutants_of_one_text_stand_in_one_chain(write):
    text = write({}, {"mutated": "n * n"})
    assert f"({question('m0')} ? (n) : ({question('m1')} ? (n * n) : (n + n)))" in text


def test_a_statement_is_chosen_where_its_mutant_runs(write):
    text = write({"kind": "statement", "original": "return n / 2;", "mutated": "return n;"})
    assert f"if ({question('m0')}) {{ return n; }} else {{ return n / 2; }}" in text


def test_a_constant_is_set_by_its_mutant(write):
    text = write({"kind": "constant", "original": "constexpr int kLimit = 7;", "mutated": "8"})
    assert "\nint kLimit = 7;\n" in text and "{ kLimit = 8; }" in text


def test_what_stays_as_it_was_is_not_written_again(write, tmp_path):
    write({})
    before = (tmp_path / "out/room/sum.cc").stat().st_mtime_ns
    write({})
    assert (tmp_path / "out/room/sum.cc").stat().st_mtime_ns == before


@pytest.mark.parametrize("changes, wrong", [
    ([{"original": "n - n"}], "its original stands 0 times in room/sum.cc"),
    ([{"original": "return n"}], "its original stands 2 times in room/sum.cc"),
    ([{}, {"original": "return n + n;"}], "overlaps that of"),
    ([{}, {"name": "m0"}], "has that name"),
    ([{}, {"kind": "statement"}], "has the same original in another kind"),
    ([{"mutated": "n + n"}], "it changes nothing"),
    ([{"kind": "wish"}], "'wish' is no kind"),
    ([{"kind": "constant"}], "its original is no constant"),
    ([{"name": "No Name"}], "that is no name"),
    ([{"file": "room/none.cc"}], "there is no room/none.cc"),
    ([{"says": None}], "'says' is missing"),
    ([{"why": "so"}], "'why' is no key"),
])
def test_a_mistake_in_a_list_is_told_with_its_place_and_what_is_right(write, changes, wrong):
    with pytest.raises(schemata.Mistake) as mistake:
        write(*changes)
    assert wrong in str(mistake.value)
    assert "room.toml:" in str(mistake.value) and "mutant '" in str(mistake.value) and "; right: " in str(mistake.value)


def play(tmp_path, *names):
    table = tmp_path / "table.txt"
    run = subprocess.run([os.environ["MUTANTS_TEST"], os.environ["CASES"], table, "1", "proof", *names],
                         capture_output=True, text=True, check=False)
    return run, table.read_text() if table.exists() else ""


def test_a_mutant_that_no_case_finds_fails_the_test(tmp_path):
    run, table = play(tmp_path, "proof_changes_nothing")
    assert run.returncode == 1
    assert "no case finds proof_changes_nothing: a mutant that no case can find" in run.stdout
    assert table.split() == ["proof_changes_nothing", "survives"]


def test_a_mutant_that_hangs_or_ends_the_program_is_found(tmp_path):
    run, table = play(tmp_path, "proof_hangs", "proof_aborts")
    assert run.returncode == 0
    assert "hangs in note/3.3.5_qcoapoption/remove.at" in table
    assert "ends the program in " in table


def test_a_name_of_no_mutant_is_told(tmp_path):
    run, _ = play(tmp_path, "proof_of_nothing")
    assert run.returncode == 2
    assert "proof_of_nothing" in run.stderr and "; right: " in run.stderr


def test_lists_hold_120_mutants_at_least():
    lists = pathlib.Path(schemata.__file__).parent.glob("*.toml")
    assert len(schemata.read_lists(lists)) >= 120
