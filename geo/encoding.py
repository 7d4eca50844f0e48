"""Bytes to text: byte-order marks, UTF-8, what the page or the user says, and only then a guess.

Text in UTF-8 is recognised by its own build: other encodings do not happen to be valid UTF-8. A few bytes that break it
are damage, not another encoding; they are replaced by U+FFFD and said so, with the offset of the first. Guesses come
from charset-normalizer, among the look-alike Western and Central European encodings from the language that CLD2 sees
most clearly: of 38 single sentences in seven languages that was right for all, charset-normalizer for 18.
"""

import codecs
import re
from itertools import islice
from typing import NamedTuple

from geo.errors import ArticleError
from geo.messages import Phrase

__all__ = ["Decoded", "decode"]


class Decoded(NamedTuple):
    """Text, what it was decoded with (a Python codec name), and sentences for the reader."""

    text: str
    encoding: str
    warnings: tuple[Phrase, ...] = ()


# The longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What pages mean by these names, by the WHATWG Encoding Standard (encoding.spec.whatwg.org); a meta tag that could be
# read as ASCII cannot have stood in UTF-16.
_WEB_NAMES = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_ESCAPE_JP = b"\x1b$"  # switches to two-byte characters (RFC 1468)
_SAMPLE = 1 << 16  # bytes that a guess looks at
_LATIN = ("cp1252", "cp1250", "iso8859-2", "cp1254", "cp1257")  # of equals the first wins
_OTHER = ["cp1251", "koi8-r", "cp866", "iso8859-5", "cp932", "euc_jp", "gb18030", "big5", "cp949"]
_OTHER += ["cp1253", "cp1255", "cp1256", "cp874"]  # Greek, Hebrew, Arabic, Thai
_JAPANESE = ("cp932", "euc_jp")
_KANA_SHARE = 0.2  # Japanese news has about 0.5; other text misread as Japanese has hardly any
_FOREIGN_SHARE = 0.3  # of letters beyond ASCII: Vietnamese and Czech stay below, other scripts are above 0.8
_DAMAGE_SHARE = 0.1  # broken places to whole characters: more is another encoding
_FEW = 2  # odd bytes in an ASCII text that may be damage as well as an accent
_WORDS = "àèéáóåö"  # letters that are words of French, Italian, Portuguese, Spanish, Swedish
_NULS_IN_UTF16 = 0.3  # share of one half's bytes in Western UTF-16 without a mark

# Patterns that few articles need: compiled by re when they are.
_MULTIBYTE = rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
_SURROGATE = rb"\xed[\xa0-\xbf][\x80-\xbf]"  # half of a pair, written as if it were a letter: one damage, not three
_KANA = "[\u3041-\u30ff]"
_LETTERS = rb"[A-Za-z]"
_HIGH = rb"[\x80-\xff]"
_UNPRINTED = "[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ufffd]"
_MISPLACED = "[^\\W\\d_][¡¢£¤¥¦¨¬±³´µ¶¸¹¼½¾¿×÷]"  # signs right behind a letter


def decode(data: bytes, *, encoding: str | None = None, declared: str | None = None) -> Decoded:
    r"""Text from bytes; never fails on the bytes, whatever they are.

    ``encoding`` is what the user says and always holds; ``declared`` is what a page says of itself and is often wrong.
    Raises ArticleError where ``encoding`` is no encoding.

    >>> decode(b"\xef\xbb\xbfUlm"), decode("Köln".encode("utf-16"))
    (Decoded(text='Ulm', encoding='utf-8', warnings=()), Decoded(text='Köln', encoding='utf-16', warnings=()))
    """
    codec = _marked(data) if encoding is None else _codec(encoding)
    if codec is not None:
        return _read(data, codec)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        codec = _declared_codec(declared) or ("utf-8" if _is_damaged_utf8(data) else None)
    if codec is not None:
        return _read(data, codec)
    guess = _guess(data)
    decoded = _read(data, guess)
    note = Phrase("the encoding is not stated; it was taken to be {encoding}, --encoding sets it", encoding=guess)
    return decoded._replace(warnings=(note, *decoded.warnings))


def _marked(data: bytes) -> str | None:
    """The codec that a byte-order mark, or the escape sequence of ISO-2022-JP, gives away."""
    if _ESCAPE_JP in data and data.isascii():
        return "iso2022_jp"
    return next((codec for mark, codec in _MARKS if data.startswith(mark)), None)


def _codec(name: str) -> str:
    """The name that Python has for a text encoding."""
    try:
        b" ".decode(name, "replace")
    except (LookupError, ValueError):  # no such encoding; a codec that is none (hex, zlib); a name with a NUL byte
        raise ArticleError(f"{name!r} is no text encoding; try utf-8, cp1252, cp1251, shift_jis or gb18030") from None
    return codecs.lookup(name).name


