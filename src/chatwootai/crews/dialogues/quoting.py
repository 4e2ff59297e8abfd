"""Repeating a customer's words to her, harmlessly."""

from __future__ import annotations

import re

LONGEST = 40
FIGURES = re.compile(r"\d+\s*(?:unid|pe[çc]a|ite)", re.IGNORECASE)


def quoted(text: str) -> str:
    """Her words in quotes: letters, digits and spaces only, cut at a word.

    Nothing that a channel would draw or expand is left. Words that state a quantity are not repeated, since
    they would read as our promise.
    """
    plain = " ".join(
        "".join(letter if letter.isalnum() or letter in "-/," else " " for letter in text).split()
    )
    if plain.isupper():
        plain = plain.lower()
    if not plain or FIGURES.search(plain):
        return "isso"
    if len(plain) > LONGEST:
        plain = plain[:LONGEST].rsplit(" ", 1)[0] + "…"
    return f"“{plain}”"
