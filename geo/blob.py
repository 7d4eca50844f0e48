"""One file of named binary sections: how the compiled atlas lies on disk.

Layout, little-endian: magic (8 bytes), header length (uint32), CRC-32 of the rest and the length (uint32), a JSON
header ``{"format", "meta", "sections": {name: [offset, length]}}``, then the sections, each at a multiple of 8 bytes
from the file's start. The checksum is verified when the file is opened: names are matched by C code in mapped memory,
and a flipped bit there would otherwise crash the process.
"""

import json
import mmap
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geo.errors import AtlasError

__all__ = ["FORMAT", "Blob", "open_blob", "write_blob"]

FORMAT = 1  # raise it when the meaning of a section changes: an old atlas is then refused with a clear word
_MAGIC = b"DATELINE"
_HEAD = len(_MAGIC) + 8
_ALIGN = 8


class Blob:
    """A mapped file: ``meta`` and ``section(name, typecode)``."""

    __slots__ = ("_data", "_sections", "meta", "path")

    def __init__(self, path: Path, data: memoryview, header: Mapping[str, Any]) -> None:
        """Use :func:`open_blob`."""
        self.path = path
        self.meta: Mapping[str, Any] = header["meta"]
        self._data = data
        self._sections: Mapping[str, tuple[int, int]] = header["sections"]

    def section(self, name: str, typecode: str = "B") -> memoryview:
        """The section's bytes, seen as items of a :mod:`struct` typecode ("B", "i", "I", "H", "d")."""
        try:
            offset, length = self._sections[name]
        except KeyError:
            raise damaged(self.path, f"it has no section {name}") from None
        return self._data[offset : offset + length].cast(typecode)  # type: ignore[call-overload, no-any-return]


def damaged(path: Path, why: str) -> AtlasError:
    """The one error for an atlas that cannot be used: what is wrong, and what to do."""
    return AtlasError(f"the atlas file {path} cannot be used: {why}; install dateline again to rebuild it")


def open_blob(path: Path) -> Blob:
    """Map and verify a blob. Raises AtlasError where it is missing, truncated, altered or of another version."""
    if sys.byteorder != "little":
        raise damaged(path, "it is little-endian and this machine is not")
    try:
        with path.open("rb") as file:
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError) as error:  # ValueError: an empty file cannot be mapped
        raise damaged(path, f"{error.strerror if isinstance(error, OSError) else error}") from error
    if len(data) < _HEAD or bytes(data[:8]) != _MAGIC:
        raise damaged(path, "it is not an atlas file")
    length, checksum = int.from_bytes(data[8:12], "little"), int.from_bytes(data[12:16], "little")
    if zlib.crc32(data[8:12], zlib.crc32(data[_HEAD:])) != checksum:
        raise damaged(path, "its checksum does not match, it was cut or altered")
    header = json.loads(bytes(data[_HEAD : _HEAD + length]))
    if header["format"] != FORMAT:
        raise damaged(path, f"it has format {header['format']}, this version reads format {FORMAT}")
    return Blob(path, data, header)


def write_blob(path: Path, sections: Mapping[str, bytes], meta: Mapping[str, Any]) -> None:
    """Write a blob; the same sections and meta give the same bytes."""
    lengths = {name: len(data) for name, data in sections.items()}
    offsets = dict.fromkeys(lengths, 0)
    while True:  # the header's length moves the offsets, which are written in the header
        header = json.dumps(
            {"format": FORMAT, "meta": dict(meta), "sections": {n: [offsets[n], lengths[n]] for n in lengths}},
            ensure_ascii=False,
            sort_keys=True,
        ).encode()
        position, new = _aligned(_HEAD + len(header)), {}
        for name, size in lengths.items():
            new[name] = position
            position = _aligned(position + size)
        if new == offsets:
            break
        offsets = new
    body = bytearray(header)
    for name, data in sections.items():
        body += bytes(offsets[name] - _HEAD - len(body)) + data
    path.parent.mkdir(parents=True, exist_ok=True)
    length = len(header).to_bytes(4, "little")
    path.write_bytes(_MAGIC + length + zlib.crc32(length, zlib.crc32(body)).to_bytes(4, "little") + body)


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGN) * _ALIGN
