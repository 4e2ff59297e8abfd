"""Rules of exchange and warranty, word for word as the profile has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.info.telling import nearest, not_here, policies, quoted
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.crews import Request

WARRANTY: Final = re.compile(r"\bgarantias?\b")
DEFECT: Final = re.compile(r"\b(?:defeit\w+|quebr\w+|estrag\w+|avari\w+|errad[oa]s?|vencid[oa]s?|vaz\w+)\b")
EXCHANGES: Final = re.compile(r"\b(?:troc|devol|desist|arrepend|produt|compr)\w*")
"""Tells nothing of which rule is meant; the first of the profile then is."""
DEFECTIVE = (
    "Com defeito ou item errado, o prazo é de até {days} dias do recebimento.",
    "Se veio com defeito ou errado, são até {days} dias do recebimento.",
)
REGRET = (
    "Você tem até {days} dias do recebimento para trocar ou devolver.",
    "A troca ou devolução pode ser pedida em até {days} dias do recebimento.",
)


def exchange_policy(requests: Sequence[Request], visit: Visit, wording: Wording) -> str:
    """The rule that was asked for."""
    said = " ".join(norm for request in requests for norm in norms_of(request.text))
    if WARRANTY.search(said):
        warranty = policies(visit, {"warranty"})
        if not warranty:
            return not_here(visit, wording)
        return quoted(visit, "warranty", nearest(warranty, said)[0].text)
    rules = visit.briefing.profile.exchange
    if DEFECT.search(said):
        return wording.pick("defect", DEFECTIVE, {"days": str(rules.defect_days)})
    written = policies(visit, {"exchange"})
    if written:
        return quoted(visit, "exchange", nearest(written, EXCHANGES.sub(" ", said))[0].text)
    days = wording.pick("regret", REGRET, {"days": str(rules.regret_days)})
    return " ".join([days, quoted(visit, "exchange", rules.conditions)] if rules.conditions else [days])
