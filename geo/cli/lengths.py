"""The command that lists lengths: quantities."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from geo.cli.articles import STDIN, opened, progress, writer
from geo.cli.frame import say, stop_when_told, talk_options

if TYPE_CHECKING:
    from geo.batch import Job
    from geo.model import Failure, Quantity

__all__ = ["quantities"]

VERSION = 1  # of the JSON that is printed


@click.command()
@click.argument("lines", metavar="IN.jsonl")
@click.option("-o", "--output", metavar="OUT.jsonl", default=STDIN, help="Where to write; - is standard output.")
@talk_options
def quantities(*, lines: str, output: str) -> None:
    """List the lengths that texts state: one JSON line each in, one out, in the same order.

    A line of IN.jsonl (- is standard input) is {"id": ..., "text": ..., "lang": optional}; out comes {"id": ...,
    "quantities": [{"start", "end", "text", "low_km", "high_km", "unit", "bound", "hedge"}]}. All lengths are listed,
    widths and ranges too: which of them lie between two places is what `check` tells.

    \b
    Example:
      dateline quantities texts.jsonl -o lengths.jsonl
    """  # noqa: D301
    from geo.batch import read_jobs, split_lines
    from geo.model import Failure
    from geo.render.record import dumps

    done = failed = 0
    stop_when_told()
    with opened(lines) as source, writer(output) as out, progress(source) as watched:
        for row, failure in _rows(read_jobs(watched(split_lines(source)))):
            out.write(f"{dumps(row)}\n")
            done += 1
            if isinstance(failure, Failure):
                failed += 1
                say(f"text {done} ({failure.id}): {failure.reason}", level=1)
    say(f"{done:,} text{'s' * (done != 1)}, {failed:,} error{'s' * (failed != 1)}")


def _rows(jobs: "Iterator[Job | Failure]") -> "Iterator[tuple[dict[str, Any], Failure | None]]":
    """The row of each text, and why it has none."""
    from geo.languages import load_language
    from geo.model import Failure
    from geo.quantities import find_quantities

    for job in jobs:
        failure = job if isinstance(job, Failure) else None
        if not isinstance(job, Failure):
            try:
                found = find_quantities(job.article.text, load_language(job.article.language))
            except Exception as error:  # noqa: BLE001  one text must not stop the others
                failure = Failure.of(job.id, error)
            else:
                yield {"version": VERSION, "id": job.id, "quantities": list(map(_row, found))}, None
        if failure is not None:
            yield {"version": VERSION, "id": failure.id, "error": failure.reason}, failure


def _row(quantity: "Quantity") -> dict[str, Any]:
    from geo.render.record import number

    return {
        "start": quantity.span.start,
        "end": quantity.span.end,
        "text": quantity.text,
        "low_km": number(quantity.low_km, 9),
        "high_km": number(quantity.high_km, 9),
        "unit": quantity.unit.value,
        "bound": quantity.bound.value if quantity.bound else None,
        "hedge": quantity.hedge.value if quantity.hedge else None,
    }
