#!/usr/bin/env bash
# What takes too long for `cargo test`: huge files, many files, killed runs. It prints time and peak memory of each call and
# ends with an error where one fails otherwise than it should. Usage: tests/long/run.sh [KANWU]
# About 3 GB of room are needed in the folder of temporary files, and GNU time.
set -euo pipefail
kanwu=$(realpath "${1:-target/release/kanwu}")
repository=$(realpath "$(dirname "$0")/../..")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# measured NAME CODE ARGS…: call kanwu, which must exit with CODE.
measured() {
    local name=$1 wanted=$2 code=0
    shift 2
    /usr/bin/time -f '%e s, %U s user, %M kB' -o time "$kanwu" "$@" > out 2> err || code=$?
    if [ "$code" != "$wanted" ] || grep -q 'internal error' err; then
        echo "$name: exit code $code, not $wanted"
        tail -n 5 err
        exit 1
    fi
    printf '%-44s %s\n' "$name" "$(tail -n 1 time)"
    tail -n 1 err | cut -c 1-120 | sed 's/^/    /'
}

# repeated BYTES TEXT: a text again and again.
repeated() { set +o pipefail; yes "$2" | tr -d '\n' | head -c "$1"; set -o pipefail; }

printf '三月的田野里,到处是忙碌的身影。今年雨水足,秧苗长得好。\n' > page.txt

repeated 1000000000 '三月的田野里到处是忙碌的身影，今年雨水足，秧苗长得好。' > line.txt
measured 'a line of 1 GB' 0 check --exit-zero line.txt page.txt
measured 'a line of 1 GB, 10 s given' 2 check --timeout 10 line.txt page.txt
rm line.txt

(set +o pipefail; yes '今天天气好。' | head -n 10000000) > lines.txt
measured '10 million lines' 0 check --exit-zero lines.txt page.txt
rm lines.txt

repeated 3000000 '（' > openers.txt
measured '1,000,000 openers' 0 check --exit-zero openers.txt page.txt
rm openers.txt

head -c 4000000000 /dev/zero | gzip -9 > bomb.txt.gz
head -c 4000000000 /dev/zero | tr '\0' '\n' | gzip -9 > bomb.jsonl.gz
measured 'compressed bombs of 4 GB' 2 check bomb.txt.gz bomb.jsonl.gz page.txt
rm bomb.*

measured 'a stream without end' 2 check - < <(repeated 9000000000 '三月的田野里到处是忙碌的身影。')

mkdir many
(cd many && seq 100000 | xargs -I{} cp ../page.txt {}.txt)
measured '100,000 files in one folder' 0 check --exit-zero many
measured '100,000 files repaired' 0 fix many
measured '100,000 files taken back' 0 undo
rm -rf many .kanwu

cd "$repository"
KANWU_KILLS=200 cargo test --test interrupted -- --nocapture
