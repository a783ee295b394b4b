// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "CPixels.h"

#include <math.h>
#include <string.h>

// One loop for each type: what decides is known when it is compiled. `GREATEST` is the flag value of integers; types of
// one byte have none, for 255 and 127 are plain counts there as often as not.
#define COUNT(NAME, TYPE, IS_REAL, IS_SIGNED, HAS_FLAGS, GREATEST)                                                     \
    static void count_##NAME(const uint8_t *bytes, size_t count, const uint8_t *mask, double least, double most,       \
                             struct cpixels_counts *out) {                                                             \
        const double ceiling = most, floor_of_counts = least;                                                          \
        double lowest = INFINITY, greatest = -INFINITY, sum = 0, lowest_of_all = INFINITY, above_top = -INFINITY;      \
        for (size_t i = 0; i < count; i++) {                                                                           \
            TYPE value;                                                                                                \
            memcpy(&value, bytes + i * sizeof(TYPE), sizeof(TYPE));                                                    \
            if (mask && mask[i]) {                                                                                     \
                out->masked++;                                                                                         \
                continue;                                                                                              \
            }                                                                                                          \
            const double number = (double)value;                                                                       \
            if (IS_REAL && !isfinite(number)) {                                                                        \
                out->broken++;                                                                                         \
                continue;                                                                                              \
            }                                                                                                          \
            if (number < lowest_of_all) lowest_of_all = number;                                                        \
            if (HAS_FLAGS && value == (TYPE)(GREATEST)) {                                                              \
                out->at_greatest++;                                                                                    \
                continue;                                                                                              \
            }                                                                                                          \
            if (HAS_FLAGS && !(IS_SIGNED) && value == (TYPE)((GREATEST)-1)) {                                          \
                out->at_second++;                                                                                      \
                continue;                                                                                              \
            }                                                                                                          \
            if ((IS_SIGNED) && value < 0) out->negative++;                                                             \
            if (number < floor_of_counts) {                                                                            \
                out->below++;                                                                                          \
                continue;                                                                                              \
            }                                                                                                          \
            if (number > ceiling) {                                                                                    \
                out->above++;                                                                                          \
                if (number > above_top) above_top = number;                                                            \
                continue;                                                                                              \
            }                                                                                                          \
            out->valid++;                                                                                              \
            if (value == 0) out->zero++;                                                                               \
            if (number < lowest) lowest = number;                                                                      \
            if (number > greatest) greatest = number;                                                                  \
            sum += number;                                                                                             \
        }                                                                                                              \
        out->lowest = lowest;                                                                                          \
        out->greatest = greatest;                                                                                      \
        out->sum = sum;                                                                                                \
        out->lowest_of_all = lowest_of_all;                                                                            \
        out->greatest_above = above_top;                                                                               \
        if (out->valid == 0) return;                                                                                   \
        for (size_t i = 0; i < count; i++) {                                                                           \
            TYPE value;                                                                                                \
            memcpy(&value, bytes + i * sizeof(TYPE), sizeof(TYPE));                                                    \
            if (mask && mask[i]) continue;                                                                             \
            const double number = (double)value;                                                                       \
            if (number == greatest)                                                                                    \
                out->at_top++;                                                                                         \
            else if (number < greatest && number >= greatest - 10 && number >= floor_of_counts)                        \
                out->near_top++;                                                                                       \
        }                                                                                                              \
    }

COUNT(int8, int8_t, 0, 1, 0, 0)
COUNT(uint8, uint8_t, 0, 0, 0, 0)
COUNT(int16, int16_t, 0, 1, 1, INT16_MAX)
COUNT(uint16, uint16_t, 0, 0, 1, UINT16_MAX)
COUNT(int32, int32_t, 0, 1, 1, INT32_MAX)
COUNT(uint32, uint32_t, 0, 0, 1, UINT32_MAX)
COUNT(int64, int64_t, 0, 1, 1, INT64_MAX)
COUNT(uint64, uint64_t, 0, 0, 1, UINT64_MAX)
COUNT(float32, float, 1, 1, 0, 0)
COUNT(float64, double, 1, 1, 0, 0)

void cpixels_count(const void *pixels, enum cpixels_type type, size_t count, const uint8_t *mask, double least,
                   double most, struct cpixels_counts *out) {
    memset(out, 0, sizeof *out);
    out->pixels = count;
    switch (type) {
    case cpixels_int8: count_int8(pixels, count, mask, least, most, out); break;
    case cpixels_uint8: count_uint8(pixels, count, mask, least, most, out); break;
    case cpixels_int16: count_int16(pixels, count, mask, least, most, out); break;
    case cpixels_uint16: count_uint16(pixels, count, mask, least, most, out); break;
    case cpixels_int32: count_int32(pixels, count, mask, least, most, out); break;
    case cpixels_uint32: count_uint32(pixels, count, mask, least, most, out); break;
    case cpixels_int64: count_int64(pixels, count, mask, least, most, out); break;
    case cpixels_uint64: count_uint64(pixels, count, mask, least, most, out); break;
    case cpixels_float32: count_float32(pixels, count, mask, least, most, out); break;
    case cpixels_float64: count_float64(pixels, count, mask, least, most, out); break;
    }
}

static uint64_t word(const uint8_t *bytes) {
    uint64_t value;
    memcpy(&value, bytes, 8);
    return value;
}

/// The two halves of a product of 128 bits, folded.
static uint64_t folded(uint64_t a, uint64_t b) {
    const unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t cpixels_digest(const uint8_t *bytes, size_t count) {
    // Odd numbers without a pattern: the fractional parts of the square roots of 2, 3, 5 and 7.
    const uint64_t key[4] = {0x6A09E667F3BCC909, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1};
    uint64_t lane[4] = {key[0] ^ count, key[1], key[2], key[3]};
    size_t done = 0;
    for (; count - done >= 64; done += 64)
        for (int i = 0; i < 4; i++)
            lane[i] = folded(word(bytes + done + 16 * i) ^ key[i], word(bytes + done + 16 * i + 8) ^ lane[i]) + key[i];
    uint8_t rest[64] = {0};
    memcpy(rest, bytes + done, count - done);
    for (int i = 0; i < 4; i++)
        lane[i] = folded(word(rest + 16 * i) ^ key[i], word(rest + 16 * i + 8) ^ lane[i]) + key[i];
    return folded(lane[0] ^ key[1], lane[1] ^ key[2]) ^ folded(lane[2] ^ key[3], lane[3] ^ key[0]);
}

void cpixels_flags(const uint8_t *mask, size_t count, size_t width, uint8_t *out) {
    for (size_t i = 0; i < count; i++) {
        uint8_t any = 0;
        for (size_t j = 0; j < width; j++) any |= mask[i * width + j];
        out[i] = any != 0;
    }
}
