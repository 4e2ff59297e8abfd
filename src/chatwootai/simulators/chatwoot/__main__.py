"""`python -m chatwootai.simulators.chatwoot`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from chatwootai.simulators.chatwoot.seed import default_seed
from chatwootai.simulators.chatwoot.server import serve
from chatwootai.simulators.chatwoot.settings import StandInSettings


def parse_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    """Options; tokens and secrets may also come from the environment, where `ps` does not show them."""
    parser = argparse.ArgumentParser(
        prog="python -m chatwootai.simulators.chatwoot", description="Chatwoot de mentira"
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=3000)
    parser.add_argument("--database", type=Path, default=Path(".data/chatwoot.sqlite3"))
    parser.add_argument("--version", default="4.16", help="versão imitada, de 4.10 a 4.16")
    parser.add_argument("--public-url", help="endereço que os anexos mostram")
    parser.add_argument("--webhook-url", help="endereço que o robô recebe")
    parser.add_argument(
        "--webhook-path-style",
        action="store_true",
        help="acrescenta o segredo ao caminho do webhook, para versões que não assinam",
    )
    parser.add_argument("--bot-token", default=os.environ.get("STAND_IN_BOT_TOKEN", "bot-token"))
    parser.add_argument("--user-token", default=os.environ.get("STAND_IN_USER_TOKEN", "user-token"))
    parser.add_argument("--administrator-token", default=os.environ.get("STAND_IN_ADMINISTRATOR_TOKEN"))
    parser.add_argument("--webhook-secret", default=os.environ.get("STAND_IN_WEBHOOK_SECRET"))
    parser.add_argument("--webhook-timeout", type=float, default=5.0)
    parser.add_argument("--allow-any-host", action="store_true", help="atende /simulator fora de loopback")
    return parser.parse_args(arguments)


def settings_from(options: argparse.Namespace) -> StandInSettings:
    """The settings that the options ask for.

    Raises:
        SystemExit: the options contradict each other.
    """
    url: str | None = options.webhook_url
    if options.webhook_path_style:
        if not url or not options.webhook_secret:
            raise SystemExit("--webhook-path-style precisa de --webhook-url e --webhook-secret")
        url = f"{url.rstrip('/')}/{options.webhook_secret}"
    seed = default_seed(
        webhook_url=url,
        bot_token=options.bot_token,
        user_token=options.user_token,
        administrator_token=options.administrator_token,
        bot_secret=options.webhook_secret,
    )
    return StandInSettings(
        database=options.database,
        version=options.version,
        seed=seed,
        public_url=options.public_url or f"http://{options.host}:{options.port}",
        webhook_timeout=options.webhook_timeout,
        allow_any_host=options.allow_any_host,
    )


if __name__ == "__main__":
    chosen = parse_arguments()
    serve(settings_from(chosen), chosen.host, chosen.port)
