"""Writing a result to a file so that nobody ever sees half of it.

The text goes to a new file in the same folder, is forced to the disk, and takes the target's name in one step
(``os.replace``, atomic by POSIX ``rename``). Whatever happens on the way (an interrupt, a full disk, an exception in
the code that makes the text), an earlier output stays as it was and nothing else is left behind.
"""

import errno
import os
import stat
from pathlib import Path
from types import TracebackType
from typing import Self

from geo.errors import OutputError

__all__ = ["AtomicFile", "explain", "write_text"]

_DRAFT_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)  # the last one on Windows only
_NEW_FILE_MODE = 0o666  # as open() makes files; the user's umask takes away from it


def write_text(path: Path, text: str) -> None:
    """Write a whole file, UTF-8; raises OutputError where it cannot be written, and then leaves no trace."""
    with AtomicFile(path) as file:
        file.write(text)


class AtomicFile:
    """A context manager: write what you have, piece by piece; the file appears when the block ends without an error.

    A target that is a link, a folder or a device is refused: a report never lands elsewhere than where it was sent.
    """

    __slots__ = ("_descriptor", "_draft", "path")

    def __init__(self, path: Path) -> None:
        """Nothing happens before the block is entered."""
        self.path = path
        self._draft = path.parent / f".dateline-{os.getpid()}-{os.urandom(4).hex()}.part"
        self._descriptor = -1

    def __enter__(self) -> Self:
        """Refuse what cannot be replaced, and start the draft."""
        try:
            mode = _replaceable_mode(self.path)
            self._descriptor = os.open(self._draft, _DRAFT_FLAGS, _NEW_FILE_MODE)
            if mode is not None:
                self._draft.chmod(mode)
        except BaseException as error:
            self._discard()
            if isinstance(error, OSError):
                raise self._failed(error) from error
            raise
        return self

    def write(self, text: str) -> None:
        """Add text; what UTF-8 cannot hold (half of a surrogate pair) becomes a question mark."""
        rest = memoryview(text.encode("utf-8", "replace"))
        try:
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError as error:
            raise self._failed(error) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the draft the target's name, or remove it."""
        try:
            if kind is None:
                os.fsync(self._descriptor)
                _replaceable_mode(self.path)  # it may have become a link meanwhile
                self._draft.replace(self.path)
        except OSError as failure:
            raise self._failed(failure) from failure
        finally:
            self._discard()

    def _discard(self) -> None:
        """Close the draft, and remove it where it has not become the target."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
            self._draft.unlink(missing_ok=True)

    def _failed(self, error: OSError) -> OutputError:
        if isinstance(error, OutputError):
            return error
        return OutputError(f"cannot write {self.path}: {explain(error)}; earlier contents, if any, are untouched")


def explain(error: OSError) -> str:
    """What went wrong, without Python's number and quotes.

    >>> explain(OSError(28, "No space left on device"))
    'the disk is full'
    >>> explain(FileNotFoundError(2, "No such file or directory")), explain(OSError("odd"))
    ('no such file or folder', 'odd')
    """
    if error.errno in _WORDS:
        return _WORDS[error.errno]
    return error.strerror or str(error)


_WORDS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your disk quota is used up",
    errno.EFBIG: "the file would be larger than is allowed here",
    errno.ENOENT: "no such file or folder",
    errno.EACCES: "permission denied",
    errno.EROFS: "the disk is read-only",
    errno.EISDIR: "it is a folder, not a file",
}


def _replaceable_mode(path: Path) -> int | None:
    """The permission bits of the regular file at ``path``, None where there is none; OutputError for all else."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISREG(mode):
        return stat.S_IMODE(mode)
    if stat.S_ISLNK(mode):
        what = "a link: name the file that it points to"
    elif stat.S_ISDIR(mode):
        what = "a folder: name a file in it"
    else:
        what = "not a file: name a file, or use - for standard output"
    raise OutputError(f"cannot write {path}: it is {what}")
