// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stddef.h>
#include <stdint.h>

/// A pixel far above those round it.
struct cpixels_hot_pixel {
    /// Row times columns plus column.
    uint64_t place;
    double value;
    /// `value` through the median of the counts round it, or through 1 where that is less.
    float ratio;
};

/// Pixels more than ten times the median of the counts in the square of 5 x 5 round them.
///
/// - Parameters:
///   - bytes: `slow` rows of `fast` elements.
///   - mask: One byte a pixel, not 0 where it is masked; NULL without one.
///   - least, most: Counts are from `least` to `most`.
///   - out: Room for that many.
/// - Returns: How many there are; those beyond `room` are not looked for: then `room` + 1.
size_t cpixels_hot(const uint8_t *bytes, enum cpixels_type type, size_t fast, size_t slow, const uint8_t *mask,
                   double least, double most, struct cpixels_hot_pixel *out, size_t room);

/// Looks at no other pixels than these, whose places are known, and leaves those that stand out here too in front.
/// Returns how many they are.
size_t cpixels_hot_again(const uint8_t *bytes, enum cpixels_type type, size_t fast, size_t slow, const uint8_t *mask,
                         double least, double most, struct cpixels_hot_pixel *pixels, size_t count);
