# Part of run.sh: nabla search gives one table, whatever the processes and jobs; also if it was killed and continued.

searches=0 search_kills=0 continued=0

# The trials are tiny, and many: learning rates, batch sizes and layers at random.
searched=(search values.csv --target y --preset default --layers 16,8 --folds 3 --trials 64 --halving --seed 3
    --try learning-rate=1e-4..0.1 --try batch-size=8..128)

# same_table COMMAND...: its table is that of one process.
same_table() {
    searches=$((searches + 1))
    "$@" >table 2>messages || { fail "the search did not end: $*"; return; }
    cmp -s search.table table || fail "another table: $*"
}

# kill_search NUMBER: kills a search on one process or two ranks at a random moment; it is continued the other way.
kill_search() {
    local pid victim launcher=${launchers[$1 / 2 % ${#launchers[@]}]}
    local alone=(bounded "${program[@]}" "${searched[@]}" --out search.jsonl) several=(ranks "$launcher" 2 "${searched[@]}" --out search.jsonl)
    local first=("${alone[@]}") second=("${several[@]}")
    [ $(($1 % 2)) -eq 0 ] || { first=("${several[@]}"); second=("${alone[@]}"); }
    rm -f search.jsonl
    "${first[@]}" >table 2>messages &
    pid=$!
    sleep "$(awk -v seed=$RANDOM -v most=$search_time 'BEGIN { srand(seed); print most * (0.1 + 0.9 * rand()) / 1000 }')"
    victim=$(pgrep -f "^${program[*]} search values.csv" | shuf -n 1)
    [ -z "$victim" ] || ! kill -9 "$victim" 2>/dev/null || search_kills=$((search_kills + 1))
    if wait "$pid" 2>/dev/null; then
        cmp -s search.table table || fail 'a search that was complete has another table'
        return
    fi
    [ ! -e search.jsonl ] || [ "$(wc -l <search.jsonl)" -lt 2 ] || continued=$((continued + 1))
    same_table "${second[@]}"
}

# search_all: all of it. Open MPI shows ranks a terminal, for which .NET writes more than text.
search_all() {
    local launcher count began kill TERM=dumb
    export TERM
    # The time of a search depends on the machine: as many epochs as make a kill likely to meet it.
    searched+=(--epochs "$([ -n "$short" ] && echo 30 || echo 100)")
    began=$(date +%s%N)
    bounded "${program[@]}" "${searched[@]}" --jobs 1 >search.table 2>messages || { fail 'the search in one process'; return; }
    search_time=$((($(date +%s%N) - began) / 1000000))
    same_table bounded "${program[@]}" "${searched[@]}" --jobs 3
    for launcher in "${launchers[@]}"; do
        for count in 2 4; do
            same_table ranks "$launcher" "$count" "${searched[@]}"
        done
    done
    local kills=${NABLA_SEARCH_KILLS:-$([ -n "$short" ] && echo 2 || echo 100)}
    # A few more where the first came too early or too late.
    for ((kill = 0; kill < kills || (continued == 0 && kill < 12); kill++)); do
        kill_search "$kill"
    done
}
