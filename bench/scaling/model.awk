# The model of docs/scaling.md: predicts the times of steps from measured parts, and prints both as Markdown.
# Input: lines of what, variant and value, as run.sh writes them. Times are in seconds, of messages in microseconds.

{ count = ++counts[$1, $2]; values[$1, $2, count] = $3 }

END {
    parameters["W1"] = 23860; parameters["W2"] = 669706; parameters["W3"] = 11972510; parameters["W100"] = 100765210
    batch["W1"] = 100; batch["W2"] = 128; batch["W3"] = 256; batch["W100"] = 1024
    split("W1 W2 W3", networks, " ")
    split("memory tcp 10gbit 1gbit 1gbit-put 50us 1ms", wires, " ")
    perNumber = median("machine", "addition") * 1e-9
    printWires()
    printParts()
    printValidation()
    printThreads()
    printProjection()
}

# median of what was measured; 0 if nothing was.
function median(what, variant,    n, i, j, kept, sorted) {
    n = counts[what, variant]
    for (i = 1; i <= n; i++) {
        kept = values[what, variant, i] + 0
        for (j = i - 1; j >= 1 && sorted[j] > kept; j--)
            sorted[j + 1] = sorted[j]
        sorted[j + 1] = kept
    }
    return n == 0 ? 0 : n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}

# range of what was measured, in milliseconds.
function range(what, variant,    i, least, most, value) {
    least = 1e9; most = 0
    for (i = 1; i <= counts[what, variant]; i++) {
        value = values[what, variant, i] + 0
        if (value < least) least = value
        if (value > most) most = value
    }
    return ms(least) " to " ms(most)
}

function ms(seconds) { return sprintf(seconds < 0.001 ? "%.3f" : seconds < 0.1 ? "%.2f" : "%.0f", seconds * 1000) }

function isMeasured(wire) { return counts["wire-" wire, 4] > 0 }

# t(n): the time of an exchange of n bytes; latency a from 4 bytes, bandwidth b from the longest message.
function latency(wire) { return median("wire-" wire, 4) * 1e-6 }
function bandwidth(wire) { return 16777216 / (median("wire-" wire, 16777216) * 1e-6 - latency(wire)) }

# measuredExchange: the same, interpolated between the lengths that were measured.
function measuredExchange(wire, n,    low, high, timeLow, timeHigh) {
    for (low = 4096; low < 16777216 && 4 * low < n; low *= 4);
    if (n <= 4096)
        return latency(wire)
    high = 4 * low
    if (high > 16777216) { high = 16777216; low = 4194304 }
    timeLow = median("wire-" wire, low) * 1e-6; timeHigh = median("wire-" wire, high) * 1e-6
    return timeLow + (n - low) * (timeHigh - timeLow) / (high - low)
}

function printWires(    w, n, line) {
    print "## Exchanges between two ranks\n"
    print "Microseconds until both ranks have sent and received a message, a: latency, b: bandwidth in each direction. 1gbit-put has the"
    print "settings of Open MPI 4; with TCP, the others have btl_tcp_flags send.\n"
    line = "| connection | a | b, GB/s |"
    for (n = 4; n <= 16777216; n = n == 4 ? 4096 : 4 * n)
        line = line " " (n < 1024 ? n " B" : n < 1048576 ? n / 1024 " KiB" : n / 1048576 " MiB") " |"
    print line "\n|---|---|---|---|---|---|---|---|---|---|---|"
    for (w = 1; w in wires; w++) {
        if (!isMeasured(wires[w]))
            continue
        line = sprintf("| %s | %.1f | %.2f |", wires[w], latency(wires[w]) * 1e6, bandwidth(wires[w]) / 1e9)
        for (n = 4; n <= 16777216; n = n == 4 ? 4096 : 4 * n)
            line = line sprintf(" %.0f |", median("wire-" wires[w], n))
        print line
    }
    printf "\nAdding a number to another takes %.2f ns, while another process does the same.\n\n", perNumber * 1e9
}

# The parts of a network with 4 shards: A, an addition of two gradients; c, a shard; u, the update. "beside" is measured while another
# process does the same.
function parts(network, kind,    whole, half) {
    whole = median(network, kind); half = median(network, kind "-half")
    A = perNumber * parameters[network]
    c = (whole - half) / 2 - A
    u = 2 * half - whole + A
}

