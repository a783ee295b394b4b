#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0

# Remote archives: real servers on the loopback interface, good and bad, and what `check --online` says of each.
#
# remote.sh PROGRAM TEMPLATE [NGINX.CONF]: the program, a description of four CBF frames in an archive, and the
# configuration of nginx (else $IMPRIMATUR_SHARED/oracles/servers/nginx.conf). PYTHON names one with h5py. Servers are
# ended by the numbers that were noted when they were started.
set -u
program=$(realpath "$1")
# No resolver of DOIs is asked: the descriptions have invented ones.
export IMPRIMATUR_DOI_RESOLVER=
template=$(realpath "$2")
here=$(dirname "$(realpath "$0")")
conf=${3:-${IMPRIMATUR_SHARED:-$here/../../../shared}/oracles/servers/nginx.conf}
python=${PYTHON:-python3}
export IMPRIMATUR_RULES=${IMPRIMATUR_RULES:-$here/../../rules}
for need in nginx "$python"; do
    command -v "$need" >/dev/null || { echo "skipped: remote archives need $need (apt-get install nginx-light python3)"; exit 0; }
done
[ -f "$conf" ] || { echo "skipped: remote archives need the configuration of nginx, '$conf'"; exit 0; }

folder=$(mktemp -d)
servers=()
trap 'for pid in "${servers[@]}"; do kill "$pid" 2>/dev/null; done; wait 2>/dev/null; rm -rf "$folder"' EXIT
free() { "$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
port=$(free)
bad=$(free)
unsigned=$(free)
mkdir -p "$folder/nginx/www" "$folder/nginx/tmp" "$folder/cif"
# Root's nginx gives its work to another user, who has to reach the files.
chmod -R 755 "$folder"
sed "s/58080/$port/" "$conf" >"$folder/nginx/nginx.conf"
"$python" "$here/make_remote.py" "$template" "$folder/nginx/www" "$folder/cif" "$port" "$bad" "$unsigned" || exit 1
nginx -p "$folder/nginx" -c "$folder/nginx/nginx.conf" -e "$folder/nginx/error.log" 2>/dev/null &
servers+=($!)
"$python" "$here/bad_server.py" "$folder/nginx/www/small.zip" "$bad" &
servers+=($!)
if command -v openssl >/dev/null && openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 \
    -addext subjectAltName=IP:127.0.0.1 -keyout "$folder/key" -out "$folder/certificate" 2>/dev/null; then
    cat "$folder/key" >>"$folder/certificate"
    "$python" "$here/bad_server.py" "$folder/nginx/www/small.zip" "$unsigned" "$folder/certificate" &
    servers+=($!)
fi
for _ in $(seq 50); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && (exec 3<>"/dev/tcp/127.0.0.1/$bad") 2>/dev/null && break
    sleep 0.1
done
log=$folder/nginx/access.log
cat >"$folder/quick.json5" <<'END'
{ name: "quick", extends: ["default"], failAt: "B", rules: {
  "DATA-003": { off: "the servers are of this machine" },
  "DATA-004": { parameters: { timeout: 2, retries: 1 } },
} }
END

failed=0
good=0
fail() { failed=$((failed + 1)); echo "FAILED: $*"; }

# expect NAME WORDS CODE [MOST SECONDS] [OPTION …]: what is said of a description, among other things.
expect() {
    local name=$1 words=$2 code=$3 most=$4 start=$SECONDS
    shift 4
    output=$("$program" check -a --online --allow-private --profile "$folder/quick.json5" "$@" \
        "$folder/cif/$name.cif" 2>&1)
    local found=$? took=$((SECONDS - start))
    local flat=$(echo "$output" | tr -s ' \n' ' ')
    if ! grep -qE -- "$words" <<<"$flat"; then
        fail "$name does not say '$words':"
        echo "$output" | grep -nE "DATA-0(04|05|12|23|24)|IMAGE|http" | head -12
    elif [ "$found" != "$code" ]; then fail "$name ends with $found instead of $code"
    elif [ "$took" -gt "$most" ]; then fail "$name takes $took s, more than $most"
    else
        good=$((good + 1))
        printf '%-22s %s (exit %s, %s s)\n' "$name" "$(grep -oE -- "$words" <<<"$flat" | head -1)" "$found" "$took"
    fi
}

# budget NAME REQUESTS BYTES: what the log of the server has for one description, with the words of the frame.
budget() {
    local name=$1 requests=$2 bytes=$3
    shift 3
    : >"$log"
    output=$("$program" check -a --online --allow-private "$@" "$folder/cif/$name.cif" 2>&1)
    sleep 0.2
    local count sum
    count=$(wc -l <"$log")
    sum=$(awk '{ sum += $NF } END { print sum + 0 }' "$log")
    if [ "$count" -gt "$requests" ] || [ "$sum" -gt "$bytes" ]; then
        fail "$name: $count requests of $requests, $sum bytes of $bytes"
        cat "$log"
    else
        good=$((good + 1))
        echo "$name $*: $count of $requests requests, $sum of $bytes bytes"
    fi
}

frame=$((1000 * 640 * 4))
# says WORDS: among what the last budget printed.
says() { grep -qF -- "$1" <<<"$(tr -s ' \n' ' ' <<<"$output")" || fail "'$1' is not said"; }
budget large-zip 4 $((frame + 200000))
says "IMAGE-013 frame 1 of scan 's1' read: mean 0.05, maximum 97"
budget large-zip 4 $((frame + 200000)) --isolate
# A tree of version 1 that has grown takes a request for its root and one for a leaf; arrays, as libver 'latest' has, none.
for version in earliest latest; do
    most=$([ $version = earliest ] && echo 4 || echo 3)
    if [ -f "$folder/cif/large-hdf5-$version.cif" ]; then
        budget large-hdf5-$version "$most" $((frame + 200000))
        says "IMAGE-013 frame 1 of scan 's1' read: mean 48, maximum 96"
        budget middle-hdf5-$version 4 $((frame + 200000))
        says "IMAGE-013 frame 1 of scan 's1' read: mean 44, maximum 88"
        budget large-hdf5-$version 3 262144 --frames none
        budget large-hdf5-$version "$most" $((frame + 200000)) --isolate
    else
        echo "skipped: large-hdf5-$version needs h5py (PYTHON names one that has it)"
    fi
done

. "$here/remote_cases.sh"
echo "$good as expected, $failed not"
[ "$failed" = 0 ]
