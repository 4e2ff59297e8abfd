"""Numbers as figures and as words, in folded text."""

from __future__ import annotations

NAMES: dict[str, int] = {
    "zero": 0, "um": 1, "uma": 1, "dois": 2, "duas": 2, "tres": 3, "quatro": 4, "cinco": 5, "seis": 6,
    "sete": 7, "oito": 8, "nove": 9, "dez": 10, "onze": 11, "doze": 12, "treze": 13, "catorze": 14,
    "quatorze": 14, "quinze": 15, "dezesseis": 16, "dezessete": 17, "dezoito": 18, "dezenove": 19,
    "vinte": 20, "trinta": 30, "quarenta": 40, "cinquenta": 50, "sessenta": 60, "setenta": 70,
    "oitenta": 80, "noventa": 90, "cem": 100, "cento": 100, "duzentos": 200, "trezentos": 300,
    "quatrocentos": 400, "quinhentos": 500, "mil": 1000,
}  # fmt: skip

ONES = "|".join(name for name, value in NAMES.items() if 0 < value < 10)
NAME = (
    rf"(?:(?:vinte|trinta|quarenta|cinquenta|sessenta|setenta|oitenta|noventa) e (?:{ONES})\b"
    rf"|(?:{'|'.join(sorted(NAMES, key=len, reverse=True))})\b)"
)
"""A number in words up to ninety-nine, round hundreds, and a thousand."""

NUMBER = rf"(?:[0-9]{{1,6}}|{NAME})"


def number(said: str) -> int:
    """The number that a match of `NUMBER` is."""
    if said.isdigit():
        return int(said)
    return sum(NAMES[part] for part in said.split(" e "))
