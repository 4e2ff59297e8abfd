"""What customers say of orders, goods and their trouble, in their own spelling."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chatwootai.crews.dialogues.answers import chosen
from chatwootai.crews.support.wishes import Reason, Wish
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.crews import Briefing, Intent, Memory, Request
from chatwootai.domain.requests import Assent

ORDER_VALUE: Final = "order:"
ITEM_VALUE: Final = "item:"
REASON_VALUE: Final = "reason:"
OPENED_VALUE: Final = "opened:"
"""How the values of our choices begin."""

HER_OWN: Final = re.compile(
    r"\b(?:(?:comprei|pedi|coloquei|escolhi|peguei)(?: (?!veio|vieram|chegou|mandaram|recebi|envia)\w+){0,5}"
    r" errad[oa]|(?:medi|compra|escolha) errad[oa]|errei|me enganei|me confundi"
    r"|(?:que|como) eu (?:imagin\w+|esper\w+|pens\w+))\b"
)
"""Her own mistake, which sounds like ours: "pedi o tamanho errado"."""
REGRET: Final = re.compile(
    r"\b(?:desist\w*|arrepend\w*|mud(?:ei|ou|amos) de ideia|apertad\w+|larg[oa]s?|pequen[oa]s?|grandes?"
    r"|tamanho|numeracao|presente|nao (?:quer\w*|quis|precis\w+|gost\w+|servi\w*|serve|coube|cabe|combin\w+"
    r"|us\w+|fez efeito|ficou b\w+|caiu bem)|barulhent\w+|doe[um]?|destoou|curt[oa]s?|ganhei|repetid\w+"
    r"|gigant\w+|enorme|just[oa]|dur[oa]|escur[oa]|estranh[oa]|complicad\w+|nao (?:entr\w+|passa|vou usar))\b"
)
DEFECT: Final = re.compile(
    r"\b(?:quebr\w+|rach\w+|vaz(?:ou|ad\w+|ando|a|aram)|defeit\w+|estrag\w+|vencid\w+|venceu|validade"
    r"|nao (?:liga|ligou|funciona\w*|abre|fecha|pega|carrega|acende|gira)|queim\w+|furad\w+|rasg\w+|amass\w+"
    r"|trinc\w+|lascad\w+|manchad\w+|violad\w+|mofad\w+|mofo|parou|descol\w+|pela metade|arranh\w+|riscad\w+"
    r"|estour\w+|derram\w+|avariad\w+|com problema|pifou|bichad\w+|podre"
    r"|(?:veio|vieram|chegou|chegaram) (?:ja )?abert\w+)\b"
)
WRONG: Final = re.compile(
    r"\b(?:errad[oa]s?|trocad[oa]s?(?! por)|trocaram|falt(?:ou|ando|a|aram)|incomplet\w+"
    r"|nao (?:eh|era|foi) (?:o|a|os|as|isso|esse|essa|d\w+)"
    r"|(?<!por )outr[oa] (?:produto|cor|modelo|marca|pessoa)"
    r"|diferente|nao (?:veio|vieram) (?:o|a|os|as|um|uma|tud\w+|complet\w+)"
    r"|(?:veio|vieram|mandaram|recebi|enviaram) (?:so|menos|apenas)"
    r"|(?:comprei|pedi|encomendei|escolhi)\b.{1,40}\b(?:veio|vieram|mandaram|enviaram|entregaram))\b"
)
OTHER: Final = re.compile(r"\b(?:veio|vieram|mandaram|enviaram) (?:o|a|um|uma|de|em)\b")
"""Weaker than a word of regret: "veio a blusa, mas ficou apertada"."""
RETURN: Final = re.compile(
    r"\b(?:devol\w+|reembols\w*|estorn\w*|dinheiro|desist\w*|arrepend\w*|desfaz\w*|ressarci\w*)\b"
)
EXCHANGE: Final = re.compile(r"\b(?:troc\w+|outr[oa] no lugar|rep(?:or|oe|os\w*)|substitu\w+)\b")
SEALED: Final = re.compile(
    r"\b(?:lacrad\w+|fechad\w+|nem abri|nao abri|sem abrir|sem us(?:o|ar)|nao usei|nem usei|intact\w+"
    r"|com (?:a )?etiqueta|na caixa|na embalagem|nunca usei|nao (?:foi|ta|esta) abert\w+)\b"
)
OPENED: Final = re.compile(r"\b(?:abri|abert\w+|usei|usad\w+|us(?:ando|o)|testei|passei)\b")
NOT_ARRIVED: Final = re.compile(
    r"\b(?:nao (?:me )?(?:chegou|chegaram|recebi|veio|vieram|apareceu|aparece|entregaram|entregou)"
    r"|nao foi entregue"
    r"|ainda nao|nada ainda|e nada|ate (?:hoje|agora)|atras\w+|demor\w+|passou (?:do|da)|era (?:para|pra) ter"
    r"|sumiu|sumiram|extravi\w+|venceu o prazo)\b"
)
REFUND_DUE: Final = re.compile(
    r"\b(?:quando|cade|quanto tempo|prazo|status|andamento)\b.{0,30}"
    r"\b(?:estorno|reembolso|dinheiro|devolucao do valor)\b"
    r"|\bnao (?:caiu|recebi|chegou|veio|vi|devolveram|fizeram) (?:o |a |meu |nenhum ){0,2}"
    r"(?:estorno|reembolso|dinheiro)\b"
    r"|\b(?:estorno|reembolso|dinheiro)\b.{0,20}\b(?:nao (?:caiu|chegou|veio)|demor\w+|ainda|ate agora)\b"
)
THREAT: Final = re.compile(
    r"\b(?:procon|advogad\w+|reclame ?aqui|process(?:ar|o|arei|aremos)|justica|juizado|tribunal|denunci\w+"
    r"|consumidor gov|policia|boletim|pequenas causas|danos morais)\b"
)
ONLY_ANNOUNCED: Final = re.compile(
    r"(?:(?:oi|ola|bom|boa|dia|tarde|noite|eu|quero|queria|gostaria|preciso|posso|como|onde|aqui|faco|fazer|faz"
    r"|deixar|registrar|abrir|dar|uma|um|minha|de|para|por|favor|reclamacao|reclamar|queixa|insatisfeit[oa]"
    r"|muito|estou|com|voces|da|do|loja) ?)+"
)
"""A complaint without a word of what about."""
DIGITS: Final = re.compile(r"\b[a-z]{0,2}-?0*\d{1,9}\b", re.IGNORECASE)
VERDICTS: Final = {"yes": Assent.YES, "no": Assent.NO}
"""By how the value of a proposal's button begins."""
GIVEN_AT_MOST: Final = 600
"""Characters of her words that are kept for people."""


