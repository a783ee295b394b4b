// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "unmeasured.h"

#include "types.h"

#include <math.h>
#include <string.h>

static inline void note(uint8_t below, uint8_t minus_one, uint8_t *always, uint8_t *gap, uint8_t *other) {
    *always &= below;
    if (below) {
        *gap |= below & minus_one;
        *other |= below & (uint8_t)~minus_one;
    }
}

#define GATHER(NAME, TYPE, IS_REAL, IS_SIGNED, HAS_FLAGS, GREATEST)                                                    \
    static void gather_##NAME(const uint8_t *bytes, size_t count, double least, uint8_t *always, uint8_t *gap,         \
                              uint8_t *other) {                                                                        \
        for (size_t start = 0; start < count; start += 8) {                                                            \
            const size_t here = count - start < 8 ? count - start : 8;                                                 \
            uint8_t below = (uint8_t)(0xFF << here), minus_one = 0;                                                    \
            for (size_t i = 0; i < here; i++) {                                                                        \
                TYPE value;                                                                                            \
                memcpy(&value, bytes + (start + i) * sizeof(TYPE), sizeof(TYPE));                                      \
                if (!((double)value >= least)) {                                                                       \
                    below |= (uint8_t)(1u << i);                                                                       \
                    if ((IS_SIGNED || IS_REAL) && (double)value == -1) minus_one |= (uint8_t)(1u << i);                \
                }                                                                                                      \
            }                                                                                                          \
            if (here < 8) {                                                                                            \
                const uint8_t mask = (uint8_t)((1u << here) - 1);                                                      \
                *always &= below;                                                                                      \
                *gap |= below & mask & minus_one;                                                                      \
                *other |= below & mask & (uint8_t)~minus_one;                                                          \
            } else {                                                                                                   \
                note(below, minus_one, always, gap, other);                                                            \
            }                                                                                                          \
            always++, gap++, other++;                                                                                  \
        }                                                                                                              \
    }

CPIXELS_TYPES(GATHER)

#if defined(__x86_64__)

#include <immintrin.h>

__attribute__((target("avx2"))) static size_t gather_int32_avx2(const uint8_t *bytes, size_t count, int32_t least,
                                                                uint8_t *always, uint8_t *gap, uint8_t *other) {
    const __m256i limit = _mm256_set1_epi32(least), one = _mm256_set1_epi32(-1);
    size_t at = 0;
    for (; at + 32 <= count; at += 32) {
        __m256i v[4], b[4];
        for (int i = 0; i < 4; i++) {
            v[i] = _mm256_loadu_si256((const __m256i *)(bytes + 4 * at + 32 * i));
            b[i] = _mm256_cmpgt_epi32(limit, v[i]);
        }
        uint32_t below = 0;
        if (!_mm256_testz_si256(_mm256_or_si256(_mm256_or_si256(b[0], b[1]), _mm256_or_si256(b[2], b[3])),
                                _mm256_set1_epi32(-1))) {
            uint32_t minus_one = 0, g, o;
            for (int i = 0; i < 4; i++) {
                below |= (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(b[i])) << (8 * i);
                minus_one |= (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(v[i], one))) << (8 * i);
            }
            memcpy(&g, gap + at / 8, 4);
            memcpy(&o, other + at / 8, 4);
            g |= below & minus_one;
            o |= below & ~minus_one;
            memcpy(gap + at / 8, &g, 4);
            memcpy(other + at / 8, &o, 4);
        }
        uint32_t a;
        memcpy(&a, always + at / 8, 4);
        a &= below;
        memcpy(always + at / 8, &a, 4);
    }
    return at;
}

#endif

void cpixels_gather(const void *pixels, enum cpixels_type type, size_t count, double least, enum cpixels_way way,
                    uint8_t *always, uint8_t *gap, uint8_t *other) {
    const uint8_t *bytes = pixels;
#if defined(__x86_64__)
    if (type == cpixels_int32 && way == cpixels_fastest && least > INT32_MIN && least <= INT32_MAX &&
        __builtin_cpu_supports("avx2")) {
        // What is below a number is below the next whole one.
        const size_t done = gather_int32_avx2(bytes, count, (int32_t)ceil(least), always, gap, other);
        bytes += 4 * done;
        count -= done;
        always += done / 8, gap += done / 8, other += done / 8;
    }
#endif
#define CASE(NAME, ...)                                                                                                \
    case cpixels_##NAME: gather_##NAME(bytes, count, least, always, gap, other); return;
    switch (type) { CPIXELS_TYPES(CASE) }
}
