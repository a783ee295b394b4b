# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0

# What is said of each server, read by remote.sh: name, words, exit code, most seconds, options.

read="IMAGE-013 frame 1 of scan 's1' read"
expect small-zip "$read" 0 10
expect whole "$read" 0 10
expect moved "$read" 0 10
expect lying "$read" 0 10
expect slow "$read" 0 60
expect moved "$read" 0 10 --isolate
expect whole-large "IMAGE-001 frames of scan 's1': the server sends no parts of files, and the file of [0-9]{10} bytes" 3 10
expect small-zip "IMAGE-001 frames of scan 's1': member 'run/img_00001.cbf' [0-9]+ bytes more would be fetched" 3 10 --max-download 500k
expect far "B DATA-024 [^ ]*: it leads over plain http to another host, 'localhost.invalid'" 3 10
expect loop "B DATA-024 [^ ]*: its redirects lead in a circle" 3 10
expect many "B DATA-024 [^ ]*: it leads over more than 5 redirects" 3 10
if [ -f "$folder/certificate" ]; then
    expect certificate "B DATA-024 [^ ]*: its certificate does not verify" 3 10
else echo "skipped: a certificate that nobody has signed needs openssl"; fi
expect to-local-file "A DATA-004 [^ ]*: the server answers 302 and leads to no address of http or https" 1 10
expect login "A DATA-004 [^ ]*: the server answers with a web page instead of the file" 1 10
expect empty "A DATA-004 [^ ]*: the file is empty" 1 10
expect missing "A DATA-004 [^ ]*: the server answers 404 \(nothing is there\)" 1 10
expect no-host "A DATA-004 [^ ]*: there is no host 'archive.invalid'" 1 10
expect forbidden "DATA-004 [^ ]*: the server answers 403 \(access is refused\)" 3 10
expect broken "DATA-004 [^ ]*: the server answers 500 \(the server has a fault\)" 3 15
expect busy "DATA-004 [^ ]*: the server answers 503 \(busy\), and asks to come back in 1 s" 3 15
expect no-listener "DATA-004 [^ ]*: '127.0.0.1' takes no connection" 3 15
expect cut "DATA-004 [^ ]*: the connection ended before the answer did" 3 15
expect stall "DATA-004 [^ ]*: '127.0.0.1' does not answer in time" 3 40
expect silent "DATA-004 [^ ]*: '127.0.0.1' does not answer in time" 3 40
expect drip "DATA-004 [^ ]*: '127.0.0.1' does not answer in time" 3 40
expect half "IMAGE-001 frames of scan 's1': the connection ended before the answer did" 3 15
expect changing "IMAGE-001 frames of scan 's1': the file changed while it was read" 3 15
expect other-part "IMAGE-001 frames of scan 's1': the part that the server sends is not the one" 3 15

# Without --online no server hears of the file, nor with a file in the place of the location.
: >"$log"
"$program" check "$folder/cif/small-zip.cif" >/dev/null 2>&1
"$program" check --online --allow-private --sub "http://127.0.0.1:$port/small.zip=$folder/nginx/www/small.zip" \
    "$folder/cif/small-zip.cif" >/dev/null 2>&1
"$program" check --online "$folder/cif/small-zip.cif" >/dev/null 2>&1
sleep 0.2
if [ -s "$log" ]; then fail "a server was asked that was not to be: $(head -1 "$log")"; else
    good=$((good + 1))
    echo "no server was asked without --online, under --sub, or at a private address without --allow-private"
fi
