"""How long hostile text takes, beside ordinary articles a megabyte: ``make bench``.

    python benchmarks/hostile.py [LANG ...]

For each language a megabyte of each kind of text that is meant to be slow (digits, units, hedges, number words, names,
brackets, from the language's own pack) goes through a whole check. Printed is the time a megabyte, as a share of what
ordinary articles of that language take in the same process: the test passages that state nothing, several in one
article. The bar is five times.
"""

import argparse
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

from geo.article import read_article
from geo.atlas import open_atlas
from geo.languages import LanguagePack, load_language, pack_codes
from geo.pipeline import check_article

PASSAGES = Path(__file__).parents[1] / "tests"
MEGABYTE = 1_000_000
ORDINARY = 200_000  # characters of ordinary text are enough to time it
PER_ARTICLE = 8


def kinds(pack: LanguagePack) -> Iterator[tuple[str, str]]:
    """What is repeated, by what it is."""
    lengths = pack.lengths
    unit = lengths.units[0][0]
    hedge = " ".join(phrase for phrase, _ in lengths.hedges[:4])
    number = "".join(word for word, _ in lengths.numbers.numbers[:12])
    yield "digits", "1"
    yield "grouped digits", "1.234.567,"
    yield "numbers", "1 2 3 "
    yield "lengths", f"5 {unit} "
    yield "two units", f"5 {unit} (3 mi) "
    yield "hedges", f"{hedge} "
    yield "number words", f"{number} "
    yield "ranges", f"1-2 {lengths.joins[0] if lengths.joins else '-'} "
    yield "openers", f"{lengths.openers[0] if lengths.openers else ''} 3 "
    yield "names and lengths", f"Paris 5 {unit} Moskva "
    yield "names", "Paris, London "
    yield "initials", "A. B. "
    yield "hyphens", "A-B-"
    yield "brackets", "(((((Paris "
    yield "capitals", "PARIS LONDON "
    yield "line ends", " \n"
    yield "unspaced", "巴黎东京"
    yield "marks", "a\u0301\u0301\u0301"


def ordinary(language: str) -> list[str]:
    """Articles made of the passages that state no distance."""
    path = PASSAGES / f"passages_{language}.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["passage"] if path.exists() else []
    texts = [row["text"] for row in rows if not row["claims"]]
    return ["\n\n".join(texts[i : i + PER_ARTICLE]) for i in range(0, len(texts), PER_ARTICLE)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("languages", nargs="*", help="codes; all that have a pack without")
    atlas = open_atlas()

    def seconds(text: str, language: str) -> float:
        start = time.process_time()
        check_article(read_article(text, language=language), atlas)
        return time.process_time() - start

    for language in parser.parse_args().languages or pack_codes():
        articles = ordinary(language)
        if not articles:
            continue
        rounds = max(1, ORDINARY // sum(map(len, articles)))
        seconds(articles[0], language)
        each = sum(seconds(text, language) for _ in range(rounds) for text in articles)
        usual = each / (rounds * sum(map(len, articles))) * MEGABYTE
        print(f"{language}: ordinary {usual:.1f} s a MB; hostile, times that:", flush=True)
        for kind, piece in kinds(load_language(language)):
            taken = seconds(piece * (MEGABYTE // len(piece)), language)
            print(f"   {taken / usual:5.2f}  {kind}", flush=True)


if __name__ == "__main__":
    main()
