"""What many tests share: the installed package's own atlas, opened once."""

import pytest

from geo.atlas import Atlas, open_atlas


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return open_atlas()
