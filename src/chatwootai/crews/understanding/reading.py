"""What one fragment asks for, before its neighbours and the memory complete it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chatwootai.crews.understanding import cues
from chatwootai.crews.understanding.belonging import SALES as SALES
from chatwootai.crews.understanding.belonging import SOCIAL as SOCIAL
from chatwootai.crews.understanding.fragments import ARTICLES, Fragment, fragments_of
from chatwootai.crews.understanding.mentions import cut, is_bare_name, is_someones, mention_of
from chatwootai.crews.understanding.themes import TOPIC
from chatwootai.crews.understanding.words import Word
from chatwootai.domain.crews import Intent
from chatwootai.domain.requests import Assent, Entities

INFINITIVE = re.compile(r"\w{2,}(?:ar|er|ir)")
NOUNS_LIKE_INFINITIVES = frozenset(
    {"colar", "celular", "lugar", "par", "pilar", "bar", "mulher", "talher", "elixir"}
)
ASKING = re.compile(
    r"\b(?:como|quando|onde|qual|quais|quem|porque|posso|pode|podem|quero|queria|gostaria|preciso"
    r"|aceita\w*|tem|faz|fazem"
    r"|da para|consigo|que|manda|ajuda)\b"
)


@dataclass(frozen=True, slots=True)
class Item:
    """`bare` names a product and nothing more; `elliptic` needs what was said before ("e o de 1 litro?")."""

    intent: Intent
    text: str
    mention: str = ""
    bare: bool = False
    elliptic: bool = False
    continues: bool = False
    asking: bool = False
    declined: bool = False
    confidence: float = 1.0
    start: int = 0
    """Where it stands, in characters of all messages that were read together."""
    message_id: int = 0
    chosen: str = ""
    entities: Entities | None = None
    """None to have them read from `text`."""
    assent: Assent | None = None


def read(fragment: Fragment) -> tuple[Item, ...]:
    """The items of a fragment in order; none for fillers alone."""
    social, words = _social(fragment)
    if not words:
        return social
    return (*social, *_substance(fragment, words))


def declines_person(text: str) -> bool:
    """Whether the customer says that she does not want a person."""
    return any(item.declined for fragment in fragments_of(text) for item in read(fragment))


def _social(fragment: Fragment) -> tuple[tuple[Item, ...], tuple[Word, ...]]:
    if cues.ONLY_ACKNOWLEDGED.fullmatch(fragment.spoken):
        return (Item(Intent.GREETING if fragment.question else Intent.THANKS, fragment.text),), ()
    found: dict[Intent, Item] = {}
    words = fragment.words
    identity, words = cut(words, cues.IDENTITY)
    if identity:
        found[Intent.GREETING] = Item(Intent.GREETING, fragment.text)
    for intent, cue in (
        (Intent.THANKS, cues.THANKS),
        (Intent.GOODBYE, cues.GOODBYE),
        (Intent.GREETING, cues.PRESENCE),
        (Intent.GREETING, cues.GREETING),
    ):
        there, words = cut(words, cue)
        if there:
            found.setdefault(intent, Item(intent, fragment.text))
    if found and cues.ONLY_ACKNOWLEDGED.fullmatch(_spoken(words)):
        words = ()
    return tuple(found.values()), words


def _substance(fragment: Fragment, words: Sequence[Word]) -> tuple[Item, ...]:
    text = fragment.text
    person, declined, words = _person(words)
    if person:
        return (Item(Intent.PERSON, text),)
    asking = fragment.question or ASKING.search(fragment.spoken) is not None
    unknown = Item(Intent.UNKNOWN, text, asking=asking and not declined, declined=declined)
    if cut(words, TOPIC)[0]:
        return (unknown,)
    if cues.ONLY_DAYS.fullmatch(_spoken(words)):
        return (Item(Intent.BUSINESS_HOURS, text, elliptic=True, asking=asking),)
    _, words = cut(words, cues.ASKS_TO_KNOW)
    facts, words = _shop_facts(text, words)
    sales = _sales(fragment, words)
    if facts and sales and _asks_sales_first(fragment):
        return (*sales, *facts)
    if sales or facts:
        return (*facts, *sales)
    if not mention_of(words) and not declined:
        return ()
    return (unknown if declined else _bare(fragment, words) or unknown,)


def _person(words: Sequence[Word]) -> tuple[bool, bool, tuple[Word, ...]]:
    """Whether a person is wanted, whether one is declined, and the words without that."""
    spoken = _spoken(words)
    if cues.ONLY_PERSON.fullmatch(spoken):
        declined = spoken.startswith(("nao ", "sem "))
        return not declined, declined, ()
    if cues.THREATS.search(spoken):
        return True, False, ()
    matches = list(cues.PERSON.finditer(spoken))
    if not matches:
        return False, False, tuple(words)
    if any(cues.DECLINES.search(spoken[: match.start()]) is None for match in matches):
        return True, False, ()
    return False, True, cut(words, cues.PERSON)[1]


def _shop_facts(text: str, words: Sequence[Word]) -> tuple[list[Item], tuple[Word, ...]]:
    found: list[Item] = []
    hours, words = cut(words, cues.HOURS)
    if hours:
        found.append(Item(Intent.BUSINESS_HOURS, text))
    if not cut(words, cues.NOT_SHOPS_ADDRESS)[0]:
        address, words = cut(words, cues.ADDRESS)
        if address:
            found.append(Item(Intent.ADDRESS, text))
    return found, tuple(words)


def _sales(fragment: Fragment, words: Sequence[Word]) -> list[Item]:
    spoken = _spoken(words)
    order: list[tuple[int, Intent]] = []
    for intent, cue in _SALES_CUES:
        there, words = cut(words, cue)
        if there and (match := cue.search(spoken)):
            order.append((match.start(), intent))
    wanted, rest = cut(words, cues.WANT)
    if is_someones(rest):
        return []
    if not order and not (wanted and _is_thing(rest)):
        return []
    intents = [intent for _, intent in sorted(order)] or [Intent.STOCK]
    mention = mention_of(rest)
    return [Item(intent, fragment.text, mention, continues=fragment.continues) for intent in intents]


def _asks_sales_first(fragment: Fragment) -> bool:
    first = {
        cue: match.start()
        for cue in (cues.PRICE, cues.STOCK, cues.HOURS, cues.ADDRESS)
        if (match := cue.search(fragment.spoken))
    }
    return min(first, key=first.__getitem__) in (cues.PRICE, cues.STOCK)


def _is_thing(words: Sequence[Word]) -> bool:
    """Whether what is wanted can be a product: "quero um batom", but not "quero cancelar"."""
    mention = mention_of(words)
    if not mention:
        return False
    first = mention.split()[0].lower()
    return first in NOUNS_LIKE_INFINITIVES or INFINITIVE.fullmatch(first) is None


def _bare(fragment: Fragment, words: Sequence[Word]) -> Item | None:
    first = words[0].norm
    elliptic = first == "e" or (first in ARTICLES and fragment.question)
    if not is_bare_name(words, numbers=first == "e" or first in ARTICLES):
        return None
    return Item(
        Intent.UNKNOWN,
        fragment.text,
        mention_of(words),
        bare=True,
        elliptic=elliptic,
        continues=fragment.continues,
        asking=True,
    )


def _spoken(words: Sequence[Word]) -> str:
    return " ".join(word.norm for word in words)


_SALES_CUES = ((Intent.PRICE, cues.PRICE), (Intent.STOCK, cues.STOCK))
