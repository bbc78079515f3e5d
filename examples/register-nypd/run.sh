#!/bin/bash
# The whole road on a register that no one here wrote: inbox → accepted → warehouse → cohort lines.
# usage: examples/register-nypd/run.sh [FOLDER]   FOLDER: where home and key go (default: a folder under /tmp)
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
data="${REGISTER_NYPD:-$root/../shared/data/register-nypd}"
work="${1:-${TMPDIR:-/tmp}/nhantai-register-nypd}"
year=2024  # the reporting year whose calendar covers the last snapshot (02/07/2024)
home="$work/home"

if [[ ! -f "$data/monthly_officer_snapshots_deid.parquet" ]]; then
    echo "the public register is not at $data: set REGISTER_NYPD to the folder that holds it" >&2
    exit 3
fi
[[ -x "$root/.venv/bin/nhantai" ]] || make --no-print-directory -C "$root" .venv/.runtime

mkdir -p "$home/inbox/$year"
cp -u "$data/monthly_officer_snapshots_deid.parquet" "$data/training_register_deid.csv.gz" "$home/inbox/$year/"
rm -rf "$home/reference" && cp -r "$here/reference" "$home/reference"
export NHANTAI_HOME="$home" NHANTAI_KEY_FILE="$work/person.key"

"$root/.venv/bin/nhantai" collect --year "$year"
"$root/.venv/bin/nhantai" build --year "$year"
warehouse="$(ls -td "$home"/build/"$year"-*/ | head -1)warehouse.duckdb"
for query in findings cohorts; do
    "$root/.venv/bin/python" -c '
import sys
import duckdb

with duckdb.connect(sys.argv[1], read_only=True) as connection, open(sys.argv[2], encoding="utf-8") as query:
    print(connection.sql(query.read()))
' "$warehouse" "$here/$query.sql"
done
