#!/usr/bin/env bash
# Trains on 1 to 8 ranks under Open MPI and MPICH, and compares the models byte for byte with that of a single process; kills and stops
# ranks at random moments, and resumes with another number of ranks; does the same with nabla search (search.sh).
# With --short, fewer numbers of ranks, fewer kills, and neither MNIST nor the table ames. Needs mpirun.openmpi or mpirun.mpich (Debian: openmpi-bin, mpich); without
# either, says so and ends with 77.
# Ends with a line of figures, and fails if anything was wrong.
set -uo pipefail
short=${1-}
cd "$(dirname "$0")/../.."
. tests/ranks/search.sh

# The native program starts sooner, if it is named: NABLA_PROGRAM=artifacts/program/nabla.
program=("$(realpath "${NABLA_PROGRAM:-/bin/false}")")
if [ -z "${NABLA_PROGRAM-}" ]; then
    assembly=$PWD/src/Nabla.Cli/bin/Release/net10.0/Nabla.Cli.dll
    [ -f "$assembly" ] || dotnet build -c Release -v q src/Nabla.Cli >/dev/null || exit 1
    program=(dotnet "$assembly")
fi
# Ranks that wait leave the processor to others: there may be more ranks than cores.
export OMPI_MCA_mpi_yield_when_idle=1
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 NABLA_DATA=${NABLA_DATA:-$PWD/../shared/data}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
awk 'BEGIN { srand(1); print "a,b,c,y"; for (i = 0; i < 500; i++) { a = rand(); b = rand(); c = rand()
    print a "," b "," c "," a * b - c } }' >values.csv
"${program[@]}" data make digits --train 2000 --test 200 --out small.npz >/dev/null 2>&1 || exit 1
images=small.npz
[ -f "$NABLA_DATA/mnist.npz" ] && [ -z "$short" ] && images=mnist
tables=$(realpath "$NABLA_DATA/../tables")

limit=$([ -n "$short" ] && echo 120 || echo 600)
trainings=0 wrong=0 interrupted=0 kills=0 stops=0 resumed=0 slowest=0

# bounded COMMAND...: ends it after the limit; the file "hung" then names it, and the processes that there were.
bounded() {
    local watchdog status
    {
        sleep "$limit" || exit
        if pgrep -f "^${program[*]} " >/dev/null; then
            printf 'wrong: it did not end: %s\n' "$*"
        else
            printf 'The launcher did not end, although no rank was left: %s\n' "$*"
        fi
        ps -eo pid,ppid,stat,wchan:20,etime,args | grep -E '[n]abla|[m]pirun|[h]ydra' | cut -c1-200
    } >>hung 2>/dev/null &
    watchdog=$!
    timeout -k 10 $((limit + 1)) "$@"
    status=$?
    # Its sleep is ended, and so it ends.
    pkill -P "$watchdog"
    return "$status"
}

# ranks LAUNCHER N ARGUMENTS: nabla on N ranks.
ranks() {
    local launcher=$1 count=$2 options=()
    shift 2
    [ "$launcher" = mpirun.openmpi ] && options=(--oversubscribe)
    bounded "$launcher" ${options[@]+"${options[@]}"} -n "$count" "${program[@]}" "$@"
}

fail() {
    wrong=$((wrong + 1))
    echo "wrong: $*"
    tail -n 5 messages
}

# compare NAME ARGUMENTS: one model, whatever the number of ranks.
compare() {
    local name=$1 launcher count numbers options command
    shift
    bounded "${program[@]}" train "$@" --shards 8 --out "$name.safetensors" >messages 2>&1 || { fail "$name in one process"; return; }
    for launcher in mpirun.openmpi mpirun.mpich; do
        command -v "$launcher" >/dev/null || continue
        numbers='2 3 4 5 8'
        [ "$launcher" = mpirun.mpich ] && numbers='2 4'
        [ -n "$short" ] && numbers=${numbers:0:3} && [ "$launcher" = mpirun.mpich ] && numbers=2
        for count in $numbers; do
            trainings=$((trainings + 1))
            # The first rank has kernels of another width and another number of threads: no bit depends on them.
            options=()
            [ "$launcher" = mpirun.openmpi ] && options=(--oversubscribe)
            command=(train "$@" --shards 8 --out other.safetensors --threads)
            if ! bounded "$launcher" ${options[@]+"${options[@]}"} -n 1 env NABLA_KERNELS=vector128 "${program[@]}" "${command[@]}" 2 \
                : -n $((count - 1)) "${program[@]}" "${command[@]}" 1 >messages 2>&1; then
                fail "$name on $count ranks of $launcher"
            elif ! cmp -s "$name.safetensors" other.safetensors; then
                fail "$name on $count ranks of $launcher: other bits"
            fi
        done
    done
}

# processes: the ranks that train.
processes() {
    pgrep -f 'train small.npz --layers 300' | while read -r p; do
        [ "$(readlink -f "/proc/$p/exe" 2>/dev/null)" = "$(readlink -f "$(command -v "${program[0]}")")" ] && echo "$p"
    done
}

# alive VICTIM PROCESSES: whether one of them but the victim has not ended.
alive() {
    local victim=$1 p
    shift
    for p; do
        [ "$p" = "$victim" ] || ! kill -0 "$p" 2>/dev/null || [ "$(sed 's/.*) //; s/ .*//' "/proc/$p/stat" 2>/dev/null)" = Z ] || return 0
    done
    return 1
}

