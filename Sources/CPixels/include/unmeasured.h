// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "CPixels.h"

/// Gathers over frames which pixels hold no count: one bit a pixel, the first pixel lowest.
///
/// - `always`: stays set where the pixel is below `least`, or no number; others are cleared. All bits are set at the start.
/// - `gap`: set where such a pixel is -1; `other`: set where it is anything else.
/// - `count`: pixels; the bits of the last byte behind them are left as they are.
void cpixels_gather(const void *pixels, enum cpixels_type type, size_t count, double least, enum cpixels_way way,
                    uint8_t *always, uint8_t *gap, uint8_t *other);
