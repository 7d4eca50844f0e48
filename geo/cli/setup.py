"""What the user says of the places before an article is read, as options that several commands share."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from geo.atlas import Atlas
    from geo.model import Article, Report
    from geo.pipeline import Recogniser
    from geo.places import Guidance

__all__ = ["Checker", "Setup", "gazetteer_option", "open_with", "setup_options"]

gazetteer_option = click.option(
    "--gazetteer",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="Places of your own: columns name, lat, lon; if you like alternates, kind, country, population, id.",
)


@dataclass(frozen=True)
class Checker:
    """Reads articles as the options say."""

    atlas: "Atlas"
    guidance: "Guidance"
    recogniser: "Recogniser"
    ui: str

    def check(self, article: "Article", report_id: str | int | None = None) -> "Report":
        """The report of an article."""
        from geo.pipeline import check_article

        return check_article(
            article,
            self.atlas,
            report_id=report_id,
            guidance=self.guidance,
            recognise=self.recogniser,
            ui=self.ui,
        )


@dataclass(frozen=True)
class Setup:
    """The options as they were given."""

    pins: tuple[str, ...]
    country: str | None
    near: str | None
    recogniser: str
    gazetteer: Path | None

    def open(self, ui: str) -> Checker:
        """Open and read what they name, to tell in the language ``ui``.

        Raises GeoError where something of it does not exist.
        """
        from geo.lookup import read_guidance

        recogniser, atlas = _chosen(self.recogniser), open_with(self.gazetteer)
        guidance = read_guidance(atlas, pins=self.pins, country=self.country, near=self.near)
        return Checker(atlas, guidance, recogniser, ui)


def setup_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options; the command gets them together as ``setup``."""

    @wraps(command)
    def with_setup(
        *args: object,
        pins: tuple[str, ...],
        country: str | None,
        near: str | None,
        recogniser: str,
        gazetteer: Path | None,
        **others: object,
    ) -> Any:  # noqa: ANN401  whatever the command returns
        return command(*args, setup=Setup(pins, country, near, recogniser, gazetteer), **others)

    options = (
        click.option(
            "--pin",
            "pins",
            multiple=True,
            metavar="NAME=ID",
            help='What a name means: "Paris=geonames:4717560", "The Hub=52.51,13.37"; may be given several times.',
        ),
        click.option("--country", metavar="XX", help="The text is from this country (ISO 3166-1), or about it."),
        click.option("--near", metavar="LAT,LON", help="The text is from around here, or about what lies here."),
        gazetteer_option,
        click.option(
            "--recogniser",
            metavar="NAME",
            default="model",
            show_default=True,
            help="What finds the names: model, rules, or spacy:PIPELINE (pip install 'dateline[spacy]').",
        ),
    )
    for option in reversed(options):
        with_setup = option(with_setup)
    return with_setup


def open_with(gazetteer: Path | None) -> "Atlas":
    """The atlas, with the user's own places where there are any."""
    from geo.atlas import open_atlas

    atlas = open_atlas()
    if gazetteer is None:
        return atlas
    from geo.own_places import read_own_places

    return atlas.extended(read_own_places(gazetteer))


def _chosen(name: str) -> "Recogniser":
    """The recogniser of that name."""
    if name == "model":
        from geo.recogniser import find_mentions

        return find_mentions
    if name == "rules":
        from geo.mentions import find_mentions as by_rules

        return by_rules
    kind, _, pipeline = name.partition(":")
    if kind != "spacy" or not pipeline:
        raise click.UsageError(f"--recogniser is model, rules or spacy:PIPELINE (spacy:en_core_web_sm), not {name!r}")
    from geo.spacy_pipeline import load_recogniser

    return load_recogniser(pipeline)
