"""Hatchling's build hook: compiles the atlas into geo/data/atlas before the wheel (or an editable install) is made."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AtlasBuildHook(BuildHookInterface[Any]):
    """Runs geo.compile unless the atlas is newer than everything that it is made from."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling; ``version`` is "standard" or "editable"."""
        del version, build_data
        sys.path.insert(0, self.root)
        try:
            from geo.compile import compile_atlas
        finally:
            sys.path.remove(self.root)
        compile_atlas(Path(self.root) / "geo/data", say=self.app.display_info)
