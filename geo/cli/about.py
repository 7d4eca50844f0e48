"""The commands that tell about Dateline itself: schema, atlas."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.cli.frame import talk_options, text_or_json_option

if TYPE_CHECKING:
    from geo.atlas import Atlas

__all__ = ["atlas", "describe", "schema"]

_SCHEMA = Path(__file__).parents[1] / "data" / "report.schema.json"


@click.command()
@talk_options
def schema() -> None:
    """Print the JSON Schema of a report.

    It is what `dateline check --format json` and each line of `dateline batch` keep to.

    \b
    Example:
      dateline schema > report.schema.json
    """  # noqa: D301
    click.echo(_SCHEMA.read_text(encoding="utf-8"), nl=False)


@click.command()
@text_or_json_option
@talk_options
def atlas(*, form: str) -> None:
    """Verify the atlas and tell what it holds, and where that comes from: sources, dates, licences.

    \b
    Example:
      dateline atlas --format json
    """  # noqa: D301
    from geo.atlas import open_atlas

    opened = open_atlas()
    opened.verify()
    about = describe(opened)
    click.echo(json.dumps(about, ensure_ascii=False, indent=2) if form == "json" else "\n".join(_lines(about)))


def describe(atlas: "Atlas") -> dict[str, Any]:
    """What an atlas holds: its date, how many places and names, which languages, and its sources."""
    from geo.languages import pack_codes

    return {
        "date": atlas.date,
        "places": len(atlas.gazetteer),
        "names": atlas.gazetteer.names,
        "outlines": len(atlas.outlines.codes),
        "languages": list(pack_codes()),
        "sources": [
            {key: source.get(key) for key in ("name", "origin", "carrier", "licence", "date")}
            for source in atlas.sources
        ],
    }


def _lines(about: dict[str, Any]) -> list[str]:
    return [
        f"Atlas of {about['date']}, every byte as it was compiled",
        f"{about['places']:,} places, {about['names']:,} names, {about['outlines']:,} outlines of countries, regions",
        f"Languages: {', '.join(about['languages'])}",
        "",
        *(f"{s['name']} ({s['date']}, {s['licence']})\n  {s['origin']}, from {s['carrier']}" for s in about["sources"]),
    ]
