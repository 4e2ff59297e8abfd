"""What a text asks for: its parts by the model, and inside of them what keywords know better."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from chatwootai.crews.understanding import cues
from chatwootai.crews.understanding.belonging import CREW_OF, NAMING, SALES, SOCIAL
from chatwootai.crews.understanding.beside_names import limits_price
from chatwootai.crews.understanding.certain import certain_intent, keeps_data_back
from chatwootai.crews.understanding.fragments import fragments_of
from chatwootai.crews.understanding.mentions import cut, is_someones, mention_of
from chatwootai.crews.understanding.model import IntentModel
from chatwootai.crews.understanding.plain import plain_intent, prices_with_means
from chatwootai.crews.understanding.purchases import (
    counts_goods,
    goods_in,
    parted,
    takes_out,
    without_manners,
)
from chatwootai.crews.understanding.reading import Item, read
from chatwootai.crews.understanding.segments import CLEAR, Segment, segments_of
from chatwootai.crews.understanding.words import composed, norms_of, words_of
from chatwootai.domain.crews import CrewName, Intent

SURE: Final = 0.55
"""Confidence from which a guess of the model counts."""
STRANGE: Final = 0.1
"""Chance of being out of scope from which a guess does not count: on the examples held out it leaves alone a
fifth of the strange ones that were answered without it, and one in a hundred of the others."""
SEVERAL_SURE: Final = 0.7
"""Confidence below which keywords that find several wishes in one part are believed."""
NAMED_SURE: Final = 0.6
"""Confidence below which a bare name stays one, although it is likely to be bought or asked for."""
BY_KEYWORDS: Final = 0.5
"""The confidence of what keywords alone have found."""

_VERBS: Final = re.compile(
    r"\b(?:(?:como|para que|quando)(?: (?:que|eu|se|eh|e|o|a|devo|posso|faco para))* "
    r"(?:us\w+|aplic\w+|pass\w+|funciona\w*|serve\w*|tom\w+|lav\w+|mont\w+|limp\w+)"
    r"|(?:qual|quais)(?: (?:eh|e|sao|o|a|os|as|seria|melhor|diferenca|tamanho|medidas?|cor(?:es)?|composicao"
    r"|ingredientes?|validade|marca|material|peso|voltagem|durabilidade|garantia))+(?: (?:entre|d[eoa]s?))?"
    r"|(?:fech|finaliz|confirm|separ|reserv|adicion|coloc|acrescent|tir|retir|encomend|compr|lev|mand)"
    r"(?:a|ar|e|em|o|ou|ei|amos|ando)|(?:conclu|inclu)(?:ir|i|a|o)|remov(?:er|e|a)|pe(?:co|de|dir)|compar(?:a|ar|e|ando)|botar|poe|poem"
    r"|ve|ver|fico|quero|quer|me (?:ve|da|indica|recomenda|sugere|ajuda)"
    r"|(?:no|do|ao|meu|na) (?:carrinho|sacola|cesta|pedido)|(?:o|meu|a|minha) (?:pedido|compra)"
    r"|recomend\w+|indic\w+|suger\w+|melhor(?:es)?|diferenca|vale (?:mais )?a pena|compensa|vou|serve"
    r"|eh (?:bom|boa)|indicado|ideal|contem|vem com|rende|dura|medem?|pesam?)(?!\w)"
)
_ASKED_OF: Final = re.compile(
    r"\b\w{3,} (?P<verb>(?:tem|contem|possui|leva|vem|eh|serve|fica|pode|dura|rende|mede|pesa|cabe|suporta"
    r"|aguenta|funciona|precisa|mancha|sai) )"
)
"""What follows the product of a question about it."""
_VERB_WITHIN: Final = re.compile(
    r"^(?:(?:me|oi|e|mas|tambem) )*(?:adicion|coloc|poe|bot|inclu|separ|acrescent|tir|retir|remov)\w*"
    r"|(?! e)\w+ eh \w"
)
"""What makes a phrase more than a name: "põe mais um sabonete", "esse sofá é retrátil"."""
_ONLY_NEED: Final = re.compile(
    r"(?:ele |ela |esse |essa |isso |e )*(?:eh (?:bom|boa|indicad[oa])|serve|funciona) para "
)
""" "é bom pra mancha?" asks of the product that was named before."""
_TELLING: Final = re.compile(
    r"(?:oi |ola |bom dia |boa tarde |boa noite |eu |entao |eh que |e |mas )*(?:ja )?"
    r"(?:comprei|paguei|fui|fiz|recebi|usei|ganhei|vi|tinha|estava|pedi|liguei|passei|moro|trabalho|estou|sou"
    r"|tive|vim|peguei|aproveitei|(?:o|a|meu|minha) \w+ (?:ja )?(?:foi|estava|tinha))\b"
)
"""How one begins to tell, instead of asking."""


def wishes_of(text: str, model: IntentModel) -> list[Item]:
    """Everything asked for in order, social words and what nobody understands included."""
    text = composed(text)
    if plain_intent(text) is Intent.IDENTITY:
        return [Item(Intent.IDENTITY, text, asking=True)]
    goods, rest = parted(text)
    if goods:
        after = [replace(item, start=item.start + len(goods)) for item in wishes_of(rest, model)]
        return without_manners([*_bought(goods, SURE), *after])
    items = [
        replace(item, start=segment.start)
        for segment in segments_of(text, model)
        for item in map(_advised, _items_of(segment, text[segment.start : segment.end].strip()))
    ]
    if len(items) == 1 and goods_in(items[0].text) == "":
        return items
    return without_manners([_told(item) for item in items])


def _told(item: Item) -> Item:
    """ "Comprei na promoção, paguei no pix": not a question about either, beside what is really wanted."""
    if item.intent is Intent.UNKNOWN and not item.bare and not item.declined:
        return replace(item, asking="?" in item.text)
    tells = CREW_OF.get(item.intent) is CrewName.INFO and item.intent not in SOCIAL
    if not tells or "?" in item.text or _TELLING.match(" ".join(norms_of(item.text))) is None:
        return item
    return Item(Intent.UNKNOWN, item.text, start=item.start, confidence=item.confidence)


def _items_of(segment: Segment, said: str) -> list[Item]:
    if goods := goods_in(said):
        rest = said[len(goods) :].strip(" ,;.-")
        confidence = max(segment.confidence, BY_KEYWORDS)
        manner = Item(Intent.DELIVERY, rest, start=len(goods), confidence=confidence)
        return [*_bought(goods, confidence), *([manner] if rest else [])]
    keyword = [item for fragment in fragments_of(said) for item in read(fragment)]
    if any(item.declined for item in keyword) or _only_days(keyword):
        return keyword
    if any(item.intent is Intent.PERSON for item in keyword) and not _only_threatens(segment, said):
        return [Item(Intent.PERSON, said, confidence=max(segment.confidence, BY_KEYWORDS))]
    certain = certain_intent(said)
    if certain is not None:
        return [Item(certain, said, confidence=max(segment.confidence, BY_KEYWORDS))]
    if found := _plain(said, max(segment.confidence, BY_KEYWORDS)):
        return found
    bare = [item for item in keyword if item.bare]
    if bare and len(bare) == len(keyword) and _may_be_named(segment, said):
        return bare
    doubtful = segment.strange >= STRANGE and segment.intent is not Intent.UNKNOWN
    if segment.confidence < SURE or doubtful:
        return _guesses(keyword, segment, said)
    if segment.intent is Intent.ERASE_DATA and keeps_data_back(said):
        return [Item(Intent.UNKNOWN, said, asking="?" in said, confidence=segment.confidence)]
    if segment.intent is Intent.UNKNOWN:
        asking = "?" in said or any(item.asking for item in keyword)
        return [Item(Intent.UNKNOWN, said, asking=asking, confidence=segment.confidence)]
    return _wish(segment, keyword, said)


def _plain(said: str, confidence: float) -> list[Item]:
    """What a few words say plainly, whatever the model makes of them."""
    if counts_goods(said) or takes_out(said):
        return _bought(said, confidence)
    mention = named_in(said)
    if prices_with_means(said, mention):
        return [Item(Intent.PRICE, said, mention, confidence=confidence)]
    intent = plain_intent(said)
    if intent is None:
        return []
    named = _subject_of(said, mention) if intent in NAMING else ""
    return [Item(intent, said, named, asking=True, confidence=confidence)]


def _advised(item: Item) -> Item:
    """ "Tem escrivaninha até 800 reais?": which of them fits, not whether there is one."""
    asks = item.intent in (Intent.STOCK, Intent.BUY) or item.bare
    if not asks or not item.mention or counts_goods(item.text) or not limits_price(item.text):
        return item
    return replace(item, intent=Intent.ADVICE, bare=False, elliptic=False)


def _only_days(keyword: list[Item]) -> bool:
    """ "e domingo?": what it means only what was said before can tell."""
    return bool(keyword) and all(item.elliptic and not item.bare for item in keyword)


def _may_be_named(segment: Segment, said: str) -> bool:
    """Whether a phrase without a verb may be a product's name, although the model guesses at a wish."""
    if _VERB_WITHIN.search(" ".join(norms_of(said))):
        return False
    if segment.intent in SALES:
        return True
    if segment.intent is Intent.BUY and not said[:1].isdigit() and segment.confidence < CLEAR:
        return True  # nothing is bought that nobody wants
    likely = segment.intent in NAMING | {Intent.UNKNOWN}
    return segment.confidence < (NAMED_SURE if likely else SURE) or segment.intent is Intent.UNKNOWN


