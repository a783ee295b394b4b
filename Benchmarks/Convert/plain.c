// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// What a plain loop takes to decode the byte_offset image of a CBF file: least milliseconds of the rounds, and the sum of
// the pixels. Differences of 1, 2 and 4 bytes.
//
// usage: plain ROUNDS FILE ELEMENTS

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

__attribute__((noinline)) static void decode(const uint8_t *in, int32_t *out, size_t count) {
    int32_t value = 0;
    for (size_t i = 0; i < count; i++) {
        int8_t small = (int8_t)*in++;
        if (small != -128) {
            value += small;
        } else {
            int16_t middle;
            memcpy(&middle, in, 2);
            in += 2;
            if (middle != -32768) {
                value += middle;
            } else {
                int32_t large;
                memcpy(&large, in, 4);
                in += 4;
                value += large;
            }
        }
        out[i] = value;
    }
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    const size_t count = strtoul(argv[3], NULL, 10);
    FILE *file = fopen(argv[2], "rb");
    if (!file) return 3;
    fseek(file, 0, SEEK_END);
    const size_t size = (size_t)ftell(file);
    rewind(file);
    uint8_t *bytes = malloc(size + 16);
    int32_t *pixels = malloc(count * 4);
    if (!bytes || !pixels || fread(bytes, 1, size, file) != size) return 3;
    const uint8_t *start = memmem(bytes, size, "\x0c\x1a\x04\xd5", 4);
    if (!start) return 3;
    double best = 1e12;
    for (int round = 0; round < atoi(argv[1]); round++) {
        const double begin = now();
        decode(start + 4, pixels, count);
        const double taken = now() - begin;
        if (taken < best) best = taken;
    }
    uint32_t sum = 0;
    for (size_t i = 0; i < count; i++) sum += (uint32_t)pixels[i];
    printf("%f %u\n", best, sum);
    return 0;
}
