#!/bin/sh
# Plain ssh: one rank on each machine of the file hosts. Needs, on each: the same nabla and the same MPI in PATH, the data at the same path, and
# a login from this machine without a password. After an interruption: copy the folder model.run to the same path on each machine, unless it is
# shared, and call mpirun with the same options and nabla resume "$HOME/model.run".
set -eu
cd "$(dirname "$0")"
# btl_tcp_flags: Open MPI 4 would send long messages in one direction at a time.
exec mpirun --hostfile hosts -n 2 --bind-to none --mca btl_tcp_flags send \
    nabla train /data/train.npz --shards 8 --epochs 20 --checkpoint-every 5m --out "$HOME/model.safetensors"
