// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "CArchive.h"

#include "library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

static struct carchive_library library;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    void *handle = dlopen("libarchive.so.13", RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) return;
    *(void **)&library.version = dlsym(handle, "archive_version_number");
    *(void **)&library.create = dlsym(handle, "archive_read_new");
    *(void **)&library.filters[0] = dlsym(handle, "archive_read_support_filter_bzip2");
    *(void **)&library.filters[1] = dlsym(handle, "archive_read_support_filter_xz");
    *(void **)&library.raw = dlsym(handle, "archive_read_support_format_raw");
    *(void **)&library.open = dlsym(handle, "archive_read_open");
    *(void **)&library.filter = dlsym(handle, "archive_filter_code");
    *(void **)&library.next = dlsym(handle, "archive_read_next_header");
    *(void **)&library.data = dlsym(handle, "archive_read_data");
    *(void **)&library.message = dlsym(handle, "archive_error_string");
    *(void **)&library.used = dlsym(handle, "archive_filter_bytes");
    *(void **)&library.release = dlsym(handle, "archive_read_free");
    library.ready = library.version && library.create && library.filters[0] && library.filters[1]
        && library.raw && library.open && library.filter && library.next && library.data && library.message
        && library.used && library.release;
}

const struct carchive_library *carchive_library_loaded(void) {
    pthread_once(&once, load);
    return &library;
}

static carchive_outcome damaged(struct archive *archive, char *reason, size_t room) {
    const char *message = library.message(archive);
    snprintf(reason, room, "%s", message == NULL ? "the compressed data are damaged" : message);
    return CARCHIVE_DAMAGED;
}

static carchive_outcome pour(struct archive *archive, carchive_sink sink, void *context, char *reason, size_t room) {
    static const size_t piece = 1 << 18;
    uint8_t bytes[1 << 18];
    for (;;) {
        la_ssize_t count = library.data(archive, bytes, piece);
        if (count < 0) return damaged(archive, reason, room);
        if (count == 0) return CARCHIVE_READ;
        if (sink(context, bytes, (size_t)count) != 0) return CARCHIVE_STOPPED;
    }
}

// What libarchive reads from: our callback and the piece that it was given last.
struct well {
    carchive_well give;
    void *context;
    uint8_t bytes[1 << 16];
};

static la_ssize_t draw(struct archive *archive, void *data, const void **bytes) {
    (void)archive;
    struct well *well = data;
    *bytes = well->bytes;
    return (la_ssize_t)well->give(well->context, well->bytes, sizeof well->bytes);
}

carchive_outcome carchive_unwrap(
    carchive_well give, carchive_sink sink, void *context, uint64_t *used, char *reason, size_t room) {
    *used = 0;
    pthread_once(&once, load);
    if (!library.ready) return CARCHIVE_ABSENT;
    struct archive *archive = library.create();
    if (archive == NULL) return CARCHIVE_ABSENT;
    for (int i = 0; i < 2; i++) library.filters[i](archive);
    library.raw(archive);
    struct archive_entry *entry = NULL;
    carchive_outcome outcome;
    struct well well = {.give = give, .context = context};
    if (library.open(archive, &well, NULL, draw, NULL) != ARCHIVE_OK || library.next(archive, &entry) != ARCHIVE_OK)
        outcome = damaged(archive, reason, room);
    else if (library.filter(archive, 0) == ARCHIVE_FILTER_NONE) {
        // A header that was cut is no header to libarchive, which then hands the bytes on as they are.
        snprintf(reason, room, "the header of the compression is cut or damaged");
        outcome = CARCHIVE_DAMAGED;
    } else {
        outcome = pour(archive, sink, context, reason, room);
        *used = (uint64_t)library.used(archive, -1);
    }
    library.release(archive);
    return outcome;
}

int carchive_version(void) {
    pthread_once(&once, load);
    return library.ready ? library.version() : 0;
}

int carchive_header_version(void) { return ARCHIVE_VERSION_NUMBER; }
