"""Saying honestly that something was not understood, once; then a person."""

from __future__ import annotations

from typing import Final

from chatwootai.crews.dialogues.answers import offered, person_was_offered, remembered
from chatwootai.crews.dialogues.handoff import NAMES, handoff_text, summary
from chatwootai.crews.dialogues.hello import hello
from chatwootai.crews.dialogues.leading import QUESTIONS, anything, leading
from chatwootai.crews.dialogues.theme_sentences import sentences_of
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.understanding.themes import Theme, theme_of
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.conversations import Author, Choice
from chatwootai.domain.crews import Briefing, Draft, Json
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.outcomes import Handoff, HandoffReason, Reply

COUNTER: Final = "not_understood"
"""Memory key: how many turns in a row were not understood."""

PERSON_CHOICE: Final = Choice("Falar com uma pessoa", "pessoa")

NOT_UNDERSTOOD = (
    "Desculpa, não entendi. Pode me dizer de outro jeito? Posso ajudar com:",
    "Hum, essa eu não entendi. Pode escrever de outra forma? Eu sei ajudar com:",
)
WHICH_AGAIN = (
    "Não entendi 🙈 Me responde com o número ou o nome da opção?",
    "Essa eu não entendi. Qual das opções você quer? Pode mandar só o número.",
)
"""In the middle of a choice, which stays open."""
BEYOND: Final = "beyond"
"""Memory key: how many turns in a row asked for what no crew can do."""
THEME: Final = "theme"
BEYOND_AT: Final = "beyond_at"
"""Memory key: the customer's newest message in the last of them."""
PATIENCE: Final = {Theme.UPSET: 2, Theme.LANGUAGE: 2}
"""In which such turn in a row a person is called without a yes; in the third for all other themes."""
UNSEEN: Final = {
    "audio": (
        "Ainda não consigo ouvir áudios. Pode me escrever o que precisa? 🙈",
        "Desculpa, áudios eu ainda não consigo ouvir. Me escreve por aqui?",
    ),
    "image": (
        "Ainda não consigo ver imagens. Pode me escrever o que precisa? 🙈",
        "Desculpa, imagens eu ainda não consigo ver. Me escreve o que você procura?",
    ),
    "video": (
        "Ainda não consigo ver vídeos. Pode me escrever o que precisa? 🙈",
        "Desculpa, vídeos eu ainda não consigo ver. Me escreve por aqui?",
    ),
    "location": (
        "Recebi a sua localização, mas não consigo abrir o mapa. Me manda o CEP ou o bairro por escrito?",
        "Não consigo ver a localização por aqui. Pode escrever o CEP?",
    ),
    "contact": (
        "Recebi o contato, mas não consigo abrir. Pode escrever o nome e o telefone?",
        "Não consigo abrir contatos por aqui. Me escreve o que você precisa?",
    ),
}
UNSEEN_OTHER = (
    "Recebi, mas ainda não consigo abrir esse tipo de mensagem. Pode me escrever o que precisa?",
    "Desculpa, esse tipo de mensagem eu ainda não consigo abrir. Me escreve por aqui?",
)


def not_understood(briefing: Briefing, ledger: Ledger) -> Draft:
    """The first time in a row a question with choices, the second a handoff."""
    wording = Wording(briefing)
    theme = _theme(briefing)
    if theme is not None:
        choices = leading(theme, briefing.profile.crews)
        return beyond(theme, briefing, wording, ledger, choices)
    if _times(briefing, COUNTER) >= 1:
        return handed_over(HandoffReason.NOT_UNDERSTOOD, briefing, wording, ledger)
    if briefing.memory.get("awaiting") and _holds_products(briefing) and not unseen_text(briefing, wording):
        text = wording.pick("which_again", WHICH_AGAIN)
        return Draft(Reply(text), {**wording.memory, COUNTER: 1})
    text = unseen_text(briefing, wording) or wording.pick("not_understood", NOT_UNDERSTOOD)
    choices = (*anything(briefing.profile.crews), PERSON_CHOICE)
    return Draft(Reply(text, choices), {**wording.memory, **remembered(choices), COUNTER: 1})


def _holds_products(briefing: Briefing) -> bool:
    return any(value.startswith("product:") for value in offered(briefing.memory).values)


def beyond(
    theme: Theme,
    briefing: Briefing,
    wording: Wording,
    ledger: Ledger,
    choices: tuple[Choice, ...] = (),
) -> Draft:
    """A theme was understood, and no more: asks which of `choices` is meant, or, without any, says that it is
    for people and offers one. Who goes on like that is given a person."""
    times = 1 + (_times(briefing, BEYOND) if _went_on(briefing) else 0)
    if times >= PATIENCE.get(theme, 3):
        return handed_over(HandoffReason.NOT_UNDERSTOOD, briefing, wording, ledger, theme=theme)
    text = hello(briefing) + theme_text(theme, wording, choices)
    shown = (*choices, PERSON_CHOICE)
    kept: dict[str, Json] = {
        COUNTER: None,
        BEYOND: times,
        BEYOND_AT: briefing.messages[-1].id,
        THEME: theme.value,
    }
    return Draft(Reply(text, shown), {**wording.memory, **remembered(shown), **kept})


def theme_text(theme: Theme, wording: Wording, choices: tuple[Choice, ...] = ()) -> str:
    """Which of `choices` is meant? Without any it is the theme's own sentence, which offers a person."""
    if choices:
        return wording.pick("leading", QUESTIONS, {"about": NAMES[theme]})
    wording.offer_person()
    return wording.pick(f"theme_{theme.value}", sentences_of(theme))


def _went_on(briefing: Briefing) -> bool:
    """Whether the answer just before was one of these, too."""
    before = [earlier.id for earlier in briefing.history if earlier.author is Author.CUSTOMER]
    return bool(before) and briefing.memory.get(BEYOND_AT) == before[-1]


def _theme(briefing: Briefing) -> Theme | None:
    """The theme of the turn; "e no sábado?" goes on with the one before."""
    said = " ".join(norm for message in briefing.messages for norm in norms_of(message.text))
    theme = theme_of(said)
    before = briefing.memory.get(THEME)
    if theme is None and said.startswith("e ") and person_was_offered(briefing) and before:
        return Theme(str(before))
    return theme


def handed_over(
    reason: HandoffReason,
    briefing: Briefing,
    wording: Wording,
    ledger: Ledger,
    *,
    urgent: bool = False,
    theme: Theme | None = None,
) -> Draft:
    """`theme` is what the customer insists on, where that is why."""
    text = handoff_text(reason, briefing, wording, ledger, theme)
    memory = {**wording.memory, **remembered(()), COUNTER: None, "awaiting": None}
    return Draft(Handoff(reason, text, summary(reason, briefing, theme), urgent), memory)


def unseen_text(briefing: Briefing, wording: Wording) -> str:
    """About messages that hold no text, "" when every message holds some."""
    for message in briefing.messages:
        if not message.text.strip() and message.chosen is None:
            kind = message.attachments[0] if message.attachments else "other"
            return wording.pick(f"unseen_{kind}", UNSEEN.get(kind, UNSEEN_OTHER))
    return ""


def _times(briefing: Briefing, counter: str) -> int:
    times = briefing.memory.get(counter)
    return times if isinstance(times, int) else 0
