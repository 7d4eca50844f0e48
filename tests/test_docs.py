"""What the documents promise is there: commands, options, examples and their output."""

import re
from pathlib import Path

import pytest

from geo.article import read_article
from geo.atlas import Atlas
from geo.cli import root
from geo.languages import load_pack
from geo.model import Verdict
from geo.pipeline import check_article
from geo.quantities import find_quantities

from .cli import dateline
from .marked import decided_by

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "docs" / "examples"
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The fenced blocks of the README in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_the_two_commands_at_the_top_are_in_the_makefile() -> None:
    targets = re.findall(r"^make (\w+)", blocks("sh")[0], re.MULTILINE)
    assert targets == ["demo", "test"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_every_command_is_in_the_readme() -> None:
    named = set(re.findall(r"^\| `dateline (\w+)", README, re.MULTILINE))
    assert named == set(root.commands)


@pytest.mark.parametrize("command", sorted(root.commands))
def test_every_command_has_help_with_an_example(command: str) -> None:
    shown = dateline(command, "--help")
    assert shown.exit_code == 0
    assert re.search(rf"Examples?:\n +.*dateline {command}\b", shown.stdout)


def test_options_that_the_readme_names_exist() -> None:
    for line in re.findall(r"^\| `dateline .*$", README, re.MULTILINE):
        options = root.commands[re.findall(r"dateline (\w+)", line)[0]].params
        assert set(re.findall(r"--[a-z-]+", line)) <= {name for option in options for name in option.opts}


def test_the_python_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = blocks("python")
    names: dict[str, object] = {}
    exec(compile(example, "README.md", "exec"), names)  # noqa: S102  our own words
    assert capsys.readouterr().out.startswith("accurate Stated 120 km, measured ")
    assert str(names["html"]).startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(("name", "checks", "accurate", "wrong"), [("hafen.txt", 2, 2, 0), ("ferry.txt", 5, None, 1)])
def test_the_example_articles_give_what_they_were_written_for(
    atlas: Atlas, name: str, checks: int, accurate: int | None, wrong: int
) -> None:
    article = read_article((EXAMPLES / name).read_bytes(), name=name)
    verdicts = [check.verdict for check in check_article(article, atlas).checks]
    assert len(verdicts) == checks
    assert verdicts.count(Verdict.WRONG) == wrong
    assert accurate is None or verdicts.count(Verdict.ACCURATE) == accurate


def test_the_output_in_the_readme_is_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    command = "dateline check docs/examples/hafen.txt"
    assert blocks("console") == [f"$ {command}\n"]
    assert blocks("text")[0] == dateline(*command.split()[1:]).stdout


def test_files_that_the_documents_link_to_exist() -> None:
    for name in ("README.md", "CONTRIBUTING.md"):
        links = re.findall(r"\]\(([^)#:]+)(?:#[\w-]+)?\)", (ROOT / name).read_text(encoding="utf-8"))
        assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_pack_that_is_built_in_the_guide_reads_its_examples_and_leaves_its_near_misses_alone() -> None:
    guide = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8")
    pack = load_pack("\n".join(re.findall(r"^```toml\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)))
    for entry in (*pack.frames, *pack.subjects, *pack.not_distances):
        assert [sentence for sentence in entry.examples if not decided_by(entry, sentence, pack)] == []
        assert [sentence for sentence in entry.near_misses if decided_by(entry, sentence, pack)] == []
    command = (
        'en "about two hundred and ten km, 30 to 40 miles, half a mile, '
        "just over 6.5 km, up to 1,200 metres, a few miles"
    )
    assert command in guide
    assert len(find_quantities(command, pack)) == 5
