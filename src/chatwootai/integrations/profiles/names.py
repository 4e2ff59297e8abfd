"""What owners call crews and intents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chatwootai.domain.crews import CrewName, Intent

CREWS: Final[Mapping[str, CrewName]] = {
    "vendas": CrewName.SALES,
    "suporte": CrewName.SUPPORT,
    "agenda": CrewName.SCHEDULING,
    "informacoes": CrewName.INFO,
}

INTENTS: Final[Mapping[str, Intent]] = {
    "saudacao": Intent.GREETING,
    "agradecimento": Intent.THANKS,
    "despedida": Intent.GOODBYE,
    "conversa": Intent.SMALL_TALK,
    "identidade": Intent.IDENTITY,
    "ofensa": Intent.INSULT,
    "preco": Intent.PRICE,
    "estoque": Intent.STOCK,
    "indicacao": Intent.ADVICE,
    "comparacao": Intent.COMPARE,
    "detalhes": Intent.DETAILS,
    "compra": Intent.BUY,
    "carrinho": Intent.CART,
    "usar_cupom": Intent.USE_COUPON,
    "meu_pedido": Intent.ORDER_STATUS,
    "meus_pedidos": Intent.ORDER_LIST,
    "cancelar_pedido": Intent.CANCEL_ORDER,
    "troca": Intent.EXCHANGE,
    "item_errado": Intent.WRONG_ITEM,
    "reclamacao": Intent.COMPLAINT,
    "nota_fiscal": Intent.INVOICE,
    "agendar": Intent.BOOK,
    "horarios_livres": Intent.AVAILABILITY,
    "remarcar": Intent.RESCHEDULE,
    "desmarcar": Intent.CANCEL_BOOKING,
    "meus_horarios": Intent.MY_BOOKINGS,
    "atraso": Intent.LATE,
    "profissionais": Intent.PROFESSIONALS,
    "servicos": Intent.SERVICES,
    "convenio": Intent.INSURANCE,
    "preparo": Intent.PREPARATION,
    "horario_da_loja": Intent.BUSINESS_HOURS,
    "endereco": Intent.ADDRESS,
    "contato": Intent.CONTACT,
    "pagamento": Intent.PAYMENT,
    "entrega": Intent.DELIVERY,
    "regra_de_troca": Intent.EXCHANGE_POLICY,
    "promocoes": Intent.PROMOTIONS,
    "fidelidade": Intent.LOYALTY,
    "sobre_a_loja": Intent.ABOUT,
    "saude": Intent.HEALTH,
    "pessoa": Intent.PERSON,
    "apagar_dados": Intent.ERASE_DATA,
    "outro_idioma": Intent.OTHER_LANGUAGE,
    "sim": Intent.YES,
    "nao": Intent.NO,
    "resposta": Intent.ANSWER,
    "desconhecido": Intent.UNKNOWN,
}
