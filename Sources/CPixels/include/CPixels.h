// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stddef.h>
#include <stdint.h>

/// What an element is; always in the byte order of the machine.
enum cpixels_type {
    cpixels_int8, cpixels_uint8, cpixels_int16, cpixels_uint16, cpixels_int32, cpixels_uint32, cpixels_int64,
    cpixels_uint64, cpixels_float32, cpixels_float64
};

/// What is known of the pixels of one frame. Pixels whose mask is not 0 are counted as masked and nowhere else.
struct cpixels_counts {
    /// Pixels in all, and masked ones.
    uint64_t pixels, masked;
    /// Pixels below 0; below that `least` of counts which the caller gave; not a number or infinite.
    uint64_t negative, below, broken;
    /// Pixels at the greatest value of an integer type, and one below it (unsigned types of 16 bits and more).
    uint64_t at_greatest, at_second;
    /// Pixels above the limit that the caller gave and below the greatest values of the type; the greatest of them.
    uint64_t above;
    double greatest_above;
    /// The others are counts: how many, how many of them are 0, lowest, greatest, and their sum.
    uint64_t valid, zero;
    double lowest, greatest, sum;
    /// Pixels at the greatest count, and at the ten values below it.
    uint64_t at_top, near_top;
    /// The lowest pixel of all that are not masked.
    double lowest_of_all;
};

/// How pixels are counted: all ways give the same.
enum cpixels_way {
    /// By vectors of AVX2 where the processor has them.
    cpixels_fastest,
    /// By the vectors that every processor of this kind has.
    cpixels_plain,
    /// One pixel after the other: what the others are held against.
    cpixels_one_by_one
};

/// Counts the pixels of a frame.
///
/// - `mask`: one byte a pixel, or NULL.
/// - `least`: values below it hold no count (0 for plain counts); `most`: values above it hold none. Infinite for none.
/// - `digest`: set to `cpixels_digest` of the same bytes, which costs least here; or NULL.
void cpixels_count(const void *pixels, enum cpixels_type type, size_t count, const uint8_t *mask, double least,
                   double most, enum cpixels_way way, uint64_t *digest, struct cpixels_counts *out);

/// A number that differs for images that differ, but once in 2^64.
uint64_t cpixels_digest(const uint8_t *bytes, size_t count);

/// One byte a pixel: 1 where the element of the mask is not 0. `width` is 1, 2, 4 or 8.
void cpixels_flags(const uint8_t *mask, size_t count, size_t width, uint8_t *out);

#include "compare.h"
#include "bins.h"
#include "spots.h"
#include "hot.h"
#include "blank.h"
#include "median.h"
#include "unmeasured.h"
