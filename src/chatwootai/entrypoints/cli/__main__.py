"""`python -m chatwootai.entrypoints.cli`: how the parts are started, whatever is on the PATH."""

from chatwootai.entrypoints.cli import app

app()
