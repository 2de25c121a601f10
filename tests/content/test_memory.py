"""Memory that goes back to the system."""

import mmap
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.content.memory import release_memory


@pytest.mark.skipif(
    sys.platform != "linux", reason="there memory goes back by itself, or not at all"
)
def test_memory_that_is_free_goes_back_to_the_system():
    """A block that stays behind many that are gone keeps them, were they not given back."""

    def resident():
        return int(Path("/proc/self/statm").read_text().split()[1]) * mmap.PAGESIZE / 1e6

    blocks = [np.ones(12_000) for _ in range(2_000)]  # 96 kB: below what malloc maps by itself
    full = resident()
    del blocks[:-1]
    release_memory()

    assert resident() < full - 120
