"""Wishes that a few words say plainly, where the examples alone leave the model in doubt."""

from __future__ import annotations

import re
from typing import Final

from chatwootai.crews.understanding import cues
from chatwootai.crews.understanding.beside_names import MEANS
from chatwootai.crews.understanding.concepts import concept_of
from chatwootai.crews.understanding.words import norms_of, singular
from chatwootai.domain.crews import Intent

_BESIDE: Final = (
    r"(?:(?:oi|ola|opa|bom|boa|dia|tarde|noite|entao|e|eh|mas|ah|tudo|bem|moca?|beleza|ok|por favor|me diz"
    r"|me fala|queria saber|gostaria de saber|saber|sabe|voces? sabem?) )*"
)
_AFTER: Final = r"(?: (?:por favor|ai|aqui|por aqui|mesmo|entao|moca?|obrigado|hein))*"
_HERE: Final = r"(?:(?:por )?(?:aqui|ai)|por (?:este|esse) (?:chat|canal|numero|whatsapp)|n?ess[ea] chat)"
_WHAT_YOU_DO: Final = re.compile(
    rf"{_BESIDE}(?:(?:o que|que|oque|no que|em que|como)(?: eh)?(?: que)? (?:mais )?"
    r"(?:voce|(?:o|este|esse) (?:robo|bot|chat|atendimento|assistente))"
    r" (?:consegue|pode|poderia|sabe|faz|ajuda|resolve)"
    rf"(?: (?:me|fazer|ajudar|ajuda|resolver|responder|por mim|para mim|com o que|{_HERE}))*"
    r"|(?:no|em|com o) que (?:voce )?(?:pode|poderia|consegue) (?:me )?ajudar"
    r"|(?:voce serve para (?:o )?que|para (?:o )?que (?:que )?voce serve)"
    rf"|o que (?:eu )?(?:que )?(?:posso|da para|consigo) (?:fazer|resolver|pedir|ver|perguntar)"
    rf"(?: com voce)? {_HERE}"
    r"|(?:quais|que) (?:sao )?(?:as |os )?(?:suas |seus )?(?:opcoes|funcoes|opcoes de atendimento)"
    rf"(?: (?:de atendimento|do chat|do robo|{_HERE}))?(?<!opcoes)"
    rf"|como (?:que )?funciona (?:isso|esse chat|esse atendimento|este atendimento)(?: {_HERE})?){_AFTER}"
)
_OWN_ORDER: Final = re.compile(
    rf"{_BESIDE}(?:(?:eu|quero|queria|gostaria de|preciso|posso|podem?|como|tem como|da para|consigo|vim|faco"
    r"|para|voce|me ajuda a|desejo) )*(?:ver|consultar|acompanhar|olhar|verificar|checar|saber)"
    r"(?: (?:do|da|sobre|de|o|a|um|meu|minha|como|esta|anda|status|situacao|andamento|noticias))*"
    rf" (?:pedido|compra|encomenda)(?: que (?:eu )?fiz)?{_AFTER}"
)
_GOES_THERE: Final = re.compile(
    rf"{_BESIDE}como (?:(?:que|eh que|eu) )*(?:(?:tenho|tem) (?:que|de) |devo |preciso )(?:ir|estar)\b"
    r"(?! (?:ate|ai|la|na loja)\b)"
)
"""In which state, not by which way."""
_COMPARED: Final = re.compile(
    r"\bcompar(?:a|ar|e|ando|acao)\b(?!.*\b(?:concorr\w+|outra loja|mercado)\b).*\w"
    r" (?:com|e|ou|x|versus|vs) .*\w{2,}"
    r"|^[a-z]{3,}(?: \w+){0,6} (?:vs|versus) [a-z]{2,}"
)
_USED: Final = re.compile(
    rf"{_BESIDE}(?:(?:como|quando|quantas vezes)(?: (?:que|se|eu|devo|posso|tem que|tenho que"
    r"|precisa|faco para|eh que))*"
    r" (?:tom(?:a|ar|o)|us(?:a|ar|o)|aplic(?:a|ar|o)|pass(?:a|ar|o)|ingere|ingerir)"
    r"|para (?:o )?que (?:que |eh que )?(?:serve|servem|eh bom|eh indicad[oa]))"
    r" (?:(?:o|a|os|as|um|uma|ess[ea]s?|est[ea]s?|aquel[ea]s?|d?ess[ea]) )(?P<thing>[a-z]{3,})\b"
)
_HOLDS: Final = re.compile(
    rf"{_BESIDE}(?:o|a|os|as|ess[ea]s?|est[ea]s?|aquel[ea]s?) (?P<thing>[a-z]{{3,}})(?: \w+){{0,6}}? "
    r"(?:tem|contem|possui|leva|vem com)(?: algum\w*)? (?!(?:ai|aqui|la|ainda|disponivel|estoque|em|no|na"
    r"|de|do|mais|para|desconto|promocao|frete|horario|vaga|outr[oa]|qual|quant\w+|como|que|o|a|um|uma|so|pronta|preco"
    r"|por|garantia)\b)[a-z]+"
)
_NO_GOODS_WORDS: Final = """
cupom desconto ponto pontos site aplicativo app convenio cartao link pix plano codigo voucher loja robo
chat carteirinha exame consulta frete entrega juros taxa parcela valor pedido compra conta sistema vale
tudo total
"""
_NO_GOODS: Final = frozenset(_NO_GOODS_WORDS.split())
_SUMMED: Final = re.compile(
    r"(?:(?:e|mas|ah|entao|me|diz|ok) )*(?:(?:os|as|ess[ea]s|todos?|tudo|dois|duas|tres|ambos|ambas|2|3|4) )*"
    r"(?:juntos?|juntas|somad[oa]s?|tudo junto|no total|o total)"
)
_ALL: Final = re.compile(
    r"\b(?:juntos?|juntas|tudo|total|ambos|ambas|somad[oa]s?|(?:os|as) (?:dois|duas|tres|quatro|[2-9]))\b"
)


