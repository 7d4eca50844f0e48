"""Many articles, one JSON line each in, one report line each out; no article stops the others.

A line is ``{"id": ..., "text": ..., "lang": optional ISO 639-1, "title": optional}``; other keys are ignored. Both ways
are streams: one article is in memory at a time, the order is kept. What cannot be read or checked gives a
:class:`~geo.model.Failure` in its place. The same functions serve a plain loop and a cluster's worker.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from geo.article import MAX_BYTES, read_article
from geo.errors import ArticleError
from geo.model import Article, Failure, Report
from geo.render import failure_to_json, to_json

__all__ = ["Job", "check_all", "read_jobs", "split_lines"]

_MARK = b"\xef\xbb\xbf"
_CHUNK = 1 << 20  # bytes of a line too long that are read and dropped at a time


@dataclass(frozen=True, slots=True)
class Job:
    """An article to check, and what its report shall be called."""

    id: str | int | None
    article: Article


def split_lines(file: BinaryIO, *, limit: int = MAX_BYTES) -> Iterator[bytes]:
    r"""The lines of a file; of one longer than ``limit`` bytes only so much that :func:`read_jobs` sees it.

    >>> from io import BytesIO
    >>> list(split_lines(BytesIO(b"\xef\xbb\xbfone\ntwo and more\nthree"), limit=6))
    [b'one\n', b'two and', b'three']
    """
    first = True
    while line := file.readline(limit + 1):
        if len(line) > limit and not line.endswith(b"\n"):
            while (rest := file.readline(_CHUNK)) and not rest.endswith(b"\n"):
                pass
        yield line.removeprefix(_MARK) if first else line
        first = False


def read_jobs(lines: Iterable[bytes], *, ui: str = "en") -> Iterator[Job | Failure]:
    """The articles of JSON lines in order; empty lines are skipped, a line that cannot be read is a Failure.

    ``ui`` is the language of the articles' warnings.

    >>> for failure in read_jobs([b" ", b'{"id": "a"}', b"oops"]):
    ...     print(failure)
    Failure(id='a', reason='the key "text" is missing')
    Failure(id=None, reason='not JSON: Expecting value at column 1')
    """
    for line in lines:
        if line.strip():
            yield _read(line, ui)


def check_all(
    jobs: Iterable[Job | Failure], check: Callable[[Job], Report], *, text: bool = True
) -> Iterator[tuple[str, Report | Failure]]:
    """For each article in order its line of output, and the report or failure that it tells.

    An article that breaks ``check`` gives an error row; the others are as without it.
    """
    for job in jobs:
        outcome: Report | Failure
        if isinstance(job, Failure):
            outcome = job
        else:
            try:
                outcome = check(job)
                line = to_json(outcome, text=text)
            except Exception as error:  # noqa: BLE001  whatever one article does, the rest of a night's run shall go on
                outcome = Failure.of(job.id, error)
        yield (failure_to_json(outcome) if isinstance(outcome, Failure) else line), outcome


def _read(line: bytes, ui: str) -> Job | Failure:
    identity: str | int | None = None
    try:
        row = _row(line)
        identity = _identity(row.get("id"))
        return Job(identity, _article(row, ui))
    except Exception as error:  # noqa: BLE001  as in check_all
        return Failure.of(identity, error)


def _row(line: bytes) -> dict[str, Any]:
    if len(line) > MAX_BYTES:
        raise ArticleError(f"the line has more than {MAX_BYTES // 1024**2} MB, the limit for one article")
    try:
        row = json.loads(line.decode("utf-8"))
    except json.JSONDecodeError as error:
        raise ArticleError(f"not JSON: {error.msg} at column {error.colno}") from error
    except UnicodeDecodeError as error:
        raise ArticleError(f"not UTF-8: byte {error.start} of the line") from error
    except ValueError as error:
        raise ArticleError("not JSON that can be read: a number has more digits than the limit") from error
    except RecursionError as error:
        raise ArticleError("not an article: JSON nested too deeply") from error
    if not isinstance(row, dict):
        raise ArticleError(f"not an object with the keys id and text but {type(row).__name__}")
    return row


def _identity(value: object) -> str | int | None:
    """An id as it came; a lone half of a surrogate pair, which no file can hold, is replaced."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise ArticleError(f"the id is neither a string nor an integer but {type(value).__name__}")


def _article(row: dict[str, Any], ui: str) -> Article:
    if "text" not in row:
        raise ArticleError('the key "text" is missing')
    for key in ("text", "lang", "title"):
        if row.get(key) is not None and not isinstance(row[key], str):
            raise ArticleError(f'"{key}" is no string but {type(row[key]).__name__}')
    if row["text"] is None:
        raise ArticleError('"text" is null')
    language = row.get("lang") or None
    return read_article(row["text"], title=row.get("title"), language=None if language == "und" else language, ui=ui)
