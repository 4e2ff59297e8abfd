"""What is said around recommendations."""

from __future__ import annotations

from typing import Final

from chatwootai.crews.sales.recommending import Fitness

LEADS: Final = {
    Fitness.FITS: ("Para {what}, temos:", "Para {what}, olha o que temos em estoque:"),
    Fitness.KIND: ("Temos estas opções:", "Destas temos em estoque:"),
    Fitness.UNSAID: (
        "Nenhuma descrição nossa fala em {what}, mas deste tipo temos:",
        "Sobre {what} as descrições não dizem nada. Deste tipo, temos:",
    ),
    Fitness.GIFT: ("Para presente, temos por exemplo:", "Algumas ideias de presente que temos em estoque:"),
}
BEYOND: Final = (
    "Nesse valor não encontrei nada em estoque. O mais próximo que temos:",
    "Por esse preço não temos, mas o que chega mais perto é:",
)
CLOSINGS: Final = {
    Fitness.FITS: ("Quer algum deles?", "Algum te agrada?"),
    Fitness.KIND: (
        "Quer algum? Se me contar para que é, escolho melhor.",
        "Me conta para que é que eu afino a escolha. Ou já quer algum?",
    ),
    Fitness.UNSAID: (
        "Quer algum deles, ou prefere falar com uma pessoa da equipe?",
        "Serve algum? Se preferir, chamo uma pessoa da equipe.",
    ),
    Fitness.GIFT: (
        "Algum agrada? Se me disser do que a pessoa gosta, procuro melhor.",
        "Quer algum? Me conta do que a pessoa gosta que eu procuro mais.",
    ),
}
ONLY_ONE: Final = ("Quer levar?", "Te interessa?")
OPEN: Final = (
    "Claro! O que você procura?",
    "Te ajudo a escolher! É para quê?",
)
OPEN_AGAIN: Final = (
    "Me diz com suas palavras o que precisa, por exemplo “{example}”. Ou é algo destas categorias?",
    "Pode ser uma destas categorias, ou me conta o que precisa, como “{example}”.",
)
NOTHING: Final = (
    "Não encontrei em estoque nada cuja descrição fale em {what}. Quer falar com uma pessoa da equipe?",
    "Para {what} não achei nada em estoque que a descrição indique. Posso chamar uma pessoa da equipe?",
)
NO_OTHER: Final = (
    "De outros, para isso, não temos mais em estoque. Quer falar com uma pessoa da equipe?",
    "Mais opções para isso eu não tenho agora. Posso chamar uma pessoa da equipe?",
)
NO_CHEAPER: Final = (
    "Mais em conta do que esses, para isso, não temos em estoque. Quer algum?",
    "Mais barato do que já mostrei, para isso, não temos. Fica com algum deles?",
)
MISSING: Final = (
    "**{name}** seria para isso, mas está em falta no momento.",
    "Teria também **{name}**, que no momento está em falta.",
)
