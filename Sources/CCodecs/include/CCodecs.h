// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stddef.h>
#include <stdint.h>

/// Lets kernels with AVX2 run where the processor has it, or keeps them from running, in the whole process. Returns
/// whether they run. For tests, which compare both; nothing else calls it.
int imprimatur_use_avx2(int wanted);

/// Asks for pages of 2 MB under memory that is to be filled: fresh memory of a frame costs as much as decoding it
/// otherwise. Small memory is left alone, and a system that does not give them changes nothing. Wraps madvise(2).
void imprimatur_use_large_pages(void *memory, size_t size);

/// Bit transposition of `count` elements of `width` bytes, `count` a multiple of 8: bit r of element e, counted from
/// the least, goes to bit e % 8 of byte r * count / 8 + e / 8. `in` and `out` have count * width bytes and do not overlap.
void imprimatur_bitshuffle(const uint8_t *in, uint8_t *out, size_t count, size_t width);

/// The way back of `imprimatur_bitshuffle`.
void imprimatur_bitunshuffle(const uint8_t *in, uint8_t *out, size_t count, size_t width);

/// How blocks of bits are packed: not at all, or each behind its packed size of 4 bytes, big endian.
enum imprimatur_packing { imprimatur_packing_none = 0, imprimatur_packing_lz4 = 2, imprimatur_packing_zstd = 3 };

/// How a stream of blocks ended.
enum imprimatur_bitshuffle_state {
    imprimatur_bitshuffle_whole = 0,
    /// The stream ends inside a block.
    imprimatur_bitshuffle_short = 1,
    /// A block is damaged; `blocks` counts those before it.
    imprimatur_bitshuffle_damaged = 2,
    /// There is no memory for one block.
    imprimatur_bitshuffle_memory = 3,
};

struct imprimatur_bitshuffle_result {
    enum imprimatur_bitshuffle_state state;
    size_t blocks;
    /// Bytes of the stream that were used.
    size_t used;
};

/// Decodes blocks of `block` elements, a multiple of 8, and a last smaller one; of `elements` % 8 at the end nothing is
/// done. `out` has elements * width bytes. Never reads past `size`.
struct imprimatur_bitshuffle_result imprimatur_bitshuffle_decode(
    const uint8_t *in, size_t size, uint8_t *out, size_t elements, size_t width, size_t block,
    enum imprimatur_packing packing);

/// Encodes blocks with LZ4. Returns the number of bytes written, SIZE_MAX when `room` does not hold them.
size_t imprimatur_bitshuffle_lz4_encode(
    const uint8_t *in, size_t elements, size_t width, size_t block, uint8_t *out, size_t room);

/// Encodes one block of `count` elements, a multiple of 8, with LZ4, behind its size. `scratch` has count * width bytes.
/// Returns the number of bytes written, 0 when `room` does not hold them.
size_t imprimatur_bitshuffle_lz4_block(
    const uint8_t *in, size_t count, size_t width, uint8_t *scratch, uint8_t *out, size_t room);

/// First bytes of all `count` elements, then their second bytes, and so on, turned into elements of `width` bytes.
void imprimatur_unshuffle(const uint8_t *in, uint8_t *out, size_t count, size_t width);

/// Decodes one LZ4 block. Returns the number of bytes written, or a negative number when the block is damaged or `room`
/// does not hold it. Never reads past `size` nor writes past `room`.
int imprimatur_lz4_decode(const uint8_t *in, int size, uint8_t *out, int room);

/// Encodes one LZ4 block. Returns the number of bytes written, 0 when `room` does not hold it.
int imprimatur_lz4_encode(const uint8_t *in, int size, uint8_t *out, int room);

/// The greatest size of an encoded block of `size` bytes.
int imprimatur_lz4_bound(int size);

/// The version of liblz4.
const char *imprimatur_lz4_version(void);

/// Decodes frames of Zstandard, one behind the other. Returns the number of bytes written, or a negative number when
/// they are damaged, incomplete, or `room` does not hold them.
long imprimatur_zstd_decode(const uint8_t *in, size_t size, uint8_t *out, size_t room);

/// Encodes one frame. Returns the number of bytes written, negative when `room` does not hold it.
long imprimatur_zstd_encode(const uint8_t *in, size_t size, uint8_t *out, size_t room, int level);

/// The greatest size of an encoded frame of `size` bytes.
size_t imprimatur_zstd_bound(size_t size);

/// The version of libzstd.
const char *imprimatur_zstd_version(void);

/// Decodes one stream of szip by libaec, with the numbers that HDF5 states: what is allowed of them is up to the caller.
/// Returns the number of bytes written, SIZE_MAX when the stream is damaged or there is no memory.
size_t imprimatur_szip_decode(
    const uint8_t *in, size_t size, uint8_t *out, size_t room, uint32_t options, uint32_t pixels_per_block,
    uint32_t bits_per_pixel, uint32_t pixels_per_line);

/// How a byte_offset stream ended.
enum imprimatur_byte_offset_state {
    imprimatur_byte_offset_whole = 0,
    /// The stream ends inside or before an element.
    imprimatur_byte_offset_short = 1,
    /// A value does not fit its element; `done` counts the elements before it.
    imprimatur_byte_offset_range = 2,
};

struct imprimatur_byte_offset_result {
    enum imprimatur_byte_offset_state state;
    /// Elements decoded.
    size_t done;
    /// Bytes of the stream that were used.
    size_t used;
};

/// Decodes `count` elements of `width` bytes, 1, 2, 4 or 8, in the byte order of this machine. `out` has room for all;
/// what lies behind the decoded ones is undefined.
struct imprimatur_byte_offset_result imprimatur_byte_offset_decode(
    const uint8_t *in, size_t size, uint8_t *out, size_t count, int width, int is_signed);

/// The same from the middle of a stream on: `before` is the element before the first, and afterwards the last one.
struct imprimatur_byte_offset_result imprimatur_byte_offset_resume(
    const uint8_t *in, size_t size, int64_t *before, uint8_t *out, size_t count, int width, int is_signed);

/// Encodes `count` signed elements; `out` has room for 15 bytes an element. Returns the number of bytes written.
size_t imprimatur_byte_offset_encode(const int32_t *in, size_t count, uint8_t *out);
