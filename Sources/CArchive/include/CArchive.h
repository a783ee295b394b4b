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

/// A compressed file that is read piece by piece, as its bytes are asked for.
typedef struct carchive_stream carchive_stream;

/// What packs a stream.
typedef enum { CARCHIVE_GZIP, CARCHIVE_OTHER } carchive_packing;

/// Begins to read a stream; NULL when there is no memory. libarchive is loaded for what is not gzip.
///
/// `context` has to live until the stream is closed.
carchive_stream *carchive_stream_open(carchive_well give, void *context, carchive_packing packing);

/// The next bytes that come out, at most so many; 0 at the end, -1 when the stream is damaged, with words in `reason`, -2
/// when libarchive is absent. gzip members are held to their CRC-32 and their length.
ptrdiff_t carchive_stream_read(carchive_stream *stream, uint8_t *bytes, size_t count, char *reason, size_t room);

void carchive_stream_close(carchive_stream *stream);

/// Undoes deflate without a header around it; 0 when exactly `size` bytes come out, 1 when the stream is damaged or is cut,
/// 2 when more or fewer come out.
///
/// Wraps inflateInit2 with a window of -15, inflate.
int carchive_inflate(const uint8_t *bytes, size_t count, uint8_t *out, size_t size);

/// The CRC-32 of bytes that follow others, whose CRC-32 is given; 0 for none.
uint32_t carchive_crc32(uint32_t before, const uint8_t *bytes, size_t count);

/// The version number of the library that is loaded and of the header that was compiled in; 0 when it is absent.
int carchive_version(void);
int carchive_header_version(void);

/// The version of zlib that is linked.
const char *carchive_zlib_version(void);
