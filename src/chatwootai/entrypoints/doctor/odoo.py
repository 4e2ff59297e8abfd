"""One account's Odoo: reached, signed in, new enough, with the rights and modules that the crews need."""

from collections.abc import Iterable

import aiohttp

from chatwootai.bootstrap.accounts import odoo_access
from chatwootai.config import AccountSettings
from chatwootai.domain.errors import IntegrationError
from chatwootai.integrations.chatwoot.access import Finding, Level
from chatwootai.integrations.odoo.access import PORTUGUESE, Identity
from chatwootai.integrations.odoo.checkup import Lack, lacks
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.errors import DatabaseMissing, KeyRefused, NotOdoo

_PURPOSES = {
    "product.product": "consultar produtos",
    "res.partner": "encontrar e cadastrar clientes",
    "sale.order": "fazer pedidos",
    "sale.report": "mostrar os mais vendidos",
    "stock.move": "prever reposições",
    "stock.picking": "acompanhar entregas",
    "calendar.event": "marcar horários",
    "resource.resource": "conhecer os profissionais",
    "resource.calendar": "conhecer os horários de trabalho",
    "loyalty.program": "oferecer promoções e cupons",
    "crm.lead": "registrar oportunidades",
    "account.move": "informar pagamentos",
}
_OPERATIONS = {"read": "ler", "create": "criar", "write": "alterar"}


async def check_odoo(session: aiohttp.ClientSession, account: AccountSettings) -> tuple[Finding, ...]:
    """What is there, then what is missing."""
    settings = account.odoo
    client = OdooClient(session, odoo_access(account))
    try:
        identity = await client.identity()
        missing = await lacks(client)
    except IntegrationError as error:
        return (Finding(Level.PROBLEM, _advice(error, account)),)
    there = Finding(Level.OK, f"Odoo {identity.series} em {settings.url}; {settings.login} entrou.")
    return (there, *_spoken(identity), *_told(missing))


def _advice(error: IntegrationError, account: AccountSettings) -> str:
    settings = account.odoo
    match error:
        case NotOdoo():
            return f"O que responde em {settings.url} não é um Odoo. Confira o endereço, sem caminho no fim."
        case DatabaseMissing():
            return f"O servidor não tem um banco chamado «{settings.database}». Confira o nome do banco."
        case KeyRefused():
            return (
                f"Recusou a chave de «{settings.login}»: está errada, foi revogada ou venceu. "
                "Crie outra em Preferências → Segurança da conta."
            )
    if error.retryable:
        return f"Não responde em {settings.url} ({error.reason}). Confira o endereço."
    return f"Recusou o acesso ({error.reason}). Confira empresa, usuário e versão do servidor."


def _spoken(identity: Identity) -> Iterable[Finding]:
    if identity.language != PORTUGUESE:
        text = (
            "O português (Brasil) não está instalado no Odoo, e os nomes virão em inglês: "
            "instale-o em Configurações → Idiomas."
        )
        yield Finding(Level.WARNING, text)


def _told(missing: Iterable[Lack]) -> Iterable[Finding]:
    for lack in missing:
        need = lack.need
        purpose = _PURPOSES[need.model]
        level = Level.PROBLEM if need.is_vital else Level.WARNING
        if lack.needs_module:
            text = f"Falta o módulo «{need.module}» no Odoo: sem ele não dá para {purpose}."
        else:
            operation = _OPERATIONS[need.operation]
            text = f"O usuário não pode {operation} {need.model}: sem esse direito não dá para {purpose}."
        yield Finding(level, text)