function printParts(    i, k, kinds) {
    split("alone beside", kinds, " ")
    print "## Parts of a step\n\nMilliseconds, with one thread and 4 shards.\n"
    print "| network | other processes | step | half of its shards | c, a shard | A, an addition | u, the update |"
    print "|---|---|---|---|---|---|---|"
    for (i = 1; i in networks; i++) {
        for (k = 1; k in kinds && counts[networks[i], "alone"]; k++) {
            parts(networks[i], kinds[k])
            printf "| %s | %s | %s (%s) | %s | %s | %s | %s |\n", networks[i], k == 1 ? "none" : "the same", \
                ms(median(networks[i], kinds[k])), range(networks[i], kinds[k]), ms(median(networks[i], kinds[k] "-half")), ms(c), ms(A), ms(u)
        }
    }
    print ""
}

# The messages of a step between two ranks with one node each: losses, half a node, half a sum, one byte.
function twoRanks(wire, network) { return 2 * latency(wire) + 2 * (latency(wire) + 2 * parameters[network] / bandwidth(wire)) }
function twoRanksMeasured(wire, network) { return 2 * latency(wire) + 2 * measuredExchange(wire, 2 * parameters[network]) }

function printValidation(    i, w, work, whole, predicted, byLength, measured) {
    print "## Two ranks: the model and what was measured\n"
    print "Milliseconds of a step with 4 shards and one thread in each rank, both on this machine."
    print "The first prediction has messages of a + n / b, the second those of their own length.\n"
    print "| network | connection | messages | predicted | error | predicted, by length | error | measured | times as fast as one rank | predicted |"
    print "|---|---|---|---|---|---|---|---|---|---|"
    for (i = 1; i in networks; i++) {
        if (!counts[networks[i], "beside"])
            continue
        parts(networks[i], "beside")
        work = 2 * c + A + A / 2 + u / 2
        whole = median(networks[i], "alone")
        printf "| %s | one rank | 0 | %s | | | | %s | 1 | 1 |\n", networks[i], ms(whole), ms(whole)
        for (w = 1; w in wires; w++) {
            if (!(measured = median(networks[i], wires[w])))
                continue
            predicted = work + twoRanks(wires[w], networks[i])
            byLength = work + twoRanksMeasured(wires[w], networks[i])
            printf "| %s | %s | %s | %s | %+.0f %% | %s | %+.0f %% | %s (%s) | %.2f | %.2f |\n", networks[i], wires[w], \
                ms(predicted - work), ms(predicted), 100 * (predicted / measured - 1), ms(byLength), 100 * (byLength / measured - 1), \
                ms(measured), range(networks[i], wires[w]), whole / measured, whole / predicted
        }
    }
    print ""
}

# ratio of two variants: the median of the ratios of the rounds.
function ratio(network, above, below,    i) {
    counts["ratio", network above below] = 0
    for (i = 1; i <= counts[network, above] && i <= counts[network, below]; i++)
        values["ratio", network above below, ++counts["ratio", network above below]] = values[network, above, i] / values[network, below, i]
    return median("ratio", network above below)
}

function printThreads(    i) {
    print "## Two ranks with one thread, and one process with two\n"
    print "The ratio is the time of one process with two threads over that of two ranks in shared memory, the median over the rounds; above 1, two"
    print "ranks are faster. 4 / 4: both have 4 shards; 2 / 1: the ranks have 2, and the process does not cut its batch. Milliseconds of a step.\n"
    print "| network | goal | ratio, 4 / 4 | ratio, 2 / 1 | ranks, 4 shards | ranks, 2 shards | threads, 4 shards | threads, 1 shard |"
    print "|---|---|---|---|---|---|---|---|"
    for (i = 1; i in networks; i++) {
        if (counts[networks[i], "threads"])
            printf "| %s | %s | %.2f | %.2f | %s | %s | %s | %s |\n", networks[i], i == 1 ? "" : "0.9", \
                ratio(networks[i], "threads", "memory"), ratio(networks[i], "threads-whole", "ranks-2-shards"), \
                ms(median(networks[i], "memory")), ms(median(networks[i], "ranks-2-shards")), \
                ms(median(networks[i], "threads")), ms(median(networks[i], "threads-whole"))
    }
    print ""
}

