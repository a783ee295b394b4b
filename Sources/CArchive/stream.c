// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "CArchive.h"
#include "library.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct carchive_stream {
    carchive_packing packing;
    carchive_well give;
    void *context;
    z_stream zlib;
    struct archive *archive;
    // Nothing more comes out.
    bool ended;
    uint8_t in[1 << 16];
};

static ptrdiff_t damaged(const char *words, char *reason, size_t room) {
    snprintf(reason, room, "%s", words == NULL ? "the compressed data are damaged" : words);
    return -1;
}

// Sees to it that a byte is at hand; false at the end.
static bool refill(carchive_stream *stream) {
    if (stream->zlib.avail_in > 0) return true;
    ptrdiff_t count = stream->give(stream->context, stream->in, sizeof stream->in);
    if (count <= 0) return false;
    stream->zlib.next_in = stream->in;
    stream->zlib.avail_in = (unsigned)count;
    return true;
}

static ptrdiff_t read_gzip(carchive_stream *stream, uint8_t *bytes, size_t count, char *reason, size_t room) {
    if (count > UINT_MAX) count = UINT_MAX;
    stream->zlib.next_out = bytes;
    stream->zlib.avail_out = (unsigned)count;
    while (stream->zlib.avail_out > 0 && !stream->ended) {
        if (!refill(stream)) return damaged("the gzip stream ends before its end", reason, room);
        int status = inflate(&stream->zlib, Z_NO_FLUSH);
        if (status == Z_STREAM_END) {
            // Members follow one another; what begins otherwise is none.
            stream->ended = !refill(stream) || stream->zlib.next_in[0] != 0x1F || inflateReset(&stream->zlib) != Z_OK;
        } else if (status != Z_OK && status != Z_BUF_ERROR) {
            const char *words = stream->zlib.msg;
            if (words != NULL && strcmp(words, "incorrect data check") == 0)
                words = "the CRC-32 of what comes out is not the one that the gzip stream gives";
            else if (words != NULL && strcmp(words, "incorrect length check") == 0)
                words = "the number of bytes that come out is not the one that the gzip stream gives";
            return damaged(words, reason, room);
        }
    }
    return (ptrdiff_t)(count - stream->zlib.avail_out);
}

static la_ssize_t draw(struct archive *archive, void *data, const void **bytes) {
    (void)archive;
    carchive_stream *stream = data;
    *bytes = stream->in;
    return (la_ssize_t)stream->give(stream->context, stream->in, sizeof stream->in);
}

static ptrdiff_t begin(carchive_stream *stream, char *reason, size_t room) {
    const struct carchive_library *library = carchive_library_loaded();
    if (!library->ready) return -2;
    stream->archive = library->create();
    if (stream->archive == NULL) return -2;
    for (int i = 0; i < 2; i++) library->filters[i](stream->archive);
    library->raw(stream->archive);
    struct archive_entry *entry = NULL;
    if (library->open(stream->archive, stream, NULL, draw, NULL) != ARCHIVE_OK
        || library->next(stream->archive, &entry) != ARCHIVE_OK)
        return damaged(library->message(stream->archive), reason, room);
    // A header that was cut is no header to libarchive, which then hands the bytes on as they are.
    if (library->filter(stream->archive, 0) == ARCHIVE_FILTER_NONE)
        return damaged("the header of the compression is cut or damaged", reason, room);
    return 0;
}

static ptrdiff_t read_other(carchive_stream *stream, uint8_t *bytes, size_t count, char *reason, size_t room) {
    if (stream->archive == NULL) {
        ptrdiff_t begun = begin(stream, reason, room);
        if (begun != 0) return begun;
    }
    const struct carchive_library *library = carchive_library_loaded();
    la_ssize_t got = library->data(stream->archive, bytes, count);
    if (got < 0) return damaged(library->message(stream->archive), reason, room);
    stream->ended = got == 0;
    return (ptrdiff_t)got;
}

carchive_stream *carchive_stream_open(carchive_well give, void *context, carchive_packing packing) {
    carchive_stream *stream = calloc(1, sizeof *stream);
    if (stream == NULL) return NULL;
    stream->packing = packing;
    stream->give = give;
    stream->context = context;
    if (packing == CARCHIVE_GZIP && inflateInit2(&stream->zlib, 16 + MAX_WBITS) != Z_OK) {
        free(stream);
        return NULL;
    }
    return stream;
}

ptrdiff_t carchive_stream_read(carchive_stream *stream, uint8_t *bytes, size_t count, char *reason, size_t room) {
    if (stream->ended || count == 0) return 0;
    return stream->packing == CARCHIVE_GZIP ? read_gzip(stream, bytes, count, reason, room)
                                            : read_other(stream, bytes, count, reason, room);
}

void carchive_stream_close(carchive_stream *stream) {
    if (stream == NULL) return;
    if (stream->packing == CARCHIVE_GZIP) inflateEnd(&stream->zlib);
    if (stream->archive != NULL) carchive_library_loaded()->release(stream->archive);
    free(stream);
}

int carchive_inflate(const uint8_t *bytes, size_t count, uint8_t *out, size_t size) {
    z_stream zlib = {0};
    if (count > UINT_MAX || size > UINT_MAX || inflateInit2(&zlib, -MAX_WBITS) != Z_OK) return 1;
    uint8_t nothing;
    zlib.next_in = (uint8_t *)(uintptr_t)bytes;
    zlib.avail_in = (unsigned)count;
    zlib.next_out = size == 0 ? &nothing : out;
    zlib.avail_out = (unsigned)size;
    int status = inflate(&zlib, Z_FINISH);
    size_t made = zlib.total_out;
    inflateEnd(&zlib);
    if (status == Z_STREAM_END) return made == size ? 0 : 2;
    // Room that is full before the end means that more comes out.
    return status == Z_BUF_ERROR && made == size ? 2 : 1;
}

uint32_t carchive_crc32(uint32_t before, const uint8_t *bytes, size_t count) {
    uLong sum = before;
    while (count > 0) {
        unsigned piece = count > (1u << 30) ? 1u << 30 : (unsigned)count;
        sum = crc32(sum, bytes, piece);
        bytes += piece;
        count -= piece;
    }
    return (uint32_t)sum;
}
