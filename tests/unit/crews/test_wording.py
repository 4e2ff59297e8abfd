"""How a formal shop words what a familiar one says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from chatwootai.crews.dialogues.wording import Wording
from chatwootai.domain.crews import Briefing
from chatwootai.domain.profiles import Profile

pytestmark = pytest.mark.unit

Brief = Callable[..., Briefing]


@pytest.mark.parametrize(
    ("familiar", "formal"),
    [
        ("Me manda o CEP?", "Pode enviar o CEP?"),
        ("Claro, me diz o código do cupom?", "Claro, pode informar o código do cupom?"),
        ("Me diz o código. Pode ser?", "Informe o código. Pode ser?"),
        ("Se quiser, me manda o CEP.", "Se quiser, envie o CEP."),
        ("Ou me passa o CEP.", "Ou informe o CEP."),
    ],
)
def test_the_words_of_friends_are_replaced_where_they_stand(
    brief: Brief, profile: Profile, familiar: str, formal: str
) -> None:
    tone = replace(profile.tone, close=False)
    wording = Wording(brief("oi", profile=replace(profile, tone=tone)))
    assert wording.pick("test", (familiar,)) == formal
