"""Words of needs made comparable: what customers say of skin, hair and rooms, and what shops write of it.

"Ressecado" and "secos" are the same need, "hidratante" is near it. Nothing here is ever said: what is told of
a product are its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from chatwootai.crews.understanding.vocabulary import FILLERS
from chatwootai.crews.understanding.words import norms_of, singular

NEEDS: Final[Mapping[str, re.Pattern[str]]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "dry": r"sec[oa]s?|sequinh[oa]s?|res+ec\w+|secura|desidratad\w+",
        "oily": r"oleos\w+|oleoz\w+",
        "curly": r"cach\w+|caxead\w+",
        "frizz": r"friz+|arrepiad\w+",
        "dandruff": r"\w*caspas?",
        "acne": r"acne\w*|espinh\w+|cravos?",
        "blond": r"loir\w+|lour[oa]\w*|platinad\w+|amarelad\w+|matiza\w+",
        "grey": r"grisalh\w+",
        "treated": r"quimic\w+|progressivas?|alisad\w+|tingid\w+|descolorid\w+|luzes",
        "damaged": r"danificad\w+|quebradic\w+|elastic\w+|estragad\w+|reconstru\w+",
        "dull": r"opac[oa]s?",
        "shine": r"brilh\w+",
        "spots": r"manch\w+",
        "circles": r"olheir\w+",
        "pores": r"poros?",
        "sensitive": r"sensi[vb]\w+",
        "hydrating": r"hidrat\w+",
        "nourishing": r"nutri\w+",
        "sun": r"sol|solar(?:es)?|praia|piscina",
        "makeup": r"maqui\w+|make",
        "child": r"infanti[ls]|infantis|criancas?|menin[oa]s?|kids?|infantil",
        "seats": r"lugar(?:es)?|pessoas?",
        "office": r"escritorio|office|trabalh\w+|estud\w+",
        "decoration": r"decor\w+",
        "small": r"pequen\w+|compact[oa]s?|estreit[oa]s?|apertad\w+",
        "vegan": r"vegan\w+|vegetarian\w+",
        "cleansing": r"limp\w+",
        "hands": r"maos?",
        "nails": r"unhas?",
    }.items()
}
"""What several words stand for, as patterns of one folded word."""
NEAR: Final[Mapping[str, frozenset[str]]] = {
    "dry": frozenset({"hydrating", "nourishing"}),
    "damaged": frozenset({"treated"}),
    "treated": frozenset({"damaged"}),
    "dull": frozenset({"shine"}),
    "pores": frozenset({"oily"}),
}
"""What helps where nothing says the need itself."""
PARTS: Final[Mapping[str, re.Pattern[str]]] = {
    "hair": re.compile(
        r"cabel\w+|fios?|capilar(?:es)?|shampoos?|xampus?|condicionador\w*|pentear|couro|barba"
    ),
    "skin": re.compile(
        r"pele|faciai?s?|facial|rosto|corpora[li]\w*|corpo|serum|seruns|maos?|cotovelos?|labia[li]\w*|banho"
    ),
    "nails": re.compile(r"unhas?|esmaltes?"),
}
"""Parts of the body: a cream for dry skin is nothing for dry hair."""
_LIGHT: Final = """
cabelo pele rosto fio corpo tipo todo toda apartamento apto ape kitnet casa sala home
"""
LIGHT: Final = frozenset(_LIGHT.split())
"""Words that tell the part or the place, and no need of it."""
TOUCH: Final = re.compile(r"\btoque seco\b", re.IGNORECASE)
"""A dry touch is for oily skin."""
WITHOUT: Final = re.compile(r"\b(?:sem|n[ãa]o|livre de)\s+(?=[^\W\d_]{4})", re.IGNORECASE)
"""What a thing is without becomes a word of its own, lest "não oleoso" be taken for oily."""
_SAID_AROUND: Final = """
indica indicam indique indicar indicacao indicacoes indicado indicada recomenda recomendam recomende
recomendar recomendacao sugere sugerem sugestao sugestoes dica dicas ideia ideias aconselha melhor melhores
bom boa bons boas otimo otima legal mesmo tenho tem temos usar uso usa usaria compra compro escolher escolho
ajuda ajudar ajudem ajude preciso precisando quero queria gostaria tipo algo alguma coisa negocio produto
opcao opcoes serve servir serviria funciona resolve presta passar passo fazer faco faz sei nao anda andam
muito muita bem super bastante meio pouco quem eh ser seria fosse meu minha meus minhas seu sua lhe
pra para com sem mais menos outra outro outras outros barato barata baratinho conta caro cara reais real
comeca comecar comprar levar dar dou quanto ate valor preco gastar opiniao acha acham acho duvida estou esta
ficou fica ficando costuma gosta adora ama tambem assim sempre hoje qual quais que como desde acima abaixo
menor partir entre so e ou entao agora combina ideal adequado adequada usando procuro procurando busco
tira controlar tratar cuidar melhorar acabar diminuir reduzir tirar evitar deixar vem diferente mostra mostrar
quanta quantas quantos obrigado valeu gosto gostei
"""
SAID_AROUND: Final = FILLERS | frozenset(_SAID_AROUND.split())
"""Words of a wish for advice that say nothing of the need."""


def told_words(text: str) -> tuple[str, ...]:
    """The comparable words of a text that may tell a need, in their order."""
    return tuple(
        norm for norm in norms_of(WITHOUT.sub("sem", TOUCH.sub(" ", text))) if norm not in SAID_AROUND
    )


def keys_of(words: Iterable[str]) -> frozenset[str]:
    """What words stand for; numbers as they are."""
    return frozenset(key_of(word) for word in words)


@lru_cache(maxsize=16384)
def key_of(norm: str) -> str:
    """The need that a word stands for, else its stem: without plural and gender."""
    for name, pattern in NEEDS.items():
        if pattern.fullmatch(norm):
            return name
    stem = singular(norm)
    return stem[:-1] if len(stem) > 4 and stem[-1] in "aoe" else stem


LIGHT_KEYS: Final = keys_of(LIGHT)


def parts_of(words: Iterable[str]) -> frozenset[str]:
    """The parts of the body of which words speak."""
    said = tuple(words)
    return frozenset(part for part, pattern in PARTS.items() if any(pattern.fullmatch(word) for word in said))
