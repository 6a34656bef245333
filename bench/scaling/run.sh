#!/usr/bin/env bash
# Measures the parts of a training step on one and two ranks (computing, adding, messages), and compares the model of docs/scaling.md with
# the times of whole steps. Writes bench/results/PROCESSOR/scaling.md.
#
#     bench/scaling/run.sh [--short]      --short: one round, without W3, and no file: the tables are printed
#
# Needs mpirun.openmpi; without it, says so and ends with 77. Ranks that are connected by TCP need root, ip and tc: each rank has a network
# namespace. NABLA_PROGRAM names a native program; NABLA_BEFORE is put before each command that is measured, for
# instance to keep other programs away; NABLA_NOTE is written into the file, and NABLA_SAMPLES is a file for all single figures.
set -uo pipefail
short=${1-}
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/bench/scaling
command -v mpirun.openmpi >/dev/null || { echo 'skipped: mpirun.openmpi is not here (Debian: openmpi-bin).'; exit 77; }
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1

if [ -n "${NABLA_PROGRAM-}" ]; then
    program=("$(realpath "$NABLA_PROGRAM")")
else
    program=(dotnet "$root/src/Nabla.Cli/bin/Release/net10.0/Nabla.Cli.dll")
    dotnet build -c Release -v q "$root/src/Nabla.Cli" >/dev/null || exit 1
fi
exchange=(dotnet "$root/tests/Nabla.Mpi.Tests/bin/Release/net10.0/Nabla.Mpi.Tests.dll" rank speed)
[ -f "${exchange[1]}" ] || dotnet build -c Release -v q "$root/tests/Nabla.Mpi.Tests" >/dev/null || exit 1
read -ra before <<<"${NABLA_BEFORE-}"

work=$(mktemp -d)
a=nabla-a$$ b=nabla-b$$
clean() {
    rm -rf "$work"
    ip netns del $a 2>/dev/null
    ip netns del $b 2>/dev/null
}
trap clean EXIT
mkdir "$work/1" "$work/2"
cd "$work/1" || exit 1
samples=$work/samples # lines of: what, variant, value

# The rank of the second namespace is started by this instead of ssh: agent HOST COMMAND.
printf '#!/bin/sh\nshift\nexec ip netns exec %s sh -c "$*"\n' $b >"$work/agent"
chmod +x "$work/agent"

# connect: two namespaces and a wire between them.
connect() {
    ip netns add $a && ip netns add $b && ip link add eth0 netns $a type veth peer name eth0 netns $b || return 1
    ip -n $a addr add 10.9.0.1/24 dev eth0 && ip -n $b addr add 10.9.0.2/24 dev eth0 || return 1
    local each
    for each in $a $b; do
        ip -n $each link set lo up && ip -n $each link set eth0 up || return 1
    done
}

# shape DISCIPLINE: how both ends of the wire send; none for as fast as they can.
shape() {
    local each
    for each in $a $b; do
        ip netns exec $each tc qdisc del dev eth0 root 2>/dev/null
        [ $# -eq 0 ] || ip netns exec $each tc qdisc add dev eth0 root "$@" 2>/dev/null || return 1
    done
}

# connection NAME: sets up a connection that the system offers.
connection() {
    case $1 in
    memory) return 0 ;;
    tcp) shape ;;
    10gbit | 1gbit | 1gbit-put) shape tbf rate "${1%-put}" burst 256kb latency 50ms ;;
    50us | 1ms) shape netem delay "$1" limit 100000 ;;
    esac
}

# two CONNECTION COMMAND: starts it on two ranks.
two() {
    local connection=$1 launch=(mpirun.openmpi --bind-to none)
    shift
    [ "$connection" = memory ] || launch=(ip netns exec $a mpirun.openmpi --host 10.9.0.1,10.9.0.2 --mca btl tcp,self --bind-to none
        --mca plm_rsh_agent "$work/agent")
    # By default, Open MPI 4 sends long messages over TCP in one direction at a time; 1gbit-put shows it.
    [ "$connection" = 1gbit-put ] || launch+=(--mca btl_tcp_flags send)
    ${before[@]+"${before[@]}"} timeout 80 "${launch[@]}" -n 2 "$@"
}

# beside COMMAND: runs it twice at the same time, and prints what one of them prints. Both cores are busy then, as they are with two ranks.
beside() {
    ${before[@]+"${before[@]}"} sh -c '(cd ../2 && exec "$@" >/dev/null 2>&1) & "$@"; wait' - "$@"
}

alone() {
    ${before[@]+"${before[@]}"} "$@"
}

declare -A data=([W1]=12000 [W2]=5120 [W3]=1024) epochs=([W1]=40 [W2]=8 [W3]=3) batch=([W1]=100 [W2]=128 [W3]=256) options=(
    [W1]='--layers 30 --activation sigmoid --loss quadratic --optimizer sgd'
    [W2]='--layers 512,512 --optimizer adam'
    [W3]='--layers 2500,2000,1500,1000,500 --activation tanh --optimizer sgd:learning-rate=0.01')

