"""What a wish is about where its verb does not tell: an order, an appointment, a person, a treatment."""

from __future__ import annotations

import re
from typing import Final

from chatwootai.crews.understanding import cues
from chatwootai.crews.understanding.concepts import concept_of
from chatwootai.crews.understanding.words import norms_of

_BESIDE: Final = (
    r"(?:(?:oi|ola|bom dia|boa tarde|boa noite|por favor|entao|ah|e|mas|eu|ai|isso|agora|tudo|ja|so"
    r"|ok|obrigado"
    r"|moca?|preciso|quero|queria|gostaria|vou|ter que|tenho que|de|posso|pode|podem|da para|como"
    r"|faz|faco|fazer"
    r"|para|desejo|infelizmente|desculpa|mesmo|acho que|melhor|aqui|hoje|voces?) )*"
)
_CANCELS: Final = re.compile(
    rf"{_BESIDE}(?:des)?(?:cancel|marc)\w+(?: (?:por favor|isso|tudo|obrigado|ai|ta))*"
)
_ARRIVES: Final = re.compile(
    r"(?:(?:e|mas|oi|ai|para mim|isso|ele|ela|sabe|me diz|que dia|que horas|sera que|mais ou menos|o|a) )*"
    r"(?:(?:quando|que dia|em quantos dias|quantos dias|em quanto tempo) (?:que |isso |ele |ela "
    r"|vai |eh que )*"
    r"(?:chega\w*|vem|vir|receb\w+|entrega\w*)|cheg\w+ (?:em )?(?:quando|que dia|quantos dias)"
    r"|(?:vai )?(?:chega\w*|demora\w*) (?:muito|hoje|amanha)(?: para chegar)?)"
    r"(?: (?:isso|ele|ela|aqui|em casa|mais ou menos|por favor|la|ai))*"
)
_LASTS: Final = re.compile(
    r"(?:(?:e|mas|oi|isso|ele|ela|la|mais ou menos|em media|geralmente|normalmente) )*"
    r"(?:quanto tempo (?:que |isso |mais ou menos )*(?:demora\w*|dura\w*|leva\w*|fica\w*)"
    r"|(?:demora|dura|leva) (?:quanto(?: tempo)?|muito(?: tempo)?|quantas horas|quantos minutos)"
    r"|quant[oa]s (?:horas|minutos) (?:demora|dura|leva|sao))(?: (?:isso|mais ou menos|em media|ai"
    r"|o procedimento"
    r"|o tratamento|a sessao|a consulta|o atendimento))*"
)
_HOW_LONG: Final = re.compile(r"\b(?:quanto tempo|quantas horas|quantos minutos|demora|duracao)\b")
_WHERE_IS_IT: Final = re.compile(
    r"(?:(?:e|mas|oi|ai) )*(?:(?:cade|onde (?:esta|estao|anda)|e|como (?:esta|anda)|ja (?:saiu"
    r"|foi)(?: para entrega"
    r"| enviado| despachado)?|ta vindo|esta vindo|saiu|foi enviado|ja chegou|chegou|alguma novidade"
    r"|novidades?)"
    r"(?: (?:ele|ela|eles|elas|isso|d?ele|d?ela|disso))?)(?: (?:por favor|gente|entao|ja|mesmo|hein))*"
)
_OWN_ORDER: Final = re.compile(
    r"\b(?:cade|onde (?:esta|estao|foi parar)|nao chegou|nao recebi)\b.*"
    r"\b(?:comprei|pedi|encomendei|compramos)\b"
    r"|\b(?:situacao|andamento|status|posicao|rastreio|novidades?) (?:sobre |d[aeo]s? |meus? |minhas? )*"
    r"(?:pedidos?|compras?|encomendas?)\b"
)
_GIVEN: Final = (
    r"(?:ver|vejo|peg[ao]r?|retir[ao]r?|busc[ao]r?|receb\w+|acess\w+|baix[ao]r?|imprim\w+|consult[ao]r|sai\w*"
    r"|sair\w*|pront[oa]s?|liberad[oa]s?|chego\w*|chegaram|mand\w+|envi\w+|online|disponive(?:l|is)|fic\w+)"
)
_EXAMINED: Final = r"(?:exames?|resultados?|laudos?)"
_RESULT: Final = re.compile(
    rf"\b{_GIVEN} (?:\w+ ){{0,3}}{_EXAMINED}\b|\b{_EXAMINED}\b (?:\w+ ){{0,4}}{_GIVEN}\b"
)
_SHOPS_WORDS: Final = """
loja clinica salao unidade empresa farmacia equipe gente recepcao secretaria filial matriz casa estetica
consultorio laboratorio voces voce senhora senhor pessoal atendimento dia semana sabado domingo segunda
terca quarta quinta sexta feriado shopping portaria caixa telefone whatsapp agenda central estabelecimento
negocio lugar espaco delivery entrega pedido site manha tarde noite todo toda
"""
_SHOPS: Final = frozenset(_SHOPS_WORDS.split())
_SOMEBODY: Final = re.compile(
    rf"\b(?:a|o|dra?|doutora?|com a|com o) (?P<who>[a-z]{{3,}})(?: [a-z]{{3,}})? (?:(?:ai|tambem"
    rf"|ainda|nao|so|ja"
    rf"|vai|hoje) )*(?:atende\w*|trabalha\w*|esta|vem|vai|fica|tem (?:horario|agenda|vaga))\b"
    rf"(?: (?:ai|aqui|de|no|na|em|as|aos|essa|esse|nesse|nessa|hoje|que|livre|trabalhando"
    rf"|atendendo))* ?(?:{cues.DAYS}"
    r"|dias?\b|horas?\b|$)"
)
_TITLED: Final = re.compile(rf"\b(?:dra?|doutora?) [a-z]{{3,}}\b.*\b(?:{cues.DAYS})")
_WISHED: Final = re.compile(
    r"\b(?:(?P<wish>quero|queria|gostaria de|preciso|precisava|vou|vim"
    r"|tenho que) (?:ir )?(?:(?:hoje|amanha|ai) )*"
    r"|(?P<ask>da para|daria para|posso|podia|consigo|conseguem|conseguiria|teria como|tem como|dava para"
    r"|podem|fazem) (?:ir |passar |vir )?(?:(?:hoje|amanha|ai|eu|de|me) )*)"
    r"(?:fazer|faco|para fazer|encaixar|atender) (?:(?:o|a|os|as|um|uma|minha|meu|minhas|meus|umas|uns) )*"
    r"(?P<what>[a-z]{2,})(?: (?:de|do|da|no|na) (?P<more>[a-z]{2,}))?"
)
_BODILY: Final = frozenset({"treatment", "body"})
_DONE_WORDS: Final = """
escova barba corte tintura hidratacao penteado coloracao tratamento progressiva selagem buco alisamento
depilacao clareamento consulta exame
"""
_DONE: Final = frozenset(_DONE_WORDS.split())
"""Treatments that share their word with goods, or have no concept."""
_TRADE_WORDS: Final = """
pedido compra troca entrega desconto pix pagamento orcamento encomenda devolucao cadastro reclamacao
pergunta cancelamento retirada parcelamento reserva cartao boleto deposito transferencia conta curriculo
parceria nota que isso assim qualquer mais algo tudo nada
"""
_TRADE: Final = frozenset(_TRADE_WORDS.split())
"""What one does in a shop that is no treatment."""


