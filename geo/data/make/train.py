"""Train the tagger's models (geo/tagger.py) on annotated sentences.

    pip install "python-crfsuite>=0.9.11,<0.10"
    python geo/data/make/train.py CORPORA_DIR [LANG ...]

CORPORA_DIR holds ``LANG/CORPUS.SPLIT.conll.gz``, one ``token<TAB>tag`` a line with BIO tags PER, LOC, ORG, MISC. Which
corpora teach which language, and their licences, stand in geo/data/models/README.md. Written is
``geo/data/models/LANG.crf``. The same corpora, atlas and python-crfsuite give the same bytes.

What is done to the sentences before a model sees them:

* put together as they would stand in print, then cut into words by geo/tokens.py, so that hyphens, apostrophes and full
  stops look as they do in an article; MISC counts as no name, since half of the corpora lack it;
* of WikiANN only what looks like a sentence, and no more than a share;
* the lexicon's counts are taken from the other four fifths of the corpora, so that a word's own label does not give
  itself away;
* some are added changed: towns replaced by other towns, surnames by names of towns, all in capitals, behind a dateline;
* a word's own identity is hidden now and then, so that the model learns what stands around it.
"""

import hashlib
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pycrfsuite
from lexicon import column, tagged

from geo.atlas import open_atlas
from geo.features import FeatureMaker, Item, NameInnards
from geo.fold import fold, fold_token
from geo.gazetteer import ANY_LANGUAGE, Gazetteer, WordCounts
from geo.model import Kind
from geo.tagger import LABELS, MODELS, pack
from geo.tokens import Case, tokenise

Sentence = list[tuple[str, str]]  # words as the corpus cuts them, and their tags

FOLDS = 5
ALL = 10**9
# What teaches each language: (language, part of the corpus's name, at most so many sentences).
WIKI = "wikiann"
ROMANCE = [
    ("es", "europarl", ALL),
    ("es", "pud", ALL),
    ("it", "europarl", ALL),
    ("it", "pud", ALL),
    ("fr", "pud", ALL),
    ("pt", "pud", ALL),
]
RECIPES: dict[str, list[tuple[str, str, int]]] = {
    "da": [("da", "", ALL), ("sv", "pud", ALL), ("sv", "talbanken", ALL), ("sv", "klintan", 5000)],
    "de": [("de", "germeval", ALL), ("de", "pud", ALL), ("de", "europarl", ALL), ("de", WIKI, 14000)],
    "en": [
        ("en", "wikigold", ALL),
        ("en", "crossner", ALL),
        ("en", "uner", ALL),
        ("en", "re3d", ALL),
        ("en", "gum", ALL),
        ("en", "europarl", ALL),
        ("en", "wnut", 1500),
        ("en", "btc", 2000),
        ("en", WIKI, 8000),
    ],
    "es": [*ROMANCE, ("pt", "bosque", 3000), ("es", WIKI, 20000), ("fr", "winer", 2000)],
    "fi": [("fi", "", 15000)],
    "fr": [("fr", "winer", ALL), *ROMANCE, ("fr", WIKI, 14000)],
    "it": [
        *ROMANCE,
        ("fr", "winer", 4000),
        ("pt", "bosque", 4000),
        ("es", WIKI, 14000),
        ("fr", WIKI, 14000),
        ("pt", WIKI, 14000),
    ],
    "nl": [
        ("nl", WIKI, 18000),
        ("de", "germeval", 3000),
        ("de", "pud", ALL),
        ("en", "wikigold", ALL),
        ("en", "pud", ALL),
        ("sv", "pud", ALL),
    ],
    "pl": [("pl", "pud", ALL), ("pl", WIKI, 22000)],
    "pt": [("pt", "bosque", ALL), *ROMANCE, ("pt", WIKI, 9000)],
    "ro": [("ro", "", 8000)],
    "ru": [("ru", "factrueval", ALL), ("ru", "pud", ALL), ("ru", WIKI, 16000)],
    "sv": [("sv", "", ALL), ("da", "ddt", ALL)],
    "tr": [("tr", "", 16000)],
}
# Countries whose towns are put in; in Russian sentences only those that they name themselves, in their own script.
HOME = {
    "da": "DK",
    "de": "DE AT CH",
    "en": "US GB CA AU IE NZ ZA",
    "es": "ES MX AR CO CL PE",
    "fi": "FI",
    "fr": "FR BE CH CA",
    "it": "IT CH",
    "nl": "NL BE",
    "pl": "PL",
    "pt": "PT BR",
    "ro": "RO MD",
    "sv": "SE FI",
    "tr": "TR",
}
# How likely a place the tagger's own spans have to be. What WikiANN teaches alone is too unsure of itself in running
# text. Set on the development sentences.
SURE = {"de": 0.6, "en": 0.45, "es": 0.55, "it": 0.35, "nl": 0.45, "pl": 0.35, "ru": 0.35}
USUALLY_SURE = 0.5
SHORTEST = 4  # words of a WikiANN sentence that is one
SWAPPED, CAPITALS, DATELINE, SURNAMES, HIDDEN = 0.35, 0.04, 0.05, 0.12, 0.4  # shares of sentences, of words
ADDRESSES = 0.04
# by language: the word before a street, how often a house has a number before it, what streets are called
STREETS = {"en": ("on", 0.4, "Street St. Avenue Ave. Road Rd. Drive Lane Boulevard Blvd. Way Court")}
AGENCIES = ("AP", "Reuters", "dpa", "AFP", "EFE", "ANSA", "Lusa", "PAP", "ANP", "TT", "ТАСС", "Интерфакс")
C1, C2, ITERATIONS, RAREST = 1.0, 1.0, 90, 4


