// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "CCodecs.h"

// Blocks that stay in the first cache; widths as constants, so that the compiler makes vectors of them.
static inline void joined(const uint8_t *in, uint8_t *out, size_t count, size_t width)
{
    for (size_t e = 0; e < count; e++)
        for (size_t byte = 0; byte < width; byte++) out[e * width + byte] = in[byte * count + e];
}

void imprimatur_unshuffle(const uint8_t *in, uint8_t *out, size_t count, size_t width)
{
    switch (width) {
    case 2: joined(in, out, count, 2); break;
    case 4: joined(in, out, count, 4); break;
    case 8: joined(in, out, count, 8); break;
    default: joined(in, out, count, width);
    }
}
