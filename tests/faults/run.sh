#!/usr/bin/env bash
# Kills a training run before each system call of its save path, from the check of --out to the last checkpoint that is deleted, and lets
# each of these calls fail. Whatever happens, the model is the old or the new one, and every checkpoint has its checksum and can be opened.
# A run that succeeds has saved the new model; an error of a call that saves the model ends the run with exit code 5.
# With --short, only the calls that save the model. Needs strace; without it, ends with exit code 77: skipped.
# Ends with a line of figures, and fails if anything was wrong.
set -uo pipefail
short=${1-}
cd "$(dirname "$0")/../.."

if ! command -v strace >/dev/null && command -v apt-get >/dev/null && [ "$(id -u)" -eq 0 ]; then
    { apt-get update && apt-get install -y strace; } >/dev/null 2>&1
fi
if ! strace -o /dev/null true 2>/dev/null; then
    echo 'skipped: strace is missing or may not trace here'
    exit 77
fi

# The native program starts sooner, if it is named: NABLA_PROGRAM=artifacts/program/nabla.
assembly=$PWD/src/Nabla.Cli/bin/Release/net10.0/Nabla.Cli.dll
program=("${NABLA_PROGRAM:-dotnet}")
if [ -z "${NABLA_PROGRAM-}" ]; then
    [ -f "$assembly" ] || dotnet build -c Release -v q src/Nabla.Cli >/dev/null || exit 1
    program+=("$assembly")
fi
# Fewer system calls that are not ours.
export DOTNET_EnableDiagnostics=0 DOTNET_EnableWriteXorExecute=0 NABLA_DEBUG=0
calls=openat,flock,statx,readlink,pwrite64,fchmod,fsync,close,rename,unlink,rmdir

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
run=$work/run
# strace counts the calls of each thread. An archive is read with fewer of them than a table, so that the thread that reads it does not
# reach the ordinals of the main thread's calls.
"${program[@]}" data make digits --train 60 --test 20 --out "$work/digits.npz" >/dev/null 2>&1 || exit 1

# train SEED [strace options]: trains in the folder, which it does not empty.
train() {
    local seed=$1
    shift
    (cd "$run" && exec strace -f -qq -o "$work/log" -e trace=$calls "$@" "${program[@]}" train ../digits.npz --layers 8 \
        --epochs 2 --checkpoint-every 1epoch --seed "$seed" --out model.safetensors >/dev/null 2>"$work/messages")
}

digest() {
    sha256sum "$1" 2>/dev/null | cut -d ' ' -f 1
}

# The old model, and the folder that each run starts with.
mkdir "$run"
train 1 || { cat "$work/messages"; exit 1; }
cp -r "$run" "$work/before"
old=$(digest "$run/model.safetensors")

# calls LOG: "number name ordinal purpose" for each system call of a run's main thread that concerns its folder. The purpose is "model" if
# the call saves the model, and "run" otherwise; "injected" follows where the call was made to fail.
calls() {
    local main
    main=$(awk -v folder="$run" 'index($0, folder) { print $1; exit }' "$1")
    awk -v main="$main" -v folder="$run" '
        $1 == main && $2 ~ /^[a-z]/ {
            name = $2
            sub(/\(.*/, "", name)
            descriptor = $2
            sub(/.*\(/, "", descriptor)
            sub(/[^0-9].*/, "", descriptor)
            count[name]++
            # By a path, or by a file or folder that was opened there.
            ours = index($0, folder) > 0
            if (name == "openat" && ours && $NF > 0) opened[$NF] = 1
            else if (!ours && name != "openat") ours = descriptor in opened
            if (name == "close") delete opened[descriptor]
            if (!ours) next
            line[++lines] = name " " count[name]
            injected[lines] = /\(INJECTED\)/ ? " injected" : ""
            # The model is saved where a temporary file beside it was created last.
            if ($0 ~ /O_EXCL/ && $0 !~ /model\.run/) begin = lines
            if ($0 ~ /rename/ && $0 ~ /model\.safetensors"/) end = lines + 4
        }
        END {
            for (i = 1; i <= lines; i++)
                print i, line[i], (i >= begin && i <= end ? "model" : "run") injected[i]
        }' "$1"
}

# The run that is interrupted, as it is when nothing happens.
train 2 || exit 1
new=$(digest "$run/model.safetensors")
cp "$work/log" "$work/complete"
calls "$work/complete" | awk -v short="$short" '!short || $4 == "model"' >"$work/targets"

killed=0 failed=0 missed=0 wrong=0 kept=0 replaced=0 leftovers=0 reported=0
complain() {
    wrong=$((wrong + 1))
    echo "wrong: $1 $2 of $3: $4"
}

# A temporary file. One in the folder of an unfinished run that the next run set aside stays until that folder is used or deleted.
leftover() {
    find "$run" -path '*.old' -prune -o -name '.nabla-*' -print -quit
}

# Whether the checksum in a checkpoint is that of its bytes, with zeros in place of the checksum itself.
has_checksum() {
    local stated zeros
    stated=$(grep -ao '"nabla.checksum":"[0-9a-f]\{64\}"' "$1" | cut -d '"' -f 4)
    zeros=$(printf '%064d' 0)
    [ -n "$stated" ] && [ "$(LC_ALL=C sed "s/$stated/$zeros/" "$1" | sha256sum | cut -d ' ' -f 1)" = "$stated" ]
}

# What must hold whatever happened: judge HOW ORDINAL CALL. Sets "model" to what the model is.
judge() {
    local now
    now=$(digest "$run/model.safetensors")
    case $now in
        "$old") model=old kept=$((kept + 1)) ;;
        "$new") model=new replaced=$((replaced + 1)) ;;
        *) model=other; complain "$@" 'the model is neither the old nor the new one' ;;
    esac
    if [ "$status" -eq 0 ] && [ "$model" != new ]; then
        complain "$@" "exit code 0, and the model is the $model one"
    fi
    for checkpoint in "$run"/model.run/checkpoint-*; do
        [ -e "$checkpoint" ] || continue
        # The same bytes need not be opened twice.
        now=$(digest "$checkpoint")
        [ -e "$work/opened-$now" ] && continue
        has_checksum "$checkpoint" || complain "$@" "$(basename "$checkpoint") does not have its checksum"
        "${program[@]}" inspect "$checkpoint" >/dev/null 2>&1 || complain "$@" "$(basename "$checkpoint") cannot be opened"
        touch "$work/opened-$now"
    done
    if [ -e "$run/model.run/run.json" ] && ! grep -q '^}' "$run/model.run/run.json"; then
        complain "$@" 'the receipt is incomplete'
    fi
}