def sentences(corpora: Path, language: str, part: str = "") -> Iterator[Sentence]:
    """Every sentence of the corpora of a language whose file name holds ``part``; no old print read by machine."""
    for path in sorted((corpora / language).glob("*.conll.gz")):
        if path.name.startswith("europeana") or part not in path.name:
            continue
        sentence: Sentence = []
        for token, tag in [*tagged(path), ("", "O")]:
            if token:
                sentence.append((token, tag))
            elif sentence:
                if WIKI not in path.name or is_sentence(sentence):
                    yield unmarked(sentence)
                sentence = []


def unmarked(sentence: Sentence) -> Sentence:
    """Without the wiki's bold and italic marks."""
    return [(token, tag) for token, tag in sentence if not (len(token) > 1 and set(token) <= {"'", "`"})]


def is_sentence(sentence: Sentence) -> bool:
    """Whether a line of WikiANN reads like a sentence rather than like a title or an entry of a list."""
    words = [token for token, _ in sentence if token[0].isalpha()]
    lower = sum(word.islower() for word in words)
    return len(words) >= SHORTEST and lower >= len(words) / 3 and sentence[0][0][0].isupper()


def printed(sentence: Sentence) -> tuple[str, list[tuple[int, int, str]]]:
    """The text as it would be printed, and where each word stands with its tag."""
    text, spans, glued, quoted = "", [], True, False
    for word, tag in sentence:
        opening = word in {"(", "[", "«", "„", "“", "¿", "¡", "#", "@"} or (word == '"' and not quoted)
        closing = word[0] in ",.;:!?)]}»”%…" or word in {"'s", "’s", "n't", "'", "’"} or (word == '"' and quoted)
        closing = closing or (word[0] in "'’" and len(word) > 1 and word[1:].isalpha())
        if word == '"':
            quoted = not quoted
        if not glued and not closing:
            text += " "
        spans.append((len(text), len(text) + len(word), tag))
        text += word
        glued = opening or (word[-1] in "'’" and len(word) > 1) or word == "/"
    return text, spans


class FoldedLexicon:
    """The lexicon of a language without the sentences of one fold."""

    def __init__(self, gazetteer: Gazetteer, language: str, everything: Iterable[Sentence]) -> None:
        """Count what every word was, in all and in each fold."""
        self.gazetteer, self.language = gazetteer, language
        self.counts = [defaultdict(lambda: [0] * 6) for _ in range(FOLDS)]
        for sentence in everything:
            counts = self.counts[fold_of(sentence)]
            tags = ["O", *(tag for _, tag in sentence), "O"]
            for (token, tag), before, behind in zip(sentence, tags, tags[2:], strict=False):
                if token[:1].isupper() and token.replace("-", "").replace(".", "").isalpha():
                    counts[fold_token(token)][column(before, tag, behind)] += 1

    def word(self, left_out: int, key: str, language: str) -> WordCounts:
        """What a word was outside a fold, in the language or in all."""
        kept = [counts[key] for fold, counts in enumerate(self.counts) if fold != left_out and key in counts]
        own = [sum(column) for column in zip([0] * 6, *kept, strict=True)]
        if language == ANY_LANGUAGE:
            anywhere, here = self.gazetteer.word(key, ANY_LANGUAGE), self.gazetteer.word(key, self.language)
            return WordCounts(*(max(a - h, 0) + o for a, h, o in zip(anywhere, here, own, strict=True)))
        return WordCounts(*own)


def fold_of(sentence: Sentence) -> int:
    """Which fold a sentence is in: by its words, not by its place in the file."""
    return hashlib.md5(" ".join(token for token, _ in sentence).encode(), usedforsecurity=False).digest()[0] % FOLDS


