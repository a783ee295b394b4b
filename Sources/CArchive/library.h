// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <stdbool.h>

// The functions of libarchive that are used; found once. gzip is not among them: libarchive does not look at its CRC.
// It stands on two dozen libraries, which a check never pays for.
struct carchive_library {
    bool ready;
    int (*version)(void);
    struct archive *(*create)(void);
    int (*filters[2])(struct archive *);
    int (*raw)(struct archive *);
    int (*open)(struct archive *, void *, int (*)(struct archive *, void *),
                la_ssize_t (*)(struct archive *, void *, const void **), int (*)(struct archive *, void *));
    int (*filter)(struct archive *, int);
    int (*next)(struct archive *, struct archive_entry **);
    la_ssize_t (*data)(struct archive *, void *, size_t);
    const char *(*message)(struct archive *);
    la_int64_t (*used)(struct archive *, int);
    int (*release)(struct archive *);
};

// Loads the library when first asked.
const struct carchive_library *carchive_library_loaded(void);
