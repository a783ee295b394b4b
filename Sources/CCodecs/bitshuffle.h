// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "CCodecs.h"

// All turn elements of 1, 2, 4 or 8 bytes in groups of 256 and return how many they did; the rest is for others.
size_t bitshuffle_avx2(const uint8_t *in, uint8_t *out, size_t count, size_t width);
size_t bitunshuffle_avx2(const uint8_t *in, uint8_t *out, size_t count, size_t width);

// Bytes of equal weight together, not bits; back to elements.
size_t unshuffle_avx2(const uint8_t *in, uint8_t *out, size_t count, size_t width);
