"""The report for people: a table of the claims, then the places.

Every word of the article becomes inert first (:func:`inert`) and is handed to rich as plain text, never as markup.
Colours only repeat what a mark and a word say. The table is in the language of the report's reasons.
"""

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.messages import VERDICTS, Messages, Name, Phrase, open_messages
from geo.model import Check, End, Located, Part, Place, Report, Unit, Verdict
from geo.render.record import named_places
from geo.rules.wording import length, should_read, statement

if TYPE_CHECKING:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

__all__ = ["inert", "to_table"]

_MARKS = {
    Verdict.ACCURATE: ("✓", VERDICTS[Verdict.ACCURATE], "green"),
    Verdict.PLAUSIBLE_BY_ROAD: ("≈", Phrase("by road"), "blue"),
    Verdict.OFF: ("!", VERDICTS[Verdict.OFF], "yellow"),
    Verdict.WRONG: ("✗", VERDICTS[Verdict.WRONG], "red"),
    Verdict.UNCHECKABLE: ("?", VERDICTS[Verdict.UNCHECKABLE], "bright_black"),
}
_PARTS = {Part.BORDER: Phrase("border of {place}"), Part.COAST: Phrase("coast of {place}")}
_HEADINGS = (Phrase("From → to"), Phrase("Stated"), Phrase("Measured"), Phrase("Should read"))
_QUOTE = 240  # characters of the article's sentence that are shown around a length
_FIGURE_WIDTH = 12
_LEAST_WIDTH = 60  # narrower than that every word would break
_MOST_NAMES = 60  # places in the closing line

_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"  # first strong isolate, pop directional isolate (UAX 9)
_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


def to_table(
    report: Report, *, text: bool = True, units: Unit | None = None, width: int = 80, colour: bool = False
) -> str:
    """The report as text of ``width`` columns; lengths in ``units``, by default in the unit that each article used.

    ``text=False`` quotes no sentence of the article, and of names without a place only how many there are.
    """
    from rich.console import Console
    from rich.text import Text

    made = io.StringIO()
    console = Console(
        file=made,
        width=max(_LEAST_WIDTH, width),
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        force_jupyter=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
    messages = open_messages(report.ui)
    indent = 2 + max(len(messages.say(word)) for _, word, _ in _MARKS.values())
    if report.distances:
        console.print(_row(indent, messages.say("Verdict"), *map(messages.say, _HEADINGS), style="bold"))
    for check in report.distances:
        console.print(_facts(check, units, messages, indent))
        if text:
            console.print(_indented(_quoted(report, check, messages), indent))
        console.print(_indented(inert(check.reason), indent))
        console.print()
    if report.statements:
        console.print(Text(messages.say("Also stated:"), "bold"))
        for check in report.statements:
            console.print(_statement(check, messages, indent, text=text))
        console.print()
    for line in _closing(report, messages, text=text):
        console.print(line)
    # A terminal that pads lines would make a pipe's output ragged; half of a surrogate pair cannot be printed.
    made_lines = [line.rstrip() for line in made.getvalue().split("\n")]
    return "\n".join(made_lines).encode("utf-8", "replace").decode()


def inert(words: str) -> str:
    r"""A stranger's words on one line, with nothing left in them that acts on a terminal.

    Controls become U+FFFD; what could turn the direction of the text around goes, and right-to-left words are
    isolated, so that they cannot carry their neighbours along.

    >>> inert("a\x1b[31mb\n c"), inert("x" + chr(0x202e) + "y"), inert("بيروت")
    ('a�[31mb c', 'xy', '\u2068بيروت\u2069')
    """
    line = _BIDI_CONTROLS.sub("", " ".join(words.split()))
    plain = "".join("\ufffd" if unicodedata.category(letter) in {"Cc", "Cs"} else letter for letter in line)
    if any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in plain):
        return f"{_ISOLATE}{plain}{_END_ISOLATE}"
    return plain


def _facts(check: Check, units: Unit | None, messages: Messages, indent: int) -> "Table":
    """The line of figures."""
    claim, measured = check.claim, check.measured
    unit = units or claim.length.unit
    stated = replace(claim.length, unit=unit)
    mark, word, colour = _MARKS[check.verdict]
    verdict = f"{mark} {messages.say(word)}"
    if check.direction_verdict is Verdict.WRONG:
        verdict += f"\n{_MARKS[Verdict.WRONG][0]} {messages.say('direction')}"
    right = ""
    if check.should_read and measured:
        right = check.should_read if units is None else should_read(measured.distance_km, stated, messages=messages)
    said = statement(stated, messages=messages)
    return _row(
        indent,
        verdict,
        f"{_end(claim.subject, messages)} → {_end(claim.object, messages)}",
        messages.say("not {length}", length=said) if claim.negated else said,
        length(measured.distance_km, unit, messages=messages) if measured else "–",
        right,
        verdict_style=colour,
    )


