#!/bin/sh
# Makes .venv with what requirements/<run|dev>.txt names. Does nothing, and needs no network, when it is up to date.
set -eu
umask 022 # as root, PostgreSQL's own user must be able to read its binaries
cd "$(dirname "$0")/../.."
kind=${1:?run or dev}
python=.venv/bin/python
stamp=.venv/$kind.stamp

fail() {
    echo "chatwootai: $*" >&2
    exit 1
}

is_recent() {
    "$@" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# The folder is part of it: a clone that was moved has an environment that points to the old place.
state=$(cat "requirements/$kind.txt" pyproject.toml | cksum)" $PWD"
if is_recent "$python" && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$state" ]; then
    exit 0
fi

has_installer() {
    [ -x .venv/bin/uv ] || "$python" -m pip --version >/dev/null 2>&1
}

make_environment() {
    for found in python3.11 python3.12 python3.13 python3; do
        if is_recent "$found"; then
            echo "Criando .venv com $("$found" --version)…"
            "$found" -m venv --clear .venv >/dev/null 2>&1 && return
            # Debian without python3-venv: another tool may be able to do it.
            if command -v uv >/dev/null; then
                uv venv --quiet --clear --seed --python "$found" .venv && return
            fi
            "$found" -m venv --clear --without-pip .venv >/dev/null 2>&1 &&
                "$found" -m pip --python .venv/bin/python install --quiet uv >/dev/null 2>&1 && return
            rm -rf .venv
            fail "não foi possível criar .venv: instale o módulo venv (Debian e Ubuntu: sudo apt install python3-venv) e repita."
        fi
    done
    fail "é preciso Python 3.11 ou mais novo: instale-o (Debian e Ubuntu: sudo apt install python3 python3-venv) e repita."
}

moved() {
    [ -f .venv/folder ] && [ "$(cat .venv/folder)" != "$PWD" ]
}

if ! is_recent "$python" || ! has_installer || moved; then
    make_environment
fi
printf '%s\n' "$PWD" >.venv/folder
echo "Instalando as dependências (só na primeira vez e quando elas mudam)…"
if [ ! -x .venv/bin/uv ]; then
    "$python" -m pip install --quiet --disable-pip-version-check uv ||
        fail "não foi possível instalar o uv: verifique a rede e repita."
fi
.venv/bin/uv pip install --quiet --python "$python" --require-hashes -r "requirements/$kind.txt" ||
    fail "não foi possível instalar as dependências: verifique a rede e o espaço em disco e repita."
.venv/bin/uv pip install --quiet --python "$python" --offline --no-deps --no-build-isolation -e . ||
    fail "não foi possível instalar o próprio pacote: apague .venv e repita."
printf '%s\n' "$state" >"$stamp"
