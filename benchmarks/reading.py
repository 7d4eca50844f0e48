"""How fast articles are read, beside spaCy's blank tokeniser on the same texts in the same process: ``make bench``.

    python benchmarks/reading.py [FILE.jsonl ...]

A FILE holds one article a line, {"text": ..., "lang": ...}; without one, the texts are the project's own test passages
that state no distance (each distance that is stated takes a few milliseconds more: to be read, measured and judged).
One core; of several rounds the fastest. A whole check is reading, finding, placing and judging, from a string to a
report. The bars: a tenth of the tokeniser's documents a second, a quarter with rules alone.
"""

import argparse
import json
import time
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import spacy

from geo.article import read_article
from geo.atlas import open_atlas
from geo.mentions import find_mentions as by_rules
from geo.pipeline import check_article
from geo.recogniser import find_mentions as by_model

ROUNDS = 5
PASSAGES = Path(__file__).parents[1] / "tests"
PER_ARTICLE = 12  # passages, so that an article is as long as news is


def own_texts() -> dict[str, list[str]]:
    """The test passages of each language, several in one article."""
    texts = {}
    for path in sorted(PASSAGES.glob("passages_*.toml")):
        passages = tomllib.loads(path.read_text(encoding="utf-8"))["passage"]
        rows = [row["text"] for row in passages if not row["claims"]]
        articles = ["\n\n".join(rows[i : i + PER_ARTICLE]) for i in range(0, len(rows), PER_ARTICLE)]
        texts[path.stem.removeprefix("passages_")] = articles
    return texts


def file_texts(paths: Iterable[Path]) -> dict[str, list[str]]:
    """The articles of JSON lines by language."""
    texts = defaultdict(list)
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                texts[row["lang"]].append(row["text"])
    return texts


def fastest(work: Callable[[str], object], texts: list[str]) -> float:
    """Documents a second in the best round."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for text in texts:
            work(text)
        best = min(best, time.process_time() - start)
    return len(texts) / best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    files = parser.parse_args().files
    atlas = open_atlas()
    print(
        "language, articles, characters each | blank tokeniser | whole check, as a share | with rules alone, as a share"
    )
    for language, texts in sorted((file_texts(files) if files else own_texts()).items()):
        tokeniser = spacy.blank(language)

        def check(text: str, language: str = language, recognise: Callable[..., object] = by_model) -> object:
            article = read_article(text, language=language)
            return check_article(article, atlas, recognise=recognise)  # type: ignore[arg-type]

        blank = fastest(tokeniser, texts)
        model, rules = fastest(check, texts), fastest(lambda text: check(text, recognise=by_rules), texts)
        length = sum(map(len, texts)) // len(texts)
        shares = f"{model:7.0f}/s {model / blank:5.2f} | {rules:7.0f}/s {rules / blank:5.2f}"
        print(f"{language} {len(texts):5} {length:6} | {blank:7.0f}/s | {shares}", flush=True)


if __name__ == "__main__":
    main()
