// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// A narrow door to libxml2: one function that walks a document in memory. No type of libxml2 shows here, and
// the library is loaded (dlopen) when the first document is read, so that a run without XML does not pay for it.

#pragma once

#include <stddef.h>

// Text of the document: `length` bytes of UTF-8 that live as long as the call.
typedef struct {
    const char *_Nonnull bytes;
    size_t length;
} cxml2_text;

typedef struct {
    cxml2_text name;  // without prefix
    cxml2_text value; // character references replaced
} cxml2_attribute;

// Where a tag begins: the line from 1, and the byte of the document in UTF-8 from 0.
typedef struct {
    long line;
    long offset;
} cxml2_place;

// What the walk meets, in document order. A call that returns other than 0 ends the walk.
typedef struct {
    void *_Nullable context;
    int (*_Nonnull start)(void *_Nullable context, cxml2_text name, cxml2_text namespace_uri, cxml2_place place,
                          const cxml2_attribute *_Nullable attributes, size_t count);
    int (*_Nonnull end)(void *_Nullable context);
    int (*_Nonnull text)(void *_Nullable context, cxml2_text text);
} cxml2_walk;

typedef enum {
    CXML2_READ = 0,        // read to the end
    CXML2_ENDED = 1,       // a call of the walk ended it
    CXML2_MALFORMED = 2,   // not well-formed; line and message tell
    CXML2_DOCTYPE = 3,     // has a document type declaration, which is never read
    CXML2_NO_LIBRARY = 4,  // libxml2.so.2 is not there or lacks a function
    CXML2_NO_MEMORY = 5,
    CXML2_SCHEMA = 6,      // the schema itself cannot be read; message tells
} cxml2_outcome;

typedef struct {
    long line;
    char message[256];
} cxml2_fault;

// Walks a document. No network, no external entities, no declarations, the limits of libxml2 (depth 256).
cxml2_outcome cxml2_read(const void *_Nonnull bytes, size_t length, const cxml2_walk *_Nonnull walk,
                         cxml2_fault *_Nonnull fault);

// What of a document a schema does not allow: its line, the local name of the element, the words of libxml2.
typedef void (*cxml2_breach)(void *_Nullable context, long line, const char *_Nonnull element,
                             const char *_Nonnull words);

// Validates a document against a schema; both are in memory. The schema may import one document, which is in memory as
// well and is found by its location "imprimatur:…"; no other location is read. CXML2_READ: validated, valid or not.
cxml2_outcome cxml2_validate(const void *_Nonnull document, size_t document_length, const void *_Nonnull schema,
                             size_t schema_length, const char *_Nonnull location, const void *_Nonnull imported,
                             size_t imported_length, void *_Nullable context, cxml2_breach _Nonnull breach,
                             cxml2_fault *_Nonnull fault);

// The words of libxml2 on its version, which it is loaded for; NULL when it is not there.
const char *_Nullable cxml2_version(void);
