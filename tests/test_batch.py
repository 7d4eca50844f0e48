"""Many articles: every line answered in its place, whatever it holds; the file whole or not at all."""

import io
import json
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import geo
from geo.atlas import Atlas
from geo.batch import Job, check_all, read_jobs, split_lines
from geo.model import Article, Failure, Provenance, Report
from geo.pipeline import check_article

from .cli import dateline, on_terminal, process

SCHEMA = json.loads((Path(geo.__file__).parent / "data" / "report.schema.json").read_text(encoding="utf-8"))
TEXT = "Kassel liegt etwa 120 Kilometer südlich von Hannover."


def line(**row: Any) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


def fake(job: Job) -> Report:
    if job.article.text == "poison":
        raise ZeroDivisionError("division\nby zero")
    return Report(job.article, (), (), Provenance("1", "2", "3"), job.id)


def rows(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(made) for made, _ in check_all(read_jobs(split_lines(io.BytesIO(data))), fake)]


class TestReading:
    def test_a_line_becomes_a_job(self) -> None:
        (job,) = read_jobs([line(id="a", text=TEXT, lang="de", title="T", more=[1])])
        assert job == Job("a", Article(TEXT, "de", "T"))

    def test_the_language_is_told_by_the_text_where_it_is_not_given(self) -> None:
        for given in ({}, {"lang": None}, {"lang": ""}, {"lang": "und"}):
            (job,) = read_jobs([line(id="a", text=TEXT, **given)])
            assert isinstance(job, Job)
            assert job.article.language == "de"

    @pytest.mark.parametrize(("identity", "kept"), [("a", "a"), (7, 7), (None, None), ("", ""), ("\ud800x", "?x")])
    def test_the_id_is_kept_as_it_came(self, identity: object, kept: object) -> None:
        found = rows(json.dumps({"id": identity, "text": "Ulm"}).encode())[0]["id"]
        assert (found, type(found)) == (kept, type(kept))

    @pytest.mark.parametrize(
        ("data", "identity", "reason"),
        [
            (b"oops", None, "not JSON"),
            (b'{"id": "a", "text": "x"', None, "not JSON"),
            (b'{"id": "a"} {"id": "b"}', None, "not JSON"),
            (b"\xff\xfe", None, "not UTF-8: byte 0"),
            (b"[1]", None, "list"),
            (b'"text"', None, "str"),
            (b"null", None, "NoneType"),
            (b'{"id": "a"}', "a", '"text" is missing'),
            (b'{"id": "a", "text": null}', "a", '"text" is null'),
            (b'{"id": "a", "text": 5}', "a", '"text" is no string but int'),
            (b'{"id": "a", "text": "x", "lang": 5}', "a", '"lang" is no string'),
            (b'{"id": "a", "text": "x", "lang": "german"}', "a", "two letters"),
            (b'{"id": "a", "text": "x", "title": ["t"]}', "a", '"title" is no string'),
            (b'{"id": [1], "text": "x"}', None, "id is neither"),
            (b'{"id": true, "text": "x"}', None, "id is neither"),
            (b'{"id": 1.5, "text": "x"}', None, "id is neither"),
            (b"[" * 100_000, None, "nested too deeply"),
            (b'{"id": ' + b"9" * 5000 + b', "text": "x"}', None, "limit"),
            (b'{"id": "a", "text": "poison"}', "a", "division"),
        ],
    )
    def test_a_bad_line_gives_an_error_row_and_the_others_are_as_without_it(
        self, data: bytes, identity: str | None, reason: str
    ) -> None:
        good, after = line(id="g", text="Ulm"), line(id="h", text="Bonn")
        first, bad, last = rows(good + data + b"\n" + after)
        assert [first, last] == rows(good + after)
        assert set(bad) == {"version", "id", "error"}
        assert (bad["version"], bad["id"]) == (1, identity)
        assert reason in bad["error"]
        assert "\n" not in bad["error"]

    def test_empty_lines_are_skipped_and_separators_inside_are_no_line_ends(self) -> None:
        data = b"\n  \r\n" + line(id=1, text="a\u2028b\x85c\u2029d") + b"\r\n" + line(id=2, text="e").rstrip()
        assert [row["id"] for row in rows(data)] == [1, 2]

    def test_a_byte_order_mark_is_stripped(self) -> None:
        assert [row["id"] for row in rows(b"\xef\xbb\xbf" + line(id=1, text="a"))] == [1]

    def test_lone_surrogates_in_a_text(self) -> None:
        assert rows(b'{"id": 1, "text": "a\\ud800b"}')[0]["article"]["text"] == "a\ufffdb"

    def test_a_text_is_no_page_whatever_it_begins_with(self) -> None:
        text = "<html><p>Ulm\r\n\x00</html>"
        assert rows(line(id=1, text=text))[0]["article"]["text"] == text

    def test_a_line_too_long_is_not_kept_in_memory(self) -> None:
        file = io.BytesIO(b'{"text": "' + b"x" * 5_000_000 + b'"}\n' + line(id=2, text="Ulm"))
        tracemalloc.start()
        lengths = [len(each) for each in split_lines(file, limit=1000)]
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert lengths == [1001, len(line(id=2, text="Ulm"))]
        assert peak < 3_000_000

    def test_a_report_that_cannot_be_rendered_is_a_failure(self) -> None:
        def broken(job: Job) -> Report:
            return replace(fake(job), located=5)  # type: ignore[arg-type]  # the point of the test

        ((made, outcome),) = check_all(read_jobs([line(id="a", text="Ulm")]), broken)
        assert isinstance(outcome, Failure)
        assert json.loads(made)["id"] == "a"

    def test_one_article_at_a_time(self) -> None:
        read: list[int] = []

        def lines() -> Iterator[bytes]:
            for number in range(1000):
                read.append(number)
                yield line(id=number, text="Ulm")

        results = check_all(read_jobs(lines()), fake)
        next(results)
        assert read == [0]


