"""The commands that read articles: check and batch."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

import click

from geo.cli.frame import (
    FOUND,
    UNREADABLE,
    complain,
    explained,
    fail_on_option,
    fails,
    is_talkative,
    language_options,
    no_text_option,
    say,
    stop_when_told,
    talk_options,
    ui_option,
    units_option,
)
from geo.cli.setup import Checker, Setup, setup_options
from geo.errors import ArticleError
from geo.messages import VERDICTS, Figure, Messages, Plural, open_messages

if TYPE_CHECKING:
    from geo.batch import Job
    from geo.model import Article, Report, Verdict

__all__ = ["STDIN", "batch", "check", "checked", "judged", "label", "opened", "progress", "read", "summary", "writer"]

STDIN = "-"
_ARTICLES, _ERRORS = Plural("{number} article", "{number} articles"), Plural("{number} error", "{number} errors")
_PLACES = Plural("{number} place", "{number} places")
_DISTANCES = Plural("{number} distance", "{number} distances")
_STATEMENTS = Plural("{number} other statement", "{number} other statements")


@click.command(epilog="Exit status: 0; 1 where a verdict is wrong (--fail-on); 2 where an article could not be read.")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "geojson", "csv"]),
    default="table",
    show_default=True,
    help="A table for people, the others for programs.",
)
@units_option
@fail_on_option
@no_text_option
@ui_option
@language_options
@setup_options
@talk_options
@click.pass_context
def check(  # noqa: PLR0913  one parameter an option
    context: click.Context,
    *,
    articles: tuple[str, ...],
    form: str,
    units: str | None,
    fail_on: str,
    no_text: bool,
    ui: str,
    lang: str | None,
    encoding: str | None,
    setup: Setup,
) -> None:
    """Check the distances that articles state, and list their places.

    ARTICLE is a file of plain text, Markdown or HTML, or - for standard input. Of several articles, json and geojson
    print one line each; one that cannot be read is told, and the others are checked all the same.

    \b
    Examples:
      dateline check article.txt
      dateline check *.html --format csv > checks.csv
      curl -s https://example.org/story | dateline check - --format json
      dateline check article.txt --pin "Paris=geonames:4717560" --near 33.66,-95.56
    """  # noqa: D301
    checker = setup.open(ui)
    show = _printer(form, alone=len(articles) == 1, text=not no_text, units=units)
    unreadable = found = False
    for name in articles:
        try:
            report = checked(name, checker, lang, encoding, tell=form != "table")  # a table has the warnings itself
            shown = show(report)
        except Exception as error:  # noqa: BLE001  one article must not hide the others
            complain(explained(error), trace=True)
            unreadable = True
            continue
        found = found or any(fails(each, fail_on) for each in report.distances)
        click.echo(shown, nl=False)
    context.exit(UNREADABLE if unreadable else FOUND if found else 0)


@click.command()
@click.argument("lines", metavar="IN.jsonl")
@click.option("-o", "--output", metavar="OUT.jsonl", default=STDIN, help="Where to write; - is standard output.")
@no_text_option
@ui_option
@setup_options
@talk_options
def batch(*, lines: str, output: str, no_text: bool, ui: str, setup: Setup) -> None:
    """Check many articles: one JSON line each in, one report line each out, in the same order.

    A line of IN.jsonl (- is standard input) is {"id": ..., "text": ..., "lang": optional, "title": optional}. What
    cannot be read or checked gives {"version": 1, "id": ..., "error": ...} in its place. OUT.jsonl appears when all is
    done.

    \b
    Example:
      dateline batch articles.jsonl -o reports.jsonl
    """  # noqa: D301
    from geo.batch import check_all, read_jobs, split_lines
    from geo.model import Failure

    checker = setup.open(ui)

    def check_one(job: "Job") -> "Report":
        return checker.check(job.article, job.id)

    done = failed = 0
    stop_when_told()
    with opened(lines) as source, writer(output) as out, progress(source) as watched:
        for line, outcome in check_all(read_jobs(watched(split_lines(source)), ui=ui), check_one, text=not no_text):
            out.write(f"{line}\n")
            done += 1
            if isinstance(outcome, Failure):
                failed += 1
                say(f"article {done} ({outcome.id}): {outcome.reason}", level=1)
    messages = open_messages(ui)
    say(f"{messages.count(_ARTICLES, Figure(done))}, {messages.count(_ERRORS, Figure(failed))}")


def _printer(form: str, *, alone: bool, text: bool, units: str | None) -> "Callable[[Report], str]":
    """What turns each report into the text that is printed for it."""
    from geo import render
    from geo.model import Unit
    from geo.render.table import inert

    headers = iter([True])

    def table(report: "Report") -> str:
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ  # no-color.org
        width = shutil.get_terminal_size().columns
        title = "" if alone else f"{inert(str(report.article.source))}\n\n"
        made = render.to_table(report, text=text, units=Unit(units) if units else None, width=width, colour=colour)
        return f"{title}{made}" if alone else f"{title}{made}\n"

    forms: dict[str, Callable[[Report], str]] = {
        "json": lambda report: render.to_json(report, text=text, indent=2 if alone else None) + "\n",
        "geojson": lambda report: render.to_geojson(report, text=text, indent=2 if alone else None) + "\n",
        "csv": lambda report: render.to_csv(report, header=next(headers, False)),
        "table": table,
    }
    return forms[form]


def checked(name: str, checker: Checker, lang: str | None, encoding: str | None, *, tell: bool = True) -> "Report":
    """The report of one input; with ``tell`` its warnings are said."""
    return judged(name, read(name, lang, encoding, checker.ui), checker, tell=tell)


def judged(name: str, article: "Article", checker: Checker, *, tell: bool = True) -> "Report":
    """The report of an article that was read from an input."""
    for warning in article.warnings if tell else ():
        say(f"{label(name)}: {warning}")
    say(f"{label(name)}: language {article.language}, encoding {article.encoding}", level=1)
    return checker.check(article, None if name == STDIN else Path(name).stem)


def read(name: str, lang: str | None, encoding: str | None, ui: str) -> "Article":
    """One input as an article."""
    from geo.article import read_article, read_bytes

    with opened(name) as file:
        data = read_bytes(file, label(name))
    return read_article(data, name=None if name == STDIN else name, language=lang, encoding=encoding, ui=ui)


def opened(name: str) -> AbstractContextManager[BinaryIO]:
    """An input by its name; - is standard input."""
    if name != STDIN:
        return Path(name).open("rb")
    if sys.stdin is None:
        raise ArticleError("standard input is closed: name a file")
    return nullcontext(sys.stdin.buffer)


def label(name: str) -> str:
    """What an input is called."""
    return "standard input" if name == STDIN else name


def summary(report: "Report", language: str) -> str:
    """What a report holds, in a line: "12 places, 2 distances, 1 wrong, 3 other statements"."""
    from geo.model import Verdict

    messages = open_messages(language)
    places = {located.place.id for located in report.located if located.place}
    counted = ((_PLACES, len(places)), (_DISTANCES, len(report.distances)))
    parts = [messages.count(plural, Figure(number)) for plural, number in counted]
    verdicts = [each.verdict for each in report.distances]
    parts += [_counted(verdict, verdicts, messages) for verdict in dict.fromkeys(verdicts)]
    others = [each.verdict for each in report.statements]
    parts += [messages.count(_STATEMENTS, Figure(len(others)))] if others else []
    doubted = [verdict for verdict in (Verdict.OFF, Verdict.WRONG) if verdict in others]
    parts += [_counted(verdict, others, messages) for verdict in doubted]
    return ", ".join(parts)


def _counted(verdict: "Verdict", verdicts: Sequence["Verdict"], messages: Messages) -> str:
    return messages.say("{number} {verdict}", number=Figure(verdicts.count(verdict)), verdict=VERDICTS[verdict])


class _Writes(Protocol):
    def write(self, text: str, /) -> object:
        """Add text."""


def writer(output: str) -> "AbstractContextManager[_Writes]":
    """An output by its name, which appears when all is done; - is standard output."""
    from geo.output import AtomicFile

    return nullcontext(sys.stdout) if output == STDIN else AtomicFile(Path(output))


def progress(source: BinaryIO) -> AbstractContextManager[Callable[[Iterator[bytes]], Iterator[bytes]]]:
    """A bar on standard error while the lines are read, where somebody is looking."""
    return _bar(source) if sys.stderr.isatty() and is_talkative() else nullcontext(lambda lines: lines)


@contextmanager
def _bar(source: BinaryIO) -> Iterator[Callable[[Iterator[bytes]], Iterator[bytes]]]:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("checking", total=os.fstat(source.fileno()).st_size or None)

        def watched(lines: Iterator[bytes]) -> Iterator[bytes]:
            for line in lines:
                yield line
                bar.advance(task, len(line))

        yield watched
