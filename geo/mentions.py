"""Find the place names of an article: which spans, and by what form to look them up.

A span is a candidate where the gazetteer knows its folded words, or their uninflected form; it becomes a mention where
the evidence says that a place is meant. The evidence: how the word was used in annotated text of the language (the
lexicon), how much the place weighs in the world, and what stands around it: a preposition of place, an article, a title, a
given name before it or a surname behind it, a hyphen that makes it a part of a compound. A person's name told once in
full is remembered through the article.

The rules know no language: function words, titles and endings are data of the language packs (``[names]``).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from geo.atlas import Atlas
from geo.gazetteer import ANY_LANGUAGE, Gazetteer, NameKind, Posting, WordCounts
from geo.languages import LanguagePack
from geo.model import Article, Kind, Mention, MentionKind, Span
from geo.tokens import Case, Token, joins, tokenise

__all__ = ["find_mentions"]

_LONGEST_NAME = 8  # words; one name in a thousand is longer
_SHORT = 3  # letters: up to here a name needs capitals throughout, or to be known as a place
_SHORTEST_STEM = 4  # letters that must be left when an ending is taken off
_LONGEST_DOTTED = 5  # letters of an abbreviation that takes the stop behind it along: "Calif."
_PARTICLE = 3  # syllables that may follow a Korean name in the same word
# How much a place weighs (people, for a city by its usual name) that everyone knows, that its country knows, and that a
# preposition of place makes credible.
_KNOWN, _TOWN, _CREDIBLE = 20_000, 5_000, 500
_PRIOR = 2.0  # the weight of the world's knowledge against counted words
_ACCEPT, _ACCEPT_WITH_CUE = 0.3, 0.1
_INFLECTION_GAIN = 20  # an uninflected form is meant where its place weighs so many times more than the form as written
_CERTAIN = 3  # times that a word must have been seen as a place to be one that the gazetteer lacks
_CERTAIN_SHARE = 0.7


def find_mentions(article: Article, atlas: Atlas) -> tuple[Mention, ...]:
    """The article's place names in order, none overlapping another; demonyms are marked as such."""
    return tuple(_Reader(article, atlas.gazetteer, atlas.language(article.language)).mentions())


@dataclass(frozen=True, slots=True)
class _Match:
    """Words ``first`` up to, not including, ``after`` are a name; ``key`` is its form in the gazetteer."""

    first: int
    after: int
    key: str
    postings: tuple[Posting, ...]
    kind: MentionKind | None = None


