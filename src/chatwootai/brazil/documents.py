"""CPF and CNPJ, the tax numbers of people and companies, with their check digits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from validate_docbr import CNPJ, CPF

LABEL = re.compile(r"^\s*(?:cpf|cnpj)(?:\s*/\s*mf)?(?:\s*n[º°o.]+)?\s*:?\s*", re.IGNORECASE)
SEPARATORS = re.compile(r"[\W_]+")

LETTERED = re.compile(r"\W{0,3}".join((r"\w{2}", r"\w{3}", r"\w{3}", r"\w{4}", r"\d{2}")), re.ASCII)
"""A CNPJ with letters is cut where its form cuts it, lest words in a sentence be joined into one."""


class DocumentKind(StrEnum):
    CPF = "CPF"
    CNPJ = "CNPJ"


@dataclass(frozen=True, slots=True)
class Document:
    """A number whose check digits are right. Its `repr` does not show it, for logs hold nothing personal."""

    kind: DocumentKind
    digits: str = field(repr=False)
    """Bare: 11 digits of a CPF, 14 of a CNPJ, whose first twelve may be capital letters since July 2026
    (Instrução Normativa RFB 2.229/2024)."""

    @property
    def formatted(self) -> str:
        """ "123.456.789-09", "12.ABC.345/01DE-35" """
        return str(CPF().mask(self.digits) if self.kind is DocumentKind.CPF else CNPJ().mask(self.digits))

    @property
    def masked(self) -> str:
        """Enough for its owner to recognise: "***.***.***-09", "**.***.***/01DE-35"."""
        shown = 2 if self.kind is DocumentKind.CPF else 7
        return re.sub(r"[0-9A-Z]", "*", self.formatted[:-shown]) + self.formatted[-shown:]


def parse(text: str) -> Document | None:
    """The document that `text` is, whatever stands between its digits; None where a check digit is wrong."""
    written = LABEL.sub("", text).strip()
    bare = SEPARATORS.sub("", written)
    if not bare.isascii() or not (bare.isdigit() or LETTERED.fullmatch(written)):
        return None
    bare = bare.upper()
    # The library fills a short CPF with zeros, so that "191" would pass: the length is ours to see to.
    if len(bare) == 11 and CPF().validate(bare):
        return Document(DocumentKind.CPF, bare)
    if len(bare) == 14 and CNPJ().validate(bare):
        return Document(DocumentKind.CNPJ, bare)
    return None


def written_forms(document: Document) -> tuple[str, ...]:
    """Bare and punctuated: an ERP that stores what was typed has to be asked for both."""
    return document.digits, document.formatted
