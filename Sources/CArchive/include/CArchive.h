// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stddef.h>
#include <stdint.h>

/// How reading a compressed file ended.
typedef enum {
    CARCHIVE_READ = 0,
    /// libarchive.so.13 is not on this machine.
    CARCHIVE_ABSENT,
    /// The sink asked to stop.
    CARCHIVE_STOPPED,
    /// The bytes are damaged, or no filter of libarchive knows them.
    CARCHIVE_DAMAGED,
} carchive_outcome;

/// Takes the next bytes; returns 0 to go on.
typedef int (*carchive_sink)(void *context, const uint8_t *bytes, size_t count);

/// Gives at most so many compressed bytes; returns their number, 0 at the end, below 0 when they cannot be read.
typedef ptrdiff_t (*carchive_well)(void *context, uint8_t *buffer, size_t count);

/// Decompresses a file of gzip members, one behind the other, and holds each to its CRC-32 and its length.
///
/// `used` receives the number of compressed bytes up to the end of the last member; `reason` receives words when the
/// outcome is CARCHIVE_DAMAGED. Wraps inflateInit2, inflate of zlib.
carchive_outcome carchive_gunzip(
    carchive_well give, carchive_sink sink, void *context, uint64_t *used, char *reason, size_t room);

/// Decompresses one file of bzip2 or xz streams, piece by piece.
///
/// libarchive is loaded when this is first called. `used` and `reason` as above.
/// Wraps archive_read_support_format_raw, archive_read_open, archive_read_data, archive_filter_bytes.
carchive_outcome carchive_unwrap(
    carchive_well give, carchive_sink sink, void *context, uint64_t *used, char *reason, size_t room);

/// The version number of the library that is loaded and of the header that was compiled in; 0 when it is absent.
int carchive_version(void);
int carchive_header_version(void);

/// The version of zlib that is linked.
const char *carchive_zlib_version(void);
