"""The places as the page lists them, each once, with all its mentions in all the articles."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from geo.atlas import Atlas
from geo.messages import KINDS, Figure, Messages, Name
from geo.model import Kind, Located, Place, Report
from maps.text import mention
from maps.words import mentions

__all__ = ["Found", "country_name", "found_places", "place_entry", "rivals"]

Found = tuple[int, Located]  # in which article, and what

_RIVALS = 3  # other readings of a name that a card lists


def found_places(reports: Sequence[Report]) -> list[tuple[Place, list[Found]]]:
    """Each distinct place with its mentions, by first mention; those that only a check names come last."""
    found: dict[str, tuple[Place, list[Found]]] = {}
    for number, report in enumerate(reports):
        for located in report.located:
            if located.place:
                found.setdefault(located.place.id, (located.place, []))[1].append((number, located))
    for number, report in enumerate(reports):
        for check in report.checks:
            for end in (check.claim.subject, check.claim.object):
                if end.place:
                    found.setdefault(end.place.id, (end.place, [(number, end.located)] if end.located else []))
    return list(found.values())


def place_entry(
    place: Place, found: Sequence[Found], reports: Sequence[Report], atlas: Atlas, messages: Messages, *, text: bool
) -> dict[str, Any]:
    """One place; without ``text`` nothing of the articles is in it but its names."""
    names = Counter(Name.of(place, one.mention).written for _, one in found if one.mention.kind is None)
    # the articles' own name, the one they use most, the shorter of two, without the ending that a sentence gave it
    label = min(names, key=lambda name: (-names[name], len(name))) if names else place.name
    own = messages.name(Name.of(place))
    others = {one.place.id: one.place for _, located in found for one in located.candidates[1 : _RIVALS + 1]}
    return {
        "label": label,
        "name": place.name,
        "what": ", ".join(filter(None, ["" if own == label else own, _what(place, atlas, messages)])),
        "kind": place.kind,
        "country": place.country,
        "people": messages.say("{number} people", number=Figure(place.population)) if place.population else "",
        "count": mentions(messages, len(found)),
        "mentions": [{"article": number, **mention(reports[number], located, text=text)} for number, located in found],
        "rivals": rivals(list(others.values()), atlas, messages),
    }


def _what(place: Place, atlas: Atlas, messages: Messages) -> str:
    """What a place is and where: "city, Russia"."""
    country = country_name(place.country, atlas, messages) if place.country and place.kind is not Kind.COUNTRY else ""
    return ", ".join(filter(None, [messages.say(KINDS[place.kind]), country]))


def country_name(code: str, atlas: Atlas, messages: Messages) -> str:
    """What a country is called in the page's language, by its code."""
    known = atlas.gazetteer.place(f"country:{code}")
    return messages.name(Name(known.name if known else code, country=code))


def rivals(places: Sequence[Place], atlas: Atlas, messages: Messages) -> list[dict[str, Any]]:
    """Other places of a name, the likeliest first."""
    return [{"name": place.name, "what": _what(place, atlas, messages)} for place in places[:_RIVALS]]
