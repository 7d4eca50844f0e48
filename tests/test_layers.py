"""Who may import whom: each module reads only from layers below its own, and stages do not import each other."""

import ast
from pathlib import Path

import pytest

import geo
import maps

GEO, MAPS = Path(geo.__file__).parent, Path(maps.__file__).parent
# From bottom to top; a module may import modules of lower layers only.
LAYERS = [
    {"errors", "model", "version", "fold"},
    {"naming"},
    {"messages"},
    {"blob", "inflection", "measure", "tokens", "encoding", "markup", "output", "sentences", "numerals", "territories"},
    {"quantities", "wordings"},
    {"frames", "pairs"},
    {"gazetteer", "outlines", "languages"},
    {"vocabulary", "features", "antecedents", "own_places"},
    {"atlas", "reading"},
    {"names", "tagger"},
    {"persons"},
    {"article", "mentions", "places", "claims", "statements", "rules", "geocoder"},
    {"recogniser"},
    {"pipeline", "lookup", "spacy_pipeline"},
    {"render"},
    {"batch"},
    {"cli"},
    {"__main__"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
HEAVY = {"folium", "branca", "numpy", "shapely", "pyproj", "geopy", "trafilatura", "pandas"}


def imports(path: Path, *, top_level: bool = False) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in tree.body if top_level else ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
            found |= {f"{node.module}.{alias.name}" for alias in node.names if node.module in {"geo", "maps"}}
    return found


def modules(package: Path) -> list[Path]:
    return sorted(path for path in package.rglob("*.py") if "data" not in path.parts and "compile" not in path.parts)


def home(path: Path) -> str:
    return path.relative_to(GEO).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", [p for p in modules(GEO) if p.name != "__init__.py" or p.parent != GEO], ids=str)
def test_imports_go_down(path: Path) -> None:
    module = home(path)
    assert module in LEVEL, f"{module} has no layer yet: give it one"
    for name in imports(path):
        parts = name.split(".")
        if parts[0] != "geo" or len(parts) < 2 or parts[1] == module:
            continue
        assert parts[1] in LEVEL, f"{name} has no layer yet"
        assert LEVEL[parts[1]] < LEVEL[module], f"{module} imports {name}"


@pytest.mark.parametrize("path", modules(GEO), ids=str)
def test_geo_imports_maps_only_in_its_command(path: Path) -> None:
    assert not any(name.split(".")[0] == "maps" for name in imports(path, top_level=True))
    if home(path) != "cli":
        assert not any(name.split(".")[0] == "maps" for name in imports(path))


@pytest.mark.parametrize("path", modules(GEO), ids=str)
def test_nothing_heavy_at_import(path: Path) -> None:
    heavy = {name.split(".")[0] for name in imports(path, top_level=True)} & HEAVY
    assert heavy <= ({"geopy"} if home(path) == "geocoder" else set())


@pytest.mark.parametrize("path", [*modules(GEO), *modules(MAPS)], ids=str)
def test_no_file_past_500_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500
