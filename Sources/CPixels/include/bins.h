// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "CPixels.h"

/// What was seen in a bin.
enum cpixels_bin_state {
    cpixels_bin_count = 1, cpixels_bin_masked = 2, cpixels_bin_flagged = 4, cpixels_bin_above = 8
};

/// Lays pixels of a frame over bins of `across` pixels along fast and `along` rows; the last bin of a row or column may hold fewer.
///
/// What is a flag is decided as `cpixels_count` decides it.
/// - `pixels`: the first of a box of `slow` rows of `fast` pixels, `stride` pixels from row to row.
/// - `mask`: the byte of the first pixel, laid out like the pixels, or NULL.
/// - `greatest`: greatest count of each bin; raised, never lowered. NULL where it is not wanted.
/// - `sum`, `number`: sum and number of the counts of each bin; added to. Both NULL where they are not wanted.
/// - `state`: bits of `cpixels_bin_state`; added to. NULL where it is not wanted.
void cpixels_bin(const void *pixels, enum cpixels_type type, size_t stride, size_t fast, size_t slow, size_t across,
                 size_t along, const uint8_t *mask, double least, double most, float *greatest, float *sum, uint32_t *number,
                 uint8_t *state);