def names_inside(data: Iterable[Sentence]) -> NameInnards:
    """The lower-case words that names hold."""
    total, inside, first, last = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for sentence in data:
        tags = [*(tag for _, tag in sentence), "O"]
        for position, (token, tag) in enumerate(sentence):
            for key in {part.key for part in tokenise(token) if part.case is Case.LOWER}:
                total[key] += 1
                if tag == "O" or tag.endswith("MISC"):
                    continue
                inside[key] += 1
                if tag == "B-LOC":
                    first[key] += 1
                elif tag == "I-LOC" and tags[position + 1] != "I-LOC":
                    last[key] += 1
    often = {word for word, seen in inside.items() if seen >= 4 and seen > 0.01 * total[word]}
    return NameInnards(
        frozenset(often),
        frozenset(word for word in often if first[word] >= 4 and first[word] > 0.15 * total[word]),
        frozenset(word for word in often if last[word] >= 4 and last[word] > 0.15 * total[word]),
    )


@dataclass
class Changes:
    """Changes that make new sentences of old ones."""

    gazetteer: Gazetteer
    language: str
    chance: random.Random
    towns: list[str]

    def made_from(self, sentence: Sentence) -> Iterator[Sentence]:
        """The sentence itself, and what is made of it."""
        yield sentence
        if self.chance.random() < SWAPPED and any(tag == "B-LOC" for _, tag in sentence):
            yield self.swapped(sentence)
        if self.chance.random() < SURNAMES and any(tag == "I-PER" for _, tag in sentence):
            yield self.renamed(sentence)
        if self.chance.random() < CAPITALS:
            yield [(token.upper(), tag) for token, tag in sentence]
        if self.chance.random() < DATELINE:
            yield [*self.dateline(), *sentence]
        if self.language in STREETS and self.chance.random() < ADDRESSES:
            yield [*sentence[:-1], *self.address(), *sentence[-1:]]

    def swapped(self, sentence: Sentence) -> Sentence:
        """Towns of one word replaced by other towns."""
        changed: Sentence = []
        tags = [*(tag for _, tag in sentence), "O"]
        for position, (token, tag) in enumerate(sentence):
            if tag == "B-LOC" and tags[position + 1] != "I-LOC" and self.is_town(token):
                words = self.chance.choice(self.towns).split()
                changed += [(word, "I-LOC" if number else "B-LOC") for number, word in enumerate(words)]
            else:
                changed.append((token, tag))
        return changed

    def is_town(self, token: str) -> bool:
        """Whether the word is the basic form of a town's name."""
        ranked = self.gazetteer.ranked(self.gazetteer.find(fold(token)))
        return bool(ranked) and self.gazetteer.kind_at(ranked[0][1].number) is Kind.CITY

    def renamed(self, sentence: Sentence) -> Sentence:
        """Persons' last words replaced by names of towns."""
        tags = [*(tag for _, tag in sentence), "O"]
        towns = [town for town in self.towns[:2000] if " " not in town]
        return [
            (self.chance.choice(towns), tag) if tag == "I-PER" and tags[position + 1] != "I-PER" else (token, tag)
            for position, (token, tag) in enumerate(sentence)
        ]

    def address(self) -> Sentence:
        """On Lincoln Street: the street is a place, and not the town."""
        cue, number, heads = STREETS[self.language]
        words = [*self.chance.choice(self.towns).split(), self.chance.choice(heads.split())]
        house = [(str(self.chance.randrange(1, 3000)), "O")] if self.chance.random() < number else []
        return [(cue, "O"), *house, *((word, "I-LOC" if place else "B-LOC") for place, word in enumerate(words))]

    def dateline(self) -> Sentence:
        """MOSCOW (AP) —."""
        words = self.chance.choice(self.towns).split()
        upper = self.chance.random() < 0.7
        line = [(word.upper() if upper else word, "I-LOC" if number else "B-LOC") for number, word in enumerate(words)]
        if self.chance.random() < 0.3:
            line += [(",", "O"), (self.chance.choice(self.towns).split()[0], "B-LOC")]
        if self.chance.random() < 0.6:
            agency = self.chance.choice(AGENCIES)
            line += [("(", "O"), (agency, "B-ORG"), (")", "O")]
        return [*line, (self.chance.choice("—–-"), "O")] if self.chance.random() < 0.8 else [*line, (".", "O")]


