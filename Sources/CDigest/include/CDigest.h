// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stddef.h>
#include <stdint.h>

/// Number of files that one call of `imprimatur_digest_lanes` takes along.
#define IMPRIMATUR_DIGEST_LANES 4

/// The processor has the instructions for SHA-256 that `imprimatur_digest_pair` and `imprimatur_digest_lanes` need.
int imprimatur_digest_has_kernels(void);

/// The processor has the instruction for CRC-32C that `imprimatur_digest_crc32c` needs.
int imprimatur_digest_has_crc32c(void);

/// Takes `blocks` blocks of 64 bytes into the states of MD5 (4 words) and SHA-256 (8 words), both woven into one loop.
/// Only where `imprimatur_digest_has_kernels`.
void imprimatur_digest_pair(uint32_t *md5, uint32_t *sha256, const uint8_t *in, size_t blocks);

/// The same, and as many blocks that begin elsewhere into another state of SHA-256. Only where
/// `imprimatur_digest_has_kernels`.
void imprimatur_digest_triple(
    uint32_t *md5, uint32_t *sha256, uint32_t *other, const uint8_t *in, const uint8_t *in_other, size_t blocks);

/// MD5 and SHA-256 for four files at once: MD5 in the lanes of one vector, SHA-256 of two files in turn; `sha256` holds null
/// pointers where it is not asked for: of all, or of the last two. Only where `imprimatur_digest_has_kernels`.
void imprimatur_digest_lanes(
    uint32_t *const md5[4], uint32_t *const sha256[4], const uint8_t *const in[4], size_t blocks);

/// CRC-32C of what was before, 0 at the start, and of these bytes. Only where `imprimatur_digest_has_crc32c`.
uint32_t imprimatur_digest_crc32c(uint32_t before, const uint8_t *in, size_t size);

/// A running XXH3 of 64 bits with seed 0; null where there is no memory.
void *imprimatur_digest_xxh3_new(void);
void imprimatur_digest_xxh3_update(void *state, const uint8_t *in, size_t size);
uint64_t imprimatur_digest_xxh3_value(const void *state);
void imprimatur_digest_xxh3_free(void *state);

/// CRC-32 of ZIP, of what was before, 0 at the start, and of these bytes, by the fastest way of this machine.
uint32_t imprimatur_digest_crc32(uint32_t before, const uint8_t *in, size_t size);
/// The same by a table: the reference, and the way of machines without carry-less multiplication.
uint32_t imprimatur_digest_crc32_by_table(uint32_t before, const uint8_t *in, size_t size);
