#!/bin/sh
# Compiles requirements/*.txt from pyproject.toml. With --check: tells whether that would change them.
set -eu
cd "$(dirname "$0")/../.."

compile() { # target folder
    for kind in run dev; do
        groups="--group build"
        [ "$kind" = dev ] && groups="$groups --group dev"
        # shellcheck disable=SC2086
        .venv/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
            --no-emit-index-url --no-annotate --custom-compile-command "make lock" $groups \
            -o "$1/$kind.txt" >/dev/null || return 1
    done
}

if [ "${1:-}" != --check ]; then
    compile requirements
    exit
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp requirements/run.txt requirements/dev.txt "$folder" # the pins of today are kept where they still fit
if ! compile "$folder"; then
    [ -z "${CI:-}" ] && echo "The requirements could not be compared: no network?" && exit 0
    exit 1
fi
for kind in run dev; do
    if ! diff -q "requirements/$kind.txt" "$folder/$kind.txt" >/dev/null; then
        echo "requirements/$kind.txt is out of step with pyproject.toml: run make lock" >&2
        exit 1
    fi
done
echo "The requirements are in step with pyproject.toml."