# inject KIND NUMBER: kills or fails call NUMBER of those that concern the folder. Which of the threads loads a part of .NET differs from
# run to run, and with it the ordinals: the log says which call it was, and the attempt is repeated with the ordinals of that log.
inject() {
    local kind=$1 number=$2 name ordinal attempt reached
    cp "$work/complete" "$work/guide"
    for ((attempt = 0; attempt < 40; attempt++)); do
        read -r _ name ordinal _ < <(calls "$work/guide" | awk -v number="$number" '$1 == number')
        rm -rf "$run" && cp -r "$work/before" "$run"
        train 2 -e inject="$name:$kind:when=$ordinal" 2>/dev/null
        status=$?
        judge "$kind" "$ordinal" "$name"
        if [ "$kind" = signal=SIGKILL ]; then
            reached=$(calls "$work/log" | tail -n 1 | cut -d ' ' -f 1)
            [ $status -eq 137 ] && [ "$reached" = "$number" ] && return
            [ $status -eq 137 ] || cp "$work/log" "$work/guide"
        else
            [ "$(calls "$work/log" | awk '$5 == "injected" { print $1; exit }')" = "$number" ] && return
            # Where another call failed, this log is not that of a complete run.
            grep -q INJECTED "$work/log" || cp "$work/log" "$work/guide"
        fi
    done
    missed=$((missed + 1))
    echo "not reached: $kind, call $number ($name $ordinal); the last attempt ended at call ${reached-}"
    return 1
}

while read -r number name ordinal purpose; do
    inject signal=SIGKILL "$number" && killed=$((killed + 1))
    if [ -n "$(leftover)" ]; then
        leftovers=$((leftovers + 1))
        if [ $((leftovers % 8)) -eq 1 ]; then
            train 2 || complain kill "$ordinal" "$name" 'the next run failed'
            [ -z "$(leftover)" ] || complain kill "$ordinal" "$name" 'the next run left the temporary file'
        fi
    fi

    inject error=EIO "$number" || continue
    failed=$((failed + 1))
    case $status in
        # A file system without locks is no failure.
        0) [ "$purpose" = run ] || [ "$name" = flock ] || complain error "$ordinal" "$name" 'it was not reported' ;;
        5) reported=$((reported + 1)) ;;
        *) complain error "$ordinal" "$name" "exit code $status: $(tail -n 1 "$work/messages")" ;;
    esac
done <"$work/targets"

echo "$killed kills before and $failed errors of system calls of the save path: $kept times the old model, $replaced times the new one;" \
    "$leftovers kills left a temporary file, $reported errors had exit code 5; $missed calls were not reached, $wrong wrong"
[ "$wrong" -eq 0 ] && [ "$missed" -eq 0 ] && [ "$killed" -gt 0 ]