def _only_threatens(segment: Segment, said: str) -> bool:
    """A lawyer or the Procon is named, and the model knows what is wanted of us."""
    spoken = " ".join(norms_of(said))
    wanted = cues.PERSON.search(spoken) or cues.ONLY_PERSON.fullmatch(spoken)
    return wanted is None and segment.confidence >= SURE


def _guesses(keyword: list[Item], segment: Segment, said: str) -> list[Item]:
    """What keywords find where the model is unsure."""
    named = (segment.likely | {segment.intent}) & NAMING
    likely = segment.likely | SOCIAL | (SALES if named else frozenset())
    known = [item for item in keyword if item.intent in likely or item.elliptic]
    if known:
        return [replace(item, confidence=segment.confidence) for item in keyword]
    asking = any(item.asking for item in keyword) or "?" in said
    return [Item(Intent.UNKNOWN, said, asking=asking, confidence=segment.confidence)]


def _wish(segment: Segment, keyword: list[Item], said: str) -> list[Item]:
    intent, confidence = segment.intent, segment.confidence
    found = {item.intent for item in keyword} - SOCIAL - {Intent.UNKNOWN}
    if len(found) > 1 and confidence < SEVERAL_SURE:
        return [replace(item, confidence=confidence) for item in keyword if item.intent in found or item.bare]
    if intent in SALES:
        named = [item for item in keyword if item.intent in SALES or item.bare]
        if any(item.intent is intent for item in named):
            return [replace(item, confidence=confidence) for item in named]
        mention = next((item.mention for item in named if item.mention), "") or named_in(said)
        return [Item(intent, said, mention, confidence=confidence)]
    if intent is Intent.BUSINESS_HOURS:
        asked = [item for item in keyword if item.intent is intent]
        return [replace(item, confidence=confidence) for item in asked] or [
            Item(intent, said, confidence=confidence)
        ]
    if intent is Intent.BUY:
        return _bought(said, confidence)
    mention = _subject_of(said, named_in(said)) if intent in NAMING | {Intent.SERVICES} else ""
    if intent is Intent.DETAILS and _ONLY_NEED.match(" ".join(norms_of(said))):
        mention = ""
    return [Item(intent, said, mention, asking=intent not in SOCIAL, confidence=confidence)]


