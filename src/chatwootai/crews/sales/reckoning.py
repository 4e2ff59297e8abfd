"""What several products cost together and what a price is in instalments, reckoned to the cent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from chatwootai.brazil.money import format_brl
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.sales.instalments import Instalments, instalments_in, instalments_of, spoken
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.catalog import Offer
from chatwootai.domain.crews import Json, Memory
from chatwootai.domain.ledger import Fact, FactKind, Ledger
from chatwootai.domain.money import Money
from chatwootai.domain.profiles import PaymentRules

TOLD: Final = "told"
"""Memory key: products whose prices were told in this talk, the last one at the end."""
MOST_TOLD: Final = 6

IN_TIMES: Final = re.compile(
    r"\b(?:(?:(?:parcelad\w+|dividid\w+|dividindo|parcelando) )?(?:em|por|de) (?:ate )?"
    r"(?P<times>\d{1,2}) ?(?:x\b(?! \d)|vezes\b|parcelas\b)"
    r"|(?P<bare>\d{1,2}) (?:vezes|parcelas)\b)(?: (?:sem juros|no cartao|iguais))*"
)
""" "2x shampoo" are two of them, "em 2x" are instalments."""
IN_PARTS: Final = re.compile(r"\b(?:parcelad[oa]s?|parcelando|sem juros|prestacoes|parcelas)\b")
TWO: Final = re.compile(r"\b(?:os dois|as duas|ambos|ambas|esses dois|essas duas|juntos|juntas)\b")
ALL: Final = re.compile(
    r"\b(?:tudo|todos|todas|os tres|as tres|os quatro|as quatro|(?:no|o|valor) total|tudo junto)\b"
)
SUMS: Final = re.compile(r"\b(?:quanto|qto|qnto|qt|valor|preco|total|soma|fica|da|sai)\b")
COSTS: Final = re.compile(
    r"^(?:(?:e|quanto|qto|fica|ficam|ficaria|sai|saem|custa|da) )+(?=(?:o|a|os|as|d[eoa]) )"
    r"|\b(?:fica|ficam|sai|saem|juntos|juntas|tudo junto)$"
)
"""What a mention may still hold of the question around it."""

GRANTED = ("Em {instalments}.", "Parcelado: {instalments}.")
AT_MOST = (
    "Em {times}x não dá; o máximo é {instalments}.",
    "Parcelamos no máximo em {instalments}, e não em {times}x.",
)
ONE_PAYMENT = ("Para esse valor o pagamento é à vista.", "Esse valor não dá para parcelar, só à vista.")
TOGETHER = ("No total, {total}.", "Juntos, {total}.", "Tudo junto dá {total}.")


def times_of(text: str) -> int | None:
    """ "em 10x" is 10; 0 where instalments are asked for without a number, None where they are not."""
    said = " ".join(norms_of(text))
    asked = IN_TIMES.search(said)
    if asked is not None:
        return int(asked["times"] or asked["bare"])
    return 0 if IN_PARTS.search(said) else None


def without_instalments(mention: str) -> str:
    """The product alone of "o de 6 em 10x" and "fica o de 6"."""
    if mention.startswith("product:"):
        return mention
    said = " ".join(norms_of(mention))
    parts = " ".join(IN_PARTS.sub("", IN_TIMES.sub("", said)).split())
    rest = COSTS.sub("", parts).strip()
    return mention if rest == said else re.sub(r"^(?:e |o |a |os |as )+(?=d[eoa] )", "", rest)


def summed_ids(text: str, memory: Memory) -> tuple[int, ...]:
    """The products whose sum is asked for ("e os dois juntos, quanto fica?"); () where none is."""
    said = " ".join(norms_of(text))
    kept = memory.get(TOLD)
    told = [id_ for id_ in kept if isinstance(id_, int)] if isinstance(kept, list) else []
    if len(told) < 2 or not SUMS.search(said):
        return ()
    if TWO.search(said):
        return tuple(told[-2:])
    return tuple(told) if ALL.search(said) else ()


def asks_total(text: str) -> bool:
    """ "Quanto dá tudo?", beside a cart."""
    said = " ".join(norms_of(text))
    return (SUMS.search(said) and (TWO.search(said) or ALL.search(said))) is not None


def remembered_told(ids: Sequence[int], before: Memory) -> dict[str, Json]:
    """What to keep once these prices were told; those of another talk are over."""
    kept = before.get(TOLD) if before.get("topic") == "sales" else None
    earlier = [id_ for id_ in kept if id_ not in ids] if isinstance(kept, list) else []
    return {TOLD: [*earlier, *ids][-MOST_TOLD:]}


def together(offers: Sequence[Offer], wording: Wording, ledger: Ledger) -> tuple[str, Money]:
    """The sum of one of each, told and recorded. There is at least one."""
    total = Money(sum((offer.price.amount for offer in offers), Decimal(0)), offers[0].price.currency)
    ledger.facts.append(Fact(FactKind.PRICE, "together", total.amount))
    return wording.pick("together", TOGETHER, {"total": f"**{format_brl(total)}**"}), total


def in_instalments(total: Money, times: int, rules: PaymentRules, wording: Wording, ledger: Ledger) -> str:
    """How much each is, in so many (0: in the most that the shop grants)."""
    most = instalments_of(total, rules)
    wanted = instalments_in(total, rules, times) if times > 1 else most
    if most is None:
        return wording.pick("one_payment", ONE_PAYMENT)
    told = wanted or most
    _record(told, ledger)
    words = {"instalments": spoken(told), "times": str(times)}
    return wording.pick("granted", GRANTED, words) if wanted else wording.pick("at_most", AT_MOST, words)


def _record(told: Instalments, ledger: Ledger) -> None:
    amounts = (told.first.amount, told.others.amount)
    ledger.facts.extend(Fact(FactKind.PRICE, "instalments", amount) for amount in amounts)
