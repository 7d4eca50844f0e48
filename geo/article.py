"""Bytes, or text, to an :class:`~geo.model.Article`: plain text, Markdown and HTML, in any encoding and language.

Offsets in a report are indices into ``Article.text``: the text as it was decoded, line ends and NUL bytes included, or
for HTML and Markdown the text that was taken from the page. The language is CLD2's guess.
"""

import os
import re
from enum import StrEnum
from io import UnsupportedOperation
from pathlib import PurePath
from typing import BinaryIO

from geo.encoding import decode
from geo.errors import ArticleError, UnknownLanguage
from geo.languages import pack_codes
from geo.messages import Figure, Phrase, Plural, open_messages
from geo.model import Article

__all__ = ["MAX_BYTES", "Media", "detect_language", "read_article", "read_bytes"]

MAX_BYTES = 128 * 1024 * 1024  # the longest novel is 10 MB; what is larger is no article, and memory is finite
_UNDETERMINED = "und"  # ISO 639-2


class Media(StrEnum):
    """What kind of text an article is written in."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


_BY_SUFFIX = {
    ".txt": Media.TEXT,
    ".text": Media.TEXT,
    ".md": Media.MARKDOWN,
    ".markdown": Media.MARKDOWN,
    ".html": Media.HTML,
    ".htm": Media.HTML,
    ".xhtml": Media.HTML,
}

# How files begin that hold no plain text, and what they are (from the formats' own specifications).
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document (DOCX, ODT, EPUB)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (DOC)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x7fELF", "a program (ELF)"),
    (b"\xcf\xfa\xed\xfe", "a program (Mach-O)"),
    (b"MZ\x90\x00", "a program (EXE)"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"BZh9", "bzip2-compressed"),
    (b"\xfd7zXZ\x00", "xz-compressed"),
    (b"\x28\xb5\x2f\xfd", "Zstandard-compressed"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")  # not tab, line ends, form feed, escape
# Shares of control characters. In whole UTF-8 many are let pass, as in Perl's -B test (perldoc -f -X): records may be
# parted by them. Bytes that are no UTF-8 have none if they are text, and 10 % if they are random.
_BINARY_SHARE, _BINARY_SHARE_IF_NOT_UTF8 = 0.3, 0.02
_SAMPLE_CHARS = 1 << 16
_CHARSET = re.compile(rb"""<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)
_CHARSET_BYTES = 4096  # the HTML standard asks for it within 1024; pages are late

_SURROGATES = re.compile("[\ud800-\udfff]")
_LANGUAGE = re.compile(r"([a-zA-Z]{2})(?:[-_][a-zA-Z0-9_-]+)?")  # "de", and the start of "de-AT"
# CLD2 refuses what XML does not allow as characters, and noncharacters.
_NOT_FOR_CLD2 = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr((plane << 16) + 0xFFFE) + chr((plane << 16) + 0xFFFF) for plane in range(1, 17))
    + "]"
)
_LANGUAGE_SAMPLE_CHARS = 50_000  # 1 ms; more text changes no answer
_MIN_LETTERS = 20  # below, names alone decide: "Wladiwostok Moskau" is Welsh for CLD2
_CLEAR_SCORE = (
    300  # CLD2's score a KB: 60 single sentences in ten languages have 334 and more, guesses at names 236, 269
)
_BROKEN = Plural("{number} lone surrogate replaced", "{number} lone surrogates replaced")
_CLOSE_SHARE = 0.5  # of the text: a language with a pack this near the first one is preferred
_OLD_CODES = {"iw": "he", "jw": "jv", "in": "id", "ji": "yi", "nb": "no"}


def read_article(
    data: bytes | str,
    *,
    name: str | None = None,
    title: str | None = None,
    language: str | None = None,
    encoding: str | None = None,
    media: Media | None = None,
    ui: str = "en",
) -> Article:
    r"""An article from the bytes of a file, or from text.

    Args:
        data: what is to be read; offsets into a ``str`` are kept.
        name: the file's name; its end tells text, Markdown and HTML apart, else the content does.
        title: the title, where it is known.
        language: ISO 639-1; None lets the text tell.
        encoding: what the bytes are encoded in; None lets them tell.
        media: what the text is written in; None lets name and content tell, a ``str`` without a name is plain text.
        ui: the language of the article's warnings.

    Raises:
        ArticleError: the bytes are no text (a PDF, an image), or too many.
        UnknownLanguage: ``language`` is no code, or there are no messages in ``ui``.

    >>> read_article(b"\xef\xbb\xbfUlm\r\n", name="ulm.txt", language="de").text
    'Ulm\r\n'
    """
    messages = open_messages(ui)
    code = None if language is None else _code(language)
    media = media or _by_name(name)
    used: str | None = None
    warnings: tuple[Phrase, ...] = ()
    _refuse_too_long(len(data), name)
    if isinstance(data, str):
        text = data
    else:
        _refuse_magic(data, name)
        declared = _charset(data) if media in {None, Media.HTML} else None
        text, used, warnings = decode(data, encoding=encoding, declared=declared)
        _refuse_controls(text, name, _BINARY_SHARE_IF_NOT_UTF8 if warnings else _BINARY_SHARE)
        media = media or _by_content(text)
    text, broken = _SURROGATES.subn("\ufffd", text)
    said = [*map(messages.say, warnings)]
    if broken:
        said.append(messages.count(_BROKEN, Figure(broken), number=str(broken)))
    text, found_title, guessed = _extract(text, media or Media.TEXT)
    if guessed:
        said.append(messages.say(guessed))
    return Article(
        text=text,
        language=code or detect_language(text),
        title=_clean(title or found_title),
        source=_clean(None if name is None else PurePath(name).name),
        encoding=used,
        warnings=tuple(said),
    )


