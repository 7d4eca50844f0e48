"""The command that draws: map."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli.articles import STDIN, judged, label, read, summary
from geo.cli.frame import (
    UNREADABLE,
    complain,
    explained,
    is_same_file,
    language_options,
    no_text_option,
    say,
    stop_when_told,
    talk_options,
)
from geo.cli.setup import Checker, Setup, setup_options
from geo.errors import ArticleError, OutputError
from geo.messages import ENGLISH, ui_codes

if TYPE_CHECKING:
    from geo.model import Article

__all__ = ["draw"]


@click.command(name="map")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("-o", "--output", metavar="FILE.html", help="Where to write it; - is standard output.")
@click.option("--open", "open_it", is_flag=True, help="Show the map in the browser.")
@no_text_option
@click.option(
    "--ui",
    type=click.Choice(ui_codes()),
    help="The language of the page and of its reasons.  [default: the article's, where Dateline speaks it]",
)
@language_options
@setup_options
@talk_options
@click.pass_context
def draw(  # noqa: PLR0913  one parameter an option
    context: click.Context,
    *,
    articles: tuple[str, ...],
    output: str | None,
    open_it: bool,
    no_text: bool,
    ui: str | None,
    lang: str | None,
    encoding: str | None,
    setup: Setup,
) -> None:
    """Draw one interactive map of an article, or of several, that opens without a network.

    The map is one HTML file with the text, the places and the checked distances. Several articles make one dossier:
    places as large as they are often mentioned, and claims that contradict each other side by side. Without -o the map
    is named after the article, or dossier.html, and written to the current folder.

    \b
    Examples:
      dateline map article.txt --open
      dateline map story.html -o map.html --no-text
      dateline map monday.txt tuesday.html -o week.html
    """  # noqa: D301
    target = _target(articles, output)
    if target is None and open_it:
        raise click.UsageError("--open needs a file: leave -o - out")
    for article in articles:
        if target is not None and is_same_file(target, article):
            raise OutputError(f"{target} is the article itself: give the map another name with -o")
    checker, read_ones = _read_all(articles, ui, lang, encoding, setup)
    reports = [judged(name, article, checker) for name, article in read_ones]
    from maps import to_html

    html = to_html(reports, checker.atlas, text=not no_text)
    if target is None:
        click.echo(html, nl=False)
    else:
        from geo.output import write_text

        stop_when_told()
        write_text(target, html)
        for (name, _), report in zip(read_ones, reports, strict=True):
            of_several = f"{label(name)}: " if len(articles) > 1 else ""
            say(f"{target}: {of_several}{summary(report, ui or ENGLISH.language)}")
    if open_it and target:
        import webbrowser

        webbrowser.open(target.resolve().as_uri())
    context.exit(UNREADABLE if len(read_ones) < len(articles) else 0)


def _read_all(
    names: Sequence[str], ui: str | None, lang: str | None, encoding: str | None, setup: Setup
) -> tuple[Checker, list[tuple[str, "Article"]]]:
    """The articles that can be read, and what checks them all in one language: the one asked for, or the first's.

    Of several one that cannot be read is complained of; raises what was wrong where none can.
    """
    articles = []
    for name in names:
        try:
            articles.append((name, read(name, lang, encoding, ui or ENGLISH.language)))
        except Exception as error:
            if len(names) == 1:
                raise
            complain(explained(error), trace=True)
    if not articles:
        raise ArticleError("none of the articles can be read: nothing is drawn")
    return setup.open(ui or _spoken(articles[0][1])), articles


def _spoken(article: "Article") -> str:
    return article.language if article.language in ui_codes() else ENGLISH.language


def _target(articles: Sequence[str], output: str | None) -> Path | None:
    """Where the map goes, None for standard output."""
    if output is not None:
        return None if output == STDIN else Path(output)
    if len(articles) > 1:
        return Path("dossier.html")
    if articles[0] == STDIN:
        return Path("dateline.html")
    stem = Path(articles[0]).stem
    named = Path(f"{stem}.html")
    return Path(f"{stem}.map.html") if is_same_file(named, articles[0]) else named
