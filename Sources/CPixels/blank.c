// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "types.h"

#include <string.h>

/// 0 where all bytes are 0.
INLINE uint8_t any(const uint8_t *bytes, size_t count) {
    uint8_t met = 0;
    for (size_t i = 0; i < count; i++) met |= bytes[i];
    return met;
}

INLINE void squares(const uint8_t *bytes, size_t width, size_t fast, size_t slow, size_t side, const uint8_t *mask,
                    uint8_t *out) {
    const size_t across = fast / side, along = slow / side;
    for (size_t y = 0; y < along; y++)
        for (size_t x = 0; x < across; x++) {
            const size_t first = y * side * fast + x * side;
            uint8_t met = 0;
            for (size_t row = 0; row < side && !met; row++) met = any(bytes + (first + row * fast) * width, side * width);
            size_t masked = 0;
            if (!met && mask)
                for (size_t row = 0; row < side; row++)
                    for (size_t i = 0; i < side; i++) masked += mask[first + row * fast + i] != 0;
            out[y * across + x] = !met && 2 * masked <= side * side;
        }
}

INLINE void lines(const uint8_t *bytes, size_t width, size_t fast, size_t slow, uint8_t *rows, uint8_t *columns) {
    memset(columns, 1, fast);
    for (size_t row = 0; row < slow; row++) {
        const uint8_t *line = bytes + row * fast * width;
        rows[row] = any(line, fast * width) == 0;
        if (rows[row]) continue;
        for (size_t i = 0; i < fast; i++) columns[i] &= any(line + i * width, width) == 0;
    }
}

#ifdef WITH_AVX2
WITH_AVX2 static void squares_with_avx2(const uint8_t *bytes, size_t width, size_t fast, size_t slow, size_t side,
                                        const uint8_t *mask, uint8_t *out) {
    squares(bytes, width, fast, slow, side, mask, out);
}
#endif

void cpixels_blank(const uint8_t *bytes, size_t width, size_t fast, size_t slow, size_t side, const uint8_t *mask,
                   uint8_t *out) {
    if (side == 0) return;
#ifdef WITH_AVX2
    if (uses_avx2()) return squares_with_avx2(bytes, width, fast, slow, side, mask, out);
#endif
    squares(bytes, width, fast, slow, side, mask, out);
}

void cpixels_blank_lines(const uint8_t *bytes, size_t width, size_t fast, size_t slow, uint8_t *rows,
                         uint8_t *columns) {
    switch (width) {
    case 1: lines(bytes, 1, fast, slow, rows, columns); break;
    case 2: lines(bytes, 2, fast, slow, rows, columns); break;
    case 4: lines(bytes, 4, fast, slow, rows, columns); break;
    case 8: lines(bytes, 8, fast, slow, rows, columns); break;
    default: memset(rows, 0, slow); memset(columns, 0, fast);
    }
}
