"""What many tests share: the installed package's own atlas, opened once."""

import pytest
from hypothesis import settings

from geo.atlas import Atlas, open_atlas

settings.register_profile("untimed", deadline=None)  # a timed test is no test
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return open_atlas()
