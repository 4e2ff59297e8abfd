"""How many she wants of what: "2 cremes", "meia dúzia de sabonetes", "shampoo x2"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chatwootai.crews.understanding.numerals import NAME, number
from chatwootai.crews.understanding.readable import TAKEN, Readable
from chatwootai.domain.requests import Impossible, Quantity

COUNTED = r"(?:unidades?|unids?|und|un|pecas?|pcs?|pc|caixas?|cx|frascos?|potes?|pares?|vidros?|itens)"
ZERO_TO_MANY = rf"(?:[0-9]{{1,5}}|{NAME})"
COUNT = re.compile(
    r"(?<![\w/.,:$#+-])(?P<sign>(?:menos |-)(?=[0-9]))?"
    rf"(?P<said>(?:(?P<group>meia duzia|(?P<dozens>{ZERO_TO_MANY}) duzias?|duzia"
    rf"|(?P<pairs>{ZERO_TO_MANY}) pares|um par|uma dezena|(?P<tens>{ZERO_TO_MANY}) dezenas)"
    rf"|(?P<count>{ZERO_TO_MANY})(?P<times> ?x(?= [a-z]{{2}}))?)(?![\w/%:]|[.,][0-9])"
    rf"(?: ?{COUNTED}\b)?(?: d[eoa]s?\b)?)"
)
TIMES_AFTER = re.compile(r"(?<=[a-z\x00)]) ?\bx ?(?P<count>[0-9]{1,3})(?![\w/.,])")
MINUS = re.compile(
    r"(?:(?<=\s)|^)(?:-|menos )(?P<count>[0-9]{1,5})(?![\w/:]|[.,][0-9])(?! (?:graus|dias|por cento))"
)
LIST_DASH = re.compile(r"^\s*-", re.MULTILINE)
"""Dashes at the beginning of several lines are no minus."""
WANTS = re.compile(
    r"(?:^|\b(?:quero|queria|vou querer|vou levar|levo|leva|manda|mandar|me ve|separa|coloca|bota|poe|pega"
    r"|preciso(?: de)?|compro|comprar|sao|seria|seriam|so|somente|apenas|mais|adiciona|acrescenta"
    r"|gostaria de|faz|pedir|sim|isso|mas|quantidade|qtd|qtde|ser|poderia ser|unidades|uns|umas|pra mim"
    r"|e)[ ,:]+)$"
)
AFTER_BARE = re.compile(
    r"\s*(?:$|[^\w\s\x00]|(?:por favor|pfv|pf|pfvr|mesmo|entao|so|pra|para|cada|e|mas|dess[ea]s?|dest[ea]s?"
    r"|daquel[ea]s?)\b)"
)
ALL_OF_THEM = re.compile(r"\b(?:[oa]s|[dnp]?[oa]s|ess[ea]s|est[ea]s|aquel[ea]s|ness[ea]s|dess[ea]s|todos) ?$")
PACK = re.compile(
    r"\b(?:kit|caixa|pacote|embalagem|combo|conjunto|estojo)s?(?: \w+)? (?:com|c/|de)? ?$|\bkit $"
)
_NOT_COUNTED = """
a ao aos as com da das de do dos e em na no nas nos o os ou para pra pro por que q se sem mas nao n ai la ja
dia dias hora horas h hs min minutos semana semanas mes meses ano anos reais real conto contos vez vezes x
parcela parcelas graus pfv pf pfvr obrigado obrigada vlw pontos km segundos cento via vias ok cada foi eh
esta ta sao seria quilos gramas ml litro litros metro metros cm mm kg g voltas voce vc eu ele ela desse
dessa desses dessas deste desta daquele daquela tbm tambem mesmo agora hoje amanha pode serve entao so sim
bom boa tudo
"""
NOT_COUNTED = frozenset(_NOT_COUNTED.split())
_STOPS = """
e ou mas por para pra pro porque pq que q quando se hoje amanha agora pfv pf favor obrigado obrigada no na
nos nas ate em mais quanto qual como tem vc vcs voces eu ai entao tambem tbm ja sao foram chegou vieram fica
ficam custa custam pode a o as os sim nao pelo pela meu minha dia
"""
STOPS = frozenset(_STOPS.split())
_PARTS = """
lugar lugares porta portas gaveta gavetas prateleira prateleiras nicho nichos boca bocas andares cores
capsula capsulas comprimido comprimidos tiras lampadas saches assentos
"""
PARTS = frozenset(_PARTS.split())
"""What a thing has: "o sofá de 2 lugares" is one sofa."""
INSIDE = frozenset(("de", "do", "da", "dos", "das", "com", "sem", "para"))
WORD = re.compile(r" ?(?P<word>[^\W_]+(?:[-'][^\W\d_]+)*)")
LONGEST_NAME = 6
"""Words of what is counted."""

ARTICLES = frozenset(("um", "uma"))
MOST = 99_999


@dataclass(frozen=True, slots=True)
class Quantities:
    quantities: tuple[Quantity, ...]
    impossible: bool


def read_quantities(text: Readable) -> Quantities:
    """Counts of things in `text`, of which days, hours, money, sizes and other numbers were taken out."""
    articles: list[tuple[int, Quantity]] = []
    listed = len(LIST_DASH.findall(text.folded)) > 1
    impossible = not listed and MINUS.search(text.folded) is not None
    found = [
        (match.start(), Quantity(int(match["count"]), text.surface[slice(*match.span())].strip()))
        for match in TIMES_AFTER.finditer(text.folded)
    ]
    for match in COUNT.finditer(text.folded):
        quantity = _quantity(match, text)
        if quantity is None or (match["sign"] and not listed) or _repeats(match, found):
            continue
        if quantity.value == 0:
            impossible = True
        elif match["said"].split()[0] in ARTICLES and match["count"]:
            articles.append((match.start(), quantity))
        else:
            found.append((match.start(), quantity))
    # "Um" is an article, unless other things beside it are counted.
    found += articles if found else [one for one in articles if _is_one(text.folded, one[0])]
    found = [(at, quantity) for at, quantity in found if 0 < quantity.value <= MOST]
    return Quantities(tuple(quantity for _, quantity in sorted(found, key=lambda one: one[0])), impossible)


def _repeats(match: re.Match[str], found: list[tuple[int, Quantity]]) -> bool:
    return any(match.start() - 3 <= at <= match.end() and text.said.startswith("x") for at, text in found)


def _is_one(folded: str, start: int) -> bool:
    return bool(
        re.search(r"\b(?:so|somente|apenas|mais) $", folded[max(0, start - 10) : start])
        or re.match(r"(?:um so|uma so|uma? unidade)\b", folded[start:])
    )


def _quantity(match: re.Match[str], text: Readable) -> Quantity | None:
    folded, end = text.folded, match.end("said")
    before = folded[max(0, match.start() - 24) : match.start()]
    if ALL_OF_THEM.search(before) or PACK.search(before):
        return None
    said = text.surface[match.start("said") : end]
    of = _thing(text, end)
    if of and folded[end:].split()[:1] and folded[end:].split()[0] in PARTS:
        return None
    counted = bool(re.search(rf"{COUNTED}(?: d[eoa]s?)?$", match["said"])) or bool(match["group"])
    bare = not of and not counted
    if bare and not _stands_alone(match, before, folded):
        return None
    if match["times"] and not of:
        return None
    said = re.sub(r" d[eoa]s?$", "", said) if not of else said
    return Quantity(_value(match), said.strip(), of)


def _stands_alone(match: re.Match[str], before: str, folded: str) -> bool:
    """A number with nothing after it counts after a word of wanting, or where it is all that she says."""
    if match["count"] in ARTICLES or not WANTS.search(before):
        return False
    rest = folded[match.end("said") :]
    # "2 do 300ml": what was taken out is their size.
    sized = rest.startswith(f" {TAKEN}") and re.search(r" d[eoa]s?$", match["said"]) is not None
    return sized or AFTER_BARE.match(rest) is not None


def _value(match: re.Match[str]) -> int:
    for group, size in (("dozens", 12), ("pairs", 2), ("tens", 10), ("count", 1)):
        if match[group]:
            return number(match[group]) * size
    group = match["group"] or ""
    return {"m": 6, "d": 12}.get(group[0], 10 if "dezena" in group else 2)


def _thing(text: Readable, start: int) -> str:
    """The words after a count, as she wrote them."""
    end, words, position = start, 0, start
    while words < LONGEST_NAME and (match := WORD.match(text.folded, position)):
        word = match["word"]
        if words == 0 and word == "de" and text.folded[:start].endswith((" do", " da", " dos", " das")):
            end = position = match.end()
            words = 1
            continue
        if words == 0 and (word in NOT_COUNTED or len(word) < 2 or word[0].isdigit()):
            return ""
        if word in STOPS and words:
            break
        position = match.end()
        words += 1
        if word not in INSIDE:
            end = position
    return text.surface[start:end].strip()


IMPOSSIBLE = Impossible.QUANTITY
