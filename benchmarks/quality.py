"""How well places are recognised and resolved, on corpora with gold place names: ``make eval CORPORA=DIR``.

    python benchmarks/quality.py DIR [SET ...]

DIR holds ``places/SET.jsonl`` and ``ner-dev/LANG.jsonl``: one document a line, ``{"id", "lang", "text", "toponyms":
[{"start", "end", "lat", "lon", "geonameid", "type"}]}``. One setting for all. For each set: F1 on exact and on
overlapping spans; end-to-end accuracy, the share of gold toponyms with coordinates that were found (overlap of at least
half of the longer span) and placed with the gold GeoNames id or within 161 km (100 miles); the ceiling, the share that
some kept candidate of a found name satisfies; median error; calibration, the mean gap between score and share right
over ten equal bins; documents a second on one core. Intervals are 95 % bootstrap over documents.
"""

import argparse
import json
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo.atlas import Atlas, open_atlas
from geo.measure import distance_km
from geo.model import Article, Located, MentionKind, Position
from geo.places import locate
from geo.recogniser import find_mentions

NEAR_KM = 161.0  # 100 miles, the custom of the field since Leidner 2007
RESAMPLES = 200
BINS = 10
DEMONYM_TYPES = frozenset({"Demonym", "Language"})
# Corpora whose gold marks "Russian" as a place; elsewhere demonyms are left out on both sides.
WITH_DEMONYMS = frozenset({"lgl-dev", "lgl", "geowebnews", "tr-news"})
# Best free offline peers by the same measure: exact F1 and accuracy, each the best of any system.
PEERS = {"lgl-dev": (0.712, 0.508), "geowebnews": (0.749, 0.578), "tud-loc-2013": (0.643, 0.712)}

Recogniser = Callable[[Article, Atlas], Sequence[Any]]
Scores = list[tuple[float, bool]]  # of each place: its score, and whether it is right


@dataclass
class Tally:
    """What one document adds."""

    gold: int = 0
    found: int = 0
    exact: int = 0
    overlapping: int = 0
    placeable: int = 0
    right: int = 0
    possible: int = 0
    errors_km: list[float] = field(default_factory=list)
    scores: list[tuple[float, bool]] = field(default_factory=list)


def pairs(gold: list[dict[str, Any]], located: list[Located]) -> Iterator[tuple[int, int, bool]]:
    """Gold and found spans one to one, exact ones first, then by overlap: indices, and whether exact."""
    spans = {(item.mention.span.start, item.mention.span.end): i for i, item in enumerate(located)}
    free_gold, free_found = set(range(len(gold))), set(range(len(located)))
    for g, toponym in enumerate(gold):
        i = spans.get((toponym["start"], toponym["end"]))
        if i in free_found:
            free_gold.remove(g)
            free_found.remove(i)
            yield g, i, True
    shared = sorted((-overlap(gold[g], located[i]), g, i) for g in free_gold for i in free_found)
    for negative, g, i in shared:
        if negative < 0 and g in free_gold and i in free_found:
            free_gold.remove(g)
            free_found.remove(i)
            yield g, i, False


def overlap(toponym: dict[str, Any], item: Located) -> int:
    """Characters that two spans share."""
    start, end = int(toponym["start"]), int(toponym["end"])
    return max(0, min(end, item.mention.span.end) - max(start, item.mention.span.start))


def score(document: dict[str, Any], located: list[Located], *, demonyms: bool) -> Tally:
    """One document's counts."""
    gold = [t for t in document["toponyms"] if demonyms or t.get("type") not in DEMONYM_TYPES]
    located = [item for item in located if demonyms or item.mention.kind is not MentionKind.DEMONYM]
    tally = Tally(len(gold), len(located), placeable=sum(t.get("lat") is not None for t in gold))
    for g, i, exact in pairs(gold, located):
        tally.exact += exact
        tally.overlapping += 1
        toponym, item = gold[g], located[i]
        longer = max(toponym["end"] - toponym["start"], item.mention.span.end - item.mention.span.start)
        if toponym.get("lat") is None or not item.candidates or 2 * overlap(toponym, item) < longer:
            continue
        point = Position(toponym["lat"], toponym["lon"])
        same = [
            c.place.geonameid is not None and c.place.geonameid == toponym.get("geonameid") for c in item.candidates
        ]
        apart = [0.0 if s else distance_km(point, c.place.position) for s, c in zip(same, item.candidates, strict=True)]
        tally.errors_km.append(apart[0])
        tally.right += apart[0] <= NEAR_KM
        tally.possible += min(apart) <= NEAR_KM
        tally.scores.append((item.candidates[0].score, apart[0] <= NEAR_KM))
    return tally


def f1(hits: int, found: int, gold: int) -> float:
    """Harmonic mean of precision and recall."""
    return 2 * hits / (found + gold) if found + gold else 0.0


