"""Compiles the atlas from the tables of a checkout, when the package is built (hook.py) or by hand."""

from collections.abc import Callable
from pathlib import Path

__all__ = ["compile_atlas"]


def compile_atlas(data: Path, *, say: Callable[[str], object] = print) -> None:
    """Compile ``data/tables`` into ``data/atlas``, unless that is newer than its sources and the code that makes it."""
    import tomllib

    from geo.compile.gazetteer import compile_gazetteer
    from geo.compile.outlines import compile_outlines
    from geo.outlines import open_outlines

    tables, atlas = data / "tables", data / "atlas"
    code = Path(__file__).parents[1]
    sources = [
        *tables.iterdir(),
        *Path(__file__).parent.glob("*.py"),
        code / "blob.py",
        code / "fold.py",
        data / "SOURCES.toml",
    ]
    made = [atlas / "outlines.bin", atlas / "gazetteer.bin"]
    if all(path.exists() for path in made):
        oldest = min(path.stat().st_mtime for path in made)
        if oldest > max(path.stat().st_mtime for path in sources):
            return
    with (data / "SOURCES.toml").open("rb") as file:
        date = max(str(source["date"]) for source in tomllib.load(file)["source"])
    say("compiling the outlines of the atlas")
    compile_outlines(tables, made[0], date=date)
    outlines = open_outlines(made[0])

    def centroid(code: str) -> tuple[float, float] | None:
        if not outlines.has(code):
            return None
        position = outlines.centroid(code)
        return position.lat, position.lon

    say("compiling the gazetteer of the atlas")
    compile_gazetteer(tables, made[1], date=date, centroid=centroid)
