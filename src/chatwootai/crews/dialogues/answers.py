"""Answers to choices that we offered: by button, by number, by place, by title."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from chatwootai.crews.understanding.assent import assent_of
from chatwootai.crews.understanding.words import fold, norms_of
from chatwootai.domain.conversations import Author, Choice, Message
from chatwootai.domain.crews import Briefing, Memory
from chatwootai.domain.requests import Assent
from chatwootai.hub.yes import SHOWN

OFFERED_PERSON = "offered_person"
"""Memory key: the customer's message whose answer offered a person."""

PRICED = " – "
"""Between the name and the price in the title of a choice."""

ALIKE = 92
"""Likeness (0 to 100) from which a text counts as the title of a choice."""

ORDINALS = ("primeir[oa]", "segund[oa]", "terceir[oa]", "quart[oa]", "quint[oa]")
PREFIX = (
    r"(?:(?:quero|queria|vou|querer|pode|ser|seria|prefiro|eh|e|o|a|os|as|opcao|opcoes|numero|numeros|n"
    r"|item) )*"
)
NUMBERS = re.compile(rf"{PREFIX}(\d+)((?: (?:e|ou|o|a|opcao))* \d+)*(?: (?:por favor|mesmo|obrigado))*")
FIGURE = re.compile(r"(?:(?:quero|e|o|a|de|do|da) )*(\d{2,4})(?: ?(?:ml|g|reais))?(?: por favor)?[?!. ]*")
ORDINAL = re.compile(rf"{PREFIX}(\w+)(?: opcao)?(?: (?:por favor|mesmo|obrigado))*")


YES = re.compile(
    r"(?:(?:sim|s|yes|si|ok|claro|por favor|por gentileza|please|sure|dale|eu|agora|logo|ja|entao|pode|bora"
    r"|(?:com )?(?:uma pessoa|alguem)|ela|eles?|la|isso|gostaria|aceito|preciso|prefiro|vamos|obrigado"
    r"|(?:pode |quero |queria |prefiro |favor )?(?:me )?"
    r"(?:cham[ae]r?|pass[ae]r?|transfer(?:e|ir)|mand[ae]r?|encaminh[ae]r?)|(?:quero )?falar) ?)+"
)
"""Said to our offer to call a person, besides every other yes."""
ONLY_THANKS = re.compile(r"(?:(?:obrigado|agora|entao|ja|logo|eu|la|ela|ele|eles|isso) ?)+")
NO = re.compile(
    r"(?:(?:n|nao|no|nunca|precisa|preciso|quero|agora|obrigado|por|enquanto|deixa|para|la|depois|ainda|so"
    r"|isso|valeu|eu|tudo|bem|esquece|melhor|nem) ?)+"
)
REFUSALS = re.compile(r"\b(?:n|nao|no|deixa|esquece|depois)\b")
AGREEING_EMOJI = re.compile("[👍👌🙏✅🆗]")


@dataclass(frozen=True, slots=True)
class Offered:
    """Choices as memory keeps them."""

    values: tuple[str, ...]
    titles: tuple[str, ...]


def offered(memory: Memory) -> Offered:
    return Offered(_texts(memory, "choices"), _texts(memory, "choice_titles"))


def remembered(choices: tuple[Choice, ...]) -> dict[str, list[str] | None]:
    """What to keep of choices that a draft offers; none forgets those before."""
    if not choices:
        return {"choices": None, "choice_titles": None}
    return {
        "choices": [choice.value for choice in choices],
        "choice_titles": [choice.title for choice in choices],
    }


def chosen(message: Message, memory: Memory) -> tuple[str, ...]:
    """The values that a message chooses, () when it is no such answer."""
    if message.chosen is not None:
        return (message.chosen.value,)
    options = offered(memory)
    if not options.values:
        return ()
    by_name = _by_name(message.text, options)
    if by_name is not None:
        return (options.values[by_name],)
    places = _places(" ".join(norms_of(_keycaps(message.text))), len(options.values))
    return tuple(options.values[place] for place in places)


def accepts_person(message: Message, briefing: Briefing) -> bool:
    """Whether the message says yes to a person whom the answer just before offered."""
    if not person_was_offered(briefing):
        return False
    if assent_of(message.text) is Assent.YES:
        return True
    said = " ".join(norms_of(message.text))
    if not said:
        return AGREEING_EMOJI.search(message.text) is not None
    return YES.fullmatch(said) is not None and ONLY_THANKS.fullmatch(said) is None


def refuses_person(message: Message, briefing: Briefing) -> bool:
    """Whether the message says no to a person whom the answer just before offered."""
    said = " ".join(norms_of(message.text))
    no = NO.fullmatch(said) is not None and REFUSALS.search(said) is not None
    return (no or assent_of(message.text) is Assent.NO) and person_was_offered(briefing)


def person_was_offered(briefing: Briefing) -> bool:
    """Whether the answer just before asked if a person shall be called."""
    if briefing.memory.get(SHOWN):
        return False  # the summary that stands below it is what a yes answers
    before = [earlier.id for earlier in briefing.history if earlier.author is Author.CUSTOMER]
    return bool(before) and briefing.memory.get(OFFERED_PERSON) == before[-1]


def _by_name(text: str, options: Offered) -> int | None:
    said = fold(text).strip()
    for place, value in enumerate(options.values):
        if said == fold(value):
            return place
    scores = [
        max(fuzz.ratio(said, fold(title)), fuzz.ratio(said, fold(title.rsplit(PRICED, 1)[0])))
        for title in options.titles
    ]
    if not scores or max(scores) < ALIKE:
        return _by_figure(said, options)
    return scores.index(max(scores))


def _by_figure(said: str, options: Offered) -> int | None:
    """ "o de 100" among vouchers of 100 and 200: a figure that one title alone holds."""
    figure = FIGURE.fullmatch(said)
    if figure is None:
        return None
    wanted = rf"(?<!\d){figure.group(1)}(?!\d)"
    places = [
        place for place, title in enumerate(options.titles) if re.search(wanted, title.rsplit(PRICED, 1)[0])
    ]
    return places[0] if len(places) == 1 else None


def _places(said: str, count: int) -> tuple[int, ...]:
    if NUMBERS.fullmatch(said):
        places = [int(number) - 1 for number in re.findall(r"\d+", said)]
        return tuple(places) if all(0 <= place < count for place in places) else ()
    match = ORDINAL.fullmatch(said)
    if match is None:
        return ()
    if match.group(1) in ("ultimo", "ultima"):
        return (count - 1,)
    if match.group(1) == "sim" and count == 1:
        return (0,)
    for place, pattern in enumerate(ORDINALS[:count]):
        if re.fullmatch(pattern, match.group(1)):
            return (place,)
    return ()


def _keycaps(text: str) -> str:
    """ "2️⃣" is the digit, a variation mark and a key cap."""
    return text.replace("\ufe0f", "").replace("\u20e3", "")


def _texts(memory: Memory, key: str) -> tuple[str, ...]:
    kept = memory.get(key)
    return tuple(str(item) for item in kept) if isinstance(kept, list) else ()
