"""Each hostile file is refused with its own sentence, in little time and little memory."""

import re
import resource
import time
import tracemalloc

import pytest

from gwa.collection.files import errors, open_book
from gwa.collection.tests.hostile import HOSTILE

MOST_SECONDS = 5
MOST_MB = 64


def read_all(path):
    book = open_book(path, file_name=path.name)
    for sheet in book.sheets:
        for _row in book.rows(sheet.name):
            pass


@pytest.mark.parametrize(
    ("make", "code"), [case[1:] for case in HOSTILE], ids=[c[0] for c in HOSTILE]
)
def test_a_hostile_file_is_refused_with_its_sentence(make, code, tmp_path):
    path = make(tmp_path)
    tracemalloc.start()
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    try:
        with pytest.raises(errors.FileRefused) as refused:
            read_all(path)
    finally:
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - resident
    assert refused.value.code == f"collection.file_{code}"
    sentence = refused.value.sentence
    assert len(sentence) > 60
    assert not re.search(r"%\(\w+\)", sentence)
    assert time.monotonic() - started < MOST_SECONDS
    assert peak < MOST_MB * 1024**2
    assert grown < 2 * MOST_MB * 1024


def test_the_house_knows_at_least_eighteen_of_them():
    assert len(HOSTILE) == 43
    assert len({code for _name, _make, code in HOSTILE}) >= 18