class _Reader:
    """One pass over one article."""

    def __init__(self, article: Article, gazetteer: Gazetteer, pack: LanguagePack | None) -> None:
        self.text, self.language, self.gazetteer = article.text, article.language, gazetteer
        self.names = pack.names if pack else None
        self.tokens = tokenise(article.text)
        self.counts: dict[str, WordCounts] = {}
        self.persons = self._persons()

    def mentions(self) -> Iterator[Mention]:
        position = 0
        while position < len(self.tokens):
            token = self.tokens[position]
            if token.case is Case.UNSPACED:
                yield from self._unspaced(token)
                position += 1
                continue
            match = self._match(position)
            if match is None:
                position += 1
                continue
            yield self._mention(match)
            position = match.after

    # --- candidates ---

    def _match(self, first: int) -> _Match | None:
        """The longest acceptable name that begins at a word."""
        token = self.tokens[first]
        if token.case is Case.LOWER:
            return self._demonym(first)
        for match in self._known(first):
            if self._is_place(match):
                return match
        return self._demonym(first) or self._unknown(first)

    def _known(self, first: int) -> Iterator[_Match]:
        """Names of the gazetteer that begin at a word, longest first, as written and then without their inflection."""
        after, key = first + 1, self.tokens[first].key
        ends = {len(key): after}
        while after < len(self.tokens) and after - first < _LONGEST_NAME and joins(self.text, self.tokens, after - 1):
            key = f"{key} {self.tokens[after].key}"
            after += 1
            ends[len(key)] = after
        found = {ends[len(name)]: name for name, _ in self.gazetteer.prefixes(key) if len(name) in ends}
        for end in sorted({*found, *ends.values()}, reverse=True):
            name = found.get(end)
            written = self.gazetteer.find(name) if name else ()
            postings = self._as_names(first, end, written)
            base = self._uninflected(first, end)
            if base and (not postings or self._outweighs(base[1], postings)):
                name, postings = base
            if name and postings:
                yield _Match(first, end, name, postings)

    def _as_names(self, first: int, after: int, postings: tuple[Posting, ...]) -> tuple[Posting, ...]:
        """Those postings whose kind of name fits the way that the words are written."""
        token = self.tokens[first]
        upper = all(token.case is not Case.CAPITAL for token in self.tokens[first:after])
        fitting = []
        for posting in postings:
            if posting.kind is NameKind.TRANSLITERATION:
                continue
            if posting.kind is NameKind.AFTER_CITY and not self._after_comma(first):
                continue
            if posting.kind is NameKind.CODE and self._kind(posting) is Kind.CITY:
                continue  # an airport's code
            if posting.kind is NameKind.CODE and not upper and not self._dotted(after):
                continue
            fitting.append(posting)
        return tuple(fitting)

    def _uninflected(self, first: int, after: int) -> tuple[str, tuple[Posting, ...]] | None:
        """The name without a genitive ending on its last word or adjectives' endings on those before."""
        if self.names is None:
            return None
        words = [token.key for token in self.tokens[first:after]]
        datives = self._stems(words[-1], self.names.dative_suffixes)
        lasts = [words[-1], *self._stems(words[-1], self.names.genitive_suffixes), *datives]
        heads = [" ".join(words[:-1])]
        if len(words) > 1:
            heads += self._adjective_forms(words[:-1])
        for head in heads:
            for last in lasts:
                name = f"{head} {last}" if head else last
                if name == " ".join(words):
                    continue
                postings = self._as_names(first, after, self.gazetteer.find(name))
                if last in datives:
                    postings = tuple(posting for posting in postings if self._kind(posting) is not Kind.CITY)
                if postings:
                    return name, postings
        return None

    def _stems(self, word: str, endings: tuple[str, ...]) -> list[str]:
        return [word[: -len(e)] for e in endings if word.endswith(e) and len(word) - len(e) >= _SHORTEST_STEM]

    def _adjective_forms(self, words: list[str]) -> list[str]:
        """The words before a name's noun with every ending of an adjective in turn: Roten Meer, Rotes Meer."""
        assert self.names is not None
        endings = self.names.adjective_endings
        stems = [next(iter(self._stems(word, endings)), None) for word in words]
        if not any(stems):
            return []
        return [
            " ".join(word if stem is None else stem + ending for word, stem in zip(words, stems, strict=True))
            for ending in endings
        ]

    def _outweighs(self, base: tuple[Posting, ...], written: tuple[Posting, ...]) -> bool:
        heaviest = max(map(self.gazetteer.weight, written))
        return max(map(self.gazetteer.weight, base)) > _INFLECTION_GAIN * heaviest

    def _demonym(self, first: int) -> _Match | None:
        key = self.tokens[first].key
        if self.names is None or len(key) <= _SHORT:
            return None
        for form in (key, *self._stems(key, (*self.names.adjective_endings, *self.names.plural_suffixes))):
            postings = self.gazetteer.demonym(form, self.language)
            if postings and not self._in_compound(first, first + 1):
                return _Match(first, first + 1, f"{self.language}:{form}", postings, MentionKind.DEMONYM)
        return None

    def _unknown(self, first: int) -> _Match | None:
        """A word that annotated text knows as a place and the gazetteer does not: a mention that stays unresolved."""
        key = self.tokens[first].key
        counts = self._word(key)
        if counts.place < _CERTAIN or counts.place < _CERTAIN_SHARE * sum(counts) or self.gazetteer.find(key):
            return None
        return None if self._is_person(first, first + 1) or self._in_compound(first, first + 1) else _Match(first, first + 1, key, ())

    def _unspaced(self, token: Token) -> Iterator[Mention]:
        """Names in a run of a script that leaves no spaces: the longest known one at each character."""
        run = self.text[token.start : token.end]
        position = 0
        while position < len(run):
            names = list(self.gazetteer.prefixes(run[position : position + 12]))
            postings = ()
            while names and not postings:
                name, number = names.pop()
                if len(name) > 1:
                    postings = tuple(p for p in self.gazetteer.posted(number) if self._weighs(p, _KNOWN))
            if postings:
                start = token.start + position
                yield Mention(Span(start, start + len(name)), name, name)
            position += len(name) if postings else 1

    # --- evidence ---

    def _is_place(self, match: _Match) -> bool:
        """Whether the evidence says that a place is meant."""
        first, after = match.first, match.after
        if self._in_compound(first, after) or self._is_person(first, after):
            return False
        if after - first > 1:
            return self._holds_together(match)
        token = self.tokens[first]
        if token.case is Case.NONE:
            return not token.key.isdigit() and self._best(match.postings) >= _KNOWN
        if self.names and token.key in self.names.not_places:
            return False
        return self._likely(match, token)

    def _likely(self, match: _Match, token: Token) -> bool:
        """Whether a single capitalised word is a place here."""
        city = self._kind(self.gazetteer.ranked(match.postings)[0][1]) is Kind.CITY
        cue, article = self._before_is(match.first, "place_cues"), self._before_is(match.first, "determiners")
        counts = self._word(token.key) if match.key == token.key else self._word(match.key)
        if match.key != token.key and not sum(counts):
            counts = self._word(token.key)
        people = self._best(match.postings)
        if len(token.key) <= _SHORT and token.case is not Case.UPPER and counts.place == 0:
            return False
        if city and article and counts.place <= sum(counts) / 2:
            return False
        seen = counts.place + counts.place_part / 6 + counts.no_name + counts.person_first + counts.person_later + counts.other_name / 5
        believed = 1.0 if not city else 0.9 if people >= _KNOWN else 0.6 if people >= 15_000 and cue else 0.3 if cue else 0.1
        share = (counts.place + _PRIOR * believed) / (seen + _PRIOR)
        if city and not seen and cue and people >= _CREDIBLE:
            return True
        return share >= (_ACCEPT_WITH_CUE if cue and not token.opens else _ACCEPT)

    def _holds_together(self, match: _Match) -> bool:
        """Whether several words are one name: written as one, and not a function word before a noun."""
        words = self.tokens[match.first : match.after]
        if words[-1].case is Case.LOWER:
            return False
        counts = self._word(words[0].key)
        function_word = counts.no_name > 5 * (counts.place + counts.place_part + counts.other_name + 1) and words[0].opens
        return not function_word or self._best(match.postings) >= _KNOWN

    def _is_person(self, first: int, after: int) -> bool:
        """Whether the words are, or belong to, a person's name."""
        if any(first <= i < after for i in self.persons):
            return True
        return any(self.tokens[first].key in forms for forms in (self.surnames,)) and after - first == 1

    def _persons(self) -> frozenset[int]:
        """The positions of words that are parts of persons' full names; their later words are remembered alone."""
        positions: set[int] = set()
        self.surnames: set[str] = set()
        position = 0
        while position < len(self.tokens):
            length = self._person_length(position)
            if length > 1 or (length and self._before_is(position, "titles")):
                positions.update(range(position, position + length))
                for token in self.tokens[position : position + length]:
                    counts = self._word(token.key)
                    if counts.place <= counts.person_first + counts.person_later or not self.gazetteer.find(token.key):
                        self.surnames.add(token.key)
                        self.surnames.add(f"{token.key}s")
            position += max(length, 1)
        return frozenset(positions)

    def _person_length(self, first: int) -> int:
        """How many words from here on are one person's name: a given name or a title, and the names behind it."""
        token = self.tokens[first]
        if token.case not in {Case.CAPITAL, Case.UPPER}:
            return 0
        counts, titled = self._word(token.key), self._before_is(first, "titles")
        given = self._is_given(first, counts)
        if not given and not (titled and self._may_be_titled(first)) or self._is_long_name(first):
            return 0
        after = first + 1
        while after < len(self.tokens) and after - first < _LONGEST_PERSON and self._continues_person(after, first):
            after += 1
        return after - first

    def _may_be_titled(self, first: int) -> bool:
        """Whether the word behind a title is a person: "President Houston", but not "Präsident Kenias"."""
        key = self.tokens[first].key
        areas = (p for p in self.gazetteer.find(key) if p.kind is NameKind.USUAL and self._kind(p) is not Kind.CITY)
        return not any(areas) and self._uninflected(first, first + 1) is None

    def _is_long_name(self, first: int) -> bool:
        """Whether a well-known place's name of several words begins here: Clermont-Ferrand."""
        return any(match.after - first > 1 and self._best(match.postings) >= _TOWN for match in self._known(first))

    def _is_given(self, first: int, counts: WordCounts) -> bool:
        """Whether a word is a given name here: it is one most of the time, or it can be one and a surname follows."""
        if not sum(counts):
            counts = self._anywhere(self.tokens[first].key)
        if counts.person_first > 2 * counts.place and 2 * counts.person_first >= counts.no_name + counts.other_name:
            return True
        following = first + 1
        if following >= len(self.tokens) or not self._continues_person(following, first):
            return False
        if counts.no_name > counts.person_first:
            return False
        if not counts.person_first and not self._anywhere(self.tokens[first].key).person_first:
            return False
        surname = self._anywhere(self.tokens[following].key)
        known = self._best(self.gazetteer.find(self.tokens[following].key)) >= _TOWN
        unknown = not surname.place and not surname.no_name and not known
        return unknown or surname.person_later > surname.place + surname.no_name

    def _continues_person(self, position: int, first: int) -> bool:
        token, gap = self.tokens[position], self.text[self.tokens[position - 1].end : self.tokens[position].start]
        if gap not in {" ", "-", ". ", "\u00a0", "’", "'"} or (token.opens and gap != ". "):
            return False
        if gap == ". " and self.tokens[position - 1].end - self.tokens[position - 1].start > 2:
            return False
        if token.case is Case.LOWER:
            particle = self.names is not None and token.key in self.names.name_particles
            return gap == "-" or (particle and position > first and self._capital_follows(position))
        if token.case not in {Case.CAPITAL, Case.UPPER}:
            return False
        counts = self._word(token.key)
        named = counts.person_first + counts.person_later
        before = self._anywhere(self.tokens[position - 1].key)
        after_given = position == first + 1 or before.person_first > before.person_later
        return named >= counts.place or counts.place < _CERTAIN or after_given

    def _capital_follows(self, position: int) -> bool:
        following = self.tokens[position + 1 : position + 2]
        return bool(following) and following[0].case is Case.CAPITAL

    # --- small questions ---

    def _mention(self, match: _Match) -> Mention:
        start, end = self.tokens[match.first].start, self.tokens[match.after - 1].end
        if self.text[end : end + 1] == "." and self._dotted(match.after) and match.kind is None:
            codes = {posting.kind for posting in match.postings} <= {NameKind.CODE, NameKind.AFTER_CITY}
            if codes or self._letters(match):
                end += 1
        if "(" in self.text[start:end] and self.text[end : end + 1] == ")":
            end += 1
        return Mention(Span(start, end), self.text[start:end], match.key, match.kind)

    def _letters(self, match: _Match) -> bool:
        """Whether the name is written as letters with stops: U.S."""
        words = self.tokens[match.first : match.after]
        return len(words) > 1 and all(token.end - token.start == 1 for token in words)

    def _dotted(self, after: int) -> bool:
        end = self.tokens[after - 1].end
        return self.text[end : end + 1] == "." and len(self.tokens[after - 1].key) <= _LONGEST_DOTTED

    def _after_comma(self, first: int) -> bool:
        if not first:
            return False
        before = self.tokens[first - 1]
        return before.case is not Case.LOWER and self.text[before.end : self.tokens[first].start] == ", "

    def _in_compound(self, first: int, after: int) -> bool:
        """Whether a hyphen ties the words to a noun: Korea-Krieg; "Berlin-based" and "Hamburg-Berlin" are no such case."""
        end, start = self.tokens[after - 1].end, self.tokens[first].start
        if self.text[end : end + 1] in _HYPHENS and after < len(self.tokens) and self.tokens[after].start == end + 1:
            beyond = self.tokens[after]
            if beyond.case is not Case.LOWER and not self._weighty(beyond):
                return True
        if start and self.text[start - 1] in _HYPHENS and first and self.tokens[first - 1].end == start - 1:
            before = self.tokens[first - 1]
            return before.case is not Case.LOWER and not self._weighty(before)
        return False

    def _weighty(self, token: Token) -> bool:
        counts = self._word(token.key)
        return self._best(self.gazetteer.find(token.key)) >= _KNOWN and counts.place >= counts.no_name

    def _before_is(self, first: int, words: str) -> bool:
        if self.names is None or not first:
            return False
        before = self.tokens[first - 1]
        gap = self.text[before.end : self.tokens[first].start]
        return gap in {" ", "\u00a0", "\n", ". "} and before.key in getattr(self.names, words)

    def _word(self, key: str) -> WordCounts:
        counts = self.counts.get(key)
        if counts is None:
            counts = self.counts[key] = self.gazetteer.word(key, self.language)
        return counts

    def _anywhere(self, key: str) -> WordCounts:
        """The counts of a word in all languages together: persons' names travel."""
        return self.gazetteer.word(key, ANY_LANGUAGE)

    def _kind(self, posting: Posting) -> Kind:
        return self.gazetteer.kind_at(posting.number)

    def _best(self, postings: tuple[Posting, ...]) -> float:
        return max(map(self.gazetteer.weight, postings), default=0.0)

    def _weighs(self, posting: Posting, people: float) -> bool:
        return self.gazetteer.weight(posting) >= people


_HYPHENS = frozenset("-\u2010\u2011")
_LONGEST_PERSON = 4