# train NETWORK VARIANT SHARDS BATCH THREADS HOW: notes the seconds of a step, the median of the epochs but the first.
train() {
    local network=$1 variant=$2 shards=$3 size=$4 threads=$5 seconds
    shift 5
    read -ra chosen <<<"${options[$network]}"
    seconds=$("$@" "${program[@]}" train "$work/$network.npz" "${chosen[@]}" --epochs "${epochs[$network]}" --batch-size "$size" \
        --shards "$shards" --threads "$threads" --seed 1 --validation none --checkpoint-every none --json --out model.safetensors \
        2>"$work/errors" | sed -n 's/.*"event":"epoch","epoch":[1-9].*"seconds":\([0-9.e-]*\).*/\1/p' | sort -g |
        awk '{ s[NR] = $1 } END { print s[int((NR + 1) / 2)] }')
    [ -n "$seconds" ] || { echo "failed: $network $variant" >&2; tail -n 3 "$work/errors" >&2; return; }
    awk -v n="$network" -v v="$variant" -v s="$seconds" -v e="${data[$network]}" -v b="$size" \
        'BEGIN { printf "%s %s %.9f\n", n, v, s / (e / b) }' >>"$samples"
}

# round NETWORK: all variants of it, one after the other.
round() {
    local network=$1 size=${batch[$1]} wire
    train "$network" alone 4 "$size" 1 alone
    train "$network" alone-half 2 $((size / 2)) 1 alone
    train "$network" alone-16 16 "$size" 1 alone
    train "$network" beside 4 "$size" 1 beside
    train "$network" beside-half 2 $((size / 2)) 1 beside
    train "$network" threads 4 "$size" 2 alone
    train "$network" threads-whole 1 "$size" 2 alone
    train "$network" ranks-2-shards 2 "$size" 1 two memory
    for wire in "${wires[@]}"; do
        [ "$wire" != 1gbit-put ] && connection "$wire" && train "$network" "$wire" 4 "$size" 1 two "$wire"
    done
}

# messages WIRE: notes the seconds of exchanges of some lengths.
messages() {
    connection "$1" || { echo "skipped: tc cannot make $1 here." >>"$work/skipped"; return 1; }
    two "$1" "${exchange[@]}" >"$work/speed" 2>"$work/errors" || { tail -n 3 "$work/errors" >&2; return 1; }
    sed -n -e "s/^ *\([0-9]*\) bytes: \([0-9.]*\) us.*/wire-$1 \1 \2/p" -e 's/^addition: \([0-9.]*\) ns.*/machine addition \1/p' \
        "$work/speed" >>"$samples"
}

networks=(W1 W2 W3) rounds=${NABLA_ROUNDS:-3}
[ -n "$short" ] && networks=(W1 W2) rounds=1
for network in "${networks[@]}"; do
    "${program[@]}" data make digits --train "${data[$network]}" --test 10 --out "$work/$network.npz" >/dev/null 2>&1 || exit 1
done
load=$(cut -d ' ' -f 1 /proc/loadavg)
wires=()
offered=(memory)
if connect 2>"$work/errors"; then
    offered+=(tcp 10gbit 1gbit 1gbit-put 50us 1ms)
else
    echo "skipped: connections by TCP, because network namespaces cannot be made: $(tail -n 1 "$work/errors")" >>"$work/skipped"
fi
for wire in "${offered[@]}"; do
    messages "$wire" && wires+=("$wire")
done
for ((i = 0; i < rounds; i++)); do
    for wire in "${wires[@]}"; do
        [ $i -eq 0 ] || messages "$wire"
    done
    for network in "${networks[@]}"; do
        round "$network"
    done
done

family=$(sed -n 's/^cpu family[^:]*: *//p' /proc/cpuinfo | head -n 1)
number=$(sed -n 's/^model[^ n]*: *//p' /proc/cpuinfo | head -n 1)
name=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)
report() {
    echo '# Scaling: a model of a step, and its measured parts'
    echo
    echo "- CPU: $name (family $family, model $number), $(nproc) cores; $("${program[@]}" --version | grep kernels)"
    [ -z "${NABLA_NOTE-}" ] || echo "- $NABLA_NOTE"
    echo "- $(mpirun.openmpi --version | head -n 1); $(date -u '+%Y-%m-%d %H:%M') UTC; load average $load before," \
        "$(cut -d ' ' -f 1 /proc/loadavg) after; $rounds rounds, medians"
    [ ! -f "$work/skipped" ] || sed 's/^/- /' "$work/skipped"
    echo
    awk -f "$here/model.awk" "$samples"
}
if [ -n "$short" ]; then
    report
else
    folder=$root/bench/results/$(echo "${name,,}" | sed 's/ [0-9].*//; s/[^a-z0-9]\+/-/g; s/-$//')-$family-$number
    mkdir -p "$folder"
    report >"$folder/scaling.md" && echo "$folder/scaling.md"
fi
[ -z "${NABLA_SAMPLES-}" ] || cp "$samples" "$NABLA_SAMPLES"