def _statement(check: Check, messages: Messages, indent: int, *, text: bool) -> "Table":
    """What is stated without a length, in a line: the places and the article's words for it, and why."""
    claim = check.claim
    mark, word, colour = _MARKS[check.verdict]
    words = f" (“{inert(claim.stated.text)}”)" if text else ""
    ends = f"{_end(claim.subject, messages)} → {_end(claim.object, messages)}{words}: {inert(check.reason)}"
    return _row(indent, f"{mark} {messages.say(word)}", ends, verdict_style=colour)


def _row(indent: int, verdict: str, ends: str, *figures: str, style: str = "", verdict_style: str = "") -> "Table":
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(width=indent)
    grid.add_column(ratio=1)
    for _ in figures:
        grid.add_column(width=_FIGURE_WIDTH)
    cells = [Text(verdict, verdict_style or style), Text(ends, style), *(Text(figure, style) for figure in figures)]
    grid.add_row(*cells)
    return grid


def _indented(line: str, indent: int) -> "Padding":
    from rich.padding import Padding
    from rich.text import Text

    return Padding(Text(line), (0, 0, 0, indent + 2))


def _end(end: End, messages: Messages) -> str:
    name = inert(Name.of(end.place, end.mention).written if end.place else end.name)
    return messages.say(_PARTS[end.part], place=name) if end.located and end.part in _PARTS else name


def _quoted(report: Report, check: Check, messages: Messages) -> str:
    """The claim in the article's words: its sentence, or what stands around the length in a long one."""
    sentence, stated = check.claim.sentence, check.claim.stated.span
    start = max(sentence.start, stated.start - _QUOTE // 2)
    end = max(stated.end, min(sentence.end, start + _QUOTE))
    before, after = "…" if start > sentence.start else "", "…" if end < sentence.end else ""
    return messages.say("“{quote}”", quote=f"{before}{inert(report.article.text[start:end])}{after}")


def _closing(report: Report, messages: Messages, *, text: bool) -> Iterator["Text"]:
    """What is said below the table: a word where there is none, the places, what could not be placed, warnings."""
    from rich.text import Text

    named = named_places(report)
    lost = dict.fromkeys(inert(found.mention.text) for found in report.located if found.place is None)
    if not report.distances and named:
        yield Text(messages.say("Nothing to check: the article names places but states no distance between them."))
    elif not report.distances:
        yield Text(messages.say("Nothing to check: the article names no place that the atlas knows."))
    if named:
        unsure = [all(found.uncertain for found in mentions) for _, mentions in named]
        names = [
            f"{_called(place, mentions, messages)}{'?' if doubt else ''}"
            for (place, mentions), doubt in zip(named, unsure, strict=True)
        ]
        yield Text(messages.say("Places: {places}.", places=_listed(names, messages)))
        if any(unsure):
            yield Text(
                messages.say(
                    "A ? marks a place that is more likely another one of its name; --pin, --country, --near tell."
                )
            )
    if lost:
        yield Text(messages.say("Not placed: {names}.", names=_listed(lost, messages) if text else str(len(lost))))
    for warning in report.warnings:
        yield Text(messages.say("Note: {warning}", warning=inert(warning)))


def _called(place: Place, mentions: Sequence[Located], messages: Messages) -> str:
    """A place's name, with its country behind it, and a former name that the article uses."""
    former = next((one.mention.text for one in mentions if one.candidates and one.candidates[0].former), None)
    spoken = Counter(messages.name(Name.of(place, None if former else one.mention)) for one in mentions)
    name = min(spoken, key=lambda word: (-spoken[word], len(word)))
    details = [*filter(None, [place.country])]
    if former:
        details.append(messages.say("as {name}", name=inert(former)))
    return f"{inert(name)} ({', '.join(details)})" if details else inert(name)


def _listed(names: Iterable[str], messages: Messages) -> str:
    """Each name once; of very many only the first."""
    once = list(dict.fromkeys(names))
    shown = ", ".join(once[:_MOST_NAMES])
    if len(once) <= _MOST_NAMES:
        return shown
    return messages.say("{names} and {more} more", names=shown, more=str(len(once) - _MOST_NAMES))
