// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "CPixels.h"

/// One of two images that are held against each other, and what tells its flags from counts.
struct cpixels_side {
    const void *pixels;
    enum cpixels_type type;
    /// One byte a pixel, or NULL.
    const uint8_t *mask;
    /// Values below `least` and above `most`, and `undefined`, hold no count. Infinite, or no number, for none declared.
    double least, most, undefined;
};

/// Counts the pixels that differ: the values are others, and at least one of them is a count.
///
/// Values at the greatest of an integer type of 16 bits and more, at the one below it where the type is unsigned, and at
/// -1 and -2 are flags by custom. 64-bit integers are compared as far as a double holds them.
/// - `first`: set to the index of the first pixel that differs.
uint64_t cpixels_differences(const struct cpixels_side *one, const struct cpixels_side *other, size_t count,
                             size_t *first);