def read_bytes(file: BinaryIO, name: str) -> bytes:
    """All bytes of an open file; ArticleError where there are more than ``MAX_BYTES``, which are then not read."""
    try:
        size = os.fstat(file.fileno()).st_size  # 0 for a pipe
    except UnsupportedOperation:  # a file in memory
        size = 0
    _refuse_too_long(size, name)
    data = file.read(MAX_BYTES + 1)
    _refuse_too_long(len(data), name)
    return data


def detect_language(text: str) -> str:
    """The ISO 639-1 code of the language that a text is written in, "und" where that is not clear.

    >>> detect_language("Der Zug brauchte von Ulm nach Köln vier Stunden."), detect_language("Ulm, Bonn")
    ('de', 'und')
    """
    import pycld2

    sample = _NOT_FOR_CLD2.sub(" ", text[:_LANGUAGE_SAMPLE_CHARS])
    try:
        reliable, _, found = pycld2.detect(sample)
        if not reliable and sum(map(str.isalpha, sample)) >= _MIN_LETTERS:
            _, _, found = pycld2.detect(sample, bestEffort=True)
            reliable = found[0][3] >= _CLEAR_SCORE
    except pycld2.error:  # bytes that it cannot take for another reason
        return _UNDETERMINED
    if not reliable:
        return _UNDETERMINED
    best = found[0]
    for other in found[1:]:
        if best[1] not in pack_codes() and other[1] in pack_codes() and other[2] >= _CLOSE_SHARE * best[2]:
            best = other
    code = best[1].partition("-")[0]  # "zh-Hant"
    code = _OLD_CODES.get(code, code)
    return code if len(code) == 2 and code != "un" else _UNDETERMINED  # "un" is unknown, three letters are no ISO 639-1


def _code(language: str) -> str:
    match = _LANGUAGE.fullmatch(language)
    if match is None:
        raise UnknownLanguage(f"{language!r} is no language code; give two letters (ISO 639-1) such as en, de or ru")
    return match[1].lower()


def _by_name(name: str | None) -> Media | None:
    return _BY_SUFFIX.get(PurePath(name).suffix.lower()) if name else None


def _by_content(text: str) -> Media:
    """HTML, where a text begins like it."""
    if not text.lstrip().startswith("<"):
        return Media.TEXT
    from geo.markup import looks_like_html

    return Media.HTML if looks_like_html(text) else Media.TEXT


def _extract(text: str, media: Media) -> tuple[str, str | None, Phrase | None]:
    """The words of a text, its title, and a warning where something was guessed."""
    if media is Media.TEXT:
        return text, None, None
    from geo.markup import extract_html, extract_markdown

    return extract_html(text) if media is Media.HTML else extract_markdown(text)


def _charset(data: bytes) -> str | None:
    """What a web page says that it is encoded in."""
    found = _CHARSET.search(data[:_CHARSET_BYTES])
    return found[1].decode("ascii", "replace") if found else None


def _refuse_too_long(size: int, name: str | None) -> None:
    if size > MAX_BYTES:
        raise ArticleError(
            f"{name or 'the article'} has more than {MAX_BYTES // 1024**2} MB, the limit for one article; split it, "
            "or give many articles to `dateline batch`"
        )


def _refuse_magic(data: bytes, name: str | None) -> None:
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise _binary(name, what)


def _refuse_controls(text: str, name: str | None, share: float) -> None:
    sample = text[:_SAMPLE_CHARS]
    if len(_CONTROLS.findall(sample)) > share * len(sample):
        raise _binary(name, "binary data, mostly control characters")


def _binary(name: str | None, what: str) -> ArticleError:
    return ArticleError(f"{name or 'the article'} is {what}, not text; save it as text or HTML and try again")


def _clean(words: str | None) -> str | None:
    """A name or title that can be written as UTF-8."""
    return None if words is None else _SURROGATES.sub("\ufffd", words)
