"""The atlas: the world as Dateline knows it, read-only, opened once and passed in by hand.

It holds the gazetteer (names -> places), the outlines (borders and coasts) and the language packs. Each is opened
when it is first asked for; the same article with the same atlas gives the same report on any machine.
"""

import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from geo.blob import open_blob
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.languages import LanguagePack, load_language, pack_codes
from geo.outlines import Outlines, open_outlines
from geo.own_places import ExtendedGazetteer, OwnPlace
from geo.vocabulary import Vocabulary

__all__ = ["Atlas", "open_atlas"]

_DATA = Path(__file__).parent / "data"


class Atlas:
    """The parts of the world; ``folder`` holds the compiled files."""

    def __init__(self, folder: Path) -> None:
        """Use :func:`open_atlas`."""
        self.folder = folder
        self._packs: dict[str, LanguagePack | None] = {}
        self._vocabularies: dict[str, Vocabulary] = {}

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Names and places."""
        return open_gazetteer(self.folder / "gazetteer.bin")

    @cached_property
    def outlines(self) -> Outlines:
        """Borders and coasts."""
        return open_outlines(self.folder / "outlines.bin")

    def language(self, code: str) -> LanguagePack | None:
        """The pack of a language (ISO 639-1), None where there is none yet."""
        if code not in self._packs:
            self._packs[code] = load_language(code) if code in pack_codes() else None
        return self._packs[code]

    def vocabulary(self, code: str) -> Vocabulary:
        """What is known of the words of a language, whether or not it has a pack."""
        if code not in self._vocabularies:
            self._vocabularies[code] = Vocabulary(self.gazetteer, code, self.language(code))
        return self._vocabularies[code]

    def extended(self, own: tuple[OwnPlace, ...]) -> "Atlas":
        """This atlas with places of the user's own (:func:`geo.own_places.read_own_places`)."""
        bigger = Atlas(self.folder)
        bigger.__dict__["gazetteer"] = ExtendedGazetteer(self.folder / "gazetteer.bin", own)
        if "outlines" in self.__dict__:
            bigger.__dict__["outlines"] = self.outlines
        return bigger

    def verify(self) -> None:
        """Check every byte of the compiled files against its checksum; AtlasError where one was altered.

        Without this each part is checked when it is first used.
        """
        for path in sorted(self.folder.glob("*.bin")):
            blob = open_blob(path)
            for name in blob.names:
                blob.section(name)

    @property
    def date(self) -> str:
        """The day of the newest source, ISO 8601."""
        return str(self.gazetteer.meta["date"])

    @cached_property
    def sources(self) -> tuple[Mapping[str, Any], ...]:
        """What the atlas is made from: name, origin, version, licence, date, hash (SOURCES.toml)."""
        with (_DATA / "SOURCES.toml").open("rb") as file:
            return tuple(tomllib.load(file)["source"])


def open_atlas(folder: Path | None = None) -> Atlas:
    """The atlas that came with the package, or another one of the same version; AtlasError where it cannot be used."""
    atlas = Atlas(_DATA / "atlas" if folder is None else folder)
    _ = atlas.gazetteer  # fail here and now, not in the middle of an article
    return atlas
