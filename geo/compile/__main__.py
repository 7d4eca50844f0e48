"""python -m geo.compile: compile the atlas of a checkout."""

from pathlib import Path

from geo.compile import compile_atlas

compile_atlas(Path(__file__).parents[1] / "data")
