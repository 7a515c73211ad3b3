"""What the tests of the tools share: the sample chapter, executed once."""

import pytest
import sample

from tools.keep import run


@pytest.fixture(scope="session")
def tidied(tmp_path_factory):
    path = sample.write(tmp_path_factory.mktemp("tidied"))
    assert run.tidy_main([str(path)]) == 0
    return path
