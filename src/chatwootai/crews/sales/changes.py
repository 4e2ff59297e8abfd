"""What a customer wants of her cart: put in, take out, change, exchange, empty, close."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from chatwootai.crews.understanding.numerals import NUMBER, number
from chatwootai.crews.understanding.words import Word, norms_of, words_of
from chatwootai.domain.crews import Request
from chatwootai.domain.requests import Impossible


class Act(StrEnum):
    ADD = "add"
    REMOVE = "remove"
    SET = "set"
    """Another quantity of what is there."""
    SWAP = "swap"
    CLEAR = "clear"
    CLOSE = "close"
    """Nothing more; now the order."""
    REFUSE = "refuse"
    """A quantity that cannot be."""


@dataclass(frozen=True, slots=True)
class Change:
    """`mention` as she named the product, "" for what was spoken of last; `instead` what takes its place.

    `quantity` is None where she gave none. `more` adds to what is there ("mais 2"). `each` tells that the
    quantity goes for all that is meant ("dois de cada"), `several` that more than one is ("os dois").
    `only` keeps what is named as it is ("deixa só o batom").
    """

    act: Act
    mention: str = ""
    quantity: int | None = None
    instead: str = ""
    more: bool = False
    each: bool = False
    several: bool = False
    only: bool = False
    said: str = ""
    """All of her words that may name it: the mention may be cut too short."""


CLEAR: Final = re.compile(
    r"\b(?:limp|esvazi|zer)\w* (?:.* )?(?:carrinho|sacola|cesta|tudo|pedido)\b"
    r"|\b(?:tir|remov|exclu|apag|cancel)\w+ (?:tudo|o carrinho|a compra|os itens)\b"
    r"|\b(?:desist\w+|nao quero mais) (?:d?a compra|d?o pedido|de tudo|nada)\b"
)
SWAP: Final = re.compile(
    r"\b(?:troc|substitu)\w+ (?P<old>(?!para).*?) ?\b(?:pel[oa]s?|por) (?P<new>.+)"
    r"|\b(?:em vez|ao inves) d[eoa]s? (?P<old2>.+?),? (?:eu )?"
    r"(?:quero|queria|prefiro|bota|coloca|poe|manda|vou querer) (?P<new2>.+)"
    r"|\b(?:quero|queria|prefiro|bota|coloca|poe|manda|vou querer) (?P<new3>.+?) no lugar"
    r"(?: d[aeo]s? (?P<old3>.+))?$"
)
REMOVE: Final = re.compile(
    r"\b(?:tir|retir|remov(?!edor)|exclu|delet|desist)\w+\b"
    r"|\bnao (?:quero|vou (?:querer|levar)|precis\w+)\b|^sem\b"
)
INSTEAD: Final = re.compile(
    r"\b(?:tir|retir|remov(?!edor)|exclu)\w* (?P<old>.+?) e "
    r"(?:coloc|bot|poe|poem|adicion|acrescent|inclu|quero|manda|me ve)\w* (?P<new>.+)"
)
""" "Tira o batom e coloca um gloss": each is done for itself."""
LESS: Final = re.compile(r"\bdiminu\w+\b")
SETS: Final = re.compile(
    r"\b(?:verdade|mud\w+|alter\w+|corrig\w+|(?:aument|diminu)\w+ .*?(?:para|pra)|sao|eram?|so|apenas|somente"
    r"|quantidade|errei)\b"
)
MORE: Final = re.compile(r"\b(?:mais|tambem|outr[oa]s?|acrescent\w+|adicion\w+|som[ae]\w*|inclu\w+)\b")
ONLY: Final = re.compile(r"\b(?:deix\w+|fic\w+|quero|leva\w*)? ?(?:so|somente|apenas)\b")
EACH: Final = re.compile(r"\bcada\b")
SEVERAL: Final = re.compile(
    r"\b(?:os|as|ess[ea]s|est[ea]s) (?:dois|duas|tres|quatro|[2-9])\b"
    r"|\b(?:ambos|ambas|tod[oa]s|tudo|cada|eles|elas|esses|essas|estes|estas)\b"
)
CLOSES: Final = re.compile(
    r"\b(?:fech|finaliz|conclu|encerr)\w*\b|\b(?:so|eh) isso\b|\bmais nada\b|\bpode mandar\b"
    r"|\bfaz(?:er)? (?:o |um |meu )?pedido\b"
)
WHOLE_AMOUNT: Final = re.compile(rf"(?:de |para |pra |so |sao )*({NUMBER})(?: (?:unidades?|so|mesmo))*")
SO_MANY: Final = re.compile(rf"\b\w+ (?:so |mais |fora )?({NUMBER})(?: unidades?| deles| delas| so)?$")
"""A number that ends what she says and that may be an article elsewhere: "tira um"."""
TO_SO_MANY: Final = re.compile(rf"\b(?:mud|alter|aument|diminu|corrig|troc)\w+ .*?\bpara ({NUMBER})\b")
NEGATIVE: Final = re.compile(
    r"(?:^|\s)[-−]\s?\d{1,5}(?!\d)|\b0+ (?:unidades?|[a-z]{3,})|\bzero (?!\w*sete)[a-z]{3,}"
)
DETAILS: Final = re.compile(
    r"\b(?:para )?(?:entreg\w+|receber|retirad\w*|retir\w+ (?:na|no|ai)|buscar?|cep|pag\w+"
    r"|no (?:pix|boleto|cartao|credito|debito)|com (?:o )?cupom|cupom|usando)\b.*$"
)
_NOISE: Final = """
verdade sao eram era na no do da de o a os as so apenas somente quantidade unidade unidades item itens
carrinho sacola cesta pedido compra mudar muda altera alterar corrige aumenta aumentar diminui diminuir
deixa deixe fica quero queria por para pra favor mais um uma uns umas tambem outro outra errei cada ambos
ambas todos todas tudo ali ai isso esse essa esses essas este esta mesmo eh vou levar querer fechar fecha
finalizar pode eu e ja entao bota coloca poe adiciona acrescenta soma inclui tira tirar retira remove
exclui total eles elas
beleza certo ok okay show perfeito otimo entendi opa manda me ve separa nao
desse dessa desses dessas deste desta dele dela gostaria
fico ficar com comprar compro leva levo oi ola bom boa dia tarde noite tem preciso adicionar colocar
"""
NOISE: Final = frozenset(_NOISE.split())
"""Words around a product's name that say what is to be done with it."""


