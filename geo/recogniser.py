"""Find the place names of an article with the trained tagger and the rules together.

The tagger (:mod:`geo.tagger`) says how likely each word belongs to a place's name, from what stands around it; the
rules (:mod:`geo.mentions`) say which words the gazetteer knows and are written like a name. Each misses what the other
finds: the tagger towns inside the names of institutions ("Toledo Police"), which news means as places; the rules names
that the gazetteer lacks, and persons and clubs named like towns. So a rule's mention stands where the tagger does not
speak against it, and the tagger's own spans stand where it is sure enough.

What one sentence says of a word helps with the others: after "Jordan Pickford" a lone "Pickford" is a person.

A language that has no model is left to the rules.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from geo.atlas import Atlas
from geo.fold import fold
from geo.mentions import read_mentions
from geo.model import Article, Kind, Mention, Span
from geo.reading import Reading
from geo.tagger import Tag, Tagger, open_tagger
from geo.tokens import Case

__all__ = ["find_mentions", "has_model"]

# Thresholds, set on the development corpora together (docs/quality.md), the same for all languages; from which
# probability on the tagger's own spans count is a part of each model.
_UNHEARD_OF = 0.1  # so much surer the tagger has to be of a name that the gazetteer lacks and no "in" precedes
_ALLOWED = 0.05  # a rule's mention needs at least this belief in a place,
_PERSON = 0.6  # less than this in a person,
_SURE_PERSON = 0.9  # or than this of a country's name, or where a distance is stated: places are what that is about
_MEMBER = 0.5  # and no more than this in an institution of several words,
_MEETS = 0.2  # two known names that stand side by side are two where so sure a name begins with the second
_STILL = 0.25  # unless belief in a place is still as great as this
_WHOLE = 0.7  # a name that the gazetteer lacks beats a known one inside it where each of its words is so sure
_NAMED = 0.6  # sure to be in a person's full name;
_LONE, _CERTAIN = 0.97, 0.98  # a word of it, alone, is a place where it is surer than this, behind "in" and elsewhere,
_FAINT = 0.2  # and otherwise keeps this share of its chances
_ELSEWHERE = 0.3  # the share of the best belief in a place that carries over to the same word elsewhere in the article
_COMMON = 3  # a common noun is no name so many times as often as it belongs to one
_LONGEST_DOTTED = 5  # letters of an abbreviation: "Calif."
_HYPHENS = frozenset("-\u2010\u2011")
_AREAS = frozenset({Kind.COUNTRY, Kind.REGION, Kind.CONTINENT, Kind.AREA})
_PARTS = frozenset(",;/")
_DASHES = frozenset("-–—")

_Words = tuple[int, int]  # half-open positions


class _Ruled(NamedTuple):
    """A rule's mention and the words that it covers; None where it is a part of a word."""

    mention: Mention
    words: _Words | None


def has_model(language: str, atlas: Atlas) -> bool:
    """Whether names of a language are found with a trained model, or by gazetteer and rules alone."""
    return open_tagger(language, atlas.gazetteer) is not None


def find_mentions(article: Article, atlas: Atlas) -> tuple[Mention, ...]:
    """The article's place names in order, none overlapping another; demonyms are marked as such."""
    reading = Reading(article, atlas.vocabulary(article.language))
    ruled, tagger = read_mentions(reading), open_tagger(article.language, atlas.gazetteer)
    return ruled if tagger is None else tuple(_Tagged(reading, tagger).joined(ruled))


