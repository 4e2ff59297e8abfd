"""`chatwootai doctor`: what is missing, and how to mend it."""

import asyncio

import typer

_MARKS = {"ok": "✓", "warning": "!", "problem": "✗"}


def doctor() -> None:
    """Verifica banco de dados, Chatwoot, Odoo, webhook e worker, e diz como consertar o que falta."""
    from chatwootai.config import load_settings
    from chatwootai.entrypoints.doctor import examine

    sections = asyncio.run(examine(load_settings()))
    for section in sections:
        typer.echo(section.title)
        for finding in section.findings:
            typer.echo(f"  {_MARKS[finding.level]} {finding.text}")
    problems = sum(section.has_problem for section in sections)
    if problems:
        typer.echo(f"Há o que consertar em {problems} de {len(sections)} partes.", err=True)
        raise typer.Exit(1)
    typer.echo("Tudo em ordem.")