def test_real_articles_keep_to_the_schema(atlas: Atlas) -> None:
    def check(job: Job) -> Report:
        return replace(check_article(job.article, atlas), id=job.id)

    jobs = [line(id="a", text=TEXT), b"oops\n", line(id="c", text="")]
    made = [json.loads(each) for each, _ in check_all(read_jobs(jobs), check)]
    assert [each["id"] for each in made] == ["a", None, "c"]
    for each in made:
        if "error" not in each:
            jsonschema.validate(each, SCHEMA)
    assert made[0]["checks"][0]["verdict"] == "accurate"


class TestCommand:
    def test_from_file_to_file(self, tmp_path: Path) -> None:
        source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_bytes(line(id="a", text=TEXT) + b"oops\n\n" + line(id="b", text="Ulm"))
        result = dateline("batch", source, "-o", target)
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr == "dateline: 3 articles, 1 error\n"
        made = [json.loads(each) for each in target.read_text(encoding="utf-8").splitlines()]
        assert [each["id"] for each in made] == ["a", None, "b"]
        assert made[0]["article"]["text"] == TEXT
        assert list(tmp_path.iterdir()) == [source, target] or set(tmp_path.iterdir()) == {source, target}
        first = target.read_bytes()
        assert dateline("batch", source, "-o", target).exit_code == 0
        assert target.read_bytes() == first  # run again: the same bytes

    def test_from_standard_input_to_standard_output(self) -> None:
        result = dateline("batch", "-", stdin=line(id="a", text=TEXT))
        assert json.loads(result.stdout)["id"] == "a"
        assert dateline("batch", "-", "-o", "-", stdin=line(id="a", text=TEXT)).stdout == result.stdout

    def test_no_text(self) -> None:
        assert (
            "text"
            not in json.loads(dateline("batch", "-", "--no-text", stdin=line(id="a", text=TEXT)).stdout)["article"]
        )

    def test_only_bad_lines(self) -> None:
        result = dateline("batch", "-", stdin=b"a\nb\n")
        assert result.exit_code == 0
        assert [set(json.loads(each)) for each in result.stdout.splitlines()] == [{"version", "id", "error"}] * 2
        assert "2 errors" in result.stderr

    def test_no_lines(self) -> None:
        result = dateline("batch", "-", stdin=b"")
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "dateline: 0 articles, 0 errors\n")

    def test_v_tells_each_error_and_q_tells_nothing(self) -> None:
        assert "article 1 (None): not JSON" in dateline("batch", "-", "-v", stdin=b"oops\n").stderr
        assert dateline("batch", "-", "-q", stdin=b"oops\n").stderr == ""

    def test_a_file_may_be_its_own_output(self, tmp_path: Path) -> None:
        file = tmp_path / "all.jsonl"
        file.write_bytes(line(id=1, text="Ulm") + line(id=2, text="Bonn"))
        assert dateline("batch", file, "-o", file).exit_code == 0
        assert [json.loads(each)["id"] for each in file.read_bytes().splitlines()] == [1, 2]

    def test_a_missing_input(self, tmp_path: Path) -> None:
        result = dateline("batch", tmp_path / "none.jsonl", "-o", tmp_path / "out.jsonl")
        assert result.exit_code == 2
        assert "none.jsonl: no such file" in result.stderr
        assert list(tmp_path.iterdir()) == []

    def test_a_progress_bar_on_a_terminal(self, tmp_path: Path) -> None:
        (tmp_path / "in.jsonl").write_bytes(line(id=1, text="Ulm") * 50)
        assert b"checking" in on_terminal("batch", "in.jsonl", "-o", "out.jsonl", cwd=tmp_path)
        assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == 50
        assert on_terminal("batch", "in.jsonl", "-o", "out.jsonl", "-q", cwd=tmp_path) == b""

    def test_no_progress_bar_where_nobody_looks(self, tmp_path: Path) -> None:
        run = process("batch", "-", cwd=tmp_path, stdin=line(id=1, text="Ulm"))
        assert run.stderr == b"dateline: 1 article, 0 errors\n"
