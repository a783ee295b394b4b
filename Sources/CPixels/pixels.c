// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "CPixels.h"

#include "counting.h"
#include "types.h"

#include <math.h>
#include <string.h>

// One loop for each type: what decides is known when it is compiled.
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

CPIXELS_TYPES(COUNT)

COUNT_INTEGERS(i8, int8_t, int32_t, 1, 0, INT8_MAX)
COUNT_INTEGERS(u8, uint8_t, int32_t, 0, 0, UINT8_MAX)
COUNT_INTEGERS(i16, int16_t, int32_t, 1, 1, INT16_MAX)
COUNT_INTEGERS(u16, uint16_t, int32_t, 0, 1, UINT16_MAX)
COUNT_INTEGERS(i32, int32_t, int32_t, 1, 1, INT32_MAX)
COUNT_INTEGERS(u32, uint32_t, uint32_t, 0, 1, UINT32_MAX)

// The same loop for each type, with a mask and without.
#define RUN(NAME, LANE)                                                                                                \
    if (mask)                                                                                                          \
        body_##NAME(bytes, count, mask, 1, (LANE)low, (LANE)high, digest, out);                                        \
    else                                                                                                               \
        body_##NAME(bytes, count, mask, 0, (LANE)low, (LANE)high, digest, out);                                        \
    break

INLINE void count_integers(enum cpixels_type type, const uint8_t *bytes, size_t count, const uint8_t *mask, int64_t low,
                           int64_t high, struct digest *digest, struct cpixels_counts *out) {
    switch (type) {
    case cpixels_int8: RUN(i8, int32_t);
    case cpixels_uint8: RUN(u8, int32_t);
    case cpixels_int16: RUN(i16, int32_t);
    case cpixels_uint16: RUN(u16, int32_t);
    case cpixels_int32: RUN(i32, int32_t);
    case cpixels_uint32: RUN(u32, uint32_t);
    default: break;
    }
}

static void count_plainly(enum cpixels_type type, const uint8_t *bytes, size_t count, const uint8_t *mask, int64_t low,
                          int64_t high, struct digest *digest, struct cpixels_counts *out) {
    count_integers(type, bytes, count, mask, low, high, digest, out);
}

#ifdef WITH_AVX2
WITH_AVX2 static void count_with_avx2(enum cpixels_type type, const uint8_t *bytes, size_t count, const uint8_t *mask,
                                      int64_t low, int64_t high, struct digest *digest, struct cpixels_counts *out) {
    count_integers(type, bytes, count, mask, low, high, digest, out);
}
#endif

/// The integers of a type that may be counts, flags left out.
struct range {
    int64_t low, high;
};

/// - `is_narrow`: set to 0 for types that the loops over blocks do not take.
static struct range range_of(enum cpixels_type type, int *is_narrow) {
    *is_narrow = 1;
    switch (type) {
    case cpixels_int8: return (struct range){INT8_MIN, INT8_MAX};
    case cpixels_uint8: return (struct range){0, UINT8_MAX};
    case cpixels_int16: return (struct range){INT16_MIN, INT16_MAX - 1};
    case cpixels_uint16: return (struct range){0, UINT16_MAX - 2};
    case cpixels_int32: return (struct range){INT32_MIN, INT32_MAX - 1};
    case cpixels_uint32: return (struct range){0, (int64_t)UINT32_MAX - 2};
    default: *is_narrow = 0; return (struct range){0, -1};
    }
}

static void count_one_by_one(const void *pixels, enum cpixels_type type, size_t count, const uint8_t *mask,
                             double least, double most, struct cpixels_counts *out) {
#define CASE(NAME, ...)                                                                                                \
    case cpixels_##NAME: count_##NAME(pixels, count, mask, least, most, out); break;
    switch (type) { CPIXELS_TYPES(CASE) }
#undef CASE
}

void cpixels_count(const void *pixels, enum cpixels_type type, size_t count, const uint8_t *mask, double least,
                   double most, enum cpixels_way way, uint64_t *digest, struct cpixels_counts *out) {
    memset(out, 0, sizeof *out);
    out->pixels = count;
    out->lowest = out->lowest_of_all = INFINITY;
    out->greatest = out->greatest_above = -INFINITY;
    const size_t bytes = count * width_of(type);
    int is_narrow;
    struct range range = range_of(type, &is_narrow);
    // What is no number limits nothing; limits between integers are taken to the integers inside.
    if (isnan(least)) least = -INFINITY;
    if (isnan(most)) most = INFINITY;
    if (least > (double)range.low) range.low = least > (double)range.high ? range.high + 1 : (int64_t)ceil(least);
    if (most < (double)range.high) range.high = most < (double)range.low ? range.low - 1 : (int64_t)floor(most);
    if (way == cpixels_one_by_one || !is_narrow || range.low > range.high) {
        count_one_by_one(pixels, type, count, mask, least, most, out);
        if (digest) *digest = cpixels_digest(pixels, bytes);
        return;
    }
    struct digest running = digest_start(bytes), *wanted = digest ? &running : 0;
#ifdef WITH_AVX2
    if (way == cpixels_fastest && uses_avx2())
        count_with_avx2(type, pixels, count, mask, range.low, range.high, wanted, out);
    else
#endif
        count_plainly(type, pixels, count, mask, range.low, range.high, wanted, out);
    if (digest) *digest = digest_end(&running, (const uint8_t *)pixels + bytes / 64 * 64, bytes % 64);
}

INLINE uint64_t digested(const uint8_t *bytes, size_t count) {
    struct digest digest = digest_start(count);
    digest_add(&digest, bytes, count);
    return digest_end(&digest, bytes + count / 64 * 64, count % 64);
}

#ifdef WITH_AVX2
WITH_AVX2 static uint64_t digested_with_avx2(const uint8_t *bytes, size_t count) { return digested(bytes, count); }
#endif

uint64_t cpixels_digest(const uint8_t *bytes, size_t count) {
#ifdef WITH_AVX2
    if (uses_avx2()) return digested_with_avx2(bytes, count);
#endif
    return digested(bytes, count);
}

void cpixels_flags(const uint8_t *mask, size_t count, size_t width, uint8_t *out) {
    for (size_t i = 0; i < count; i++) {
        uint8_t any = 0;
        for (size_t j = 0; j < width; j++) any |= mask[i * width + j];
        out[i] = any != 0;
    }
}
