"""Read the committed tables of geo/data/tables, whichever way they are packed."""

import lzma
from collections.abc import Iterator
from pathlib import Path

__all__ = ["records", "rows"]


def rows(path: Path) -> Iterator[list[str]]:
    """The cells of each line of a TSV (plain or .xz); comment lines are left out, blank ones too."""
    data = path.read_bytes()
    text = (lzma.decompress(data) if path.suffix == ".xz" else data).decode("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def records(path: Path) -> Iterator[dict[str, str]]:
    """Each line of a TSV with a header, as column -> cell; cells missing at a line's end are empty."""
    lines = rows(path)
    header = next(lines)
    for cells in lines:
        yield dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))
