"""`python -m src.main`, from the root of the repository: starts a worker."""

import sys

try:
    from chatwootai.entrypoints.cli import app
except ModuleNotFoundError as error:
    if error.name != "chatwootai":
        raise
    sys.exit(
        "chatwootai: o pacote não está instalado: rode `make run`, ou `pip install -e .` neste ambiente."
    )

if __name__ == "__main__":
    app(["worker"])