def town_names(gazetteer: Gazetteer, language: str, data: list[Sentence], chance: random.Random) -> list[str]:
    """Towns to put in: of the language's own countries, of the world, and those that the sentences name."""
    named = []
    for sentence in data:
        tags = [*(tag for _, tag in sentence), "O"]
        for position, (token, tag) in enumerate(sentence):
            if tag == "B-LOC" and tags[position + 1] != "I-LOC" and token.isalpha() and token[0].isupper():
                named.append(token)
    named = [name for name in dict.fromkeys(named) if gazetteer.find(fold(name))]
    if language not in HOME:
        return named
    home = frozenset(HOME[language].split())
    own, world = [], []
    numbers = list(range(len(gazetteer)))
    chance.shuffle(numbers)
    for number in numbers[:60000]:
        if gazetteer.kind_at(number) is Kind.CITY:
            place = gazetteer.place_at(number)
            if "(" not in place.name:
                (own if place.country in home else world).append(place.name)
    chance.shuffle(named)
    towns = [*own[:3000], *world[:1500], *named[:1500]]
    chance.shuffle(towns)
    return towns


def labelled(maker: FeatureMaker, sentence: Sentence) -> Iterator[tuple[list[Item], list[str]]]:
    """The runs of a sentence: the features and the label of each word."""
    text, spans = printed(sentence)
    tokens = tokenise(text)
    tags, at, previous = [], 0, "O"
    for token in tokens:
        while spans[at][1] <= token.start:
            at += 1
        start, _, tag = spans[at]
        tag = "O" if tag.endswith("MISC") else tag
        if tag[0] == "B" and token.start > start and previous[1:] == tag[1:]:
            tag = "I" + tag[1:]
        tags.append(tag)
        previous = tag
    for first, after in maker.runs(tokens):
        labels = list(tags[first:after])
        for position, label in enumerate(labels):
            before = labels[position - 1] if position else "O"
            if label[0] == "I" and before[1:] != label[1:]:
                labels[position] = "B" + label[1:]
        yield maker.items(text, tokens, (first, after)), labels


def flat(item: Item, chance: random.Random) -> list[str]:
    """An item's features in one list, the word's identity hidden at times."""
    features = [name for part in item for name in ((part,) if isinstance(part, str) else part)]
    if chance.random() < HIDDEN:
        features = [name for name in features if name[0] not in "wh"]
    return list(dict.fromkeys(features))


def train(corpora: Path, language: str, gazetteer: Gazetteer, out: Path) -> None:
    """Train one language."""
    began = time.process_time()
    chance = random.Random(language)  # noqa: S311 -- no secret
    parts: list[tuple[str, list[Sentence]]] = []
    for source, part, most in RECIPES[language]:
        found = list(sentences(corpora, source, part))
        chance.shuffle(found)
        parts.append((source, found[:most]))
    innards = names_inside(sentence for _, data in parts for sentence in data)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": C1, "c2": C2, "max_iterations": ITERATIONS, "feature.minfreq": RAREST})
    makers: dict[str, list[FeatureMaker]] = {}
    changes: dict[str, Changes] = {}
    words = 0
    for source, data in parts:
        if source not in makers:
            lexicon = FoldedLexicon(gazetteer, source, sentences(corpora, source))
            makers[source] = [
                FeatureMaker(gazetteer, source, innards, partial(lexicon.word, fold)) for fold in range(FOLDS)
            ]
            named = [sentence for origin, found in parts if origin == source for sentence in found]
            changes[source] = Changes(gazetteer, source, chance, town_names(gazetteer, source, named, chance))
        for sentence in data:
            maker = makers[source][fold_of(sentence)]
            for version in changes[source].made_from(sentence):
                for items, labels in labelled(maker, version):
                    words += len(items)
                    trainer.append([flat(item, chance) for item in items], labels)
    prepared = time.process_time()
    crfsuite = out / f"{language}.tmp"
    trainer.train(str(crfsuite))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(crfsuite))
    info = tagger.info()
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for (feature, label), weight in info.state_features.items():
        weights[feature][label] = weight
    transitions = [[info.transitions.get((a, b), -9.0) for b in LABELS] for a in LABELS]
    crfsuite.unlink()
    path = out / f"{language}.crf"
    pack(path, weights, transitions, innards, sure=SURE.get(language, USUALLY_SURE))
    print(
        f"{language}: {sum(len(data) for _, data in parts)} sentences, {words} words in runs, {len(weights)} features,"
        f" {path.stat().st_size / 1e6:.2f} MB, {prepared - began:.0f} s + {time.process_time() - prepared:.0f} s",
        flush=True,
    )


if __name__ == "__main__":
    MODELS.mkdir(exist_ok=True)
    ATLAS = open_atlas()
    for code in sys.argv[2:] or RECIPES:
        train(Path(sys.argv[1]), code, ATLAS.gazetteer, MODELS)
