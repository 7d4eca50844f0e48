"""Bad input and bad luck at the command line: one line on standard error, the right status, and no harm done.

Each test is named for what happens; what happens below the command line is tested with the module that it happens in.
"""

import errno
import json
import os
import resource
import signal
import stat
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.errors import OutputError
from geo.output import AtomicFile, write_text

from .cli import ENVIRONMENT, PROGRAM, dateline, process

TEXT = "Kassel liegt etwa 120 Kilometer südlich von Hannover."
LINE = json.dumps({"id": "a", "text": TEXT}).encode() + b"\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with an article in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def assert_clean_error(status: int, stdout: str | bytes, stderr: str | bytes, word: str) -> None:
    told = stderr.decode() if isinstance(stderr, bytes) else stderr
    assert status == 2
    assert not stdout
    assert told.startswith("dateline: ")
    assert told.count("\n") == 1
    assert word in told


class TestInput:
    @pytest.mark.parametrize("data", [b"", b" \r\n\t \n"])
    def test_an_empty_article_is_an_empty_report(self, folder: Path, data: bytes) -> None:
        (folder / "empty.txt").write_bytes(data)
        result = dateline("check", "empty.txt", "--format", "json")
        report = json.loads(result.stdout)
        assert result.exit_code == 0
        assert (report["places"], report["checks"], report["article"]["text"]) == ([], [], data.decode())
        assert dateline("map", "empty.txt").exit_code == 0
        assert dateline("check", "empty.txt").exit_code == 0

    def test_offsets_are_true_behind_nul_bytes(self, folder: Path) -> None:
        (folder / "nul.txt").write_bytes(b"\x00\x00 " + TEXT.encode())
        report = json.loads(dateline("check", "nul.txt", "--format", "json").stdout)
        mentions = [mention for place in report["places"] for mention in place["mentions"]]
        assert len(mentions) == 2
        for mention in mentions:
            assert report["article"]["text"][mention["start"] : mention["end"]] == mention["text"]

    @pytest.mark.parametrize(
        ("data", "word"),
        [(b"\x89PNG\r\n\x1a\n\0\0", "a PNG image"), (b"\x7fELF\2\1\1\0", "ELF"), (bytes(999), "binary")],
    )
    @pytest.mark.parametrize("command", ["check", "map"])
    def test_binary(self, folder: Path, command: str, data: bytes, word: str) -> None:
        (folder / "data").write_bytes(data)
        result = dateline(command, "data")
        assert_clean_error(result.exit_code, result.stdout, result.stderr, word)
        assert sorted(each.name for each in folder.iterdir()) == ["a.txt", "data"]

    @pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32", "cp1252", "cp1250"])
    def test_any_encoding_gives_the_same_places(self, folder: Path, codec: str) -> None:
        (folder / "b.txt").write_bytes(TEXT.encode(codec))
        kept = ("places", "checks")
        found, plain = (json.loads(dateline("check", name, "--format", "json").stdout) for name in ("b.txt", "a.txt"))
        assert {key: found[key] for key in kept} == {key: plain[key] for key in kept}

    def test_an_invalid_byte_is_in_the_report_s_warnings(self, folder: Path) -> None:
        (folder / "b.txt").write_bytes(TEXT.encode() + b" \xff")
        report = json.loads(dateline("check", "b.txt", "--format", "json").stdout)
        assert f"byte {len(TEXT.encode()) + 1} " in report["warnings"][0]

    def test_lone_surrogates(self) -> None:
        result = dateline("batch", "-", stdin=b'{"id": "\\ud800", "title": "\\udfff", "text": "Ulm \\ud800"}')
        assert json.loads(result.stdout)["article"]["text"] == "Ulm \ufffd"

    def test_a_lone_surrogate_among_bytes_is_damage_and_no_other_encoding(self, folder: Path) -> None:
        (folder / "b.txt").write_bytes("\ud800 Köln".encode("utf-8", "surrogatepass"))
        report = json.loads(dateline("check", "b.txt", "--format", "json").stdout)
        assert report["article"]["encoding"] == "utf-8"
        assert report["article"]["text"].endswith(" Köln")

    def test_ten_gigabytes_are_refused_at_once(self, folder: Path) -> None:
        with (folder / "huge.txt").open("wb") as file:
            file.truncate(10 * 1024**3)
        started = time.monotonic()
        result = dateline("check", "huge.txt")
        assert_clean_error(result.exit_code, result.stdout, result.stderr, "more than 128 MB")
        assert time.monotonic() - started < 2

    def test_bidi_overrides_turn_no_line_of_the_table_around(self, folder: Path) -> None:
        (folder / "bidi.txt").write_text(f"\u202e\u2066{TEXT}\u202c", encoding="utf-8")
        shown = dateline("check", "bidi.txt", "--lang", "de").stdout
        assert "Kassel" in shown
        assert not set(shown) & set("\u202a\u202b\u202d\u202e\u2066\u2067")

    def test_formulas_in_csv_are_text(self, folder: Path) -> None:
        (folder / "=1+1.txt").write_text(TEXT, encoding="utf-8")
        shown = dateline("check", "=1+1.txt", "--format", "csv").stdout
        assert "'=1+1" in shown
        assert "\n=1+1" not in shown

    def test_a_name_that_acts_on_a_terminal_is_shown_inert(self, folder: Path) -> None:
        name = "x\x1b[31m\nUlm\u202e.txt"
        result = dateline("check", name)
        assert_clean_error(result.exit_code, result.stdout, result.stderr, "no such file")
        assert not set("\x1b\u202e") & set(result.stderr)
        (folder / name).write_text(TEXT, encoding="utf-8")
        assert "\x1b" not in dateline("check", name, name).stdout

    def test_a_name_that_is_no_utf8(self, folder: Path) -> None:
        name = os.fsdecode(b"\xff.txt")
        (folder / name).write_text(TEXT, encoding="utf-8")
        assert json.loads(dateline("check", name, "--format", "json").stdout)["article"]["source"] == "\ufffd.txt"
        assert dateline("check", name, name).exit_code == 0

    @pytest.mark.parametrize("command", ["check", "map"])
    def test_a_folder_or_nothing_instead_of_an_article(self, command: str) -> None:
        for name in (".", "none.txt"):
            result = dateline(command, name)
            assert_clean_error(result.exit_code, result.stdout, result.stderr, f"{name}: ")

    @pytest.mark.parametrize("claim", ["-5 km", "1e308 km", "nan km", "inf km"])
    def test_an_impossible_claim_is_refused(self, claim: str) -> None:
        result = dateline("distance", "Kassel", "Hannover", "--claim", claim)
        assert_clean_error(result.exit_code, result.stdout, result.stderr, "states no distance")

    def test_a_claim_of_nothing_is_checked(self) -> None:
        assert dateline("distance", "Kassel", "Hannover", "--claim", "0 km").exit_code == 1


