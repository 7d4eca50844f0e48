"""Make the table of common words: which words of a language, written small in running text, are also place names.

    python geo/data/make/common.py CORPORA_DIR

CORPORA_DIR is as for ``lexicon.py``. Written is ``geo/data/tables/common.tsv.xz``: language, and the folded words that
were seen at least MINIMUM times in small letters and bear a name of the compiled gazetteer: ``Essen``, ``Reading``,
``Находка``. At a sentence's start, where every word has a capital, such a word is hardly a place.
"""

import gzip
import lzma
import sys
from collections import Counter
from pathlib import Path

from geo.atlas import open_atlas
from geo.fold import fold_token

TABLES = Path(__file__).parents[1] / "tables"
LANGUAGES = ("da", "de", "en", "es", "fi", "fr", "it", "nl", "pl", "pt", "ro", "ru", "sv", "tr")
MINIMUM = 2


def small_words(path: Path) -> Counter[str]:
    """How often each folded word stands in small letters, outside of names."""
    counts: Counter[str] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            token, _, tag = line.rstrip("\n").partition("\t")
            if tag == "O" and token.isalpha() and token.islower():
                counts[fold_token(token)] += 1
    return counts


def main(corpora: Path) -> None:
    """Write the table."""
    gazetteer, rows = open_atlas().gazetteer, []
    for language in LANGUAGES:
        counts: Counter[str] = Counter()
        for path in sorted((corpora / language).glob("*.conll.gz")):
            if not path.name.startswith("europeana"):  # old print read by machine: its errors are not words
                counts += small_words(path)
        words = sorted(word for word, seen in counts.items() if seen >= MINIMUM and gazetteer.find(word))
        rows.append(f"{language}\t{' '.join(words)}\n")
    text = "# See common.py and SOURCES.toml\n" + "".join(rows)
    (TABLES / "common.tsv.xz").write_bytes(lzma.compress(text.encode(), preset=9))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
