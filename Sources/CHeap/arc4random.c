// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// The Swift runtime asks arc4random_buf(3) for the seed of its hashes. The C library has it since 2.36; a program that brings
// its own runs with 2.34 as well, which enterprise systems of 2022 have. The bytes come from the kernel, as those of
// the C library do.

#define _DEFAULT_SOURCE
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/random.h>

void arc4random_buf(void *bytes, size_t count) {
    unsigned char *place = bytes;
    while (count > 0) {
        // Up to 256 bytes come whole and are not interrupted.
        ssize_t given = getrandom(place, count < 256 ? count : 256, 0);
        if (given < 0 && errno == EINTR) continue;
        if (given <= 0) abort();
        place += given;
        count -= (size_t)given;
    }
}
