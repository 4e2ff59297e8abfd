"""What shops are asked and no crew answers yet, by theme, each with an honest sentence of its own."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from chatwootai.crews.understanding.words import norms_of


class Theme(StrEnum):
    LANGUAGE = "language"
    UPSET = "upset"
    EXCHANGE = "exchange"
    ORDER = "order"
    DELIVERY = "delivery"
    PAYMENT = "payment"
    DISCOUNT = "discount"
    BOOKING = "booking"
    WHOLESALE = "wholesale"
    CONTACT = "contact"
    JOBS = "jobs"
    ADVICE = "advice"
    PHOTO = "photo"
    DETAILS = "details"
    BUYING = "buying"
    CATALOGUE = "catalogue"
    OTHER = "other"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:\b(?:{pattern})(?!\w))" for pattern in patterns))


_SKIN_OR_HAIR: Final = r"(?:pele|cabelos?|fios?|rosto|unhas?)"

PATTERNS: Final[dict[Theme, re.Pattern[str]]] = {
    Theme.LANGUAGE: _any(
        r"speak", r"english", r"how (?:much|are|do|can)", r"do you", r"i (?:want|need|would|am)",
        r"thank you",
        r"hola", r"cuanto", r"cuesta[n]?", r"gracias", r"hasta (?:luego|manana)", r"quiero", r"usted(?:es)?",
        r"tienen?", r"espanol", r"buen(?:os|as) (?:dias|tardes|noches)",
    ),
    Theme.UPSET: _any(
        r"burr[oa]s?", r"idiota", r"imbecil", r"inutil", r"lixo", r"porcaria", r"merda", r"bosta", r"caralho",
        r"porra", r"vtnc", r"vsf", r"pqp", r"fdp", r"vai (?:se|te|tomar)(?: \w+)?", r"ladr(?:ao|oes)",
        r"golpe(?:istas?)?", r"palhacada", r"absurdo", r"vergonha", r"pessimo", r"pessima", r"horrivel",
        r"descaso", r"raiva", r"ridicul[oa]", r"que (?:saco|droga)",
        r"voce nao (?:ajuda|entende|serve)(?: \w+)*",
    ),
    Theme.EXCHANGE: _any(
        r"troc(?:a|ar|as|o|amos|am)", r"devol\w+", r"reembols\w+", r"estorn\w+", r"garantia", r"defeito",
        r"quebr(?:ou|ad[oa]s?)", r"vazou", r"vencid[oa]s?", r"dinheiro de volta", r"veio errad[oa]",
        r"errad[oa] o pedido",
    ),
    Theme.BUYING: _any(
        r"(?:vou|quero|queria) (?:querer|levar|comprar|encomendar)(?: (?:\d+|um|uma|dois|duas|os|as|ess[ea]s?"
        r"|est[ea]s?|isso|ele|ela|tudo|ambos))*$",
        r"(?:quero|queria|fico com|pode ser|separa)(?: (?:\d+|os|as|dois|duas|tres|ess[ea]s?|est[ea]s?|ele"
        r"|ela|tudo"
        r"|ambos|unidades?))+$",
        r"(?:fech\w+|finaliz\w+|confirm\w+|concluir) (?:a |o |meu |minha )?(?:compra|pedido)",
        r"finalizar", r"orcamentos?",
        r"separ(?:a|ar|e|em)(?: \w+){0,4}",
        r"fazer (?:um |o |meu )?pedido", r"como (?:eu )?(?:faco para )?compr(?:o|ar)", r"carrinho",
        r"da para comprar", r"compr(?:a|o) (?:online|por aqui|aqui)",
    ),
    Theme.ORDER: _any(
        r"(?:meus?|minhas?|o|do|um) (?:pedidos?|encomendas?|pacotes?|compras?)(?! (?:minim\w+))",
        r"pedidos?(?= \d| numero| nao| atras)", r"rastre\w+", r"cancel\w+",
        r"nao (?:chegou|recebi|entregaram)",
        r"nota fiscal", r"comprovante", r"codigo de rastreio",
        r"(?:ja )?faz \d+ (?:dias?|semanas?|mes(?:es)?)", r"demora(?:ndo|do)", r"atrasad[oa]s?",
    ),
    Theme.DELIVERY: _any(
        r"fretes?", r"entreg\w+", r"envia[mr]?", r"envios?", r"correios?", r"sedex", r"motoboy", r"delivery",
        r"prazo", r"quanto tempo (?:demora|leva)", r"ifood", r"retir(?:ar|o|ada)(?: (?:na|no|em) \w+)?",
        r"mand(?:a|ar|am|em) (?:para|na|no|em|ate) (?:a |o )?(?:minha|meu|casa|cep|outr[oa]|fora"
        r"|todo)(?: \w+)?",
    ),
    Theme.PAYMENT: _any(
        r"pix", r"boleto", r"cart(?:ao|oes)(?! presente)", r"credito", r"debito", r"parcel\w+", r"crediario",
        r"pag(?:ar|amentos?)", r"dinheiro", r"vezes sem juros", r"sem juros", r"fiado", r"vale alimentacao",
    ),
    Theme.DISCOUNT: _any(
        r"descont\w+", r"cupo(?:m|ns)", r"promoc(?:ao|oes)", r"oferta", r"black friday", r"brindes?",
        r"(?:muito |esta |achei )+car[oa]", r"que car[oa]", r"faz (?:mais )?(?:barato|menos)", r"fazer menos",
    ),
    Theme.BOOKING: _any(
        r"agend\w+", r"marcar", r"marco (?:um )?horario",
        r"horarios? (?:disponivel|disponiveis|marcado|vagos?"
        r"|livres?)",
        r"tem (?:algum )?(?:horarios?|vagas?) (?:para|hoje|amanha|segunda|terca|quarta|quinta|sexta|sabado)",
        r"hora marcada", r"reserv\w+",
    ),
    Theme.WHOLESALE: _any(r"atacado", r"revend\w+", r"cnpj", r"cpf", r"distribuidor(?:a|es)?",
    r"pedido minimo"),
    Theme.CONTACT: _any(
        r"instagram", r"insta", r"site", r"whatsapp", r"telefones?", r"numero de voces", r"e?mail",
        r"facebook",
        r"tiktok", r"estacionamento", r"estacionar",
    ),
    Theme.JOBS: _any(r"empregos?", r"vagas?", r"curriculos?", r"contratando", r"trabalhar (?:ai|com voces)"),
    Theme.ADVICE: _any(
        r"qual (?:(?:eh |e |seria )?(?:o |a )?melhor|(?:voce |voces )?(?:me )?(?:indica|recomenda)\w*)",
        r"(?:me )?(?:indica|recomenda|aconselha|sugere|sugest)\w*",
        r"o que (?:eu )?(?:uso|passo|faco|compro)",
        r"que (?:voce|voces) (?:usa|indica|recomenda)\w*", r"nao sei (?:o que|qual)(?: \w+)*",
        r"ajuda (?:a |para )?(?:escolher|com)", rf"^(?:meu|minha|meus|minhas) {_SKIN_OR_HAIR}(?: \w+)*",
        r"qual (?:eh |e )?(?:a )?diferenca",
    ),
    Theme.PHOTO: _any(r"(?:(?:tem|me|manda|envia|ver) )*(?:fotos?|videos?)(?: \w+)*"),
    Theme.DETAILS: _any(
        r"como (?:que |eu |se )*(?:usa|uso|usar|passa|passo|aplica|aplico|funciona)",
        r"(?:eh|e|sao) (?:(?:bo[mn]s?|boas?)(?! dia| tarde| noite)|vegan[oa]s?|natura(?:l|is)|organic[oa]"
        r"|hipoalergenic[oa]|importad[oa]"
        r"|originai?s?|original|testad[oa]\w*)(?: (?:mesmo|para|pra)(?: \w+)*)?",
        r"prova d ?agua", r"(?:serve|funciona|presta|ajuda|pode usar)(?: (?:para|mesmo|em|na|no"
        r"|com)(?: \w+)*)?$",
        r"gravid[ae]s?(?: \w+)*", r"gestantes?(?: \w+)*", r"amamentando", r"faz mal", r"alergi\w+",
        r"composicao",
        r"ingredientes?", r"validade", r"tem (?:cheiro|parabeno|sulfato|silicone|alcool)", r"cruelty free",

        r"qual (?:o |a )?(?:tamanho|cor|cheiro|marca)(?: \w+)*", r"arde", r"mancha a",
    ),
    Theme.CATALOGUE: _any(r"catalogos?", r"cardapio", r"encarte"),
    Theme.OTHER: _any(
        r"(?:tem|teria) outr[oa]s?(?: opc\w+| cor(?:es)?| tamanhos?)?$",
        r"wifi|wi fi", r"confianca|confiavel|confiaveis",
    ),
}  # fmt: skip
"""Over comparable words (see `words`), in order of precedence: "pagar o pedido" asks for the order."""

TOPIC: Final = re.compile("|".join(pattern.pattern for pattern in PATTERNS.values()))
"""Never taken for a product."""


def theme_of(text: str) -> Theme | None:
    """The first theme that `text` touches, None for none."""
    spoken = " ".join(norms_of(text))
    return next((theme for theme, pattern in PATTERNS.items() if pattern.search(spoken)), None)
