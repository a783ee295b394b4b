// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "CUDUnits.h"

#include <dlfcn.h>
#include <pthread.h>
#include <udunits2.h>

static struct {
    ut_system *system;
    ut_unit *(*by_name)(const ut_system *, const char *);
    ut_unit *(*by_symbol)(const ut_system *, const char *);
    int (*format)(const ut_unit *, char *, size_t, unsigned);
    void (*release)(ut_unit *);
} library;

// libudunits2 keeps its status in globals: one look-up at a time.
static pthread_mutex_t door = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    void *handle = dlopen("libudunits2.so.0", RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) return;
    ut_system *(*read)(const char *) = NULL;
    ut_error_message_handler (*set)(ut_error_message_handler) = NULL;
    void *ignore = dlsym(handle, "ut_ignore");
    *(void **)&read = dlsym(handle, "ut_read_xml");
    *(void **)&set = dlsym(handle, "ut_set_error_message_handler");
    *(void **)&library.by_name = dlsym(handle, "ut_get_unit_by_name");
    *(void **)&library.by_symbol = dlsym(handle, "ut_get_unit_by_symbol");
    *(void **)&library.format = dlsym(handle, "ut_format");
    *(void **)&library.release = dlsym(handle, "ut_free");
    if (!read || !set || !ignore || !library.by_name || !library.by_symbol || !library.format || !library.release)
        return;
    ut_error_message_handler quiet;
    *(void **)&quiet = ignore;
    set(quiet);
    library.system = read(NULL);
}

size_t cudunits_definition(const char *unit, char *buffer, size_t size) {
    pthread_mutex_lock(&door);
    pthread_once(&once, load);
    int length = 0;
    if (library.system != NULL) {
        ut_unit *found = library.by_name(library.system, unit);
        if (found == NULL) found = library.by_symbol(library.system, unit);
        if (found != NULL) {
            length = library.format(found, buffer, size, UT_UTF8 | UT_DEFINITION);
            library.release(found);
        }
    }
    pthread_mutex_unlock(&door);
    return length > 0 && (size_t)length < size ? (size_t)length : 0;
}