class TestDiskFull:
    def test_no_partial_file_and_the_old_one_untouched(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (folder / "a.html").write_text("old", encoding="utf-8")
        real, written = os.write, 0

        def full(descriptor: int, data: memoryview) -> int:
            nonlocal written
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return real(descriptor, data)
            if written:
                raise OSError(errno.ENOSPC, "No space left on device")
            written = real(descriptor, data[:10])
            return written

        monkeypatch.setattr("geo.output.os.write", full)
        result = dateline("map", "a.txt")
        assert_clean_error(result.exit_code, result.stdout, result.stderr, "the disk is full")
        assert written == 10
        assert (folder / "a.html").read_text(encoding="utf-8") == "old"
        assert sorted(each.name for each in folder.iterdir()) == ["a.html", "a.txt"]

    @pytest.mark.parametrize("command", [["map", "a.txt"], ["batch", "in.jsonl", "-o", "out.jsonl"]])
    def test_a_real_limit_on_file_sizes(self, folder: Path, command: list[str]) -> None:
        (folder / "in.jsonl").write_bytes(LINE * 20)
        before = sorted(each.name for each in folder.iterdir())

        def limit() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

        run = subprocess.run(
            [*PROGRAM, *command],
            cwd=folder,
            env=ENVIRONMENT | {"PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            check=False,
            preexec_fn=limit,
        )
        assert_clean_error(run.returncode, run.stdout, run.stderr, "larger than is allowed")
        assert sorted(each.name for each in folder.iterdir()) == before

    @pytest.mark.parametrize(
        "command",
        [
            ["check", "a.txt", "--format", "json"],
            ["check", "a.txt"],
            ["batch", "in.jsonl"],
            ["map", "a.txt", "-o", "-"],
            ["geocode", "Ulm"],
            ["schema"],
            ["check", "--help"],
            ["--help"],
            ["--version"],
        ],
    )
    def test_standard_output_on_a_full_disk(self, folder: Path, command: list[str]) -> None:
        (folder / "in.jsonl").write_bytes(LINE)
        with Path("/dev/full").open("wb") as full:
            run = subprocess.run(
                [*PROGRAM, *command], cwd=folder, env=ENVIRONMENT, stdout=full, stderr=subprocess.PIPE, check=False
            )
        assert_clean_error(run.returncode, b"", run.stderr, "standard output: the disk is full")


class TestOutput:
    @pytest.mark.parametrize("command", [["map", "a.txt"], ["batch", "in.jsonl"]])
    @pytest.mark.parametrize(
        ("kind", "word"),
        [("folder", "it is a folder"), ("link", "it is a link"), ("dangling", "it is a link"), ("pipe", "not a file")],
    )
    def test_only_a_file_is_written(self, folder: Path, command: list[str], kind: str, word: str) -> None:
        (folder / "in.jsonl").write_bytes(LINE)
        elsewhere, target = folder / "elsewhere.html", folder / "out.html"
        elsewhere.write_text("mine", encoding="utf-8")
        make: dict[str, Callable[[], None]] = {
            "folder": target.mkdir,
            "link": lambda: target.symlink_to(elsewhere),
            "dangling": lambda: target.symlink_to(folder / "nowhere"),
            "pipe": lambda: os.mkfifo(target),
        }
        make[kind]()
        before = sorted(each.name for each in folder.iterdir())
        result = dateline(*command, "-o", target)
        assert_clean_error(result.exit_code, result.stdout, result.stderr, word)
        assert elsewhere.read_text(encoding="utf-8") == "mine"
        assert sorted(each.name for each in folder.iterdir()) == before

    @pytest.mark.parametrize(
        "name", ["none/out.html", "a.txt/out.html", "x" * 300, "/dev/null", "/proc/none/x", "", ".", ".."]
    )
    def test_where_no_file_can_be(self, folder: Path, name: str) -> None:
        result = dateline("map", "a.txt", "-o", name)
        assert_clean_error(result.exit_code, result.stdout, result.stderr, "")
        assert "internal" not in result.stderr
        assert [each.name for each in folder.iterdir()] == ["a.txt"]

    def test_a_link_that_appears_meanwhile_is_not_followed(self, folder: Path) -> None:
        target, elsewhere = folder / "out.txt", folder / "elsewhere"
        elsewhere.write_text("mine", encoding="utf-8")

        def write() -> None:
            with AtomicFile(target) as file:
                file.write("new")
                target.symlink_to(elsewhere)

        with pytest.raises(OutputError, match="a link"):
            write()
        assert elsewhere.read_text(encoding="utf-8") == "mine"
        assert target.is_symlink()

    def test_an_error_on_the_way_leaves_the_old_file(self, folder: Path) -> None:
        target = folder / "out.txt"
        write_text(target, "old")

        def write() -> None:
            with AtomicFile(target) as file:
                file.write("new")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            write()
        assert target.read_text(encoding="utf-8") == "old"
        assert sorted(each.name for each in folder.iterdir()) == ["a.txt", "out.txt"]

    def test_permissions_are_the_user_s_or_those_of_the_old_file(self, folder: Path) -> None:
        umask = os.umask(0o027)
        try:
            write_text(folder / "new", "x")
            (folder / "old").touch()
            (folder / "old").chmod(0o604)
            write_text(folder / "old", "x")
        finally:
            os.umask(umask)
        assert [stat.S_IMODE((folder / name).stat().st_mode) for name in ("new", "old")] == [0o640, 0o604]

    def test_nothing_of_the_new_file_is_seen_before_it_is_whole(self, folder: Path) -> None:
        target = folder / "out.txt"
        write_text(target, "old")
        with AtomicFile(target) as file:
            file.write("new")
            assert target.read_text(encoding="utf-8") == "old"
        assert target.read_text(encoding="utf-8") == "new"


class TestStopped:
    @pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
    def test_a_batch_stopped_in_the_middle(self, folder: Path, number: int, status: int) -> None:
        (folder / "out.jsonl").write_text("old", encoding="utf-8")
        with subprocess.Popen(
            [*PROGRAM, "batch", "-", "-o", "out.jsonl"],
            cwd=folder,
            env=ENVIRONMENT,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as run:
            assert run.stdin is not None
            assert run.stderr is not None
            run.stdin.write(LINE)
            run.stdin.flush()
            deadline = time.monotonic() + 20
            while not any(each.stat().st_size for each in folder.glob(".dateline-*")) and time.monotonic() < deadline:
                time.sleep(0.02)
            assert list(folder.glob(".dateline-*"))
            run.send_signal(number)
            assert run.wait(timeout=10) == status
            told = run.stderr.read().decode()
        assert "Traceback" not in told
        assert told == ("dateline: interrupted\n" if number == signal.SIGINT else "")
        assert (folder / "out.jsonl").read_text(encoding="utf-8") == "old"
        assert sorted(each.name for each in folder.iterdir()) == ["a.txt", "out.jsonl"]

    @pytest.mark.parametrize("delay_ms", [30, 60, 90, 120, 160, 200, 300, 500])
    def test_an_interrupt_at_any_moment(self, folder: Path, delay_ms: int) -> None:
        (folder / "a.html").write_text("old", encoding="utf-8")
        with subprocess.Popen(
            [*PROGRAM, "map", "a.txt"], cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as run:
            time.sleep(delay_ms / 1000)
            run.send_signal(signal.SIGINT)
            _, told = run.communicate(timeout=20)
        # Killed by the signal itself while Python was starting: a shell calls that 130 too.
        still_python = run.returncode == 1 and b"geo" not in told
        assert run.returncode in {130, 0, -signal.SIGINT} or still_python
        if told.startswith(b"dateline: "):
            assert b"Traceback" not in told
        written = (folder / "a.html").read_text(encoding="utf-8")
        assert written == "old" or written.rstrip().endswith("</html>")
        assert sorted(each.name for each in folder.iterdir()) == ["a.html", "a.txt"]

    def test_an_interrupt_while_checking(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupted(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("geo.pipeline.check_article", interrupted)
        for command in (["check", "a.txt"], ["map", "a.txt"]):
            result = dateline(*command)
            assert (result.exit_code, result.stdout, result.stderr) == (130, "", "dateline: interrupted\n")

    @pytest.mark.parametrize(
        "command", ["batch in.jsonl", "check a.txt --format json", "geocode Ulm", "schema", "--help"]
    )
    def test_a_reader_that_goes_away(self, folder: Path, command: str) -> None:
        (folder / "in.jsonl").write_bytes(LINE * 300)
        program = " ".join(PROGRAM)
        run = subprocess.run(
            ["bash", "-c", f"{program} -q {command} | true; {program} -q {command} | head -1"],
            cwd=folder,
            env=ENVIRONMENT,
            capture_output=True,
            check=False,
        )
        assert run.stderr == b""
        assert run.stdout.count(b"\n") == 1

    @pytest.mark.parametrize("command", ["check a.txt", "batch in.jsonl", "map a.txt -o -", "geocode Ulm", "--help"])
    @pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
    def test_no_standard_output_at_all(self, folder: Path, command: str, closed: str) -> None:
        (folder / "in.jsonl").write_bytes(LINE)
        run = subprocess.run(
            ["bash", "-c", f"{' '.join(PROGRAM)} -q {command} {closed}"],
            cwd=folder,
            env=ENVIRONMENT,
            capture_output=True,
            check=False,
        )
        assert (run.returncode, run.stderr) == (0, b"")
        assert bool(run.stdout) == (">&-" not in closed.split())


class TestInternal:
    def test_a_bug_is_one_line_and_vv_shows_where(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: object, **__: object) -> None:
            raise ZeroDivisionError("one\ntwo")

        monkeypatch.setattr("geo.lookup.resolve", broken)
        result = dateline("distance", "Ulm", "Bonn")
        assert_clean_error(result.exit_code, result.stdout, result.stderr, "internal error, please report it")
        assert "Traceback" in dateline("distance", "Ulm", "Bonn", "-vv").stderr
        assert "Traceback" in dateline("-vv", "distance", "Ulm", "Bonn").stderr

    def test_a_damaged_atlas(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        from geo import atlas

        (folder / "gazetteer.bin").write_bytes(b"DATELINE" + bytes(50))
        real = atlas.open_atlas
        monkeypatch.setattr(atlas, "open_atlas", lambda: real(folder))
        for command in (["check", "a.txt"], ["geocode", "Ulm"], ["atlas"], ["batch", "a.txt"]):
            result = dateline(*command)
            assert_clean_error(result.exit_code, result.stdout, result.stderr, "install dateline again")

    def test_the_same_input_gives_the_same_bytes(self, folder: Path) -> None:
        runs = [process("check", "a.txt", "--format", "json", cwd=folder, PYTHONHASHSEED=seed) for seed in ("1", "2")]
        assert runs[0].stdout == runs[1].stdout
        assert runs[0].stdout