def _declared_codec(name: str | None) -> str | None:
    """The codec for what a page says, None where it says nothing that can be so."""
    if name is None:
        return None
    try:
        codec = _codec(name)
    except ArticleError:
        return None
    codec = _WEB_NAMES.get(codec, codec)
    return None if codec == "utf-8" else codec  # it was found not to be valid UTF-8


def _read(data: bytes, codec: str) -> Decoded:
    """Decode; what cannot be is replaced, and the first such byte is named."""
    label = "utf-8" if codec == "utf-8-sig" else codec
    warnings: tuple[Phrase, ...] = ()
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        text = data.decode(codec, "replace")
        more = text.count("\ufffd") - 1
        damage = Phrase(
            "byte {offset} is not valid {encoding} and was replaced", offset=str(error.start), encoding=label
        )
        warnings = (Phrase("{damage}, and {more} more such", damage=damage, more=str(more)) if more > 0 else damage,)
    return Decoded(text.removeprefix("\ufeff"), label, warnings)


def _is_damaged_utf8(data: bytes) -> bool:
    r"""Whether bytes that are not valid UTF-8 are all the same meant as UTF-8.

    >>> _is_damaged_utf8("Zürich, Genève ".encode() + b"\xff"), _is_damaged_utf8("Zürich, Genève".encode("latin-1"))
    (True, False)
    >>> _is_damaged_utf8("a\ud800b Köln".encode("utf-8", "surrogatepass"))
    True
    >>> _is_damaged_utf8(b"Ulm \xff Bonn"), _is_damaged_utf8(b"caf\xe9"), _is_damaged_utf8(b"M\xc3nchen")
    (True, False, True)
    """
    sample = re.sub(_SURROGATE, b"\xff", _sample(data))
    whole = len(re.findall(_MULTIBYTE, sample))
    broken = sample.decode("utf-8", "replace").count("\ufffd")
    if whole:
        return broken <= max(1, whole * _DAMAGE_SHARE)
    odd = [match.start() for match in islice(re.finditer(_HIGH, sample), _FEW + 1)]
    return len(odd) <= _FEW and not all(_reads_as_western(sample, at) for at in odd)


def _sample(data: bytes) -> bytes:
    """What a guess looks at: the bytes around the first that is not ASCII."""
    first = re.search(_HIGH, data)
    start = max(0, first.start() - _SAMPLE // 2) if first else 0
    return data[start : start + _SAMPLE]


def _reads_as_western(data: bytes, at: int) -> bool:
    r"""Whether one byte makes sense in Windows-1252: a letter in a word, a sign where signs stand.

    >>> _reads_as_western(b"5 \x80", 2), _reads_as_western(b"it\x92s", 2), _reads_as_western(b"l\xffs", 1)
    (True, True, False)
    """
    near = f" {data[max(at - 2, 0) : at + 3].decode('cp1252', 'replace')} "
    middle = 1 + min(at, 2)
    before, char, after = near[middle - 1], near[middle], near[middle + 1]
    if char in "ÿþðƒ\ufffd":
        return False
    if not char.isalpha():
        return char != "€" or any(map(str.isdigit, near))
    if char.isupper():
        return after.isalpha() and (not before.isalpha() or (before + after).isupper())
    return char in _WORDS or before.isalpha() or after.isalpha()


def _guess(data: bytes) -> str:
    """The likeliest encoding of bytes that are not UTF-8."""
    half = _utf16_half(data)
    if half is not None:
        return half
    sample = _sample(data)
    high = len(re.findall(_HIGH, sample))
    if high < _FOREIGN_SHARE * (high + len(re.findall(_LETTERS, sample))):
        return max(_LATIN, key=lambda codec: _clarity(sample, codec))
    for codec in _JAPANESE:
        text = sample.decode(codec, "replace")
        if text.count("\ufffd") <= 1 and len(re.findall(_KANA, text)) > _KANA_SHARE * sum(
            not c.isascii() for c in text
        ):
            return codec
    from charset_normalizer import from_bytes

    found = max(
        from_bytes(sample, cp_isolation=_OTHER), key=lambda match: (match.coherence, -match.chaos), default=None
    )
    return _LATIN[0] if found is None else codecs.lookup(found.encoding).name


def _utf16_half(data: bytes) -> str | None:
    """UTF-16 without a mark shows by NUL bytes that all stand in the even or all in the odd places."""
    sample = data[:_SAMPLE]
    size = len(sample) / 2
    for codec, mostly, hardly in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if mostly.count(0) > _NULS_IN_UTF16 * size and hardly.count(0) < _DAMAGE_SHARE * size:
            return codec
    return None


def _clarity(sample: bytes, codec: str) -> float:
    """How clearly CLD2 sees a language in the text that a codec gives."""
    import pycld2

    text = sample.decode(codec, "replace")
    odd = len(re.findall(_UNPRINTED, text)) + len(re.findall(_MISPLACED, text))
    try:
        _, _, (best, *_) = pycld2.detect(re.sub(_UNPRINTED, " ", text), bestEffort=True)
    except pycld2.error:
        return 0.0
    return float(best[2] * best[3]) / (1 + odd)