def total(tallies: Sequence[Tally]) -> dict[str, float]:
    """The figures of many documents."""
    sums = {name: sum(getattr(tally, name) for tally in tallies) for name in ("gold", "found", "exact", "overlapping")}
    placeable = sum(tally.placeable for tally in tallies) or 1
    return {
        "exact": f1(sums["exact"], sums["found"], sums["gold"]),
        "overlap": f1(sums["overlapping"], sums["found"], sums["gold"]),
        "accuracy": sum(tally.right for tally in tallies) / placeable,
        "ceiling": sum(tally.possible for tally in tallies) / placeable,
    }


def calibration(scores: Scores) -> float:
    """Mean gap between score and share right, over equal bins, weighted by their size."""
    bins = defaultdict(list)
    for value, right in scores:
        bins[min(int(value * BINS), BINS - 1)].append((value, right))
    gaps = (abs(sum(value - right for value, right in inside)) for inside in bins.values())
    return sum(gaps) / len(scores) if scores else 0.0


def interval(tallies: list[Tally], figure: str) -> str:
    """95 % bootstrap interval over documents."""
    dice = random.Random(0)  # noqa: S311 - no secret
    draws = sorted(total(dice.choices(tallies, k=len(tallies)))[figure] for _ in range(RESAMPLES))
    return f"{draws[int(RESAMPLES * 0.025)]:.3f}-{draws[int(RESAMPLES * 0.975)]:.3f}"


def evaluate(path: Path, atlas: Atlas, recognise: Recogniser) -> tuple[str, Scores]:
    """One row of the table, and what is needed for the reliability of scores."""
    with path.open(encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines if line.strip()]
    start, results = time.process_time(), []
    for document in documents:
        article = Article(document["text"], document["lang"])
        results.append(list(locate(tuple(recognise(article, atlas)), article, atlas)))
    seconds = time.process_time() - start
    demonyms = path.stem in WITH_DEMONYMS
    tallies = [score(d, located, demonyms=demonyms) for d, located in zip(documents, results, strict=True)]
    figures, errors = total(tallies), [error for tally in tallies for error in tally.errors_km]
    scores = [pair for tally in tallies for pair in tally.scores]
    row = f"{path.stem:22} {len(documents):5} {figures['exact']:.3f} [{interval(tallies, 'exact')}]"
    row += f" {figures['overlap']:.3f}"
    if errors:
        row += f" | {figures['accuracy']:.3f} [{interval(tallies, 'accuracy')}] of {figures['ceiling']:.3f}"
        row += f" {statistics.median(errors):6.1f} km {calibration(scores):.3f}"
    row += f" | {len(documents) / seconds:6.0f}/s"
    if path.stem in PEERS:
        row += " | peers {:.3f} {:.3f}".format(*PEERS[path.stem])
    return row, scores


def reliability(scores: Mapping[str, Scores]) -> Iterator[str]:
    """How often places of a score are right, all sets together; and the share that is right out of fold.

    The one constant of the calibration is the share of right places where the votes leave no doubt: for each set, what
    the others alone would have it be (relative to the one in use, which is 1 here), and the gap that this leaves.
    """
    yield "\nscore | places, mean score, share right"
    bins = defaultdict(list)
    for value, right in (pair for pairs in scores.values() for pair in pairs):
        bins[min(int(value * BINS), BINS - 1)].append((value, right))
    for number, inside in sorted(bins.items()):
        mean, share = (statistics.mean(column) for column in zip(*inside, strict=True))
        yield f"{number / BINS:.1f}-{(number + 1) / BINS:.1f} | {len(inside):5} {mean:.3f} {share:.3f}"
    yield "\nset left out | constant from the others, mean gap with it"
    for name, own in scores.items():
        others = [pair for other, pairs in scores.items() if other != name for pair in pairs]
        constant = sum(right for _, right in others) / (sum(value for value, _ in others) or 1)
        yield f"{name:22} | {constant:.3f} {calibration([(min(1.0, constant * v), right) for v, right in own]):.3f}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("sets", nargs="*", help="names of sets; all of them without")
    arguments = parser.parse_args()
    paths = sorted(arguments.corpora.glob("places/*.jsonl")) + sorted(arguments.corpora.glob("ner-dev/*.jsonl"))
    atlas = open_atlas()
    print(
        "set, documents | exact F1 [95 %], overlap F1 | accuracy [95 %] of ceiling, median error, calibration | speed"
    )
    scores: dict[str, Scores] = {}
    for path in paths:
        if not arguments.sets or path.stem in arguments.sets:
            row, pairs = evaluate(path, atlas, find_mentions)
            print(row, flush=True)
            scores |= {path.stem: pairs} if pairs else {}
    print("\n".join(reliability(scores)))


if __name__ == "__main__":
    main()
