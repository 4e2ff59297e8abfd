"""CEP, the postal code, and the state that its range belongs to."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

WRITTEN = re.compile(r"\s*(?:cep\W{0,3})?([0-9]{2})[.\s]?([0-9]{3})[-–\s]{0,3}([0-9]{3})\s*", re.IGNORECASE)

RANGES = (
    (1000, 19999, "SP"), (20000, 28999, "RJ"), (29000, 29999, "ES"), (30000, 39999, "MG"),
    (40000, 48999, "BA"), (49000, 49999, "SE"), (50000, 56999, "PE"), (57000, 57999, "AL"),
    (58000, 58999, "PB"), (59000, 59999, "RN"), (60000, 63999, "CE"), (64000, 64999, "PI"),
    (65000, 65999, "MA"), (66000, 68899, "PA"), (68900, 68999, "AP"), (69000, 69299, "AM"),
    (69300, 69399, "RR"), (69400, 69899, "AM"), (69900, 69999, "AC"), (70000, 72799, "DF"),
    (72800, 72999, "GO"), (73000, 73699, "DF"), (73700, 76799, "GO"), (76800, 76999, "RO"),
    (77000, 77999, "TO"), (78000, 78899, "MT"), (79000, 79999, "MS"), (80000, 87999, "PR"),
    (88000, 89999, "SC"), (90000, 99999, "RS"),
)  # fmt: skip
"""First and last five digits of each state, in order: the table "Faixas de CEP" of Correios. It leaves out
00xxx, never given, and 78900 to 78999, which Rondônia gave up for its own range."""

STATES = frozenset(state for _, _, state in RANGES)
"""The 26 states and the Federal District, by their two letters (UF)."""


@dataclass(frozen=True, slots=True)
class Cep:
    digits: str

    @property
    def formatted(self) -> str:
        """ "01310-100" """
        return f"{self.digits[:5]}-{self.digits[5:]}"

    @property
    def state(self) -> str | None:
        """The UF; None in ranges that Correios gave to no state."""
        prefix = int(self.digits[:5])
        _, last, state = RANGES[bisect_right(RANGES, prefix, key=lambda entry: entry[0]) - 1]
        return state if RANGES[0][0] <= prefix <= last else None


def parse(text: str) -> Cep | None:
    """The CEP that `text` is: "01310-100", "01310100", "01.310-100"; never all zeros."""
    match = WRITTEN.fullmatch(text)
    digits = "".join(match.groups()) if match else ""
    return Cep(digits) if digits.strip("0") else None
