#!/bin/sh
# Pin every wheel with its hashes, from pyproject.toml. Needs uv (pip install uv). No annotations: they would name the index.
set -eu
cd "$(dirname "$0")/.."
lock() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
        --no-emit-index-url --no-emit-find-links pyproject.toml --extra gui --group build "$@"
}
lock --output-file packaging/lock/run.txt
lock --group test --constraint packaging/lock/run.txt --output-file packaging/lock/test.txt