def _bought(said: str, confidence: float) -> list[Item]:
    """One item for each product of "quero 2 batons e 1 gloss"."""
    fragments = fragments_of(said)
    named = [(fragment.text, named_in(fragment.text)) for fragment in fragments]
    found = [Item(Intent.BUY, text, mention, confidence=confidence) for text, mention in named if mention]
    return found or [Item(Intent.BUY, said, confidence=confidence)]


def _subject_of(said: str, mention: str) -> str:
    """The product of a question about it: "o shampoo tem sulfato?" names the shampoo."""
    spoken = norms_of(said)
    asked = _ASKED_OF.search(" ".join(spoken))
    if asked is None or not mention:
        return mention
    first = words_of(said)[: len(" ".join(spoken)[: asked.start("verb")].split())]
    return named_in(" ".join(word.surface for word in first)) or mention


def named_in(said: str) -> str:
    """The product that a wish names, "" for none."""
    words = words_of(said)
    for cue in (cues.GREETING, cues.ASKS_TO_KNOW, cues.PRICE, cues.STOCK, cues.WANT, _VERBS):
        _, words = cut(words, cue)
    while len(words) > 1 and (words[0].norm.isdigit() or words[0].norm == "e"):
        words = words[1:]
    return "" if is_someones(words) else mention_of(words)
