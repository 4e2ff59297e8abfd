"""CPF and CNPJ with right check digits. Made up: that one belongs to somebody is chance.

The library that knows them draws from the global random numbers; a sample shop must always be the same.
"""

from __future__ import annotations

from string import ascii_uppercase, digits
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random


def cpf(chance: Random) -> str:
    """As people write it: "123.456.789-09"."""
    number = "".join(chance.choices(digits, k=9))
    for _ in range(2):
        number += _check_digit(number, heaviest=len(number) + 1)
    return f"{number[:3]}.{number[3:6]}.{number[6:9]}-{number[9:]}"


def cnpj(chance: Random, *, alphanumeric: bool = False) -> str:
    """As people write it: "11.222.333/0001-81"; with letters as given out since July 2026."""
    number = "".join(chance.choices(digits + ascii_uppercase if alphanumeric else digits, k=8)) + "0001"
    for _ in range(2):
        number += _check_digit(number, heaviest=9)
    return f"{number[:2]}.{number[2:5]}.{number[5:8]}/{number[8:12]}-{number[12:]}"


def _check_digit(number: str, heaviest: int) -> str:
    # Weights from the right: 2, 3 … to the heaviest, then again from 2. A letter counts as its code less 48.
    weighted = (
        (ord(sign) - 48) * (2 + place % (heaviest - 1)) for place, sign in enumerate(reversed(number))
    )
    rest = sum(weighted) % 11
    return str(0 if rest < 2 else 11 - rest)
