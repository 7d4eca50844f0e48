"""Make the lexicon: how often a capitalised word was part of a place's name in annotated text, and of a person's.

    python geo/data/make/lexicon.py CORPORA_DIR

CORPORA_DIR holds ``LANG/CORPUS.SPLIT.conll.gz``, one ``token<TAB>tag`` a line with IOB tags PER, LOC, ORG, MISC; the
corpora and their licences are listed in SOURCES.toml. Written is ``geo/data/tables/lexicon.tsv.xz``: language, folded
word, then five counts: as a place, as the first word of a person's name, as a later word of one, as part of another
name, as no name at all. Counts of words only, no text; words seen fewer than MINIMUM times are left out.
"""

import gzip
import lzma
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from geo.fold import fold_token

TABLES = Path(__file__).parents[1] / "tables"
LANGUAGES = ("da", "de", "en", "es", "fi", "fr", "it", "nl", "pl", "pt", "ro", "ru", "sv", "tr")  # those with capitals
MINIMUM = 3
PLACE, PART, FIRST, LATER, OTHER, NONE = range(6)


def column(previous: str, tag: str, following: str) -> int:
    """Which of the six counts a tag belongs to, by its neighbours."""
    if tag == "O":
        return NONE
    kind = tag[2:]
    begins = tag.startswith("B-") or previous[2:] != kind
    if kind == "LOC":
        return PLACE if begins and following != "I-LOC" else PART
    if kind == "PER":
        return FIRST if begins else LATER
    return OTHER


def tagged(path: Path) -> Iterator[tuple[str, str]]:
    """Token and tag, ("", "O") between sentences."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            token, _, tag = line.rstrip("\n").partition("\t")
            yield (token, tag) if token else ("", "O")


def main(corpora: Path) -> None:
    """Write the table."""
    rows = []
    for language in LANGUAGES:
        counts: dict[str, Counter[int]] = defaultdict(Counter)
        for path in sorted((corpora / language).glob("*.conll.gz")):
            if path.name.startswith("europeana"):
                continue  # old print read by machine: its errors are not words
            words = [("", "O"), *tagged(path), ("", "O")]
            for (_, previous), (token, tag), (_, following) in zip(words, words[1:], words[2:], strict=False):
                if token[:1].isupper() and token.replace("-", "").replace(".", "").isalpha():
                    counts[fold_token(token)][column(previous, tag, following)] += 1
        for word, seen in counts.items():
            if seen.total() >= MINIMUM:
                rows.append("\t".join([language, word, *(str(seen[i]) for i in range(6))]))
        print(language, len(counts))
    packed = lzma.compress("".join(row + "\n" for row in sorted(rows)).encode(), preset=9 | lzma.PRESET_EXTREME)
    (TABLES / "lexicon.tsv.xz").write_bytes(packed)
    print(len(rows), "words,", len(packed), "bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
