// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "bitshuffle.h"
#include "processor.h"

// Widths as constants, so that the compiler unrolls them.
static inline void joined(const uint8_t *in, uint8_t *out, size_t count, size_t width, size_t done)
{
    for (size_t e = done; e < count; e++)
        for (size_t byte = 0; byte < width; byte++) out[e * width + byte] = in[byte * count + e];
}

void imprimatur_unshuffle(const uint8_t *in, uint8_t *out, size_t count, size_t width)
{
    size_t done = 0;
#if IMPRIMATUR_HAS_AVX2
    if (imprimatur_uses_avx2()) done = unshuffle_avx2(in, out, count, width);
#endif
    switch (width) {
    case 2: joined(in, out, count, 2, done); break;
    case 4: joined(in, out, count, 4, done); break;
    case 8: joined(in, out, count, 8, done); break;
    default: joined(in, out, count, width, done);
    }
}
