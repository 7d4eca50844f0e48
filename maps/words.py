"""What the page says of itself: its headings and buttons, in any language that Dateline speaks.

The page's scripts know a sentence by its key and put values in by name (``assets/speech.js``); what depends on a number
is written here, because languages have more than two forms for it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from geo.messages import Figure, Messages, Phrase, Plural

__all__ = ["WORDS", "articles", "mentions", "spoken"]

WORDS: Mapping[str, Phrase] = MappingProxyType(
    {
        "close": Phrase("Close"),
        "untitled": Phrase("Distances and places"),
        "relations": Phrase("Distances and relations"),
        "not_found": Phrase("Named but not found: {names}"),
        "no_place": Phrase("No place was found in this article."),
        "made_with": Phrase("Made with Dateline {version}, atlas of {date}."),
        # a dossier
        "articles": Phrase("Articles"),
        "article_number": Phrase("Article {number}"),
        "contradictions": Phrase("Contradictions"),
        # claims
        "stated": Phrase("Stated"),
        "measured": Phrase("Measured"),
        "margin": Phrase("Margin"),
        "from": Phrase("From"),
        "to": Phrase("To"),
        "direction": Phrase("Direction"),
        "how": Phrase("How"),
        "data": Phrase("Data"),
        "should_read": Phrase("Should read {words}"),
        "rivals_change": Phrase("Other places of that name would change this: {places}"),
        "measured_label": Phrase("measured {length}"),
        "claim_marker": Phrase("{words} ({verdict}, measured {length})"),
        "claim_unmeasured": Phrase("{words} ({verdict})"),
        # places
        "place_marker": Phrase("{name}: {what}, {mentions}"),
        "could_be": Phrase("Could also be: {places}"),
        "previous_mention": Phrase("Previous mention"),
        "next_mention": Phrase("Next mention"),
        "mention_of": Phrase("mention {number} of {count}"),
        # files
        "csv_claims": Phrase("CSV of the claims"),
        "csv_places": Phrase("CSV of the places"),
        "download_as": Phrase("Download: {kind}"),
        "credits": Phrase("Places: GeoNames (CC BY 4.0). Borders and coasts: Natural Earth."),
        # the map
        "view_checks": Phrase("Checks"),
        "view_checks_title": Phrase("Show the checks"),
        "view_places": Phrase("All places"),
        "view_places_title": Phrase("Show all places"),
    }
)

_ARTICLES = Plural("{number} article", "{number} articles")
_MENTIONS = Plural("{number} mention", "{number} mentions")


def spoken(messages: Messages) -> dict[str, str]:
    """Every sentence by its key, with the places for its values left in it."""
    return {key: messages.say(phrase, **_slots(phrase)) for key, phrase in WORDS.items()}


def mentions(messages: Messages, count: int) -> str:
    """How often a place is mentioned: "3 mentions"."""
    return messages.count(_MENTIONS, Figure(count))


def articles(messages: Messages, count: int) -> str:
    """How many articles a dossier has: "3 articles"."""
    return messages.count(_ARTICLES, Figure(count))


def _slots(phrase: Phrase) -> dict[str, str]:
    """Values that put the place for a value back into its place: "{name}" for name."""
    from string import Formatter

    return {name: f"{{{name}}}" for _, name, _, _ in Formatter().parse(phrase.template) if name}
