"""Identifiers drawn from a seed, in bulk."""

import datetime as dt

import numpy as np
import polars as pl
from numpy.typing import NDArray

_BIRTHDAY = int(dt.datetime(2026, 10, 1, tzinfo=dt.UTC).timestamp() * 1000)
# No part holds more people than this: 20,000 households of at most forty.
PERSONS_PER_CHUNK = 1_000_000
# Milliseconds kept for each part of the country, so that ids grow as rows are loaded.
_MILLISECONDS_PER_CHUNK = 60_000

Ids = NDArray[np.uint8]


def draw_ids(rng: np.random.Generator, count: int, *, chunk: int) -> Ids:
    """UUIDs of version 7 in growing order, as rows of 16 bytes."""
    ids = np.empty((count, 16), dtype=np.uint8)
    ids[:, :] = rng.integers(0, 256, size=(count, 16), dtype=np.uint8)
    start = _BIRTHDAY + chunk * _MILLISECONDS_PER_CHUNK
    moments = start + np.arange(count) * _MILLISECONDS_PER_CHUNK // max(count, 1)
    ids[:, :6] = moments.astype(">u8").view(np.uint8).reshape(-1, 8)[:, 2:]
    ids[:, 6] = 0x70 | (ids[:, 6] & 0x0F)
    ids[:, 8] = 0x80 | (ids[:, 8] & 0x3F)
    return ids


def as_text(ids: Ids) -> pl.Series:
    """The ids as PostgreSQL reads them: 32 hexadecimal digits."""
    digits = ids.tobytes().hex()
    return pl.Series([digits[at : at + 32] for at in range(0, len(digits), 32)], dtype=pl.String)


_PAYLOADS = 9 * 10**9
_SMALLEST_PAYLOAD = 10**9
# No factor in common with the number of payloads: no two households get the same number.
_STRIDE = 7_368_787_193


def registry_numbers(seed: int, first: int, count: int) -> pl.Series:
    """Registry numbers (ISO 7064 MOD 97-10, as in `registry.rules.numbers`), all different."""
    order = np.arange(first, first + count, dtype=np.int64) + seed % 1_000_000
    payload = _SMALLEST_PAYLOAD + order * _STRIDE % _PAYLOADS
    return pl.Series(payload * 100 + (98 - payload * 100 % 97)).cast(pl.String)
