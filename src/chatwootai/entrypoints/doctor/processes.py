"""Our own processes, and Redis, which is optional."""

import asyncio
import ssl
from urllib.parse import unquote, urlsplit

import aiohttp

from chatwootai.config import Settings
from chatwootai.integrations.chatwoot.access import Finding, Level

_SECONDS = 5.0
_REDIS_PORT = 6379


async def check_webhook(session: aiohttp.ClientSession, settings: Settings) -> Finding:
    url = f"http://{settings.webhook_host}:{settings.webhook_port}/ready"
    status = await _status(session, url)
    if status is None:
        return Finding(Level.PROBLEM, f"Não responde em {url}. Inicie-o com `chatwootai webhook`.")
    if status != 200:
        return Finding(
            Level.PROBLEM,
            f"Está no ar, mas não alcança o banco de dados (HTTP {status}): veja PostgreSQL acima.",
        )
    return Finding(Level.OK, f"Recebe entregas na porta {settings.webhook_port}.")


async def check_worker(session: aiohttp.ClientSession, settings: Settings) -> Finding:
    url = f"http://{settings.metrics_host}:{settings.metrics_port}/metrics"
    status = await _status(session, url)
    if status != 200:
        found = "Não responde" if status is None else f"Respondeu HTTP {status}"
        return Finding(
            Level.PROBLEM, f"{found} em {url}. Inicie-o com `chatwootai worker`; sem ele ninguém responde."
        )
    return Finding(Level.OK, f"Está trabalhando; métricas na porta {settings.metrics_port}.")


async def _status(session: aiohttp.ClientSession, url: str) -> int | None:
    try:
        async with session.get(url, timeout=aiohttp.ClientTimeout(total=_SECONDS)) as response:
            return response.status
    except (aiohttp.ClientError, TimeoutError):
        return None


async def check_redis(settings: Settings) -> Finding:
    if settings.redis_url is None:
        return Finding(Level.OK, "Não configurado (REDIS_URL); só o cache em memória é usado.")
    try:
        async with asyncio.timeout(_SECONDS):
            answer = await _ping(settings.redis_url.get_secret_value())
    except (OSError, TimeoutError, ValueError) as error:
        reason = str(error) or "sem resposta"
        return Finding(Level.PROBLEM, f"Não responde ({reason}). Inicie-o, corrija REDIS_URL, ou apague-a.")
    if not answer.startswith("+PONG"):
        return Finding(Level.PROBLEM, f"Recusou o acesso ({answer}). Corrija a senha em REDIS_URL.")
    return Finding(Level.OK, "Responde.")


async def _ping(url: str) -> str:
    """The last line that Redis answers to AUTH, where the address has a password, and PING."""
    parts = urlsplit(url)
    secure = ssl.create_default_context() if parts.scheme == "rediss" else None
    reader, writer = await asyncio.open_connection(
        parts.hostname or "127.0.0.1", parts.port or _REDIS_PORT, ssl=secure
    )
    try:
        if parts.password:
            writer.write(_command("AUTH", unquote(parts.username or "default"), unquote(parts.password)))
            said = (await reader.readline()).decode().strip()
            if not said.startswith("+OK"):
                return said
        writer.write(_command("PING"))
        return (await reader.readline()).decode().strip()
    finally:
        writer.close()
        await writer.wait_closed()


def _command(*words: str) -> bytes:
    encoded = [word.encode() for word in words]
    body = b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in encoded)
    return b"*%d\r\n%s" % (len(encoded), body)
