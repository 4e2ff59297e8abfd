"""What a product's name and description answer to a question; where they are silent, nothing is."""

from __future__ import annotations

import re
from typing import Final

from chatwootai.crews.sales.fitting import sentences_of
from chatwootai.crews.sales.need_words import LIGHT_KEYS, key_of, keys_of, told_words
from chatwootai.crews.understanding.words import fold, norms_of
from chatwootai.domain.catalog import Product

USE: Final = re.compile(
    r"\b(?:us[aeo]\w*|aplic\w+|passe|tom[ae]\w*|enxag\w+|massag\w+|ao dia|por dia|vezes|diari[oa]\w*|manha"
    r"|noite|refeic\w+|minutos?|semana\w*|apos|conserv\w+)\b"
)
ASKS_USE: Final = re.compile(
    r"\b(?:como (?:se |que |eu |devo |e )*(?:us\w+|aplic\w+|pass\w+|tom\w+)|modo de (?:uso|usar)"
    r"|jeito de usar|(?:quando|quantas vezes|que horas|com que frequencia) (?:\w+ ){0,2}"
    r"(?:us\w+|pass\w+|aplic\w+|tom\w+))"
)
SIZED: Final = re.compile(
    r"\b(?:\d+(?:,\d+)? ?(?:cm|m|mm|ml|l|g|kg|mg|cores|lugares|prateleiras|gavetas|portas|pares|polegadas"
    r"|capsulas|comprimidos)\b|\d+ ?[×x] ?\d+|altura|largura|profundidade|diametro|tamanhos?|acomoda|suporta"
    r"|rende|ate \w+ (?:pares|kg|polegadas))"
)
ASKS_SIZE: Final = re.compile(
    r"\b(?:tamanhos?|medidas?|dimens\w+|altura|largura|comprimento|profundidade|diametro|pes[ao]"
    r"|quantos? (?:ml|g|gramas|litros|cm|metros|lugares|quilos|kg)|quantas (?:pessoas|gavetas|portas)"
    r"|capacidade|qual o volume)\b"
)
COLOURED: Final = re.compile(
    r"\b(?:cores|cor|tom|cinza|beges?|azul|pret[oa]|branc[oa]|off white|marrom|dourad[oa]|verde|vermelh[oa]"
    r"|rosa|nude|vinho|caramelo|terracota|cobre|cru[a]?|areia|natural|transparente|translucid[oa]|castanho"
    r"|platinado|claro|escuro|medio)\b"
)
ASKS_COLOUR: Final = re.compile(r"\b(?:cor|cores|tons?|tonalidades?)\b")
ASKS_ALL: Final = re.compile(
    r"\b(?:detalhes?|informac\w+|descric\w+|fala(?:r)? (?:mais )?(?:sobre|d[eoa])|conta(?:r)? mais"
    r"|o que (?:eh|vem)|vem (?:o que|com)|para que (?:que )?serve|serve para que|qual a (?:funcao|finalidade)"
    r"|composic\w+"
    r"|ingredientes?|feit[oa]|material|tecido|beneficios?|o que (?:ele |ela )?faz|como eh|como funciona)\b"
)
BY_TOPIC: Final[tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]] = (
    (ASKS_USE, USE),
    (ASKS_SIZE, SIZED),
    (ASKS_COLOUR, COLOURED),
)
"""How a topic is asked for, and what a sentence about it looks like."""

LONGEST: Final = 500
"""Letters of a question that are read."""


def stated_in(product: Product, question: str) -> tuple[str, ...]:
    """Sentences of the description, or the name, that answer a question, word for word; () for none."""
    asked = " ".join(norms_of(question[:LONGEST]))
    sentences = sentences_of(product)
    for asks, tells in BY_TOPIC:
        if asks.search(asked):
            stated = tuple(sentence for sentence in sentences if tells.search(_plain(sentence)))
            in_name = tells.search(_plain(product.name)) is not None
            return stated or ((product.name,) if in_name and tells is not USE else ())
    if ASKS_ALL.search(asked):
        return sentences
    return _about(product, asked, sentences)


def _about(product: Product, asked: str, sentences: tuple[str, ...]) -> tuple[str, ...]:
    """What tells the quality that is asked for: "é vegano?", "tem sulfato?", "serve pra pele oleosa?"."""
    own = keys_of(told_words(product.name))
    words = [word for word in dict.fromkeys(told_words(asked)) if key_of(word) not in LIGHT_KEYS]
    if not words:
        return ()
    wanted = [word for word in words if key_of(word) not in own]
    if not wanted:
        # "O whey tem quanta proteína?": the name holds the very word.
        return tuple(sentence for sentence in sentences if any(_tells(sentence, [word]) for word in words))
    stated = tuple(sentence for sentence in sentences if _tells(sentence, wanted))
    if stated:
        return stated
    return (product.name,) if _tells(product.name, wanted) else ()


def _tells(text: str, wanted: list[str]) -> bool:
    told = keys_of(told_words(text))
    return all({key_of(word), key_of(f"sem{word}")} & told for word in wanted)


def _plain(text: str) -> str:
    """Folded, sizes with their units apart as the patterns want them."""
    return " ".join(fold(text).split())
