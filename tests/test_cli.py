"""The command line: what each command prints, where, with which exit status; each option does what it says."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import geo
from geo.atlas import Atlas, open_atlas
from geo.cli import root
from geo.cli.about import describe
from geo.model import Article, Report
from geo.pipeline import check_article
from geo.version import __version__

from .cli import ENVIRONMENT, PROGRAM, dateline, on_terminal, process

RIGHT = "Kassel liegt etwa 120 Kilometer südlich von Hannover."
OFF = "Kassel liegt etwa 190 Kilometer südlich von Hannover."
WRONG = "Kassel liegt etwa 700 Kilometer südlich von Hannover."
SCHEMA = json.loads((Path(geo.__file__).parent / "data" / "report.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with articles, which is the current one."""
    monkeypatch.chdir(tmp_path)
    for name, text in {"right.txt": RIGHT, "off.txt": OFF, "wrong.txt": WRONG}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


class TestRoot:
    def test_without_arguments_it_shows_help(self) -> None:
        shown = dateline()
        assert shown.exit_code == 0
        assert shown.stdout == dateline("--help").stdout
        assert "dateline map article.txt" in shown.stdout
        assert "_DATELINE_COMPLETE=bash_source" in shown.stdout

    def test_version(self) -> None:
        assert dateline("--version").stdout == f"dateline {__version__}\n"

    @pytest.mark.parametrize("command", sorted(root.commands))
    def test_each_command_has_help_with_an_example(self, command: str) -> None:
        shown = dateline(command, "--help").stdout
        assert re.search(rf"Examples?:\n +.*dateline {command}\b", shown)
        for option in root.commands[command].params:
            if option.param_type_name == "option":
                assert getattr(option, "help", None), f"{command} {option.name}"

    @pytest.mark.parametrize("arguments", [["nonsense"], ["check"], ["check", "--nonsense", "a"], ["distance", "Ulm"]])
    def test_misuse(self, arguments: list[str]) -> None:
        result = dateline(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "Usage:" in result.stderr

    def test_the_module_and_completion_run(self, tmp_path: Path) -> None:
        assert process("--version", cwd=tmp_path).stdout.decode() == f"dateline {__version__}\n"
        completed = process(
            cwd=tmp_path, _DATELINE_COMPLETE="bash_complete", COMP_WORDS="dateline geoc", COMP_CWORD="1"
        )
        assert b"geocode" in completed.stdout


@pytest.mark.usefixtures("folder")
class TestCheck:
    def test_a_table_for_people(self) -> None:
        result = dateline("check", "wrong.txt")
        assert result.exit_code == 1
        assert "wrong" in result.stdout
        assert "Hannover" in result.stdout
        assert "\x1b" not in result.stdout
        assert result.stderr == ""

    def test_one_report_of_one_article(self) -> None:
        result = dateline("check", "right.txt", "--format", "json")
        report = json.loads(result.stdout)
        jsonschema.validate(report, SCHEMA)
        assert result.stdout.startswith("{\n  ")
        assert (report["id"], report["article"]["source"], report["article"]["text"]) == ("right", "right.txt", RIGHT)
        assert [each["verdict"] for each in report["checks"]] == ["accurate"]

    def test_one_line_for_each_of_several(self) -> None:
        result = dateline("check", "right.txt", "wrong.txt", "--format", "json")
        assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["right", "wrong"]
        assert result.exit_code == 1

    def test_geojson(self) -> None:
        collection = json.loads(dateline("check", "right.txt", "--format", "geojson").stdout)
        assert {feature["properties"]["type"] for feature in collection["features"]} == {"place", "check"}
        lines = dateline("check", "right.txt", "wrong.txt", "--format", "geojson").stdout.splitlines()
        assert [json.loads(line)["type"] for line in lines] == ["FeatureCollection"] * 2

    def test_csv_has_one_header(self) -> None:
        result = dateline("check", "right.txt", "wrong.txt", "--format", "csv")
        rows = list(csv.DictReader(result.stdout.splitlines()))
        assert [(row["source"], row["verdict"]) for row in rows] == [("right.txt", "accurate"), ("wrong.txt", "wrong")]

    def test_several_tables_name_their_articles(self) -> None:
        shown = dateline("check", "right.txt", "wrong.txt").stdout
        assert shown.index("right.txt") < shown.index("120") < shown.index("wrong.txt") < shown.index("700")

    @pytest.mark.parametrize(
        ("fail_on", "statuses"), [(None, [0, 0, 1]), ("wrong", [0, 0, 1]), ("off", [0, 1, 1]), ("never", [0, 0, 0])]
    )
    def test_fail_on(self, fail_on: str | None, statuses: list[int]) -> None:
        options = [] if fail_on is None else ["--fail-on", fail_on]
        names = ["right.txt", "off.txt", "wrong.txt"]
        assert [dateline("check", name, *options).exit_code for name in names] == statuses

    def test_a_wrong_direction_is_told_and_leaves_the_status_to_the_distance(self, folder: Path) -> None:
        (folder / "turned.txt").write_text(RIGHT.replace("südlich", "nördlich"), encoding="utf-8")
        result = dateline("check", "turned.txt")
        assert result.exit_code == 0
        assert "direction" in result.stdout

    @pytest.mark.parametrize(("unit", "shown"), [("km", "118 km"), ("mi", "74 miles"), ("nmi", "64 n")])
    def test_units(self, unit: str, shown: str) -> None:
        facts = dateline("check", "right.txt", "--units", unit).stdout.splitlines()[1]
        assert re.search(shown, facts)

    def test_no_text(self) -> None:
        result = dateline("check", "right.txt", "--format", "json", "--no-text")
        report = json.loads(result.stdout)
        jsonschema.validate(report, SCHEMA)
        assert "text" not in report["article"]
        assert "südlich" not in result.stdout

    @pytest.mark.parametrize(
        ("form", "quoted", "kept"),
        [
            ("table", "liegt etwa", "Kassel → Hannover"),
            ("geojson", '"mentions"', "120 Kilometer"),
            ("csv", "liegt", "120"),
        ],
    )
    def test_no_text_in_any_form_quotes_more_than_the_claim_s_own_words(
        self, folder: Path, form: str, quoted: str, kept: str
    ) -> None:
        (folder / "long.txt").write_text(f"{RIGHT} Auch Ulm.", encoding="utf-8")
        bare = dateline("check", "long.txt", "--no-text", "--format", form).stdout
        assert quoted not in bare
        assert kept in bare
        assert (quoted in dateline("check", "long.txt", "--format", form).stdout) == (form != "csv")

    def test_lang(self) -> None:
        report = json.loads(dateline("check", "right.txt", "--format", "json", "--lang", "en").stdout)
        assert report["article"]["language"] == "en"
        result = dateline("check", "right.txt", "--lang", "german")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "two letters" in result.stderr

    def test_encoding(self, folder: Path) -> None:
        (folder / "old.txt").write_bytes(RIGHT.encode("cp437"))
        report = json.loads(dateline("check", "old.txt", "--format", "json", "--encoding", "cp437").stdout)
        assert (report["article"]["text"], report["article"]["encoding"]) == (RIGHT, "cp437")

    def test_standard_input(self) -> None:
        report = json.loads(dateline("check", "-", "--format", "json", stdin=RIGHT).stdout)
        assert (report["id"], report["article"]["source"], report["article"]["text"]) == (None, None, RIGHT)

    @pytest.mark.parametrize("form", ["table", "json", "geojson", "csv"])
    def test_an_unreadable_article_hides_no_other(self, folder: Path, form: str) -> None:
        (folder / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
        result = dateline("check", "missing.txt", "right.txt", "image.txt", "wrong.txt", "--format", form)
        assert result.exit_code == 2
        assert "Kassel" in result.stdout
        assert "700" in result.stdout
        assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["dateline"] * 2
        assert "missing.txt: no such file" in result.stderr
        assert "PNG" in result.stderr

    def test_a_bug_in_one_article_hides_no_other(self, monkeypatch: pytest.MonkeyPatch) -> None:
        real = check_article

        def broken(article: Article, atlas: Atlas, **others: Any) -> Report:
            if article.text == RIGHT:
                raise ZeroDivisionError("oops\nand more")
            return real(article, atlas, **others)

        monkeypatch.setattr("geo.pipeline.check_article", broken)
        result = dateline("check", "right.txt", "wrong.txt", "--format", "json")
        assert result.exit_code == 2
        assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["wrong"]
        assert result.stderr.count("\n") == 1
        assert "ZeroDivisionError: oops" in result.stderr
        assert "Traceback" in dateline("check", "right.txt", "-vv").stderr

    def test_warnings_are_told_and_q_silences_them(self, folder: Path) -> None:
        (folder / "broken.txt").write_bytes(RIGHT.encode() + b"\xff")
        loud = dateline("check", "broken.txt", "--format", "json")
        assert re.search(r"dateline: broken\.txt: byte \d+ is not valid", loud.stderr)
        assert dateline("check", "-q", "broken.txt", "--format", "json").stderr == ""
        assert dateline("-q", "check", "broken.txt", "--format", "json").stderr == ""

    def test_v_says_more(self) -> None:
        assert dateline("check", "right.txt", "-v").stderr == "dateline: right.txt: language de, encoding utf-8\n"
        assert dateline("-v", "check", "right.txt").stderr != ""

    def test_output_is_utf8_whatever_the_locale(self, folder: Path) -> None:
        shown = process("check", "right.txt", "--format", "json", cwd=folder, PYTHONIOENCODING="latin-1", LC_ALL="C")
        assert json.loads(shown.stdout.decode("utf-8"))["article"]["text"] == RIGHT

    @pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
    def test_colours_only_on_a_terminal_that_wants_them(
        self, folder: Path, environment: dict[str, str], *, coloured: bool
    ) -> None:
        shown = on_terminal("check", "wrong.txt", cwd=folder, **environment)
        assert (b"\x1b[" in shown) is coloured


@pytest.mark.usefixtures("folder")
class TestMap:
    def test_named_after_the_article_in_the_current_folder(self, folder: Path) -> None:
        (folder / "deep").mkdir()
        (folder / "deep" / "right.txt").write_text(RIGHT, encoding="utf-8")
        result = dateline("map", "deep/right.txt")
        assert (result.exit_code, result.stdout) == (0, "")
        assert re.fullmatch(r"dateline: right\.html: 2 places, 1 distance, 1 accurate\n", result.stderr)
        assert (folder / "right.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")

    def test_standard_input_has_a_name_too(self, folder: Path) -> None:
        assert dateline("map", "-", stdin=RIGHT).exit_code == 0
        assert (folder / "dateline.html").exists()

    def test_output(self, folder: Path) -> None:
        assert dateline("map", "right.txt", "-o", "other.htm", "-q").stderr == ""
        written = (folder / "other.htm").read_text(encoding="utf-8")
        assert dateline("map", "right.txt", "-o", "-").stdout == written
        assert not (folder / "right.html").exists()

    def test_the_article_is_never_overwritten(self, folder: Path) -> None:
        page = f"<html><body><p>{RIGHT}</p></body></html>"
        (folder / "story.html").write_text(page, encoding="utf-8")
        assert dateline("map", "story.html").exit_code == 0
        assert (folder / "story.map.html").exists()
        result = dateline("map", "story.html", "-o", "./story.html")
        assert result.exit_code == 2
        assert "the article itself" in result.stderr
        assert (folder / "story.html").read_text(encoding="utf-8") == page

    def test_open(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        opened: list[str] = []
        monkeypatch.setattr("webbrowser.open", opened.append)
        dateline("map", "right.txt")
        assert opened == []
        dateline("map", "right.txt", "--open")
        assert opened == [(folder / "right.html").resolve().as_uri()]
        assert dateline("map", "right.txt", "-o", "-", "--open").exit_code == 2

    def test_no_text(self) -> None:
        assert "liegt etwa" in dateline("map", "right.txt", "-o", "-").stdout
        assert "liegt etwa" not in dateline("map", "right.txt", "-o", "-", "--no-text").stdout

    def test_lang_and_encoding(self) -> None:
        assert "language en" in dateline("map", "right.txt", "-v", "-o", "-", "--lang", "en").stderr
        assert "encoding cp437" in dateline("map", "right.txt", "-v", "-o", "-", "--encoding", "cp437").stderr


class TestDistance:
    def test_measures(self) -> None:
        result = dateline("distance", "Wladiwostok", "Moskau")
        assert result.exit_code == 0
        assert re.search(r"^6,43\d km between the two centres", result.stdout, re.MULTILINE)
        assert result.stderr == ""

    @pytest.mark.parametrize(
        ("claim", "fail_on", "status", "word"),
        [
            ("6500 km", "wrong", 0, "accurate"),
            ("4.000 Meilen", "wrong", 0, "accurate"),
            ("9000 km", "off", 0, "plausible by road"),
            ("5000 km", "wrong", 0, "off"),
            ("5000 km", "off", 1, "off"),
            ("650 km", "wrong", 1, "wrong"),
            ("650 km", "never", 0, "wrong"),
        ],
    )
    def test_claim_and_fail_on(self, claim: str, fail_on: str, status: int, word: str) -> None:
        result = dateline("distance", "Wladiwostok", "Moskau", "--claim", claim, "--fail-on", fail_on)
        assert result.exit_code == status
        assert re.search(rf"^{word}: ", result.stdout, re.MULTILINE)

    def test_to(self) -> None:
        result = dateline("distance", "Vladivostok", "North Korea", "--to", "border", "--claim", "130km")
        assert result.exit_code == 0
        assert "border of North Korea" in result.stdout
        assert "coast of North Korea" in dateline("distance", "Vladivostok", "North Korea", "--to", "coast").stdout

    def test_units(self) -> None:
        assert re.search(
            r"^3,99\d mi\b", dateline("distance", "Wladiwostok", "Moskau", "--units", "mi").stdout, re.MULTILINE
        )
        claimed = dateline("distance", "Wladiwostok", "Moskau", "--claim", "4000 miles")
        assert re.search(r"^3,99\d mi\b", claimed.stdout, re.MULTILINE)

    def test_countries(self) -> None:
        shown = dateline("distance", "Paris", "London", "--country-a", "US", "--country-b", "CA").stdout
        assert [line.split(" (")[0] for line in shown.splitlines()[:2]] == ["Paris, Texas, US", "London, Ontario, CA"]

    def test_rivals_are_shown(self) -> None:
        assert "Springfield may also be Springfield, " in dateline("distance", "Springfield", "Chicago").stdout

    def test_coordinates_may_be_negative(self) -> None:
        assert dateline("distance", "-33.9,18.4", "-34,-18.4").stdout.startswith("-33.9, 18.4\n-34, -18.4\n3,38")

    def test_a_misspelt_option_is_no_place(self) -> None:
        assert dateline("distance", "Ulm", "Bonn", "--clam", "3 km").exit_code == 2

    def test_json(self) -> None:
        row = json.loads(dateline("distance", "Kassel", "Hannover", "--format", "json").stdout)
        assert (row["version"], row["subject"]["name"], row["object"]["name"]) == (1, "Kassel", "Hannover")
        assert row["measured"]["km"] == pytest.approx(118, abs=1)
        claimed = json.loads(dateline("distance", "Kassel", "Hannover", "--claim", "120 km", "--format", "json").stdout)
        assert claimed["measured"] == row["measured"]
        assert (claimed["verdict"], claimed["stated"]["text"]) == ("accurate", "120 km")
        assert claimed["subject"]["id"] == "geonames:2892518"

    @pytest.mark.parametrize(
        ("arguments", "word"),
        [
            (["Hannoverr", "Kassel"], "did you mean Han"),
            (["Kassel", "Hannover", "--claim", "-5 km"], "states no distance"),
            (["Kassel", "Hannover", "--claim", "1e308 km"], "states no distance"),
            (["Kassel", "Hannover", "--claim", "far"], "states no distance"),
            (["91,0", "Kassel"], "latitude"),
            (["Kassel", "Switzerland", "--to", "coast"], "no coast"),
        ],
    )
    def test_what_cannot_be_answered(self, arguments: list[str], word: str) -> None:
        result = dateline("distance", *arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert word in result.stderr
        assert result.stderr.count("\n") == 1


class TestGeocode:
    def test_the_likeliest_first(self) -> None:
        lines = dateline("geocode", "Paris").stdout.splitlines()
        assert lines[0] == "Paris"
        assert lines[1].startswith("  Paris, Île-de-France, FR (city, 2,1")
        assert len(lines) == 6

    def test_json(self) -> None:
        found = json.loads(dateline("geocode", "Wladiwostok", "--format", "json").stdout)
        assert (found["query"], found["candidates"][0]["geonameid"]) == ("Wladiwostok", 2013348)
        lines = dateline("geocode", "Ulm", "Bonn", "--format", "json").stdout.splitlines()
        assert [json.loads(line)["query"] for line in lines] == ["Ulm", "Bonn"]

    def test_country_and_limit(self) -> None:
        shown = dateline("geocode", "Paris", "--country", "us", "--limit", "2").stdout
        assert re.findall(r", (\w\w) \(", shown) == ["US", "US"]
        assert dateline("geocode", "Paris", "--limit", "0").exit_code == 2

    @pytest.mark.parametrize("form", ["text", "json"])
    def test_an_unknown_name_drops_no_other(self, form: str) -> None:
        result = dateline("geocode", "Ulm", "Pariss", "Bonn", "--format", form)
        assert result.exit_code == 1
        assert "Bonn" in result.stdout
        assert "did you mean Paris" in result.stderr
        if form == "json":
            assert [len(json.loads(line)["candidates"]) > 0 for line in result.stdout.splitlines()] == [
                True,
                False,
                True,
            ]


class TestAbout:
    def test_schema(self) -> None:
        assert json.loads(dateline("schema").stdout) == SCHEMA

    def test_atlas(self) -> None:
        about = json.loads(dateline("atlas", "--format", "json").stdout)
        assert about == describe(open_atlas())
        assert about["places"] > 200_000
        assert about["names"] > 900_000
        assert "de" in about["languages"]
        shown = dateline("atlas").stdout
        for source in about["sources"]:
            assert source["licence"]
            assert f"{source['name']} ({source['date']}, {source['licence']})" in shown


def test_the_check_path_imports_nothing_heavy(folder: Path) -> None:
    import subprocess

    code = (
        "import sys, geo.cli\n"
        "sys.argv[1:] = ['check', 'right.txt', '--format', 'json']\n"
        "try: geo.cli.main()\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    run = subprocess.run([PROGRAM[0], "-c", code], cwd=folder, env=ENVIRONMENT, capture_output=True, check=True)
    loaded = {name.split(".")[0] for name in run.stderr.decode().split()} | set(run.stderr.decode().split())
    assert "geo.pipeline" in loaded
    heavy = (
        "numpy pyproj shapely geopy folium babel importlib.metadata requests asyncio trafilatura markdown_it rich maps"
    )
    assert loaded.isdisjoint({*heavy.split(), "charset_normalizer", "webbrowser", "tempfile", "traceback"})
