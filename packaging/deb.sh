#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0

# Makes the Debian package from what `make install DESTDIR=STAGE PREFIX=/usr` laid out: deb.sh STAGE FOLDER.
set -eu
stage=$1 folder=$2
version=$("$stage/usr/bin/imprimatur" --version | awk '{print $NF}')
machine=$(dpkg --print-architecture)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
cp -R "$stage/usr" "$root/usr"
gzip -9n "$root/usr/share/man/man1/imprimatur.1"
mkdir -p "$root/usr/share/doc/imprimatur" "$root/DEBIAN"
cp LICENSE "$root/usr/share/doc/imprimatur/copyright"
libc=$(objdump -T "$stage/usr/bin/imprimatur" | grep -oE 'GLIBC_[0-9.]+' | sort -Vu | tail -1 | cut -d_ -f2)
cat > "$root/DEBIAN/control" <<CONTROL
Package: imprimatur
Version: $version
Architecture: $machine
Maintainer: The Imprimatur authors <imprimatur@localhost>
Section: science
Priority: optional
Installed-Size: $(du -sk "$root/usr" | cut -f1)
Depends: libc6 (>= $libc)
Suggests: libxml2, libarchive13, libcurl4, libmicrohttpd12
Description: check raw diffraction data before they are published
 Reads imgCIF, CBF and NeXus (NXmx) files and says what is wrong, where it
 stands, why it matters and what to write instead. Nothing is modified.
CONTROL
(cd "$root" && find usr -type f | LC_ALL=C sort | xargs -d '\n' md5sum > DEBIAN/md5sums)
chmod -R u+rwX,go+rX,go-w "$root"
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}"
dpkg-deb --root-owner-group -Zxz --build "$root" "$folder/imprimatur_${version}_$machine.deb"