LABELS: Final = frozenset(
    {"fps", "fator", "omega", "tom", "cor", "numero", "tamanho", "tam", "vitamina", "nivel", "grau"}
)
"""Words that a number of the name follows."""


def changes_of(request: Request) -> tuple[Change, ...]:
    """In the order in which she says them; at least one."""
    said = " ".join(norms_of(request.text))
    if Impossible.QUANTITY in request.entities.impossible or NEGATIVE.search(request.text.lower()):
        return (Change(Act.REFUSE, named(request.mention)),)
    if request.chosen.startswith("product:"):
        return (Change(Act.ADD, request.chosen, _quantity(request)),)
    if CLEAR.search(said):
        return (Change(Act.CLEAR),)
    if (swap := SWAP.search(said)) is not None:
        return (_swapped(swap, words_of(request.text)),)
    if (both := INSTEAD.search(said)) is not None:
        return _out_and_in(both, words_of(request.text), request)
    counted = [quantity for quantity in request.entities.quantities if named(quantity.of)]
    if len(counted) > 1:
        acts = Act.REMOVE if REMOVE.search(said) else Act.ADD
        more = MORE.search(said) is not None
        return tuple(Change(acts, named(each.of), each.value, more=more) for each in counted)
    return (_change(request, said),)


def named(mention: str) -> str:
    """The product in a mention, without what was said of the cart, of delivery and of payment around it."""
    if mention.startswith("product:"):
        return mention
    words = list(words_of(mention))
    spoken = " ".join(word.norm for word in words)
    if (details := DETAILS.search(spoken)) is not None:
        del words[len(spoken[: details.start()].split()) :]
    while words and _is_around(words[-1].norm) and not _is_labelled(words):
        words.pop()
    while words and _is_around(words[0].norm):
        if words[0].norm in ("de", "do", "da") and len(words) > 1:
            break  # "de 1 litro" completes what was named before
        words.pop(0)
    return " ".join(word.surface for word in words)


