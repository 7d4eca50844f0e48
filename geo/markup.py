"""Markdown and HTML to plain text: what a reader of the page would read, and its title.

Web pages go through trafilatura, which tells an article's text from menus and adverts. Where it finds nothing, or the
page is built to choke a parser, all of the page's text is taken by a scanner of our own: one pass, linear in time.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from geo.messages import Phrase

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["Extract", "extract_html", "extract_markdown", "looks_like_html"]


class Extract(NamedTuple):
    """A page's text and title; ``warning`` is a sentence for the reader where something had to be guessed."""

    text: str
    title: str | None
    warning: Phrase | None = None


# Beyond these trafilatura takes more than a few seconds (measured: 3 s for 100,000 elements, quadratic in attributes).
_MAX_CHARS = 5_000_000
_MAX_TAGS = 100_000
_MAX_ATTRIBUTES = 1_000
_MAX_TITLE_CHARS = 500  # an unclosed <title> would run on to the page's end
_ALL_TEXT = Phrase("no main text could be told apart from the rest of the page, so all of its text was read")

_HTML_START = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+|<!--(?:[^-]|-(?!->))*+-->\s*+)*+<(?:!doctype\s++html|html|head|body)\b", re.IGNORECASE
)
_TAG_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:-]*+)")
_TAG_REST = re.compile(r"""(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""")
_ATTRIBUTE = re.compile(r"""([a-zA-Z:-]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
_SPACES = re.compile(r"[ \t\r\f\v\n]+")  # what HTML collapses; a no-break space stays
_UNSEEN = {
    name: re.compile(f"</{name}", re.IGNORECASE)
    for name in ("script", "style", "template", "noscript", "textarea", "title", "svg", "iframe")
}
# Elements that do not end a line.
_INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr b bdi bdo cite code data del dfn em font i img ins kbd mark q s samp small span strong sub sup time tt "
        "u var wbr",
    )
)
_CELLS = frozenset({"td", "th"})
_SITE_TITLE = frozenset({"og:title", "twitter:title"})  # the article's own, without the site's name behind it

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FRONT_TITLE = re.compile(r"""^title:[ \t]*["']?(.*?)["']?[ \t\r]*$""", re.MULTILINE)


def looks_like_html(text: str) -> bool:
    """Whether a text without a telling name is a web page.

    >>> looks_like_html(" <!-- saved --><!DOCTYPE html><title>x"), looks_like_html("<b>Moscow</b> is far")
    (True, False)
    """
    return _HTML_START.match(text) is not None


def extract_html(html: str) -> Extract:
    """The main text of a page, or all of its text, and its title; never raises, whatever the page holds."""
    page = _scan(html)
    main = None if page.hostile else _main_text(html)
    if main:
        return Extract(main if "\n" in main else _in_lines(main, page.text), page.title)
    return Extract(page.text, page.title, _ALL_TEXT if page.text else None)


def extract_markdown(text: str) -> Extract:
    r"""The words of a Markdown text; the title is that of the front matter or the first heading.

    >>> extract_markdown("# Nah\n\nVon [Ulm](http://x.y) nach **Köln** sind es\n* 400 km\n").text
    'Nah\n\nVon Ulm nach Köln sind es\n\n400 km'
    """
    from markdown_it import MarkdownIt

    front = _FRONT_MATTER.match(text)
    title = None
    if front:
        found = _FRONT_TITLE.search(front[1])
        title = found[1] if found else None
        text = text[front.end() :]
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    blocks: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        block = "".join(_block(token)).strip("\n")
        if not block:
            continue
        if title is None and before is not None and before.type == "heading_open":
            title = block
        blocks.append(block)
    return Extract("\n\n".join(blocks), title or None)


def _block(token: "Token") -> Iterator[str]:
    """The text of one block, marks removed."""
    if token.type in {"fence", "code_block"}:
        yield token.content
    elif token.type == "html_block":
        yield _scan(token.content).text
    for child in token.children or ():
        if child.type in {"softbreak", "hardbreak"}:
            yield "\n"
        elif child.type in {"text", "code_inline", "image", "text_special"}:
            yield child.content  # of an image: its description


class _Page(NamedTuple):
    text: str
    title: str | None
    hostile: bool


def _main_text(html: str) -> str | None:
    """What trafilatura takes for the article, None where it finds none."""
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(html, with_metadata=False, include_comments=False)
    except Exception:  # noqa: BLE001  a stranger's page may break it in any way; all_text is read instead and said so
        return None
    return getattr(found, "text", None)


def _in_lines(main: str, page: str) -> str:
    r"""A main text with the page's own lines: of a short article trafilatura glues headline and paragraphs together.

    >>> _in_lines("Ulm Foto: X Ulm liegt an der Donau.", "Start\nUlm\nFoto: X\nUlm liegt an der Donau.\nImpressum")
    'Ulm\nFoto: X\nUlm liegt an der Donau.'
    """
    whole, found, lines = _letters(main), 0, []
    for line in page.split("\n"):
        letters = _letters(line)
        if letters and whole.startswith(letters, found):
            lines.append(line)
            found += len(letters)
    return "\n".join(lines) if found == len(whole) else main


def _letters(text: str) -> str:
    return "".join(text.split()).replace("\u00ad", "")


def _scan(html: str) -> _Page:
    r"""All text outside of tags, a line for each block, and signs that the page would choke a parser.

    >>> _scan("<title>T &amp; U</title><p>Ulm,<br>K&ouml;ln <i>am</i> Rhein<script>'</p>'</script><td>1<td>2").text
    'Ulm,\nKöln am Rhein\n1 2'
    >>> _scan('a < b <img alt="x > y">c').text
    'a < b c'
    """
    parts: list[str] = []
    titles: dict[str, str] = {}
    position, tags, hostile, quotes_close = 0, 0, len(html) > _MAX_CHARS, True
    while (start := html.find("<", position)) >= 0:
        parts.append(_words(html[position:start]))
        if html.startswith("<!--", start):
            position = _after(html, "-->", start + 4)
            continue
        if html.startswith(("<!", "<?"), start):
            position = _after(html, ">", start)
            continue
        named = _TAG_NAME.match(html, start + 1)
        if not named:
            parts.append("<")
            position = start + 1
            continue
        rest = _TAG_REST.match(html, named.end()) if quotes_close else None
        quotes_close = rest is not None  # looked for in vain once: not again for each tag, which would be quadratic
        position = rest.end() if rest else _after(html, ">", named.end())
        tags += 1
        hostile = hostile or tags > _MAX_TAGS or html.count("=", start, position) > _MAX_ATTRIBUTES
        name, opens = named[1].lower(), html[start + 1] != "/"
        if opens and name in _UNSEEN:
            end = _UNSEEN[name].search(html, position)
            inside = html[position : end.start() if end else len(html)]
            position = end.start() if end else len(html)
            if name == "title":
                titles.setdefault("title", _words(inside[:_MAX_TITLE_CHARS]).strip())
        elif name == "meta":
            titles |= _meta_title(html[start:position])
        elif name in _CELLS:
            parts.append(" ")
        elif name not in _INLINE:
            parts.append("\n")
    parts.append(_words(html[position:]))
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(parts).split("\n"))
    return _Page("\n".join(filter(None, lines)), titles.get("meta") or titles.get("title") or None, hostile)


def _words(raw: str) -> str:
    """Text between tags, with its character references read and its white space collapsed as a browser does."""
    return _SPACES.sub(" ", unescape(raw) if "&" in raw else raw)


def _after(html: str, mark: str, start: int) -> int:
    """Where the text goes on behind a mark; the end where it never comes, as the HTML standard has it."""
    found = html.find(mark, start)
    return len(html) if found < 0 else found + len(mark)


def _meta_title(tag: str) -> dict[str, str]:
    """The title that a <meta> tag gives, under "meta"; empty for any other."""
    values = {name.lower(): double or single for name, double, single in _ATTRIBUTE.findall(tag)}
    if not _SITE_TITLE.isdisjoint({values.get("property", ""), values.get("name", "")}):
        return {"meta": _words(values.get("content", "")).strip()[:_MAX_TITLE_CHARS]}
    return {}
