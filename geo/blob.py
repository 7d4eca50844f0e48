"""One file of named binary sections: how the compiled atlas lies on disk.

Layout, little-endian: magic (8 bytes), length of the header (uint32), CRC-32 of the header (uint32), the header as JSON
``{"format", "meta", "size", "sections": {name: [offset, length, crc32]}}``, then the sections, each at a multiple of 8
bytes from the file's start. A section's checksum is verified when it is first asked for: names are matched by C code in
mapped memory, and a flipped bit there would otherwise crash the process.
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

FORMAT = 3  # raise it when the meaning of a section changes: an old atlas is then refused with a clear word
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
        self._sections: Mapping[str, tuple[int, int, int]] = header["sections"]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the sections."""
        return tuple(self._sections)

    def section(self, name: str, typecode: str = "B") -> memoryview:
        """The section's bytes, seen as items of a :mod:`struct` typecode ("B", "i", "I", "H", "d").

        Raises AtlasError where there is no such section or its bytes are not those that were written.
        """
        if name not in self._sections:
            raise damaged(self.path, f"it has no section {name}")
        offset, length, checksum = self._sections[name]
        data = self._data[offset : offset + length]
        if zlib.crc32(data) != checksum:
            raise damaged(self.path, f"the checksum of its section {name} does not match, it was altered")
        return data.cast(typecode)  # type: ignore[call-overload, no-any-return]


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
    text = data[_HEAD : _HEAD + length]
    if not text or zlib.crc32(text) != checksum:  # the checksum of nothing is 0, as in a file of zeros
        raise damaged(path, "the checksum of its header does not match, it was cut or altered")
    header = json.loads(bytes(text))
    if header["format"] != FORMAT:
        raise damaged(path, f"it has format {header['format']}, this version reads format {FORMAT}")
    if header["size"] != len(data):
        raise damaged(path, f"it has {len(data)} bytes instead of {header['size']}, it was cut")
    return Blob(path, data, header)


def write_blob(path: Path, sections: Mapping[str, bytes], meta: Mapping[str, Any]) -> None:
    """Write a blob; the same sections and meta give the same bytes."""
    checksums = {name: zlib.crc32(data) for name, data in sections.items()}
    offsets, size = dict.fromkeys(sections, 0), 0
    while True:  # the header's length moves the offsets, which are written in the header
        table = {name: [offsets[name], len(data), checksums[name]] for name, data in sections.items()}
        fields = {"format": FORMAT, "meta": dict(meta), "size": size, "sections": table}
        header = json.dumps(fields, ensure_ascii=False, sort_keys=True).encode()
        position, new = _HEAD + len(header), {}
        for name, data in sections.items():
            new[name] = position = _aligned(position)
            position += len(data)
        if (new, position) == (offsets, size):
            break
        offsets, size = new, position
    body = bytearray(header)
    for name, data in sections.items():
        body += bytes(offsets[name] - _HEAD - len(body)) + data
    path.parent.mkdir(parents=True, exist_ok=True)
    lengths = len(header).to_bytes(4, "little") + zlib.crc32(header).to_bytes(4, "little")
    path.write_bytes(_MAGIC + lengths + body)


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGN) * _ALIGN
