"""What is said beside the name of a product and is no part of it: what it may cost, how it is paid, "opa"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from chatwootai.crews.understanding.vocabulary import FILLERS
from chatwootai.crews.understanding.words import Word, norms_of

_CURRENCY: Final = r"(?:reais|real|contos?|pilas?|paus?|mangos?)"
_FIGURE: Final = r"\d[\d.,]*"
_LEADING: Final = (
    r"(?:(?:de|por|ate|uns|umas|no|na|maximo|menos|abaixo|acima|mais|a|partir|volta|em|torno|faixa|dos|cerca"
    r"|entre|inferior|superior|que|custe|custem|custando|valendo|valor|preco|do|limite|teto|nao|passe|max) )*"
)
_LIMIT: Final = (
    r"(?:(?:de|por|que custe|custando) )?(?:ate(?: uns| umas)?|no max(?:imo)?(?: de)?|maximo(?: de)?"
    r"|menos d[eo]|abaixo d[eo]|na faixa d[eo]s?|por volta de|em torno de|acima d[eo]|entre"
    r"|nao passe d[eo]|inferior a)"
)
PRICED: Final = re.compile(
    rf"\b{_LEADING}(?:entre {_FIGURE} e )?(?:r {_FIGURE}|{_FIGURE}(?: mil)? {_CURRENCY}|{_FIGURE} mil)"
    rf"(?: (?:e|a|ate|ou) (?:r )?{_FIGURE}(?: mil)?(?: {_CURRENCY})?)?(?: {_CURRENCY})?(?!\w)"
    rf"|\b{_LIMIT} \d{{2,}}[\d.,]*(?: (?:e|a|ou) \d{{2,}}[\d.,]*)?$"
)
"""What it may cost; without a currency only at the end ("fogão até 800", but "mesa até 8 lugares")."""
FACE_VALUE: Final = re.compile(
    r"\b(?:vales? (?:presentes?|compras?)|gift ?cards?|cart(?:ao|oes) presente|vouchers?)\b"
)
"""What is named by the money that is on it."""
LIMITED: Final = re.compile(
    rf"\b(?:{_LIMIT}|{_LIMIT}.* e) (?:r )?(?:{_FIGURE}(?: mil)? {_CURRENCY}|{_FIGURE} mil\b|\d{{2,}}[\d.,]*$)"
    rf"|\b{_LIMIT} r {_FIGURE}"
)
"""A price that she does not want to go beyond."""
_PAYING: Final = (
    r"(?:(?:se|eu|for|pagando|pagar|pago|parcelad[oa]s?|parcelando|parcelar|dividid[oa]s?|dividindo"
    r"|dividir) )*"
)
MEANS: Final = re.compile(
    rf"\b{_PAYING}(?:(?:em|de|ate) )+\d{{1,2}} (?:x|vezes)(?: (?:sem|com) juros)?\b"
    r"|\b(?:parcelad[oa]s?|dividid[oa]s?|parcelar|dividir) (?:em )?\d{1,2} (?:x|vezes)\b"
    r"|\b\d{1,2} (?:x|vezes) (?=sem juros|no cartao|no credito)"
    rf"|\b{_PAYING}(?:no|na|em|com|por|via|pelo) (?:pix|boleto|cartao(?: de (?:credito|debito))?|credito"
    r"|debito|dinheiro|especie)(?: (?:a vista|tambem))?\b"
    rf"|\b{_PAYING}(?:a vista|avista)\b|\b(?:sem|com) juros\b|\bparcelad[oa]s?\b"
)
"""How it would be paid."""
_STREET: Final = re.compile(
    r"\b(?:para|na|no|em) (?:a |o )?(?:rua|av|avenida|alameda|travessa|praca|rodovia|estrada) .+"
    r"|\b(?:e )?(?:usar|usando|aplicar|aplicando|com|tenho|uso|pelo)(?: (?:o|um|meu))? cupom\b.*"
)
"""Where it is brought, and which coupon goes with it."""
_INTERJECTIONS_WORDS: Final = """
beleza pera perai perae espera calma eita opa oba show massa joia nossa ah ahh aham uhum ata vdd uai
poxa puts vixe vish ixi bora fechou fechado okay ok legal otimo otima perfeito certo maravilha bacana
combinado hum hmm entendi ta tah verdade gente olha ue eba partiu
"""
INTERJECTIONS: Final = frozenset(_INTERJECTIONS_WORDS.split())
_TOGETHER_WORDS: Final = """
junto junta juntos juntas tudo total todos todas somado somados ambos ambas
"""
_TOGETHER: Final = frozenset(_TOGETHER_WORDS.split())
"""Of what was spoken of, all; no name."""


def without_what_is_beside(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words without prices, payment, delivery and interjections; with the price if nothing else is left.

    "Até 50 reais" alone goes on with what she looked for.
    """
    words = _cut(_without_interjections(words), MEANS, _STREET)
    if words and all(word.norm in _TOGETHER or word.norm in FILLERS or _counts(word) for word in words):
        return ()
    if FACE_VALUE.search(" ".join(word.norm for word in words)):
        return tuple(words)
    return _cut(words, PRICED) or tuple(words)


def limits_price(said: str) -> bool:
    """ "Até 40 reais", "abaixo de 1500"."""
    return LIMITED.search(" ".join(norms_of(said))) is not None


def _without_interjections(words: Sequence[Word]) -> tuple[Word, ...]:
    rest = tuple(words)
    while rest and rest[0].norm in INTERJECTIONS:
        following = rest[1].norm if len(rest) > 1 else ""
        if following and following not in FILLERS | INTERJECTIONS and not following.isdigit():
            break  # "massa corrida", "show de bola" may be names.
        rest = rest[1:]
    return rest


def _cut(words: Sequence[Word], *patterns: re.Pattern[str]) -> tuple[Word, ...]:
    kept = tuple(words)
    for pattern in patterns:
        spoken = " ".join(word.norm for word in kept)
        spans = [match.span() for match in pattern.finditer(spoken) if match.group()]
        if spans:
            kept = _outside(kept, spans)
    return kept


def _outside(words: Sequence[Word], spans: Sequence[tuple[int, int]]) -> tuple[Word, ...]:
    kept: list[Word] = []
    position = 0
    for word in words:
        if not any(start <= position < end for start, end in spans):
            kept.append(word)
        position += len(word.norm) + 1
    return tuple(kept)


def _counts(word: Word) -> bool:
    return word.norm.isdigit() and len(word.norm) < 3
