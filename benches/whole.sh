#!/bin/bash
# What whole processes take: user and system time for each folder of FOLDER (which `cargo bench --bench shapes -- --write FOLDER`
# writes), in MB/s, beside `wc -m` on the same files. The best of three runs. Usage: benches/whole.sh FOLDER [KANWU]
set -eu
folder=$1
kanwu=${2:-target/release/kanwu}
TIMEFORMAT='%U %S'
export LC_ALL=C.UTF-8

# Seconds of processor time of a command, the least of three runs; its exit code is not looked at.
seconds() {
  for _ in 1 2 3; do { time { "$@" >/dev/null 2>&1 || true; }; } 2>&1; done | awk '{ print $1 + $2 }' | sort -n | head -1
}

count() { find "$1" -type f -print0 | xargs -0 cat | wc -m; }
count_only() { find "$1" -type f -print0 | xargs -0 wc -m; }

echo '| shape | MB | check MB/s | two threads: more time | fix --stdout MB/s | wc -m MB/s | check to wc -m |'
echo '| --- | --: | --: | --: | --: | --: | --: |'
for shape in "$folder"/*/; do
  bytes=$(find "$shape" -type f -print0 | xargs -0 cat | wc -c)
  one=$(seconds "$kanwu" check --isolated --threads 1 --format json "$shape")
  two=$(seconds "$kanwu" check --isolated --threads 2 --format json "$shape")
  # A tenth of the files, as one text.
  part=$(mktemp --suffix .txt)
  find "$shape" -type f -name '*0.txt' -print0 | sort -z | xargs -0 cat > "$part"
  fix=$(seconds "$kanwu" fix --isolated --threads 1 --stdout "$part")
  part_bytes=$(wc -c < "$part")
  rm "$part"
  wc=$(seconds count_only "$shape")
  awk -v shape="$(basename "$shape")" -v b="$bytes" -v o="$one" -v t="$two" -v f="$fix" -v p="$part_bytes" -v w="$wc" 'BEGIN {
    printf "| %s | %.1f | %.1f | %+.0f%% | %.1f | %.1f | %.2f |\n", shape, b/1e6, b/1e6/o, (t/o-1)*100, p/1e6/f, b/1e6/w, (b/1e6/o)/(b/1e6/w) }'
done
