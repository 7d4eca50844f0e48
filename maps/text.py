"""The article's own words as the page shows them: paragraphs in runs, and a mention with the words around it.

Python counts code points and JavaScript UTF-16 units, so no offsets travel: the text is cut into runs here.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from geo.model import Located, Report, Span

__all__ = ["mention", "paragraphs"]

_PARAGRAPH_END = re.compile(r"[^\S\n]*\n(?:[^\S\n]*\n)+")
_HEADLINE_MAX = 120  # characters; a first paragraph that is one short line without a full stop is the headline
_AROUND = 60  # characters of the article on each side of a mention, as a place's card shows it

Mark = tuple[Span, str, list[int]]  # a span, "place" or "check", and [place, which mention] or [check]


def paragraphs(
    report: Report, number: Mapping[str, int], counts: dict[int, int], first_check: int
) -> Iterator[dict[str, Any]]:
    """The text in paragraphs, each cut into runs where a place or a claim begins or ends.

    ``number`` gives each place's number by its id, ``counts`` how often each was mentioned in articles before (this
    one's mentions are added), ``first_check`` the number of the report's first check.
    """
    text = report.article.text
    marked: list[Mark] = []
    for located in report.located:
        if located.place:
            place = number[located.place.id]
            marked.append((located.mention.span, "place", [place, counts.get(place, 0)]))
            counts[place] = counts.get(place, 0) + 1
    marked += [(check.claim.stated.span, "check", [index]) for index, check in enumerate(report.checks, first_check)]
    waiting = deque(sorted(marked, key=lambda mark: mark[0]))
    start = 0
    for gap in [*_PARAGRAPH_END.finditer(text), None]:
        end = gap.start() if gap else len(text)
        mine = []
        while waiting and waiting[0][0].start < end:
            mine.append(waiting.popleft())
        if text[start:end].strip():
            yield {"headline": _is_headline(report, start, end), "runs": list(_runs(text, start, end, mine))}
        start = gap.end() if gap else end


def _is_headline(report: Report, start: int, end: int) -> bool:
    first = not report.article.text[:start].strip()
    line = report.article.text[start:end].strip()
    if report.article.title is not None:
        return first and line == report.article.title.strip()
    return first and len(line) <= _HEADLINE_MAX and "\n" not in line and line[-1] not in ".,;:"


def _runs(text: str, start: int, end: int, marked: Iterable[Mark]) -> Iterator[Any]:
    """Strings for bare text, ``{"text", "place", "checks"}`` for what is marked; marks come sorted and may overlap."""
    waiting = deque(marked)
    open_marks: list[Mark] = []
    cuts = sorted({start, end, *(max(start, min(end, cut)) for span, _, _ in waiting for cut in span)})
    for left, right in pairwise(cuts):
        while waiting and waiting[0][0].start <= left:
            open_marks.append(waiting.popleft())
        open_marks = [mark for mark in open_marks if mark[0].end >= right]
        place = next((value for _, kind, value in open_marks if kind == "place"), None)
        checks = [value[0] for _, kind, value in open_marks if kind == "check"]
        piece = text[left:right]
        yield {"text": piece, "place": place, "checks": checks} if open_marks else piece


def mention(report: Report, located: Located, *, text: bool) -> dict[str, Any]:
    """A mention with some of the article around it, none where the article's words are left out."""
    start, end = located.mention.span
    before, after = report.article.text[max(0, start - _AROUND) : start], report.article.text[end : end + _AROUND]
    return {
        "text": located.mention.text,
        "kind": located.mention.kind,
        "before": " ".join(before.split(" ")[1:]) if text and start > _AROUND else before if text else "",
        "after": " ".join(after.split(" ")[:-1]) if text and len(after) == _AROUND else after if text else "",
    }
