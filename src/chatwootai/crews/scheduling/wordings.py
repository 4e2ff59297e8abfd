"""What the dialogues of scheduling say."""

from __future__ import annotations

from typing import Final

from chatwootai.crews.scheduling.facts import NotThen

WHICH_SERVICE: Final = (
    "Claro! Qual serviço você quer marcar?",
    "Vamos marcar! Para qual serviço é?",
)
WHICH_OF_THESE: Final = (
    "Para {what} temos estas opções. Qual delas você quer?",
    "Temos mais de uma opção para {what}. Qual delas é a sua?",
)
WHICH_OF_PERSON: Final = (
    "{person} atende estes serviços. Qual deles você quer marcar?",
    "Com {person} você pode marcar estes serviços. Qual deles?",
)
MANY: Final = ("Temos {kinds}. Qual você quer marcar?", "Fazemos {kinds}. De qual você precisa?")
NOT_HERE: Final = (
    "{what} não está entre os nossos serviços. Temos {kinds}. Algum destes ajuda?",
    "Não encontrei {what} na nossa agenda. Fazemos {kinds}. Quer marcar algum destes?",
)
NEAR: Final = (
    "{what} não está entre os nossos serviços com esse nome. Seria algum destes?",
    "Não encontrei {what} com esse nome. O mais parecido que temos:",
)
ONE_BY_ONE: Final = (
    "Vamos um de cada vez: primeiro **{first}**, depois o outro.",
    "Marco um e depois o outro. Começando por **{first}**:",
)
NOW_THE_NEXT: Final = ("Agora, **{service}**.", "Vamos ao próximo: **{service}**.")
OFFER: Final = (
    "Para **{service}**{price}{who} {when}, tenho estes horários. Qual você prefere?",
    "**{service}**{price}{who}: estes são os horários livres {when}. Qual fica melhor?",
)
OFFER_NEXT: Final = (
    "Para **{service}**{price}{who} os próximos horários livres são estes. Qual você prefere?",
    "**{service}**{price}{who}: estes são os próximos horários livres. Qual fica melhor?",
)
INSTEAD: Final = (
    "{why} O mais próximo que tenho para **{service}**{price}{who}:",
    "{why} Para **{service}**{price}{who} posso oferecer:",
)
WHY: Final[dict[NotThen, tuple[str, ...]]] = {
    NotThen.PAST: ("Esse horário já passou.", "Esse momento já passou."),
    NotThen.TOO_SOON: (
        "Para esse horário está muito em cima: marcamos com pelo menos {notice} de antecedência.",
        "Não consigo tão em cima: é preciso marcar com {notice} de antecedência.",
    ),
    NotThen.BEYOND: (
        "A agenda está aberta para os próximos {horizon}, e essa data fica além disso.",
        "Só consigo marcar dentro dos próximos {horizon}.",
    ),
    NotThen.HOLIDAY: ("{Day} é feriado ({holiday}) e não atendemos.", "Não atendemos {day}: é {holiday}."),
    NotThen.CLOSED: ("Não atendemos {day}.", "{Day} não temos atendimento."),
    NotThen.FULL: ("Não há horário livre {day}.", "{Day} não tenho mais nenhum horário."),
    NotThen.NOT_AT: ("{Day} não tenho esse horário livre.", "Esse horário não está livre {day}."),
    NotThen.OWN: (
        "Nesse horário você já tem outro atendimento marcado aqui.",
        "Você já tem outro atendimento marcado nesse horário.",
    ),
    NotThen.DAILY_LIMIT: (
        "Cada cliente pode ter até {limit} no mesmo dia, e nesse dia você já chegou lá.",
        "Nesse dia você já tem {limit} marcados, que é o máximo por cliente.",
    ),
    NotThen.TAKEN: ("Que pena, esse horário acabou de ser ocupado.", "Esse horário acabou de ser reservado."),
    NotThen.NOBODY: ("", ""),
}
NO_TIMES: Final = (
    "No momento não há nenhum horário livre para **{service}**{who}. Quer que eu chame uma pessoa da equipe?",
    "Não encontrei horário livre para **{service}**{who}. Posso passar para uma pessoa da equipe?",
)
ANOTHER_DAY: Final = (
    "Qual outro dia ou horário fica bom para você?",
    "Que outro dia ou horário fica bom? Eu verifico.",
)
IMPOSSIBLE_DAY: Final = ("Essa data não existe no calendário.", "Esse dia não existe.")
IMPOSSIBLE_TIME: Final = ("Esse horário não existe.", "Não existe esse horário no relógio.")
IMPOSSIBLE_PAST: Final = ("Para trás não consigo marcar.", "Esse dia já passou.")
NOT_BY: Final = (
    "{person} não faz **{service}**; quem faz é {others}.",
    "Para **{service}** quem atende é {others}, e não {person}.",
)
NO_SUCH_PERSON: Final = (
    "Não temos {person} na equipe. Para **{service}** quem atende é {others}.",
    "{person} não faz parte da nossa equipe. Quem faz **{service}** é {others}.",
)
SUMMARY_QUESTION: Final = ("Posso marcar?", "Está certo assim?")
MOVE_QUESTION: Final = ("Posso remarcar?", "Confirma a mudança?")
CANCEL_QUESTION: Final = ("Confirma que é para desmarcar?", "Posso desmarcar?")
FEE: Final = "Como falta menos de {hours}, há uma taxa de {percent}% do valor: {fee}."
BOOKED: Final = ("Pronto, está marcado! ✅", "Marcado! ✅")
MOVED: Final = ("Pronto, remarquei! ✅", "Remarcado! ✅")
CANCELLED: Final = ("Pronto, desmarquei o seu horário.", "Seu horário foi desmarcado.")
FREE_UNTIL: Final = "Se precisar mudar, é sem custo até {hours} antes."
NOT_BOOKED: Final = (
    "Tudo bem, não marquei nada. Se quiser outro dia ou horário, é só dizer.",
    "Sem problema, nada foi marcado. Quando quiser outro horário, é só avisar.",
)
KEPT: Final = (
    "Tudo bem, o seu horário continua marcado: {when}.",
    "Combinado, deixei como estava: {when}.",
)
LATER: Final = (
    "Sem pressa! Quando decidir, é só responder por aqui. O horário só fica garantido depois da confirmação.",
    "Tudo bem, pode pensar com calma. Lembrando que o horário só é seu depois de confirmado.",
)
ANEW: Final = (
    "A confirmação não chegou a tempo, então confira de novo:",
    "Como passou um tempo, confira de novo, por favor:",
)
PRICE_CHANGED: Final = (
    "O preço mudou enquanto conversávamos, então confira de novo:",
    "Atenção: o valor foi atualizado agora. Confira, por favor:",
)
YES_OR_NO: Final = (
    "Só para eu ter certeza:",
    "Não entendi se posso confirmar:",
)
CHANGED: Final = (
    "Esse horário foi alterado pela equipe nesse meio-tempo: agora é {now}.",
    "A equipe mudou esse horário enquanto conversávamos. Agora está para {now}.",
)
GONE: Final = (
    "Esse horário não está mais marcado na nossa agenda.",
    "Não encontrei mais esse horário na agenda: ele já foi desmarcado.",
)
BY_PEOPLE: Final = (
    "Essa mudança precisa ser feita por uma pessoa da equipe.",
    "Para este caso, quem resolve é a equipe.",
)
NAME: Final = ("Em nome de quem eu marco?", "Qual é o seu nome, para eu marcar?")
PATIENT: Final = ("Qual é o nome {of_whom}?", "Pode me dizer o nome {of_whom}, por favor?")
PHONE: Final = (
    "E qual é o seu telefone com DDD?",
    "Pode informar também um telefone com DDD?",
)
DOCUMENT: Final = (
    "Há mais de um cadastro com este número. Pode informar o CPF, para eu achar o certo?",
    "Este número está em mais de um cadastro. Qual é o seu CPF?",
)
BAD_DOCUMENT: Final = (
    "Esse CPF não confere. Pode verificar os números?",
    "Os números desse CPF não batem. Pode enviar de novo?",
)
PROOF: Final = (
    "Para ver os seus horários, pode informar o CPF e o telefone ou e-mail do cadastro?",
    "Qual é o CPF e o telefone ou e-mail do seu cadastro? Com eles eu localizo os horários.",
)
PROOF_MORE: Final = (
    "E qual é o telefone ou e-mail do cadastro?",
    "Falta só o telefone ou e-mail do seu cadastro. Qual é?",
)
NOT_FOUND: Final = (
    "Não encontrei nenhum horário marcado com esses dados. Quer falar com uma pessoa da equipe?",
    "Com esses dados não encontrei horário marcado. Posso chamar uma pessoa da equipe?",
)
DOUBTED: Final = (
    "Não consegui confirmar o cadastro, e por segurança quem continua é a equipe.",
    "Por segurança, como o cadastro não foi confirmado, a equipe continua daqui.",
)
NONE_OF_YOURS: Final = (
    "Não encontrei nenhum horário seu marcado. Quer marcar um?",
    "Você não tem horário marcado no momento. Quer que eu veja um?",
)
WHICH_APPOINTMENT: Final = (
    "Qual destes horários você quer {act}?",
    "Você tem mais de um horário. Qual deles é para {act}?",
)
WHEN_INSTEAD: Final = (
    "Seu horário é **{service}**, {when}. Para quando você quer mudar?",
    "Vamos remarcar **{service}**, que está para {when}. Que dia e horário ficam bons?",
)
