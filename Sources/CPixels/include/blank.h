// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stddef.h>
#include <stdint.h>

/// Squares of `side` pixels whose elements are all 0, whatever their type.
///
/// - Parameters:
///   - bytes: `slow` rows of `fast` elements of `width` bytes.
///   - mask: One byte a pixel, not 0 where it is masked; NULL without one. A square with more masked pixels than others is
///     not blank.
///   - out: One byte a square, `[slow][fast]`, 1 where it is blank; squares that the image cuts off are left out.
void cpixels_blank(const uint8_t *bytes, size_t width, size_t fast, size_t slow, size_t side, const uint8_t *mask,
                   uint8_t *out);

/// Rows and columns whose elements are all 0.
///
/// - Parameters:
///   - rows: One byte a row, 1 where it is blank.
///   - columns: One byte a column, 1 where it is blank.
void cpixels_blank_lines(const uint8_t *bytes, size_t width, size_t fast, size_t slow, uint8_t *rows,
                         uint8_t *columns);
