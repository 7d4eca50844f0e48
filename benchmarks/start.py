"""Start-up, size and memory, as ratios against things that everybody has.

    python benchmarks/start.py [ARTICLE]

Whole processes, user plus system time, median of several runs in turn with the thing compared to, so that a noisy
machine moves both sides alike.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "docs/examples/hafen.txt"
RUNS = 11

OPEN_ATLAS = """
import time, geo.atlas
start = time.perf_counter()
geo.atlas.open_atlas()
print((time.perf_counter() - start) * 1000)
"""
MEMORY = """
import resource, sys
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
import geo.article, geo.atlas, geo.mentions, geo.places
before = peak()
atlas = geo.atlas.open_atlas()
article = geo.article.read_article(open(sys.argv[1], "rb").read(), name=sys.argv[1])
for _ in range(50):
    geo.places.locate(geo.mentions.find_mentions(article, atlas), article, atlas)
print(peak() - before)
"""


def cpu_ms(*command: str) -> float:
    """User plus system time of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=tempfile.gettempdir())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def printed(code: str, *arguments: str) -> float:
    """The number that a fresh Python prints."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True, cwd=tempfile.gettempdir()
    )
    return float(done.stdout)


def main() -> None:
    """Measure and print."""
    article = str(Path(sys.argv[1] if len(sys.argv) > 1 else EXAMPLE).resolve())
    check = (sys.executable, "-m", "geo", "check", article)
    folium = (sys.executable, "-c", "import folium")
    cpu_ms(*check), cpu_ms(*folium)
    pairs = [(cpu_ms(*check), cpu_ms(*folium)) for _ in range(RUNS)]
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"dateline check    {statistics.median(a for a, _ in pairs):6.0f} ms CPU")
    print(f"import folium     {statistics.median(b for _, b in pairs):6.0f} ms CPU")
    print(f"ratio             {ratio:6.2f}    (bar 0.70)")
    opened = statistics.median(printed(OPEN_ATLAS) for _ in range(RUNS))
    print(f"atlas opens in    {opened:6.1f} ms       (bar 10)")
    import geo

    size = sum(path.stat().st_size for path in (Path(geo.__file__).parent / "data/atlas").iterdir()) / 1e6
    print(f"atlas on disk     {size:6.1f} MB       (bar 40)")
    print(f"matching adds     {printed(MEMORY, article):6.0f} MB       (bar 100)")


if __name__ == "__main__":
    main()
