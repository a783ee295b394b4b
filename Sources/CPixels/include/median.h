// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "CPixels.h"

/// The median of the counts from 0 to 65535 of every `step`-th row; the lower of the two in the middle.
///
/// - Parameters:
///   - mask: One byte a pixel, not 0 where it is masked; NULL without one.
///   - least, most: Counts are from `least` to `most`; flag values of the type are none.
/// - Returns: A negative number where there is none: no counts, or a median beyond 65535.
double cpixels_median(const void *pixels, enum cpixels_type type, size_t fast, size_t slow, size_t step,
                      const uint8_t *mask, double least, double most);
