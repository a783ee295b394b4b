// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "types.h"

#include <math.h>
#include <string.h>

enum { reach = 2, around = 24, times = 10, stretch = 32 };

/// The median of some numbers, which are put in order.
static float median(float *values, size_t count) {
    for (size_t i = 1; i < count; i++) {
        const float value = values[i];
        size_t at = i;
        for (; at > 0 && values[at - 1] > value; at--) values[at] = values[at - 1];
        values[at] = value;
    }
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

#define HOT(NAME, TYPE, IS_REAL, IS_SIGNED, HAS_FLAGS, GREATEST)                                                       \
    INLINE double count_##NAME(const uint8_t *bytes, size_t at, const uint8_t *mask, double least,              \
                                      double most) {                                                                   \
        TYPE value;                                                                                                    \
        memcpy(&value, bytes + at * sizeof(TYPE), sizeof(TYPE));                                                       \
        const double exact = (double)value;                                                                            \
        const int is_none = (mask && mask[at]) || ((IS_REAL) && !isfinite(exact)) || exact < least || exact > most ||  \
                            IS_FLAG(value, TYPE, IS_SIGNED, HAS_FLAGS, GREATEST);                                      \
        return is_none ? NAN : exact;                                                                                  \
    }                                                                                                                  \
    INLINE int is_hot_##NAME(const uint8_t *bytes, size_t fast, size_t slow, size_t at, const uint8_t *mask,           \
                             double least, double most, struct cpixels_hot_pixel *out) {                               \
        TYPE plain;                                                                                                    \
        memcpy(&plain, bytes + at * sizeof(TYPE), sizeof(TYPE));                                                       \
        if (!(plain > times)) return 0;                                                                                \
        const size_t row = at / fast, column = at % fast;                                                              \
        const double value = count_##NAME(bytes, at, mask, least, most);                                               \
        if (!(value > times)) return 0;                                                                                \
        /* Of most pixels the neighbours in the row tell at once that they are like others. */                         \
        if (column > 0 && column + 1 < fast                                                                            \
            && count_##NAME(bytes, at - 1, mask, least, most) * times > value                                          \
            && count_##NAME(bytes, at + 1, mask, least, most) * times > value)                                         \
            return 0;                                                                                                  \
        float others[around];                                                                                          \
        size_t count = 0, strong = 0;                                                                                  \
        const size_t low = row < reach ? 0 : row - reach, left = column < reach ? 0 : column - reach;                  \
        for (size_t r = low; r < slow && r <= row + reach; r++)                                                        \
            for (size_t c = left; c < fast && c <= column + reach; c++) {                                              \
                if (r == row && c == column) continue;                                                                 \
                const double other = count_##NAME(bytes, r * fast + c, mask, least, most);                             \
                if (isnan(other)) continue;                                                                            \
                others[count++] = (float)other;                                                                        \
                const size_t rows = r > row ? r - row : row - r, columns = c > column ? c - column : column - c;       \
                strong += rows < 2 && columns < 2 && other * times > value;                                            \
            }                                                                                                          \
        /* A patch is no single pixel: even its corner has three neighbours of its kind. */                            \
        if (count < around / 3 || strong > 2) return 0;                                                                \
        const float level = median(others, count), floor = level > 1 ? level : 1;                                      \
        if (!(value > (double)floor * times)) return 0;                                                                \
        *out = (struct cpixels_hot_pixel){at, value, (float)(value / (double)floor)};                                  \
        return 1;                                                                                                      \
    }                                                                                                                  \
    INLINE size_t hot_##NAME(const uint8_t *bytes, size_t fast, size_t slow, const uint8_t *mask, double least,        \
                             double most, struct cpixels_hot_pixel *out, size_t room) {                                \
        size_t found = 0;                                                                                              \
        struct cpixels_hot_pixel pixel;                                                                                \
        for (size_t row = 0; row < slow; row++)                                                                        \
            for (size_t from = 0; from < fast; from += stretch) {                                                      \
                /* Most stretches hold nothing that is high enough, which vectors see at once. */                      \
                const size_t start = row * fast + from, end = start + (fast - from < stretch ? fast - from : stretch); \
                int is_high = 0;                                                                                       \
                for (size_t at = start; at < end; at++) {                                                              \
                    TYPE one;                                                                                          \
                    memcpy(&one, bytes + at * sizeof(TYPE), sizeof(TYPE));                                             \
                    is_high |= one > times;                                                                            \
                }                                                                                                      \
                for (size_t at = start; is_high && at < end; at++) {                                                   \
                    if (!is_hot_##NAME(bytes, fast, slow, at, mask, least, most, &pixel)) continue;                    \
                    if (found == room) return room + 1;                                                                \
                    out[found++] = pixel;                                                                              \
                }                                                                                                      \
            }                                                                                                          \
        return found;                                                                                                  \
    }                                                                                                                  \
    INLINE size_t again_##NAME(const uint8_t *bytes, size_t fast, size_t slow, const uint8_t *mask, double least,      \
                               double most, struct cpixels_hot_pixel *pixels, size_t count) {                          \
        size_t found = 0;                                                                                              \
        for (size_t i = 0; i < count; i++)                                                                             \
            if (pixels[i].place < fast * slow)                                                                         \
                found += (size_t)is_hot_##NAME(                                                                        \
                    bytes, fast, slow, (size_t)pixels[i].place, mask, least, most, &pixels[found]);                    \
        return found;                                                                                                  \
    }

CPIXELS_TYPES(HOT)

INLINE size_t hot(const uint8_t *bytes, enum cpixels_type type, size_t fast, size_t slow, const uint8_t *mask,
                  double least, double most, struct cpixels_hot_pixel *out, size_t room) {
#define CASE(NAME, ...)                                                                                                \
    case cpixels_##NAME: return hot_##NAME(bytes, fast, slow, mask, least, most, out, room);
    switch (type) { CPIXELS_TYPES(CASE) }
#undef CASE
    return 0;
}

#ifdef WITH_AVX2
WITH_AVX2 static size_t hot_with_avx2(const uint8_t *bytes, enum cpixels_type type, size_t fast, size_t slow,
                                      const uint8_t *mask, double least, double most, struct cpixels_hot_pixel *out,
                                      size_t room) {
    return hot(bytes, type, fast, slow, mask, least, most, out, room);
}
#endif

size_t cpixels_hot(const uint8_t *bytes, enum cpixels_type type, size_t fast, size_t slow, const uint8_t *mask,
                   double least, double most, struct cpixels_hot_pixel *out, size_t room) {
#ifdef WITH_AVX2
    if (uses_avx2()) return hot_with_avx2(bytes, type, fast, slow, mask, least, most, out, room);
#endif
    return hot(bytes, type, fast, slow, mask, least, most, out, room);
}

size_t cpixels_hot_again(const uint8_t *bytes, enum cpixels_type type, size_t fast, size_t slow, const uint8_t *mask,
                         double least, double most, struct cpixels_hot_pixel *pixels, size_t count) {
    if (fast == 0) return 0;
#define CASE(NAME, ...)                                                                                                \
    case cpixels_##NAME: return again_##NAME(bytes, fast, slow, mask, least, most, pixels, count);
    switch (type) { CPIXELS_TYPES(CASE) }
#undef CASE
    return 0;
}
