"""Whether the credentials of an account do what the hub needs. Reads only: nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import aiohttp

from chatwootai.domain.errors import IntegrationError, RequestRefused
from chatwootai.integrations.chatwoot.fields import as_id, as_list, as_text, at
from chatwootai.integrations.chatwoot.transport import Call, ChatwootAccess, Transport

_BOTS_REFUSED = "not authorized for bots"
"""Chatwoot's words to a valid bot token at an endpoint that is for people (every version seen)."""


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report, in Portuguese: the shop's owner or integrator reads it."""

    level: Level
    text: str


async def check_access(session: aiohttp.ClientSession, access: ChatwootAccess) -> tuple[Finding, ...]:
    """Look at the address, the user's token and the bot's token, in this order; never raises for them.

    Where Chatwoot cannot be reached, that is the only finding.
    """
    transport = Transport(session, access)
    address = await _address(transport, access)
    if address.level is Level.PROBLEM:
        return (address,)
    return (address, await _user(transport, access), await _bot(transport, access))


async def _address(transport: Transport, access: ChatwootAccess) -> Finding:
    try:
        answer = await transport.call(Call("GET", "/api", token=""))
    except RequestRefused:
        return Finding(Level.WARNING, f"{access.url} não informa a versão do Chatwoot.")
    except IntegrationError as error:
        return Finding(Level.PROBLEM, f"O Chatwoot não respondeu em {access.url}: {error.reason}.")
    version = as_text(at(answer, "version"))
    if version is None:
        return Finding(Level.PROBLEM, f"O endereço {access.url} respondeu, mas não parece ser um Chatwoot.")
    return Finding(Level.OK, f"Chatwoot {version} em {access.url}.")


async def _user(transport: Transport, access: ChatwootAccess) -> Finding:
    try:
        answer = await transport.call(Call("GET", "/api/v1/profile", access.user_token))
    except RequestRefused as error:
        return Finding(Level.PROBLEM, f"O token de usuário foi recusado: {error.reason}.")
    except IntegrationError as error:
        return Finding(Level.PROBLEM, f"Não foi possível verificar o token de usuário: {error.reason}.")
    accounts = as_list(at(answer, "accounts"))
    mine = next((a for a in accounts if as_id(at(a, "id")) == access.account_id), None)
    if mine is None:
        text = f"O token de usuário é válido, mas a pessoa não pertence à conta {access.account_id}."
        return Finding(Level.PROBLEM, text)
    if at(mine, "role") == "administrator":
        text = (
            "O token de usuário é de um administrador e enxerga as senhas dos canais. "
            "Use o token de uma pessoa com o papel de agente."
        )
        return Finding(Level.WARNING, text)
    return Finding(Level.OK, "O token de usuário lê as conversas com o papel de agente.")


async def _bot(transport: Transport, access: ChatwootAccess) -> Finding:
    path = f"/api/v1/accounts/{access.account_id}/conversations"
    try:
        await transport.call(Call("GET", path, access.bot_token, {"status": "pending"}))
    except RequestRefused as error:
        if _BOTS_REFUSED in error.reason:
            return Finding(Level.OK, "O token do robô é de um robô de atendimento.")
        return Finding(Level.PROBLEM, f"O token do robô foi recusado: {error.reason}.")
    except IntegrationError as error:
        return Finding(Level.PROBLEM, f"Não foi possível verificar o token do robô: {error.reason}.")
    text = (
        "O token do robô é de uma pessoa: as respostas sairiam em nome dela. "
        "Crie um robô em Configurações → Robôs e use o token dele."
    )
    return Finding(Level.PROBLEM, text)
