// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "CArchive.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

// A stream under way: what is to be unpacked, and how much of it was.
struct way {
    carchive_well give;
    void *context;
    z_stream stream;
    uint8_t in[1 << 16];
    // Nothing comes any more.
    bool ended;
    // It could not be read.
    bool broken;
};

// Sees to it that a byte is at hand; false at the end.
static bool refill(struct way *way) {
    if (way->stream.avail_in > 0) return true;
    if (way->ended) return false;
    ptrdiff_t count = way->give(way->context, way->in, sizeof way->in);
    way->broken = count < 0;
    way->ended = count <= 0;
    if (way->ended) return false;
    way->stream.next_in = way->in;
    way->stream.avail_in = (unsigned)count;
    return true;
}

static carchive_outcome fault(const char *words, char *reason, size_t room) {
    snprintf(reason, room, "%s", words);
    return CARCHIVE_DAMAGED;
}

// Words for what zlib calls by names of its own.
static carchive_outcome told(const char *message, char *reason, size_t room) {
    if (message == NULL) return fault("the compressed data are damaged", reason, room);
    if (strcmp(message, "incorrect data check") == 0)
        return fault("the CRC-32 of what comes out is not the one that the gzip stream gives", reason, room);
    if (strcmp(message, "incorrect length check") == 0)
        return fault("the number of bytes that come out is not the one that the gzip stream gives", reason, room);
    snprintf(reason, room, "the gzip stream is damaged: %s", message);
    return CARCHIVE_DAMAGED;
}

// One member, from its first byte to its last.
static carchive_outcome member(struct way *way, carchive_sink sink, char *reason, size_t room) {
    uint8_t out[1 << 17];
    for (;;) {
        if (!refill(way)) return fault("the gzip stream ends before its end", reason, room);
        way->stream.next_out = out;
        way->stream.avail_out = sizeof out;
        int status = inflate(&way->stream, Z_NO_FLUSH);
        size_t count = sizeof out - way->stream.avail_out;
        if (count > 0 && sink(way->context, out, count) != 0) return CARCHIVE_STOPPED;
        if (status == Z_STREAM_END) return CARCHIVE_READ;
        if (status != Z_OK && status != Z_BUF_ERROR) return told(way->stream.msg, reason, room);
    }
}

carchive_outcome carchive_gunzip(
    carchive_well give, carchive_sink sink, void *context, uint64_t *used, char *reason, size_t room) {
    struct way way = {.give = give, .context = context};
    *used = 0;
    if (inflateInit2(&way.stream, 16 + MAX_WBITS) != Z_OK) return fault("zlib has no memory", reason, room);
    carchive_outcome outcome;
    do {
        outcome = member(&way, sink, reason, room);
        *used += way.stream.total_in;
        // Members follow one another; what begins otherwise is none.
    } while (outcome == CARCHIVE_READ && refill(&way) && way.stream.next_in[0] == 0x1F && inflateReset(&way.stream) == Z_OK);
    if (way.broken) outcome = fault("it cannot be read", reason, room);
    inflateEnd(&way.stream);
    return outcome;
}

const char *carchive_zlib_version(void) { return zlibVersion(); }
