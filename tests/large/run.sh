#!/usr/bin/env bash
# Trains on data that stay on disk: compares models that were trained from disk with those that were trained in memory, also after an
# interruption, and measures the peak of resident memory with a sparse file of 20 GB.
# With --short, small files. Needs Linux and python3, without which it says so and ends with 77; MNIST (NABLA_DATA) for the long form.
# Ends with a line of figures, and fails if anything was wrong.
set -uo pipefail
short=${1-}
if [ ! -d /proc/self ] || ! command -v python3 >/dev/null; then
    echo 'There is no /proc or no python3 here: data on disk are not compared.'
    exit 77
fi
cd "$(dirname "$0")/../.."

# The native program starts sooner, if it is named: NABLA_PROGRAM=artifacts/program/nabla.
program=("$(realpath "${NABLA_PROGRAM:-/bin/false}")")
if [ -z "${NABLA_PROGRAM-}" ]; then
    assembly=$PWD/src/Nabla.Cli/bin/Release/net10.0/Nabla.Cli.dll
    [ -f "$assembly" ] || dotnet build -c Release -v q src/Nabla.Cli >/dev/null || exit 1
    program=(dotnet "$assembly")
fi
export NABLA_DATA=${NABLA_DATA:-$PWD/../shared/data}
make=$PWD/tests/large/make.py
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

repeats=10 bytes=20000000000 window=65536 most=500000 rows=1000000 every=1s options=(--epochs 1)
if [ -n "$short" ]; then
    repeats=3 bytes=1000000000 window=4096 rows=5000 every=1epoch options=(--epochs 12)
    "${program[@]}" data make digits --train 3000 --test 200 --out images.npz >/dev/null 2>&1 || exit 1
else
    cp "$NABLA_DATA/mnist.npz" images.npz || exit 1
fi
python3 "$make" repeat images.npz "$repeats" || exit 1

trainings=0 wrong=0 peak=0

fail() {
    wrong=$((wrong + 1))
    echo "wrong: $*"
    tail -n 5 messages
}

# peak_of PID: waits for the end of a process, and keeps its peak of resident memory (kB) in `found`.
peak_of() {
    local now
    found=0
    while now=$(awk '/^VmHWM/ { print $2 }' "/proc/$1/status" 2>/dev/null) && [ -n "$now" ]; do
        found=$now
        sleep 0.1
    done
    wait "$1"
}

# compare NAME DATA OPTIONS: the same model from disk and from memory.
compare() {
    local name=$1 inmemory
    shift
    trainings=$((trainings + 2))
    "${program[@]}" train "$@" --out "$name-memory.safetensors" >messages 2>&1 &
    peak_of $! || fail "$name in memory"
    inmemory=$found
    "${program[@]}" train "$@" --on-disk --out "$name-disk.safetensors" >messages 2>&1 &
    peak_of $! || fail "$name on disk"
    cmp "$name-memory.safetensors" "$name-disk.safetensors" || fail "$name: other bits"
    echo "$name: $(sed -n 's/^Fingerprint: //p' messages), $inmemory kB from memory, $found kB from disk"
}

# interrupt NAME OPTIONS: a run from disk that ends by SIGTERM in the middle, and is resumed, has the model of `compare`.
interrupt() {
    local name=$1 process
    shift
    trainings=$((trainings + 1))
    "${program[@]}" train x.npy --targets y.npy "$@" --on-disk --checkpoint-every "$every" --out "$name.safetensors" >messages 2>&1 &
    process=$!
    while [ ! -f "$name.run/run.json" ] && kill -0 "$process" 2>/dev/null; do
        sleep 0.05
    done
    kill -TERM "$process" 2>/dev/null
    wait "$process"
    [ $? -eq 130 ] || fail "$name ended before it was interrupted"
    "${program[@]}" resume "$name.run" >messages 2>&1 || fail "$name cannot be resumed"
    cmp "$name.safetensors" window-disk.safetensors || fail "$name: other bits after an interruption"
}

# sparse NAME OPTIONS: a file that is larger than memory may be, with a split, until some batches are trained.
sparse() {
    local name=$1 process
    shift
    trainings=$((trainings + 1))
    "${program[@]}" train big.npy --targets labels.npy --on-disk "$@" --epochs 1 --checkpoint-every 1s --out "$name.safetensors" >messages 2>&1 &
    process=$!
    (
        while [ ! -f "$name.run/run.json" ] && kill -0 "$process" 2>/dev/null; do
            sleep 0.5
        done
        kill -TERM "$process" 2>/dev/null
    ) &
    peak_of "$process"
    [ $? -eq 130 ] || fail "$name was not interrupted"
    [ -f "$name.safetensors" ] || fail "$name saved no model"
    [ "$found" -gt "$peak" ] && peak=$found
    [ "$found" -le "$most" ] || fail "$name took $found kB of memory"
    echo "$name: $found kB"
}

compare whole x.npy --targets y.npy "${options[@]}" --seed 1
compare window x.npy --targets y.npy "${options[@]}" --seed 1 --shuffle-window "$window"
interrupt interrupted "${options[@]}" --seed 1 --shuffle-window "$window"
awk -v rows="$rows" 'BEGIN {
    srand(1)
    for (i = 0; i < 40; i++) printf "x%d,", i
    print "kind"
    for (row = 0; row < rows; row++) {
        sum = 0
        for (i = 0; i < 40; i++) { x = rand(); sum += x; printf "%s,", row % 50 == i ? "" : x }
        print (sum > 20 ? "more" : "less")
    }
}' >table.csv
compare table table.csv --target kind --epochs 1 --seed 1 --scaling standardize-per-feature
python3 "$make" sparse "$bytes" || exit 1
sparse sparse-whole
sparse sparse-window --shuffle-window "$window"
echo "$trainings training runs, a file of $bytes bytes with a peak of $peak kB, $wrong wrong"
[ "$wrong" -eq 0 ]