def only_amount(text: str) -> int | None:
    """The number that is all she says: "3", "só 2", "3 unidades"."""
    amount = WHOLE_AMOUNT.fullmatch(" ".join(norms_of(text)))
    return number(amount[1]) if amount else None


def _is_around(norm: str) -> bool:
    return norm in NOISE or _counts(norm)


def _is_labelled(words: Sequence[Word]) -> bool:
    """ "FPS 50", "omega 3": a number that is a part of the name."""
    return len(words) > 1 and words[-1].norm.isdigit() and words[-2].norm in LABELS


def _counts(word: str) -> bool:
    return re.fullmatch(NUMBER, word) is not None and (not word.isdigit() or len(word) < 3)


def _change(request: Request, said: str) -> Change:
    quantity = _quantity(request)
    change = Change(
        Act.ADD,
        _mention(request),
        quantity,
        more=MORE.search(said) is not None,
        each=EACH.search(said) is not None,
        several=SEVERAL.search(said) is not None,
        only=ONLY.search(said) is not None and quantity is None,
        said=named(request.text),
    )
    if REMOVE.search(said) or (LESS.search(said) and not SETS.search(said)):
        few = SO_MANY.search(said) if quantity is None and not change.mention else None
        return replace(change, act=Act.REMOVE, quantity=number(few[1]) if few else quantity)
    if quantity is not None and SETS.search(said) and not change.more:
        return replace(change, act=Act.SET)
    names_nothing = not change.mention and quantity is None and not change.several
    return Change(Act.CLOSE) if names_nothing and CLOSES.search(said) else change


def _swapped(swap: re.Match[str], words: Sequence[Word]) -> Change:
    place = next(place for place in ("", "2", "3") if swap[f"new{place}"] is not None)
    old = _as_written(swap, f"old{place}", words)
    new = _as_written(swap, f"new{place}", words)
    amount = only_amount(new)
    if amount is not None:
        return Change(Act.SET, named(old), amount)
    return Change(Act.SWAP, named(old), None, named(new))


def _out_and_in(both: re.Match[str], words: Sequence[Word], request: Request) -> tuple[Change, ...]:
    old, new = named(_as_written(both, "old", words)), named(_as_written(both, "new", words))
    counts = {named(each.of): each.value for each in request.entities.quantities}
    return (Change(Act.REMOVE, old), Change(Act.ADD, new, counts.get(new)))


def _as_written(match: re.Match[str], group: str, words: Sequence[Word]) -> str:
    """What a group of the comparable words stands for, with its accents; "" where it is not there."""
    if not match[group]:
        return ""
    first = match.string.count(" ", 0, match.start(group))
    last = match.string.count(" ", 0, match.end(group))
    return " ".join(word.surface for word in words[first : last + 1]) if match[group].strip() else ""


def _quantity(request: Request) -> int | None:
    if request.entities.quantities:
        return request.entities.quantities[0].value
    changed = TO_SO_MANY.search(" ".join(norms_of(request.text)))
    return number(changed[1]) if changed else None


def _mention(request: Request) -> str:
    counted = request.entities.quantities[0].of if request.entities.quantities else ""
    return named(request.mention) or named(counted)
