"""The tagger: how likely each word of a text belongs to the name of a place, of a person or of something else.

A linear-chain conditional random field, trained by geo/data/make/train.py, read by :mod:`geo.features`. A model is one
file: features in a trie, a signed byte for each feature and label, the weights of one label following another. It is
read on first need, and only the runs of capitalised words are computed: forward and backward sums over seven labels.

Text without capitals, and scripts that have none, are not for this module.
"""

import json
import zlib
from collections.abc import Sequence
from functools import lru_cache
from math import exp
from operator import mul
from pathlib import Path
from typing import Any, NamedTuple

import marisa_trie

from geo.errors import AtlasError
from geo.features import FeatureMaker, Item, NameInnards
from geo.gazetteer import Gazetteer
from geo.tokens import Case, Token

__all__ = ["LABELS", "MODELS", "NO_NAME", "Model", "Tag", "Tagger", "languages", "load_model", "open_tagger", "pack"]

MODELS = Path(__file__).parent / "data" / "models"
# The order is the file format.
LABELS = ("O", "B-LOC", "I-LOC", "B-PER", "I-PER", "B-ORG", "I-ORG")
_SUFFIX = ".crf"
_MAGIC = b"DATECRF2"
_INT = 4  # bytes of a length and of a checksum
_MOST_VECTORS = 100_000  # features whose weights are kept in memory
_LARGEST_BYTE = 127

_Vector = tuple[int, ...]
_NOTHING: _Vector = (0,) * len(LABELS)


class Tag(NamedTuple):
    """How likely a word belongs to a place's name, begins one, belongs to a person's name, to another name."""

    place: float
    begins: float
    person: float
    other: float

    @property
    def label(self) -> str:
        """The likeliest of "LOC", "PER", "ORG" and "O"."""
        rest = 1 - self.place - self.person - self.other
        return max((rest, "O"), (self.other, "ORG"), (self.person, "PER"), (self.place, "LOC"))[1]


NO_NAME = Tag(0.0, 0.0, 0.0, 0.0)


class Model(NamedTuple):
    """A trained model: ``scale`` turns stored bytes into weights; ``sure``: how likely a place a name has to be."""

    features: marisa_trie.Trie
    weights: memoryview
    scale: float
    sure: float
    transitions: list[list[float]]
    innards: NameInnards


class Tagger:
    """Tags words of one language; get one from :func:`open_tagger`."""

    def __init__(self, model: Model, features: FeatureMaker) -> None:
        """Nothing is computed before it is asked for."""
        self._model, self._features = model, features
        self._vectors: dict[str | tuple[str, ...], _Vector] = {}
        self._out = [[exp(weight) for weight in row] for row in model.transitions]  # from a label, to each
        self._in = [list(column) for column in zip(*self._out, strict=True)]

    @property
    def sure(self) -> float:
        """From which probability on a word is taken for a part of a place's name: as the model was set."""
        return self._model.sure

    def tag(self, text: str, tokens: Sequence[Token]) -> list[Tag]:
        """A tag for each word; time grows with the number of words only."""
        tags = [NO_NAME] * len(tokens)
        for run in self._features.runs(tokens):
            potentials = [self._potentials(item) for item in self._features.items(text, tokens, run)]
            tags[run[0] : run[1]] = self._marginals(potentials)
        return tags

    def may_end(self, token: Token) -> bool:
        """Whether a name may end with a word: lower-case ones that names only hold inside ("of") end none."""
        return token.case is not Case.LOWER or token.key in self._model.innards.last

    def _potentials(self, item: Item) -> list[float]:
        """For each label the exponential of the summed weights of an item's features, the largest being 1."""
        vectors = self._vectors
        known = [vectors.get(part) or self._vector(part) for part in item]
        sums = list(map(sum, zip(*known, strict=True)))
        scale, top = self._model.scale, max(sums)
        return [exp(scale * (value - top)) for value in sums]

    def _vector(self, part: str | tuple[str, ...]) -> _Vector:
        """The weights of a feature, or the sums of several features' weights."""
        if len(self._vectors) >= _MOST_VECTORS:
            self._vectors.clear()
        if isinstance(part, str):
            number = self._model.features.get(part)
            width = len(LABELS)
            vector = _NOTHING if number is None else tuple(self._model.weights[width * number : width * number + width])
        else:
            vector = tuple(map(sum, zip(_NOTHING, *map(self._vector, part), strict=True)))
        self._vectors[part] = vector
        return vector

    def _marginals(self, potentials: list[list[float]]) -> list[Tag]:
        """The probability of each label at each word, by sums over all ways to label the words before and behind."""
        forward = [_normal(potentials[0])]
        for potential in potentials[1:]:
            before = forward[-1]
            forward.append(
                _normal([p * sum(map(mul, before, column)) for p, column in zip(potential, self._in, strict=True)])
            )
        backward = [1.0] * len(LABELS)
        tags = []
        for position in range(len(potentials) - 1, -1, -1):
            _, b_loc, i_loc, b_per, i_per, b_org, i_org = _normal(list(map(mul, forward[position], backward)))
            tags.append(Tag(b_loc + i_loc, b_loc, b_per + i_per, b_org + i_org))
            ahead = list(map(mul, potentials[position], backward))
            backward = _normal([sum(map(mul, ahead, row)) for row in self._out])
        tags.reverse()
        return tags


