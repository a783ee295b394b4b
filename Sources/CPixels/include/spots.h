// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "CPixels.h"

/// A strong spot: its centre of mass, in pixels from the outer corner of the first, and its counts above the background.
struct cpixels_spot {
    float fast, slow, counts;
};

/// Finds local maxima that stand out of the background of their block of 32 x 32 pixels, and are no single pixels.
///
/// Arguments as those of `cpixels_bin`. Returns how many were found; no more than `room` are written.
size_t cpixels_spots(const void *pixels, enum cpixels_type type, size_t stride, size_t fast, size_t slow,
                     const uint8_t *mask, double least, double most, struct cpixels_spot *out, size_t room);
