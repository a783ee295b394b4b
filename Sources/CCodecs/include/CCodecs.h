// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stddef.h>
#include <stdint.h>

/// Bit transposition of `count` elements of `width` bytes, `count` a multiple of 8: bit r of element e, counted from
/// the least, goes to bit e % 8 of byte r * count / 8 + e / 8. `in` and `out` have count * width bytes and do not overlap.
void imprimatur_bitshuffle(const uint8_t *in, uint8_t *out, size_t count, size_t width);

/// The way back of `imprimatur_bitshuffle`.
void imprimatur_bitunshuffle(const uint8_t *in, uint8_t *out, size_t count, size_t width);

/// Decodes one LZ4 block. Returns the number of bytes written, or a negative number when the block is damaged or `room`
/// does not hold it. Never reads past `size` nor writes past `room`.
int imprimatur_lz4_decode(const uint8_t *in, int size, uint8_t *out, int room);

/// Encodes one LZ4 block. Returns the number of bytes written, 0 when `room` does not hold it.
int imprimatur_lz4_encode(const uint8_t *in, int size, uint8_t *out, int room);

/// The greatest size of an encoded block of `size` bytes.
int imprimatur_lz4_bound(int size);

/// The version of liblz4.
const char *imprimatur_lz4_version(void);

/// How a byte_offset stream ended.
enum imprimatur_byte_offset_state {
    imprimatur_byte_offset_whole = 0,
    /// The stream ends inside or before an element.
    imprimatur_byte_offset_short = 1,
    /// A value does not fit 32 bits; `done` counts the elements before it.
    imprimatur_byte_offset_range = 2,
};

struct imprimatur_byte_offset_result {
    enum imprimatur_byte_offset_state state;
    /// Elements decoded.
    size_t done;
    /// Bytes of the stream that were used.
    size_t used;
};

/// Decodes `count` elements; `low` and `high` are the least and greatest value that fits, within 32 bits either way.
/// Values are stored by their low 32 bits.
struct imprimatur_byte_offset_result imprimatur_byte_offset_decode(
    const uint8_t *in, size_t size, uint32_t *out, size_t count, int64_t low, int64_t high);

/// Encodes `count` signed elements; `out` has room for 15 bytes an element. Returns the number of bytes written.
size_t imprimatur_byte_offset_encode(const int32_t *in, size_t count, uint8_t *out);