def _normal(values: list[float]) -> list[float]:
    total = sum(values)
    return [value / total for value in values]


def pack(
    path: Path,
    weights: dict[str, dict[str, float]],
    transitions: list[list[float]],
    innards: NameInnards,
    *,
    sure: float,
) -> None:
    """Write a model: each feature's weights by label, rounded to bytes; features that round to nothing are left out."""
    scale = max(abs(weight) for row in weights.values() for weight in row.values()) / _LARGEST_BYTE
    rounded = {
        feature: bytes(round(row.get(label, 0.0) / scale) & 0xFF for label in LABELS)
        for feature, row in weights.items()
    }
    trie = marisa_trie.Trie(sorted(feature for feature, row in rounded.items() if any(row)))
    table = b"".join(rounded[trie.restore_key(number)] for number in range(len(trie)))
    features = trie.tobytes()
    body = features + table
    fields: dict[str, Any] = {
        "features": len(features),
        "scale": scale,
        "sure": sure,
        "transitions": [[round(weight, 4) for weight in row] for row in transitions],
        "innards": [sorted(words) for words in innards],
    }
    header = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
    data = len(header).to_bytes(_INT, "little") + header + body
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_MAGIC + zlib.crc32(data).to_bytes(_INT, "little") + data)


def load_model(path: Path) -> Model:
    """Read a model file; AtlasError where it is damaged."""
    read = path.read_bytes()
    head = len(_MAGIC) + _INT
    data = memoryview(read)[head:]
    if read[: len(_MAGIC)] != _MAGIC or zlib.crc32(data) != int.from_bytes(read[len(_MAGIC) : head], "little"):
        raise AtlasError(f"the model file {path} cannot be used: it was cut or altered; install dateline again")
    after = _INT + int.from_bytes(data[:_INT], "little")
    fields = json.loads(bytes(data[_INT:after]))
    split = after + fields["features"]
    features = marisa_trie.Trie()
    features.frombytes(bytes(data[after:split]))
    innards = NameInnards(*map(frozenset, fields["innards"]))
    return Model(features, data[split:].cast("b"), fields["scale"], fields["sure"], fields["transitions"], innards)


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """The languages that have a model (ISO 639-1)."""
    return frozenset(path.stem for path in MODELS.glob(f"*{_SUFFIX}"))


@lru_cache(maxsize=2)  # an article, and another language in its quotations
def open_tagger(language: str, gazetteer: Gazetteer) -> Tagger | None:
    """The tagger of a language, None where no model is known for it; read once."""
    if language not in languages():
        return None
    model = load_model(MODELS / f"{language}{_SUFFIX}")
    return Tagger(model, FeatureMaker(gazetteer, language, model.innards))