def plain_intent(said: str) -> Intent | None:
    """IDENTITY, ORDER_STATUS, PREPARATION, COMPARE, DETAILS or PRICE where the words are plain."""
    spoken = " ".join(norms_of(said))
    if _WHAT_YOU_DO.fullmatch(spoken):
        return Intent.IDENTITY
    if _OWN_ORDER.fullmatch(spoken):
        return Intent.ORDER_STATUS
    if says_how_to_come(spoken):
        return Intent.PREPARATION
    if _COMPARED.search(spoken):
        return Intent.COMPARE
    if asks_of_goods(spoken, asked="?" in said):
        return Intent.DETAILS
    return Intent.PRICE if _SUMMED.fullmatch(spoken) else None


def says_how_to_come(spoken: str) -> bool:
    """ "Como tenho que ir pra fazer luzes?": asks in which state, and wants no appointment yet."""
    return _GOES_THERE.match(spoken) is not None


def asks_of_goods(spoken: str, *, asked: bool) -> bool:
    """ "Como toma o ômega 3", "o whey tem lactose?" """
    used = _USED.match(spoken)
    if used is not None:
        return used["thing"] not in _NO_GOODS and concept_of(used["thing"]) not in ("treatment", "means")
    holds = _HOLDS.match(spoken) if asked else None
    return holds is not None and concept_of(holds["thing"]) == "product"


def speaks_of_all(spoken: str) -> bool:
    """ "Os dois juntos", "tudo"."""
    return _ALL.search(spoken) is not None


def prices_with_means(said: str, mention: str) -> bool:
    """ "Quanto fica o sofá em 10x?": the price of a thing, not how one may pay."""
    spoken = " ".join(norms_of(said))
    if not mention or MEANS.search(spoken) is None:
        return False
    first = singular(norms_of(mention)[0])
    if first in _NO_GOODS or concept_of(first) in ("means", "treatment", "day"):
        return False
    return cues.PRICE.search(spoken) is not None or concept_of(first) == "product"
