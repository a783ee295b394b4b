// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// What linked libraries ask the C library for and older ones do not have: random bytes (2.36) and the length of two floats
// (2.35 for the form that sets no errno). A program that brings its own runs where they are not.

#define _DEFAULT_SOURCE
#include <errno.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
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

uint32_t arc4random(void) {
    uint32_t number;
    arc4random_buf(&number, sizeof number);
    return number;
}

float hypotf(float x, float y) {
    if (isinf(x) || isinf(y)) return INFINITY;
    // The squares of floats are exact, and far from the largest double.
    return (float)sqrt((double)x * x + (double)y * y);
}