def cancels_something(spoken: str) -> bool:
    """ "Quero cancelar": neither an order nor an appointment is named."""
    return _CANCELS.fullmatch(spoken) is not None and "marc" not in spoken.replace("desmarc", "")


def calls_out(spoken: str) -> bool:
    """ "Alguém aí?": whether anybody is there, not that it must be a person."""
    rest = cues.GREETING.sub(" ", cues.PRESENCE.sub(" ", spoken))
    return rest != spoken and not rest.strip()


def threatens(text: str) -> bool:
    """ "Vou procurar um advogado", but not "preciso de um advogado, conhece?" """
    spoken = " ".join(norms_of(text))
    wants = "?" in text or cues.WANT.search(spoken) is not None
    return not wants and cues.THREATS.search(spoken) is not None


def asks_if_there_is(text: str) -> bool:
    """ "Teria o de 400 ml?" """
    spoken = " ".join(norms_of(text))
    return cues.STOCK.match(spoken) is not None and cues.WANT.search(spoken) is None


def asks_when_delivered(spoken: str) -> bool:
    """ "Qual o horário de entrega?" """
    return re.search(r"\b(?:entreg\w+|motoboy|delivery)\b", spoken) is not None


def asks_for_arrival(spoken: str) -> bool:
    """ "Quando chega?" """
    return _ARRIVES.fullmatch(spoken) is not None


def asks_how_long(spoken: str) -> bool:
    """ "Quanto tempo demora?" """
    return _LASTS.fullmatch(spoken) is not None


def asks_how_long_treatment(spoken: str) -> bool:
    """ "Quanto tempo dura a progressiva?" """
    if _HOW_LONG.search(spoken) is None and "dura " not in f"{spoken} ":
        return False
    words = spoken.split()
    treated = any(concept_of(word) == "treatment" or word in _DONE for word in words)
    return treated and not any(concept_of(word) == "product" and word not in _DONE for word in words)


def asks_where_it_is(spoken: str) -> bool:
    """ "Cadê ele?", "já saiu?" """
    return _WHERE_IS_IT.fullmatch(spoken) is not None


def asks_for_own_order(spoken: str) -> bool:
    """ "Cadê o batom que eu comprei?", "qual a situação do meu pedido?" """
    return _OWN_ORDER.search(spoken) is not None


def asks_for_result(spoken: str) -> bool:
    """The result of an examination, which is given out by the house and not by its calendar."""
    return _RESULT.search(spoken) is not None


def asks_for_somebody(text: str) -> bool:
    """ "A Edna atende sábado?": a person works on a day, not the shop."""
    spoken = " ".join(norms_of(text))
    if _TITLED.search(spoken):
        return True
    match = _SOMEBODY.search(spoken)
    return match is not None and match["who"] not in _SHOPS and concept_of(match["who"]) == ""


def treatment_wished(text: str) -> bool | None:
    """False where a treatment is wished for, True where it is asked whether it can be had; None for none."""
    spoken = " ".join(norms_of(text))
    match = _WISHED.search(spoken)
    if match is None or match["what"] in _TRADE:
        return None
    named = {match["what"], match["more"] or ""} - {""}
    bodily = any(concept_of(word) in _BODILY or word in _DONE for word in named)
    if not bodily and re.search(rf"\b{cues.DAYS}", spoken) is None:
        return None
    return match["ask"] is not None
