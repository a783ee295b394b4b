// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "spots.h"

#include "types.h"

#include <math.h>
#include <string.h>

enum { side = 32 };

/// One row of counts as floats; NAN where there is none.
#define ROW(NAME, TYPE, IS_REAL, IS_SIGNED, HAS_FLAGS, GREATEST)                                                       \
    static void row_##NAME(const uint8_t *bytes, size_t count, const uint8_t *mask, double least, double most,         \
                           float *out) {                                                                               \
        for (size_t i = 0; i < count; i++) {                                                                           \
            TYPE value;                                                                                                \
            memcpy(&value, bytes + i * sizeof(TYPE), sizeof(TYPE));                                                    \
            const double exact = (double)value;                                                                        \
            const int is_none = (mask && mask[i]) || ((IS_REAL) && !isfinite(exact)) || exact < least ||               \
                                exact > most || IS_FLAG(value, TYPE, IS_SIGNED, HAS_FLAGS, GREATEST);                  \
            out[i] = is_none ? NAN : (float)exact;                                                                     \
        }                                                                                                              \
    }

CPIXELS_TYPES(ROW)

struct source {
    const uint8_t *bytes, *mask;
    enum cpixels_type type;
    size_t stride, fast, slow, width;
    double least, most;
};

static void take(const struct source *from, size_t column, size_t row, size_t count, float *out) {
    const uint8_t *bytes = from->bytes + (row * from->stride + column) * from->width;
    const uint8_t *mask = from->mask ? from->mask + row * from->stride + column : NULL;
#define CASE(NAME, ...)                                                                                                \
    case cpixels_##NAME: row_##NAME(bytes, count, mask, from->least, from->most, out); break;
    switch (from->type) { CPIXELS_TYPES(CASE) }
#undef CASE
}

/// Mean and spread of the counts of a block below a limit; 0 where there are too few.
static size_t level(const float *block, size_t count, float limit, float *mean, float *spread) {
    double sum = 0, square = 0;
    size_t number = 0;
    for (size_t i = 0; i < count; i++) {
        if (!(block[i] <= limit)) continue;
        sum += block[i];
        square += (double)block[i] * block[i];
        number++;
    }
    if (number < 64) return 0;
    *mean = (float)(sum / (double)number);
    const double variance = square / (double)number - (sum / (double)number) * (sum / (double)number);
    *spread = variance > 0 ? (float)sqrt(variance) : 0;
    return number;
}

/// Whether the pixel is the top of a spot; if so, the spot.
static int is_spot(const struct source *from, size_t column, size_t row, float mean, float spread,
                   struct cpixels_spot *out) {
    if (column < 2 || row < 2 || column + 2 >= from->fast || row + 2 >= from->slow) return 0;
    float near[5][5];
    for (size_t y = 0; y < 5; y++) take(from, column - 2, row - 2 + y, 5, near[y]);
    const float top = near[2][2];
    double sum = 0, x_sum = 0, y_sum = 0;
    int high = 0;
    for (int y = 0; y < 5; y++) {
        for (int x = 0; x < 5; x++) {
            const float value = near[y][x];
            if (isnan(value)) return 0;
            // Of two that are alike the first is the top.
            if (value > top || (value == top && (y < 2 || (y == 2 && x < 2)))) return 0;
            if (x > 0 && x < 4 && y > 0 && y < 4 && value > mean + 3 * spread) high++;
            const double excess = value - mean;
            if (excess <= 0) continue;
            sum += excess;
            x_sum += excess * (x - 2);
            y_sum += excess * (y - 2);
        }
    }
    if (high < 3 || sum <= 0) return 0;
    out->fast = (float)((double)column + 0.5 + x_sum / sum);
    out->slow = (float)((double)row + 0.5 + y_sum / sum);
    out->counts = (float)sum;
    return 1;
}

size_t cpixels_spots(const void *pixels, enum cpixels_type type, size_t stride, size_t fast, size_t slow,
                     const uint8_t *mask, double least, double most, struct cpixels_spot *out, size_t room) {
    const struct source from = {pixels, mask, type, stride, fast, slow, width_of(type), least, most};
    float block[side * side];
    size_t found = 0;
    for (size_t top = 0; top < slow; top += side) {
        const size_t rows = slow - top < side ? slow - top : side;
        for (size_t left = 0; left < fast; left += side) {
            const size_t columns = fast - left < side ? fast - left : side;
            for (size_t y = 0; y < rows; y++) take(&from, left, top + y, columns, block + y * columns);
            const size_t count = rows * columns;
            float greatest = -INFINITY, mean = 0, spread = 0;
            for (size_t i = 0; i < count; i++) greatest = block[i] > greatest ? block[i] : greatest;
            if (!level(block, count, INFINITY, &mean, &spread)) continue;
            for (int round = 0; round < 3; round++) {
                const float limit = mean + 3 * (spread > 0.5f ? spread : 0.5f);
                if (limit >= greatest || !level(block, count, limit, &mean, &spread)) break;
            }
            if (spread < 0.7f) spread = 0.7f;
            const float threshold = mean + 7 * spread;
            if (!(greatest > threshold)) continue;
            for (size_t i = 0; i < count; i++) {
                if (!(block[i] > threshold)) continue;
                struct cpixels_spot spot;
                if (!is_spot(&from, left + i % columns, top + i / columns, mean, spread, &spot)) continue;
                if (found < room) out[found] = spot;
                found++;
            }
        }
    }
    return found;
}
