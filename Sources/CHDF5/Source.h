// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <errno.h>
#include <hdf5/serial/hdf5.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// A file driver of our own, because the structure it is made of is a table of C functions.
//
// Reads come from memory or from a descriptor, never past the end; no lock, no accumulator of metadata (that of
// libhdf5 1.10.8 copies from outside its buffer when an address in a file is close to 2^64), no second copy. A few
// bytes can be laid over the file: the superblock of a file that was not closed, or was cut.

/// Where bytes come from; stays with the caller while the file is open.
typedef struct {
    /// The whole file, or NULL to read from the descriptor.
    const unsigned char *bytes;
    int descriptor;
    haddr_t size;
    /// Laid over the file from `overlay_start` on.
    unsigned char overlay[128];
    haddr_t overlay_start;
    size_t overlay_count;
} chdf5_source;

typedef struct {
    const chdf5_source *source;
} chdf5_source_info;

typedef struct {
    H5FD_t head;
    const chdf5_source *source;
    haddr_t end_of_allocation;
} chdf5_source_file;

static inline H5FD_t *chdf5_source_open(const char *name, unsigned flags, hid_t access, haddr_t most) {
    (void)name, (void)flags, (void)most;
    const chdf5_source_info *info = (const chdf5_source_info *)H5Pget_driver_info(access);
    chdf5_source_file *file = (chdf5_source_file *)calloc(1, sizeof *file);
    if (!info || !file) {
        free(file);
        return NULL;
    }
    file->source = info->source;
    return &file->head;
}

static inline herr_t chdf5_source_close(H5FD_t *file) {
    free(file);
    return 0;
}

static inline int chdf5_source_compare(const H5FD_t *one, const H5FD_t *other) {
    const chdf5_source *a = ((const chdf5_source_file *)one)->source, *b = ((const chdf5_source_file *)other)->source;
    return a < b ? -1 : a > b;
}

static inline herr_t chdf5_source_query(const H5FD_t *file, unsigned long *features) {
    (void)file;
    *features = 0;
    return 0;
}

static inline haddr_t chdf5_source_get_eoa(const H5FD_t *file, H5FD_mem_t kind) {
    (void)kind;
    return ((const chdf5_source_file *)file)->end_of_allocation;
}

static inline herr_t chdf5_source_set_eoa(H5FD_t *file, H5FD_mem_t kind, haddr_t address) {
    (void)kind;
    ((chdf5_source_file *)file)->end_of_allocation = address;
    return 0;
}

static inline haddr_t chdf5_source_get_eof(const H5FD_t *file, H5FD_mem_t kind) {
    (void)kind;
    return ((const chdf5_source_file *)file)->source->size;
}

static inline herr_t chdf5_source_read(H5FD_t *file, H5FD_mem_t kind, hid_t transfer, haddr_t address, size_t size,
                                       void *buffer) {
    (void)kind, (void)transfer;
    const chdf5_source *source = ((const chdf5_source_file *)file)->source;
    if (address > source->size || size > source->size - address) return -1;
    if (source->bytes) {
        memcpy(buffer, source->bytes + address, size);
    } else {
        for (size_t done = 0; done < size;) {
            ssize_t got = pread(source->descriptor, (char *)buffer + done, size - done, (off_t)(address + done));
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) return -1;
            done += (size_t)got;
        }
    }
    for (size_t i = 0; i < source->overlay_count; i++) {
        haddr_t place = source->overlay_start + i;
        if (place >= address && place - address < size) ((unsigned char *)buffer)[place - address] = source->overlay[i];
    }
    return 0;
}

static inline herr_t chdf5_source_write(H5FD_t *file, H5FD_mem_t kind, hid_t transfer, haddr_t address, size_t size,
                                        const void *buffer) {
    (void)file, (void)kind, (void)transfer, (void)address, (void)size, (void)buffer;
    return -1;
}

/// Registers the driver; its identifier is negative on failure.
static inline hid_t chdf5_register_source(void) {
    static const H5FD_class_t driver = {
        .name = "source",
        .maxaddr = INT64_MAX,
        .fc_degree = H5F_CLOSE_WEAK,
        .fapl_size = sizeof(chdf5_source_info),
        .open = chdf5_source_open,
        .close = chdf5_source_close,
        .cmp = chdf5_source_compare,
        .query = chdf5_source_query,
        .get_eoa = chdf5_source_get_eoa,
        .set_eoa = chdf5_source_set_eoa,
        .get_eof = chdf5_source_get_eof,
        .read = chdf5_source_read,
        .write = chdf5_source_write,
        .fl_map = H5FD_FLMAP_DICHOTOMY,
    };
    return H5FDregister(&driver);
}

static inline herr_t chdf5_set_source(hid_t access, hid_t driver, const chdf5_source *source) {
    chdf5_source_info info = {source};
    return H5Pset_driver(access, driver, &info);
}