# lose_one LAUNCHER SIGNAL: kills or stops a random rank at a random moment; the others must end within 5 seconds, and the run continues
# with fewer ranks.
lose_one() {
    local launcher=$1 signal=$2 pid victim began took all code every
    rm -rf run.run run.safetensors
    # Checkpoints after each epoch, or in the middle of one.
    every=$([ $((RANDOM % 2)) -eq 0 ] && echo 1epoch || echo 0.1s)
    ranks "$launcher" 3 train "${killed[@]}" --threads 1 --checkpoint-every "$every" --out run.safetensors >messages 2>&1 &
    pid=$!
    sleep "$(awk -v seed=$RANDOM -v most=$whole 'BEGIN { srand(seed); print most * (0.2 + 0.9 * rand()) / 1000 }')"
    mapfile -t all < <(processes)
    victim=$(printf '%s\n' "${all[@]}" | shuf -n 1)
    # A rank that is stopped before the ranks are connected is waited for: MPI itself may take long to begin.
    [ "$signal" = KILL ] || grep -q 'ranks train together' messages || victim=
    if [ -n "$victim" ] && kill -"$signal" "$victim" 2>/dev/null; then
        [ "$signal" = KILL ] && kills=$((kills + 1)) || stops=$((stops + 1))
        began=$(date +%s%N)
        while alive "$victim" "${all[@]}" && took=$((($(date +%s%N) - began) / 1000000)) && [ "$took" -lt 20000 ]; do sleep 0.02; done
        took=$((($(date +%s%N) - began) / 1000000))
        [ "$took" -le 5000 ] || fail "the others ended $took ms after signal $signal"
        [ "$took" -le "$slowest" ] || slowest=$took
        kill -KILL "$victim" 2>/dev/null
    fi
    wait "$pid"
    code=$?
    if [ "$code" -eq 0 ]; then
        cmp -s kill.safetensors run.safetensors || fail "a run that was complete has other bits"
        return
    fi
    if [ -e run.run/run.json ]; then
        if ranks "$launcher" 2 resume run.run --threads 1 >messages 2>&1; then
            resumed=$((resumed + 1))
        else
            # A rank can be lost after the run has been recorded as complete.
            grep -q 'this training run is complete' messages || { fail 'not resumed'; return; }
        fi
        cmp -s kill.safetensors run.safetensors || fail 'the resumed run has other bits'
    fi
}

launchers=()
for launcher in mpirun.openmpi mpirun.mpich; do
    command -v "$launcher" >/dev/null && launchers+=("$launcher")
done
if [ ${#launchers[@]} -eq 0 ]; then
    echo 'skipped: neither mpirun.openmpi nor mpirun.mpich is here.'
    exit 77
fi
# A signal to one rank: all stop after the same batch, and the run continues as if it had not been interrupted.
interrupt_one() {
    local launcher=$1 pid
    rm -rf run.run run.safetensors
    ranks "$launcher" 3 train "${killed[@]}" --threads 1 --out run.safetensors >messages 2>&1 &
    pid=$!
    sleep "$(awk -v most=$whole 'BEGIN { print most / 2000 }')"
    kill -TERM "$(pgrep -f "^${program[*]} train small.npz --layers 300" | shuf -n 1)"
    wait "$pid" && fail 'a run that was interrupted ended as if it were complete'
    ls run.run/checkpoint-* >/dev/null 2>&1 || { fail 'an interrupted run has no checkpoint'; return; }
    interrupted=$((interrupted + 1))
    bounded "${program[@]}" resume run.run >messages 2>&1 || { fail 'an interrupted run is not resumed'; return; }
    cmp -s kill.safetensors run.safetensors || fail 'the interrupted run has other bits'
}

compare plain "$images" --epochs 2 --seed 1
compare dense "$images" --layers 64,32 --epochs 1 --dropout 0.2 --clip-norm 1 --optimizer adam
compare values values.csv --target y --epochs 5
if [ -z "$short" ]; then
    [ -f "$tables/ames-train.csv" ] && compare ames "$tables/ames-train.csv" --target Sale_Price --epochs 5 \
        || echo "skipped: there is no $tables/ames-train.csv."
fi
# The run to be killed, and how long it takes if it is not.
killed=(small.npz --layers 300 --epochs 20 --seed 7 --shards 8)
bounded "${program[@]}" train "${killed[@]}" --out kill.safetensors >messages 2>&1 || fail 'the run to be killed'
began=$(date +%s%N)
ranks "${launchers[0]}" 3 train "${killed[@]}" --threads 1 --checkpoint-every 1epoch --out run.safetensors >messages 2>&1 \
    || fail 'the run to be killed, on three ranks'
whole=$((($(date +%s%N) - began) / 1000000))
for launcher in "${launchers[@]}"; do
    interrupt_one "$launcher"
done
# The signals take turns, and so do the launchers.
losses=$((2 * ${NABLA_KILLS:-$([ -n "$short" ] && echo 2 || echo 200)}))
for ((i = 0; i < losses || (i < losses + 12 && (kills == 0 || stops == 0)); i++)); do
    lose_one "${launchers[i / 2 % ${#launchers[@]}]}" "$([ $((i % 2)) -eq 0 ] && echo KILL || echo STOP)"
done
search_all
if [ -s hung ]; then
    cat hung
    wrong=$((wrong + $(grep -c '^wrong' hung)))
fi
echo "$trainings training runs on several ranks (${launchers[*]}), $interrupted runs interrupted, $kills ranks killed, $stops stopped," \
    "$resumed runs resumed, slowest end $slowest ms; $searches searches, $search_kills killed, $continued continued; $wrong wrong"
[ "$wrong" -eq 0 ] && [ "$kills" -gt 0 ] && [ "$stops" -gt 0 ] && [ "$resumed" -gt 0 ] && [ "$search_kills" -gt 0 ] && [ "$continued" -gt 0 ]