# A shard costs c0 whatever its length, and c1 for each example: from steps with 4 and 16 shards. The network of 100 million parameters has
# the costs of W3 for each parameter.
function costs(network,    source, scale) {
    source = network == "W100" ? "W3" : network
    scale = parameters[network] / parameters[source]
    parts(source, "alone")
    c0 = (median(source, "alone-16") - median(source, "alone")) / 12 - A
    if (c0 < 0) c0 = 0
    c1 = scale * (c - c0) / (batch[source] / 4)
    c0 *= scale; A *= scale; u *= scale
}

# collect: the nodes that the shards from..to have whole, as ShardTree.NodesOf.
function collect(start, end, from, to,    middle) {
    if (start >= to || end <= from) return 0
    if (from <= start && end <= to) return 1
    middle = start + int((end - start) / 2)
    return collect(start, middle, from, to) + collect(middle, end, from, to)
}

# spread: S shards on R ranks; mostShards, mostNodes: of the busiest rank; allNodes: of all.
function spread(R, S,    r, from, to, n) {
    mostShards = mostNodes = allNodes = 0
    for (r = 0; r < R; r++) {
        from = int(S * r / R); to = int(S * (r + 1) / R)
        n = collect(0, S, from, to)
        allNodes += n
        if (to - from > mostShards) mostShards = to - from
        if (n > mostNodes) mostNodes = n
    }
}

# exchange: between two machines; a long message waits for a request and an answer first (65,536 bytes: btl_tcp_eager_limit).
function exchange(n, rate, delay) {
    return latency("tcp") + delay + n / bandwidth(rate) + (n > 65536 ? 2 * delay : 0)
}

# step: seconds of a step of R ranks, each on a machine of its own, with B examples and as many shards as there are ranks, at least 4,
# rounded up to a power of two.
function step(network, R, B, rate, delay,    S, part, examples, shards, x) {
    for (S = 4; S < R; S *= 2);
    spread(R, S)
    examples = R == 1 ? B : int(B / S * mostShards + 0.999)
    shards = mostShards < examples ? mostShards : examples
    part = 4 * parameters[network] / R
    x = shards * c0 + examples * c1 + (mostShards - mostNodes) * A + (allNodes - 1) * A / R + u / R
    if (R > 1)
        x += (R - 1) * (exchange(8 * mostShards, rate, delay) + (mostNodes + 1) * exchange(part, rate, delay) \
            + exchange(1, rate, delay))
    return x
}

function printProjection(    i, r, d, all, rates) {
    if (!isMeasured("1gbit") || !counts["W1", "alone-16"])
        return
    split("W1 W2 W3 W100", all, " ")
    split("1gbit 10gbit", rates, " ")
    print "## What the model says about more ranks\n"
    print "Not measured. Each rank is a machine of its own with one thread; delay: of a message, on the way. Speed: as a multiple of one rank."
    print "W100 is 784-7200-7200-6000-10 with W3's costs for each parameter. With 1,000 ranks there are 1,024 shards.\n"
    print "| network | batch | connection | delay | 2 ranks | 8 | 64 | 1,000 | fastest | speed | batch for each rank: 8 | 64 | 1,000 |"
    print "|---|---|---|---|---|---|---|---|---|---|---|---|---|"
    for (i = 1; i in all; i++) {
        if (!counts[all[i] == "W100" ? "W3" : all[i], "alone-16"])
            continue
        costs(all[i])
        for (r = 1; r in rates; r++)
            for (d = 5e-5; d <= 1e-3; d *= 20)
                printProjected(all[i], rates[r], d)
    }
}

function printProjected(network, rate, delay,    B, one, best, R, speed, most) {
    B = batch[network]
    one = step(network, 1, B, rate, delay)
    best = most = 1
    for (R = 2; R <= 1024; R *= 2) {
        speed = one / step(network, R, B, rate, delay)
        if (speed > most) { most = speed; best = R }
    }
    printf "| %s | %d | %s | %s us | %.2f | %.2f | %.2f | %.3f | %d | %.2f | %.1f | %.1f | %.1f |\n", network, B, rate, delay * 1e6, \
        one / step(network, 2, B, rate, delay), one / step(network, 8, B, rate, delay), one / step(network, 64, B, rate, delay), \
        one / step(network, 1000, B, rate, delay), best, most, 8 * one / step(network, 8, 8 * B, rate, delay), \
        64 * one / step(network, 64, 64 * B, rate, delay), 1000 * one / step(network, 1000, 1000 * B, rate, delay)
}
