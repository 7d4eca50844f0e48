"""What Dateline says: every template is translated, and German reasons read as they should."""

import ast
import doctest
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import geo
import geo.messages
import maps

FOLDERS = [Path(geo.__file__).parent, Path(maps.__file__).parent]


def templates_in(tree: ast.AST) -> Iterator[str | tuple[str, str]]:
    """The templates of Phrase("..."), messages.say("...") and Plural("...", "...")."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = f".{node.func.attr}" if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        words = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        if name in {"Phrase", ".say"} and words:
            yield words[0]
        elif name == "Plural":
            one, many = words
            yield one, many


USED = {
    template: path
    for folder in FOLDERS
    for path in sorted(folder.rglob("*.py"))
    if "data" not in path.parts
    for template in templates_in(ast.parse(path.read_text(encoding="utf-8")))
}
