"""The commands that answer one question: distance, geocode."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.cli.frame import (
    FOUND,
    complain,
    fail_on_option,
    fails,
    talk_options,
    text_or_json_option,
    ui_option,
    units_option,
)
from geo.cli.setup import gazetteer_option, open_with
from geo.errors import UnknownPlace
from geo.messages import ENGLISH, KINDS, VERDICTS, Figure, Messages, Name, open_messages

if TYPE_CHECKING:
    from geo.atlas import Atlas
    from geo.model import Candidate, Check, Located, Measured, Place, Unit

__all__ = ["distance", "geocode"]

VERSION = 1  # of the JSON that both print
_RIVALS_SHOWN = 3
_RIVAL_SCORE = 0.05  # a less likely meaning of a name is not worth a line
_NEGATIVE = {"ignore_unknown_options": True}  # "-33.9,18.4" is a place and no option


@click.command(
    context_settings=_NEGATIVE,
    epilog="Exit status: 0; 1 where the claim is wrong (--fail-on); 2 where a name is unknown or the claim unreadable.",
)
@click.argument("a")
@click.argument("b")
@click.option("--claim", metavar="TEXT", help='A distance to check, in any language: "130 km", "rund 80 Meilen".')
@click.option("--to", type=click.Choice(["border", "coast"]), help="Measure to the border or coast of B.")
@click.option("--country-a", metavar="XX", help="A lies in this country (ISO 3166-1: DE, US ...).")
@click.option("--country-b", metavar="XX", help="B lies in this country.")
@gazetteer_option
@text_or_json_option
@units_option
@ui_option
@fail_on_option
@talk_options
@click.pass_context
def distance(  # noqa: PLR0913  one parameter an option
    context: click.Context,
    *,
    a: str,
    b: str,
    claim: str | None,
    to: str | None,
    country_a: str | None,
    country_b: str | None,
    gazetteer: Path | None,
    form: str,
    units: str | None,
    ui: str,
    fail_on: str,
) -> None:
    """Measure the distance between two places, and check what is said of it.

    A and B are names in any language ("Wladiwostok", "Paris, US", "Springfield, Illinois") or coordinates, latitude
    first ("43.1, 131.9"). A country or region is measured to its nearest point.

    \b
    Examples:
      dateline distance Wladiwostok Moskau --claim "6500 km"
      dateline distance Vladivostok "North Korea" --to border --claim 130km
      dateline distance "48.21, 16.37" Bratislava --units mi
    """  # noqa: D301
    from geo.lookup import check_distance, measure_distance, resolve
    from geo.model import Part, Unit

    atlas, messages = open_with(gazetteer), open_messages(ui)
    ends = resolve(a, atlas, country=country_a), resolve(b, atlas, country=country_b)
    part = None if to is None else Part(to)
    check = None if claim is None else check_distance(*ends, claim, atlas, to=part, messages=messages)
    measured = measure_distance(*ends, atlas, to=part, messages=messages) if check is None else check.measured
    if form == "json":
        click.echo(_dumped(_distance_row(*ends, measured, check)))
    else:
        unit = Unit(units) if units else check.claim.length.unit if check else Unit.KILOMETRE
        click.echo("\n".join(_distance_lines(ends, measured, check, unit, atlas, messages)))
    context.exit(FOUND if check and fails(check, fail_on) else 0)


@click.command(context_settings=_NEGATIVE, epilog="Exit status: 0; 1 where a name is unknown.")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@text_or_json_option
@click.option("--country", metavar="XX", help="Only places in this country (ISO 3166-1: DE, US ...).")
@click.option(
    "--limit", type=click.IntRange(min=1), default=5, show_default=True, help="At most so many candidates a name."
)
@gazetteer_option
@talk_options
@click.pass_context
def geocode(
    context: click.Context,
    *,
    names: tuple[str, ...],
    form: str,
    country: str | None,
    limit: int,
    gazetteer: Path | None,
) -> None:
    """Tell which places a name may mean, the likeliest first.

    Names may be in any language and script, and narrowed: "Paris, US", "Springfield, Illinois". Of several names, json
    prints one line each.

    \b
    Examples:
      dateline geocode Wladiwostok
      dateline geocode Paris --country US --limit 3 --format json
    """  # noqa: D301
    from geo.lookup import resolve

    atlas = open_with(gazetteer)
    unknown = False
    for name in names:
        candidates: tuple[Candidate, ...] = ()
        try:
            candidates = resolve(name, atlas, country=country).candidates[:limit]
        except UnknownPlace as error:
            complain(str(error))
            unknown = True
        if form == "json":
            row = {"version": VERSION, "query": name, "candidates": list(map(_candidate_row, candidates))}
            click.echo(_dumped(row, indent=None if len(names) > 1 else 2))
        elif candidates:
            lines = [
                f"  {_described(each.place, atlas)}  {each.score:.2f}{'  by a former name' if each.former else ''}"
                for each in candidates
            ]
            click.echo("\n".join([name, *lines]))
    context.exit(FOUND if unknown else 0)


def _distance_lines(
    ends: "tuple[Located, Located]",
    measured: "Measured | None",
    check: "Check | None",
    unit: "Unit",
    atlas: "Atlas",
    messages: Messages,
) -> Iterable[str]:
    """What the text form says: both places, the distance, the verdict, and what else the names may mean."""
    for end in ends:
        assert end.place is not None
        yield _described(end.place, atlas, messages)
    if measured is not None:
        yield ", ".join(_measured(measured, unit, messages))
    if check is not None:
        yield messages.say("{what}: {why}", what=VERDICTS[check.verdict], why=check.reason)
        for rival in check.rivals:
            yield messages.say("  it would be different with {place}", place=_described(rival, atlas, messages))
    for end in ends:
        others = [each.place for each in end.candidates[1:] if each.score >= _RIVAL_SCORE][:_RIVALS_SHOWN]
        if others:
            places = "; ".join(_described(other, atlas, messages) for other in others)
            yield messages.say("{name} may also be {places}", name=end.mention.text, places=places)


def _measured(measured: "Measured", unit: "Unit", messages: Messages) -> Iterable[str]:
    """The length and how it was measured, its range, the bearing."""
    low, middle, high = (_in(km, unit, messages) for km in (measured.low_km, measured.distance_km, measured.high_km))
    yield f"{middle} {messages.sign(unit)} {measured.how}"
    if measured.low_km != measured.high_km:
        yield messages.say("{low} to {high}", low=low, high=f"{high} {messages.sign(unit)}")
    if measured.distance_km:
        yield messages.say("bearing {degrees}°", degrees=Figure(measured.bearing_deg))


def _described(place: "Place", atlas: "Atlas", messages: Messages = ENGLISH) -> str:
    """A place in a line: "Paris, Texas, US (city, 24,782 people, 33.6609, -95.5555, geonames:4717560)"."""
    where = f"{place.position.lat:g}, {place.position.lon:g}"
    if place.id.startswith("point:"):
        return where
    region = atlas.gazetteer.place(f"region:{place.country}.{place.admin1}") if place.admin1 else None
    names = [messages.name(Name.of(place)), region.name if region else None, place.country]
    people = messages.say("{number} people", number=Figure(place.population)) if place.population else None
    facts = [messages.say(KINDS[place.kind]), people, where, place.id]
    return f"{', '.join(dict.fromkeys(filter(None, names)))} ({', '.join(filter(None, facts))})"


def _in(km: float, unit: "Unit", messages: Messages) -> str:
    """A length without its unit, in three digits or whole."""
    value = km / unit.km
    three = f"{value:.3g}"
    if "e" in three and value < 100:
        return three  # too small for decimals
    return messages.number(Figure(value, 0 if value >= 100 else len(three.partition(".")[2])))


def _distance_row(a: "Located", b: "Located", measured: "Measured | None", check: "Check | None") -> dict[str, Any]:
    """Both ends with their rivals, the line, and of a check what a report says of it."""
    row: dict[str, Any] = {"version": VERSION, "subject": _end_row(a), "object": _end_row(b)}
    if check is not None:
        return row | {key: value for key, value in _check_row(check).items() if key not in row}
    from geo.render.record import lonlat, number

    assert measured is not None
    line = [lonlat(position) for position in measured.line]
    lengths = {"km": measured.distance_km, "low_km": measured.low_km, "high_km": measured.high_km}
    rounded = {key: number(value) for key, value in lengths.items()}
    bearing = number(measured.bearing_deg, 1)
    row["measured"] = {**rounded, "bearing_deg": bearing, "source": measured.source, "how": measured.how, "line": line}
    return row


def _check_row(check: "Check") -> dict[str, Any]:
    """A check as a report has it."""
    from geo.model import Article, Provenance, Report
    from geo.render import to_dict
    from geo.version import __version__

    report = Report(Article(check.claim.stated.text), (), (check,), Provenance(__version__, "", ""))
    found: dict[str, Any] = to_dict(report)["checks"][0]
    return found


def _end_row(end: "Located") -> dict[str, Any]:
    best, *others = end.candidates
    return {**_candidate_row(best), "query": end.mention.text, "alternatives": list(map(_candidate_row, others))}


def _candidate_row(candidate: "Candidate") -> dict[str, Any]:
    place = candidate.place
    return {
        "id": place.id,
        "geonameid": place.geonameid,
        "name": place.name,
        "kind": place.kind.value,
        "lat": place.position.lat,
        "lon": place.position.lon,
        "country": place.country,
        "admin1": place.admin1,
        "population": place.population,
        "score": round(candidate.score, 4),
        "former": candidate.former,
    }


def _dumped(row: dict[str, Any], *, indent: int | None = 2) -> str:
    from geo.render.record import dumps

    return dumps(row, indent=indent)
