"""Figures anyone can measure again: `./gwa bench NAME`, each beside its target and its limit.

A benchmark is a file here with `NAME`, `SIZE` (the data it wants by default) and
`run(size) -> list[Figure]`. It finds Django set up on a migrated database, which those of one run
share: `_country.load_once` fills it for the first that asks. `clone` and `memory` start whole
demonstrations instead.
"""

import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure. `limit` is what the bare engine did in the same run, `peer` another system."""

    name: str
    value: float
    unit: str
    data: str
    target: float | None = None
    limit: float | None = None
    peer: str = ""
    more_is_better: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the value is within its target; None where there is no target."""
        if self.target is None:
            return None
        return self.value >= self.target if self.more_is_better else self.value <= self.target

    def as_line(self) -> dict[str, object]:
        """The figure with the machine it was measured on."""
        known = asdict(self)
        del known["more_is_better"]
        return {**known, "machine": describe_machine(), "met": self.met}


def describe_machine() -> str:
    """Cores and memory, as in the targets: `2 cores, 24 GiB`."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, load {load:.1f}"


def names() -> list[str]:
    """The benchmarks there are."""
    here = Path(__file__).parent
    stems = (file.stem for file in here.glob("*.py"))
    # A name that Python keeps for itself takes a line below: `import_.py` is `import`.
    return sorted(stem.rstrip("_") for stem in stems if not stem.startswith("_"))