class _Tagged:
    """The tagged words of an article."""

    def __init__(self, reading: Reading, tagger: Tagger) -> None:
        self._reading, self._tagger = reading, tagger
        self._text, self._language, self._gazetteer = reading.text, reading.language, reading.gazetteer
        self._function_words, self._tokens, self._vocabulary = reading.names, reading.tokens, reading.vocabulary
        self._tags = tagger.tag(self._text, self._tokens)
        self._persons, self._surnames = self._told_persons()
        self._agree()
        # The best belief in each word as a place where its capital tells something
        self._elsewhere: dict[str, float] = {}
        for token, tag in zip(self._tokens, self._tags, strict=True):
            if not token.opens and tag.place > self._elsewhere.get(token.key, 0.0):
                self._elsewhere[token.key] = tag.place

    def _told_persons(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words of persons' full names, and those that are not the first of one: no town before a title."""
        words, surnames = set[str](), set[str]()
        for position, (token, tag) in enumerate(zip(self._tokens, self._tags, strict=True)):
            if tag.person > _NAMED:
                follows = _is_person(self._tags, position - 1)
                if follows or _is_person(self._tags, position + 1):
                    words.add(token.key)
                if follows and token.case is Case.CAPITAL:
                    surnames.add(token.key)
        return frozenset(words), frozenset(surnames)

    def _agree(self) -> None:
        """Carry over what the article says of the same word elsewhere."""
        places = dict[str, float]()
        for token, tag in zip(self._tokens, self._tags, strict=True):
            if tag.place > places.get(token.key, 0.0):
                places[token.key] = tag.place
        agreed = list(self._tags)
        for position, (token, tag) in enumerate(zip(self._tokens, self._tags, strict=True)):
            if token.case is Case.LOWER:
                continue
            if token.key in self._persons:
                cued = self._reading.follows(position, self._function_words.place_cues)
                if tag.place < (_LONE if cued else _CERTAIN):
                    agreed[position] = tag._replace(place=_FAINT * tag.place, begins=_FAINT * tag.begins)
            elif tag.place < _ELSEWHERE * places.get(token.key, 0.0) and tag.person + tag.other < _ELSEWHERE:
                place = _ELSEWHERE * places[token.key]
                agreed[position] = tag._replace(place=place, begins=place)
        self._tags = agreed

    def joined(self, ruled: Sequence[Mention]) -> list[Mention]:
        """The rules' mentions that the tagger allows, and the tagger's spans; the better of two that overlap."""
        placed = list(self._placed(ruled))
        by_word = {position: item.mention for item in placed if item.words for position in range(*item.words)}
        taken: dict[int, Mention] = {}
        for words in self._own():
            inside = list(dict.fromkeys(by_word[position] for position in range(*words) if position in by_word))
            if not self._prefers_rules(words, inside):
                taken |= dict.fromkeys(range(*words), self._mention(words, inside))
        for mention, covered in placed:
            if (
                covered
                and not any(position in taken for position in range(*covered))
                and self._allows(mention, covered)
            ):
                taken |= dict.fromkeys(range(*covered), mention)
        mentions = [*taken.values(), *(item.mention for item in placed if item.words is None)]
        return sorted(dict.fromkeys(mentions), key=lambda mention: mention.span.start)

    def _placed(self, mentions: Sequence[Mention]) -> Iterator[_Ruled]:
        """The rules' mentions with the words that they cover."""
        starts = {token.start: position for position, token in enumerate(self._tokens)}
        for mention in mentions:
            first = after = starts.get(mention.span.start, len(self._tokens))
            while after < len(self._tokens) and self._tokens[after].end <= mention.span.end:
                after += 1
            yield _Ruled(mention, (first, after) if after > first else None)

    def _own(self) -> Iterator[_Words]:
        """The names that the tagger is sure enough of."""
        for words in (part for run in self._runs() for part in self._parted(run)):
            name = self._without_kind(words)
            belief = min(tag.place for tag in self._tags[name[0] : name[1]])
            cued = self._reading.follows(words[0], self._function_words.place_cues)
            sure = cued or belief >= self._tagger.sure + _UNHEARD_OF or self._is_known(name)
            if sure and not (self._is_person_or_noun(words) or self._is_compound(words) or self._is_other(name)):
                yield name

    def _runs(self) -> Iterator[_Words]:
        """Words side by side that the tagger takes for one name."""
        position, tokens, tags, sure = 0, self._tokens, self._tags, self._tagger.sure
        while position < len(tokens):
            first, position = position, position + 1
            if tags[first].place < sure:
                continue
            while position < len(tokens) and tags[position].place >= sure and self._continues(position):
                position += 1
            after = position
            while after > first and not self._tagger.may_end(tokens[after - 1]):
                after -= 1
            if after > first:
                yield first, after

    def _parted(self, words: _Words) -> Iterator[_Words]:
        """A name; an unknown one cut where two known ones meet, the first of them inflected: Казахстана Астаны."""
        first, after = words
        for cut in range(first + 1, after):
            if self._meet(words, cut):
                yield from ((first, cut), (cut, after))
                return
        yield words

    def _meet(self, words: _Words, cut: int) -> bool:
        """Whether two names meet there."""
        (first, after), (before, behind) = words, self._tags[cut - 1 : cut + 1]
        blank = self._text[self._tokens[cut - 1].end : self._tokens[cut].start] == " "
        if not blank or min(before.place, behind.place) <= _WHOLE or behind.begins <= _MEETS:
            return False
        return self._is_inflected((first, cut)) and self._is_known((cut, after)) and not self._is_known(words)

    def _is_inflected(self, words: _Words) -> bool:
        """Whether a name is another form of a known one."""
        span = self._span(words)
        name = self._text[span.start : span.end]
        return self._vocabulary.key_of(name) != fold(name)

    def _continues(self, position: int) -> bool:
        """Whether a name runs on to a word: not over a comma or the like, a paragraph, or into a genitive's s."""
        tag, token = self._tags[position], self._tokens[position]
        gap = self._text[self._tokens[position - 1].end : token.start]
        genitive = token.key == "s" and token.case is Case.LOWER
        dateline = "\n" in gap and token.case is Case.UPPER and self._tokens[position - 1].case is Case.CAPITAL
        parts = genitive or dateline or "\n\n" in gap or any(mark in gap for mark in _PARTS)
        return tag.begins < tag.place / 2 and not parts

    def _is_person_or_noun(self, words: _Words) -> bool:
        """Whether a lone word stands behind a title, Mrs. Paris, or is a town's name behind an article: the Nice."""
        first, after = words
        if after > first + 1 or first == 0 or self._tokens[first].opens:
            return False
        before = self._tokens[first - 1].key
        if before in self._function_words.titles or self._function_words.town_before_institution:
            return before in self._function_words.titles
        best = self._gazetteer.ranked(self._gazetteer.find(self._tokens[first].key))[:1]
        town = any(self._gazetteer.kind_at(posting.number) is Kind.CITY for _, posting in best)
        return town and before in self._function_words.determiners

    def _is_other(self, words: _Words) -> bool:
        """Whether a lone word is an ordinary one at a sentence's start, or the name of a firm or club: Toyota."""
        if words[1] - words[0] > 1:
            return False
        token, cues = self._tokens[words[0]], self._function_words.place_cues
        if self._reading.is_ordinary(words[0]) and self._elsewhere.get(token.key, 0.0) < self._tagger.sure:
            return True
        if self._reading.follows(words[0], cues):
            return False
        doubted = self._tags[words[0]].place < _LONE and self._vocabulary.is_other_name(token.key)
        return doubted or token.key in self._function_words.not_places

    def _is_compound(self, words: _Words) -> bool:
        """Whether the words are a noun made of a place's name, Irak-Reise, and not a name of its own."""
        last = self._tokens[words[1] - 1]
        if words[1] - words[0] == 1 or self._text[last.start - 1] not in _HYPHENS:
            return False
        counts = self._gazetteer.word(last.key, self._language)
        return counts.no_name > counts.place + counts.place_part and not self._is_known(words)

    def _without_kind(self, words: _Words) -> _Words:
        """Only the name, where the kind of place stands before it, реки Обь, Bundesstaat Texas, or a preposition opens.

        Not of Lake Placid; but La Paz of "De La Paz a Cochabamba".
        """
        (first, after), rest = words, (words[0] + 1, words[1])
        if after - first == 1 or self._tokens[first + 1].case is Case.LOWER:
            return words
        if self._reading.opens_by_chance(first, after):
            return rest
        if self._is_known(words) or (self._tokens[first].case is not Case.LOWER and not self._is_common(first)):
            return words
        return rest if self._is_known(rest) else words

    def _prefers_rules(self, words: _Words, inside: list[Mention]) -> bool:
        """Whether the rules' mentions within the tagger's span are better: longer, or known where it is not."""
        span = self._span(words)
        if len(inside) == 1 and inside[0].span == span:
            return inside[0].kind is not None  # Lithuanian
        named = [mention for mention in inside if mention.kind is None]
        if inside and not named and self._tokens[words[0]].opens and inside[-1].span.end == span.end:
            return not self._is_known(words)  # Les Allemands
        if any(mention.span.start < span.start or mention.span.end > span.end for mention in named):
            return True
        if named and inside[0].kind is not None and (inside[0].span.start, named[-1].span.end) == span:
            return not self._is_known(words)  # Schotse Lerwick
        if not named or self._is_known(words):
            return False
        several = len(named) > 1 and (named[0].span.start, named[-1].span.end) == span  # Tampa and St. Petersburg
        unsure = min(tag.place for tag in self._tags[words[0] : words[1]]) < _WHOLE
        country = any(map(self._is_country, named))  # Atlantikküste Marokkos
        return several or country or unsure or self._is_common(words[1] - 1)  # Dänemarks Berge

    def _is_country(self, mention: Mention) -> bool:
        """Whether a rule's mention is a country before all else."""
        best = self._gazetteer.ranked(self._gazetteer.find(mention.key))[:1]
        return any(self._gazetteer.kind_at(posting.number) is Kind.COUNTRY for _, posting in best)

    def _is_common(self, position: int) -> bool:
        """Whether a word is a common noun."""
        counts = self._gazetteer.word(self._tokens[position].key, self._language)
        return counts.no_name > _COMMON * (sum(counts) - counts.no_name)

    def _mention(self, words: _Words, inside: list[Mention]) -> Mention:
        """The tagger's span as a mention, looked up as the rules would where they found the same."""
        start, end = self._tokens[words[0]].start, self._end(words)
        same = (m.key for m in inside if m.kind is None and m.span.start == start and m.span.end >= end - 1)
        name = self._text[start:end]
        return Mention(Span(start, end), name, self._vocabulary.key_of(next(filter(self._gazetteer.find, same), name)))

    def _end(self, words: _Words) -> int:
        """Where a name ends: with the bracket that closes one inside, with the stop of an abbreviation.

        A stop is one where the sentence goes on behind it, "Minn., a", and behind single letters: "U.S.".
        """
        text, last, several = self._text, self._tokens[words[1] - 1], words[1] - words[0] > 1
        start, end = last.start, last.end
        behind, beyond = text[end : end + 1], text[end + 1 : end + 4].lstrip()[:1]
        if behind == ")" and several and "(" in text[self._tokens[words[1] - 2].end : start]:
            return end + 1
        if behind != "." or end - start > _LONGEST_DOTTED:
            return end
        letters = several and end - start == 1 and text[start - 1] == "."
        goes_on = beyond == "," or beyond.islower() or (beyond in _DASHES and last.case is Case.CAPITAL)
        return end + 1 if letters or goes_on else end

    def _allows(self, mention: Mention, words: _Words) -> bool:
        """Whether the tagger does not speak against a rule's mention."""
        covered = self._tags[words[0] : words[1]]
        if mention.kind is not None or self._gazetteer.is_small(mention.key):
            return True
        own = any(map(self._gazetteer.is_own, self._gazetteer.find(mention.key)))
        wanted = self._reading.beside_distance(words[0]) or self._is_country(mention)
        person = max(tag.person for tag in covered) >= (_SURE_PERSON if wanted else _PERSON)
        surname = words[1] - words[0] == 1 and self._tokens[words[0]].key in self._surnames
        if person or (surname and not (own or wanted) and covered[0].place < _LONE):
            return False
        if wanted or own or self._is_area(mention):
            return True
        belief = sum(tag.place for tag in covered) / len(covered)
        before, after = self._other(words[0] - 1), self._other(words[1])
        other = min(*(tag.other for tag in covered), max(before, after))  # in an institution's name of several words
        if other > _MEMBER and belief < _STILL:
            return after > before and self._function_words.town_before_institution
        return belief >= _ALLOWED

    def _is_area(self, mention: Mention) -> bool:
        """Whether an area's name is written out: Republic of Moldova."""
        best = self._gazetteer.ranked(self._gazetteer.find(mention.key))[:1]
        return " " in mention.key and any(self._gazetteer.kind_at(posting.number) in _AREAS for _, posting in best)

    def _other(self, position: int) -> float:
        return self._tags[position].other if 0 <= position < len(self._tags) else 0.0

    def _span(self, words: _Words) -> Span:
        return Span(self._tokens[words[0]].start, self._tokens[words[1] - 1].end)

    def _is_known(self, words: _Words) -> bool:
        span = self._span(words)
        return bool(self._gazetteer.find(self._vocabulary.key_of(self._text[span.start : span.end])))


def _is_person(tags: Sequence[Tag], position: int) -> bool:
    return 0 <= position < len(tags) and tags[position].person > _NAMED
