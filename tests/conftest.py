"""What tests share: the tiny world and its release, files and zips that are made, refusals."""

import unicodedata

import pytest

from helpers import make, protect, read
from studies import fixtures


@pytest.fixture(scope="session")
def world():
    return make.world("tiny")


@pytest.fixture(scope="session")
def published(world):
    return protect.pseudonymise(world.plays, stars=make.stars(world))


@pytest.fixture
def write(tmp_path):
    """Write a file and return its path."""

    def written(content, name="file.csv", encoding="utf-8"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return written


@pytest.fixture
def pack(tmp_path):
    """Make a zip of names and contents and return its path."""

    return lambda members: fixtures.pack(tmp_path / "export.zip", members)


@pytest.fixture
def plain():
    """Is a text one line that can't steer a terminal?"""

    steers = ("Cc", "Cf", "Cs")
    return lambda text: not any(unicodedata.category(each) in steers for each in text)


@pytest.fixture
def refusal(plain):
    """The one line that refuses a file."""

    def refused(path, **choices):
        with pytest.raises(read.ReadError) as error:
            read.anything(path, **choices)
        message = str(error.value)
        assert plain(message) and len(message) <= 500
        return message

    return refused
