"""What is said of exchanges and returns."""

from __future__ import annotations

from typing import Final

from chatwootai.crews.support.deadlines import Counted, Objection, Since
from chatwootai.crews.support.reading import OPENED_VALUE, REASON_VALUE
from chatwootai.crews.support.wishes import Reason, Wish
from chatwootai.domain.conversations import Choice

WISHES: Final = {Wish.EXCHANGE: "troca", Wish.RETURN: "devolução"}
REASONS: Final = {
    Reason.DEFECT: "defeito ou avaria",
    Reason.WRONG: "veio errado ou faltando",
    Reason.REGRET: "desistência",
}
SORRY: Final = (
    "Poxa, sinto muito por isso.",
    "Sinto muito que tenha chegado assim.",
)
ASK_ITEM: Final = ("Qual produto do pedido **{code}**?", "De qual produto do pedido **{code}** você fala?")
ASK_REASON: Final = ("Qual é o motivo?", "O que aconteceu com o produto?")
ASK_OPENED: Final = ("O produto foi aberto ou usado?", "Ele já foi aberto ou usado?")
OPENED_CHOICES: Final = (
    Choice("Está lacrado", f"{OPENED_VALUE}no"),
    Choice("Foi aberto", f"{OPENED_VALUE}yes"),
)
REASON_CHOICES: Final = (
    Choice("Não quero mais", f"{REASON_VALUE}{Reason.REGRET}"),
    Choice("Veio com defeito", f"{REASON_VALUE}{Reason.DEFECT}"),
    Choice("Veio errado", f"{REASON_VALUE}{Reason.WRONG}"),
)
WHOLE_ORDER: Final = "O pedido todo"
PROPOSE: Final = (
    "Posso registrar o pedido de {wish}?",
    "Registro o pedido de {wish} assim?",
)
RECORDED: Final = (
    "Registrei o seu pedido de {wish} do **{code}**. Quem analisa e combina os próximos passos é a equipe.",
    "O pedido de {wish} do **{code}** está registrado. A equipe analisa e combina com você como fica.",
)
"""Said of a request alone: nothing is exchanged or paid back by it."""
REFUND: Final = (
    "O andamento do estorno quem confirma é a equipe. Quer falar com uma pessoa?",
    "Quem acompanha estornos é a equipe. Posso chamar uma pessoa para ver o seu?",
)
PHOTO: Final = (
    "Se puder, mande uma foto por aqui.",
    "Uma foto por aqui ajuda a equipe, se puder mandar.",
)
ALREADY_HERE: Final = (
    "Esse pedido ainda não saiu daqui, então dá para cancelar.",
    "Como o pedido ainda está aqui, o caminho é o cancelamento.",
)
OBJECTIONS: Final = {
    Objection.OUTSIDE: (
        "O prazo para {why} é de {allowed} a partir do recebimento, e {since}. {later} Quer que eu chame?",
        "Na nossa regra, {why} vale por {allowed} a partir do recebimento, e {since}. {later} Posso chamar?",
    ),
    Objection.OPENED: (
        "Por desistência, só recebemos produto lacrado e sem uso. {defect} Ou quer falar com uma pessoa?",
        "Produto aberto ou usado nós trocamos só por defeito. {defect} Ou prefere falar com uma pessoa?",
    ),
    Objection.EXCLUDED: (
        "Para {names}, a troca é só em caso de defeito. Quer falar com uma pessoa da equipe?",
        "Pela nossa regra, troca de {names} é só por defeito. Posso chamar uma pessoa da equipe?",
    ),
    Objection.CANCELLED: (
        "O pedido **{code}** não está ativo, então não há o que trocar. Quer falar com uma pessoa?",
        "Como o pedido **{code}** não está ativo, não há troca a registrar. Posso chamar alguém?",
    ),
}
LATER: Final = "Se você recebeu há menos tempo, uma pessoa da equipe confere o seu caso."
DEFECT: Final = "Se houver algum defeito, me conte o que aconteceu."
WHY: Final = {
    Reason.REGRET: "troca ou devolução por desistência",
    Reason.DEFECT: "troca por defeito",
    Reason.WRONG: "troca de produto errado",
}


def days_of(count: int) -> str:
    return "1 dia" if count == 1 else f"{count} dias"


def ago(count: int) -> str:
    return "hoje" if count == 0 else f"há {days_of(count)}"


def since_text(counted: Counted) -> str:
    """ "ele saiu daqui há 12 dias": from when we count, honestly."""
    if counted.since is Since.SHIPPED:
        return f"ele saiu daqui {ago(counted.days)}"
    return f"o pedido foi feito {ago(counted.days)} (a data da entrega eu não tenho)"


def within_text(counted: Counted, allowed: int) -> str:
    started = "Saiu daqui" if counted.since is Since.SHIPPED else "Pedido feito"
    return f"{started} {ago(counted.days)}, dentro do prazo de {days_of(allowed)}"