@dataclass(frozen=True, slots=True)
class Said:
    """All that a turn says to one dialogue. `norm` are her words made comparable."""

    text: str
    norm: str
    intents: frozenset[Intent]
    values: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    bad_documents: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    assent: Assent | None = None

    def value(self, prefix: str) -> str:
        """What follows `prefix` in the choice that she took, "" for none of these."""
        return next((v.removeprefix(prefix) for v in self.values if v.startswith(prefix)), "")

    @property
    def reason(self) -> Reason | None:
        """Her own mistake comes before ours: "pedi o tamanho errado"."""
        chosen_reason = self.value(REASON_VALUE)
        if chosen_reason in set(Reason):
            return Reason(chosen_reason)
        found = [
            (Reason.DEFECT, DEFECT),
            (Reason.REGRET, HER_OWN),
            (Reason.WRONG, WRONG),
            (Reason.REGRET, REGRET),
            (Reason.WRONG, OTHER),
        ]
        said = next((reason for reason, words in found if words.search(self.norm)), None)
        if Intent.WRONG_ITEM not in self.intents:
            return said
        # What she tells of as trouble is regret only where she asks to bring it back, too.
        regrets = said is Reason.REGRET and Intent.EXCHANGE in self.intents
        return said if regrets or said is Reason.WRONG else Reason.DEFECT

    @property
    def wish(self) -> Wish | None:
        if EXCHANGE.search(self.norm):
            return Wish.EXCHANGE
        return Wish.RETURN if RETURN.search(self.norm) else None

    @property
    def opened(self) -> bool | None:
        chosen_answer = self.value(OPENED_VALUE)
        if chosen_answer:
            return chosen_answer == "yes"
        if SEALED.search(self.norm):
            return False
        return True if OPENED.search(self.norm) else None

    @property
    def yes_or_no(self) -> bool | None:
        """Her answer to a question that asks for no consent."""
        return {Assent.YES: True, Assent.NO: False}.get(self.assent) if self.assent else None

    @property
    def has_not_arrived(self) -> bool:
        return NOT_ARRIVED.search(self.norm) is not None

    @property
    def asks_after_refund(self) -> bool:
        """ "quando cai meu estorno?": of money that was promised, not of goods that shall come back."""
        return REFUND_DUE.search(self.norm) is not None

    @property
    def threatens(self) -> bool:
        return THREAT.search(self.norm) is not None


def said_in(requests: Sequence[Request], briefing: Briefing) -> Said:
    """The requests of one dialogue, read together."""
    texts = list(dict.fromkeys(request.text for request in requests if request.text))
    entities = [request.entities for request in requests]
    values = tuple(value for request in requests for value in _values(request, briefing))
    assents = [request.assent for request in requests if request.assent is not None]
    pressed = [VERDICTS[value[: value.index(":")]] for value in values if value.startswith(("yes:", "no:"))]
    text = " ".join(texts)
    return Said(
        text=text[:GIVEN_AT_MOST],
        norm=" ".join(norms_of(text)),
        intents=frozenset(request.intent for request in requests),
        values=values,
        codes=tuple(dict.fromkeys(code for each in entities for code in each.order_codes)),
        documents=tuple(each for entity in entities for each in entity.documents),
        bad_documents=tuple(each for entity in entities for each in entity.bad_documents),
        phones=tuple(each for entity in entities for each in entity.phones),
        emails=tuple(each for entity in entities for each in entity.emails),
        assent=next(iter([*pressed[::-1], *assents[::-1]]), None),
    )


def bare_code(text: str) -> str:
    """The number that she gives where we asked which order, "" for none."""
    match = DIGITS.search(text)
    return match.group().upper() if match else ""


def _values(request: Request, briefing: Briefing) -> tuple[str, ...]:
    if request.chosen:
        return (request.chosen,)
    memory: Memory = briefing.memory
    own = [message for message in briefing.messages if message.id == request.message_id]
    return tuple(value for message in own for value in chosen(message, memory))
