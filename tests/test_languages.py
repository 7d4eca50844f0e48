"""Language packs: each entry reads its examples and leaves its near misses alone; broken packs say where."""

import re
from pathlib import Path

import pytest

import geo.languages
from geo.claims import Reading, read_claims
from geo.errors import PackError, UnknownLanguage
from geo.languages import Entry, LanguagePack, load_language, load_pack, pack_codes

from .marked import read_marked
