// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// What elements are, for all that goes over pixels. Included by the sources of this module alone.

#pragma once

#include "CPixels.h"

#define INLINE static inline __attribute__((always_inline))
#if defined(__x86_64__)
#define WITH_AVX2 __attribute__((target("avx2")))
#endif

#ifdef WITH_AVX2
INLINE int uses_avx2(void) {
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2");
}
#endif

/// Calls X(NAME, TYPE, IS_REAL, IS_SIGNED, HAS_FLAGS, GREATEST) for each type.
///
/// `GREATEST` is the flag value of integers; types of one byte have none, for 255 and 127 are plain counts there as often
/// as not.
#define CPIXELS_TYPES(X)                                                                                               \
    X(int8, int8_t, 0, 1, 0, 0)                                                                                        \
    X(uint8, uint8_t, 0, 0, 0, 0)                                                                                      \
    X(int16, int16_t, 0, 1, 1, INT16_MAX)                                                                              \
    X(uint16, uint16_t, 0, 0, 1, UINT16_MAX)                                                                           \
    X(int32, int32_t, 0, 1, 1, INT32_MAX)                                                                              \
    X(uint32, uint32_t, 0, 0, 1, UINT32_MAX)                                                                           \
    X(int64, int64_t, 0, 1, 1, INT64_MAX)                                                                              \
    X(uint64, uint64_t, 0, 0, 1, UINT64_MAX)                                                                           \
    X(float32, float, 1, 1, 0, 0)                                                                                      \
    X(float64, double, 1, 1, 0, 0)

/// The value is the greatest of its type, or the one below it where the type is unsigned: a flag by custom.
#define IS_FLAG(VALUE, TYPE, IS_SIGNED, HAS_FLAGS, GREATEST)                                                           \
    ((HAS_FLAGS) && ((VALUE) == (TYPE)(GREATEST) || (!(IS_SIGNED) && (VALUE) == (TYPE)((GREATEST)-1))))

/// Bytes of an element.
static inline size_t width_of(enum cpixels_type type) {
#define CASE(NAME, TYPE, ...)                                                                                          \
    case cpixels_##NAME: return sizeof(TYPE);
    switch (type) { CPIXELS_TYPES(CASE) }
#undef CASE
    return 8;
}
