// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// What linked libraries ask the C library for and older ones do not have: random bytes (2.36), the length of two floats
// (2.35 for the form that sets no errno), and where the tables of the unwinder are (2.35). A program that brings its own
// runs where they are not.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/random.h>

void arc4random_buf(void *bytes, size_t count) {
    unsigned char *place = bytes;
    while (count > 0) {
        // Up to 256 bytes come whole and are not interrupted.
        ssize_t given = getrandom(place, count < 256 ? count : 256, 0);
        if (given < 0 && errno == EINTR) continue;
        if (given <= 0) abort();
        place += given;
        count -= (size_t)given;
    }
}

uint32_t arc4random(void) {
    uint32_t number;
    arc4random_buf(&number, sizeof number);
    return number;
}

float hypotf(float x, float y) {
    if (isinf(x) || isinf(y)) return INFINITY;
    // The squares of floats are exact, and far from the largest double.
    return (float)sqrt((double)x * x + (double)y * y);
}

#ifdef DLFO_STRUCT_HAS_EH_DBASE

/// What is asked for, and what is found of it.
struct search {
    ElfW(Addr) address;
    struct dl_find_object *found;
};

/// Takes an object that is mapped over the address. Wraps nothing; called by dl_iterate_phdr(3).
static int look(struct dl_phdr_info *object, size_t size, void *context) {
    struct search *search = context;
    ElfW(Addr) first = ~(ElfW(Addr))0, last = 0;
    const ElfW(Phdr) *tables = NULL;
    int is_here = 0;
    (void)size;
    for (int index = 0; index < object->dlpi_phnum; index++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[index];
        ElfW(Addr) start = object->dlpi_addr + part->p_vaddr;
        if (part->p_type == PT_GNU_EH_FRAME) tables = part;
        if (part->p_type != PT_LOAD) continue;
        if (start < first) first = start;
        if (start + part->p_memsz > last) last = start + part->p_memsz;
        if (search->address - start < part->p_memsz) is_here = 1;
    }
    if (!is_here) return 0;
    // As in the C library: an object without tables is not found.
    if (tables == NULL) return -1;
    *search->found = (struct dl_find_object){
        .dlfo_map_start = (void *)first,
        .dlfo_map_end = (void *)last,
        .dlfo_eh_frame = (void *)(object->dlpi_addr + tables->p_vaddr),
    };
    return 1;
}

/// The tables of the object that holds an address, for the unwinder that is linked in; seen by no shared library.
///
/// 0 when they are found, else -1. The link map, which no unwinder reads, is left out. Wraps dl_iterate_phdr(3).
__attribute__((visibility("hidden"))) int _dl_find_object(void *address, struct dl_find_object *found) {
    struct search search = {(ElfW(Addr))address, found};
    return dl_iterate_phdr(look, &search) == 1 ? 0 : -1;
}

#endif
