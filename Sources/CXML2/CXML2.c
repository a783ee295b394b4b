// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "CXML2.h"
#include "validation.h"

#include <dlfcn.h>
#include <libxml/parser.h>
#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

// The functions of libxml2 that are used; found once.
static struct {
    bool ready;
    const char *const *version;
    void (*init)(void);
    xmlParserCtxtPtr (*create)(const char *, int);
    int (*use)(xmlParserCtxtPtr, int);
    int (*parse)(xmlParserCtxtPtr);
    void (*stop)(xmlParserCtxtPtr);
    void (*release)(xmlParserCtxtPtr);
} library;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    void *handle = dlopen("libxml2.so.2", RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) return;
    library.version = dlsym(handle, "xmlParserVersion");
    *(void **)&library.init = dlsym(handle, "xmlInitParser");
    *(void **)&library.create = dlsym(handle, "xmlCreateMemoryParserCtxt");
    *(void **)&library.use = dlsym(handle, "xmlCtxtUseOptions");
    *(void **)&library.parse = dlsym(handle, "xmlParseDocument");
    *(void **)&library.stop = dlsym(handle, "xmlStopParser");
    *(void **)&library.release = dlsym(handle, "xmlFreeParserCtxt");
    cxml2_load_validation(handle);
    library.ready = library.init && library.create && library.use && library.parse && library.stop && library.release;
    if (library.ready) library.init();
}

// What one parse knows; reached through xmlParserCtxt._private.
struct state {
    const cxml2_walk *walk;
    cxml2_fault *fault;
    cxml2_outcome outcome;
    cxml2_attribute *attributes;
    size_t capacity;
};

static struct state *state_of(void *context) { return ((xmlParserCtxtPtr)context)->_private; }

static void stop(void *context, cxml2_outcome outcome) {
    struct state *state = state_of(context);
    if (state->outcome == CXML2_READ) state->outcome = outcome;
    library.stop(context);
}

// Where the tag begins: the parser stands behind its attributes, and no '<' stands inside a tag.
static cxml2_place place_of_tag(xmlParserCtxtPtr parser) {
    if (parser->input == NULL) return (cxml2_place){0, 0};
    long line = parser->input->line;
    const xmlChar *at = parser->input->cur;
    for (; at > parser->input->base && at[-1] != '<'; at--)
        if (at[-1] == '\n') line--;
    long offset = (long)parser->input->consumed + (at - parser->input->base) - 1;
    return (cxml2_place){line, offset < 0 ? 0 : offset};
}

static cxml2_text text_of(const xmlChar *characters) {
    const char *bytes = characters == NULL ? "" : (const char *)characters;
    return (cxml2_text){bytes, strlen(bytes)};
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespaces,
                     const xmlChar **declared, int count, int defaulted, const xmlChar **attributes) {
    (void)prefix, (void)namespaces, (void)declared, (void)defaulted;
    struct state *state = state_of(context);
    if (state->outcome != CXML2_READ) return;
    size_t wanted = count > 0 ? (size_t)count : 0;
    if (wanted > state->capacity) {
        cxml2_attribute *larger = reallocarray(state->attributes, wanted, sizeof *larger);
        if (larger == NULL) return stop(context, CXML2_NO_MEMORY);
        state->attributes = larger;
        state->capacity = wanted;
    }
    for (size_t i = 0; i < wanted; i++) {
        const xmlChar **one = attributes + 5 * i; // local name, prefix, URI, value, end of value
        state->attributes[i].name = text_of(one[0]);
        state->attributes[i].value = (cxml2_text){(const char *)one[3], (size_t)(one[4] - one[3])};
    }
    if (state->walk->start(state->walk->context, text_of(name), text_of(uri), place_of_tag(context), state->attributes,
                           wanted) != 0)
        stop(context, CXML2_ENDED);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    (void)name, (void)prefix, (void)uri;
    struct state *state = state_of(context);
    if (state->outcome == CXML2_READ && state->walk->end(state->walk->context) != 0) stop(context, CXML2_ENDED);
}

static void on_text(void *context, const xmlChar *characters, int length) {
    struct state *state = state_of(context);
    if (state->outcome != CXML2_READ || length <= 0) return;
    cxml2_text text = {(const char *)characters, (size_t)length};
    if (state->walk->text(state->walk->context, text) != 0) stop(context, CXML2_ENDED);
}

static void on_doctype(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system) {
    (void)name, (void)external, (void)system;
    struct state *state = state_of(context);
    if (state->outcome == CXML2_READ) {
        state->fault->line = place_of_tag(context).line;
        strncpy(state->fault->message, "document type declaration", sizeof state->fault->message - 1);
    }
    stop(context, CXML2_DOCTYPE);
}

static void on_error(void *context, xmlErrorPtr error) {
    struct state *state = state_of(context);
    if (state->outcome != CXML2_READ || error->level < XML_ERR_ERROR) return;
    state->outcome = CXML2_MALFORMED;
    state->fault->line = error->line;
    if (error->message == NULL) return;
    strncpy(state->fault->message, error->message, sizeof state->fault->message - 1);
    state->fault->message[strcspn(state->fault->message, "\n")] = 0;
}

cxml2_outcome cxml2_read(const void *bytes, size_t length, const cxml2_walk *walk, cxml2_fault *fault) {
    memset(fault, 0, sizeof *fault);
    pthread_once(&once, load);
    if (!library.ready) return CXML2_NO_LIBRARY;
    if (length == 0 || length > INT_MAX) {
        strncpy(fault->message, length == 0 ? "the document is empty" : "the document is too large",
                sizeof fault->message - 1);
        return CXML2_MALFORMED;
    }
    xmlParserCtxtPtr parser = library.create(bytes, (int)length);
    if (parser == NULL) return CXML2_NO_MEMORY;
    struct state state = {.walk = walk, .fault = fault, .outcome = CXML2_READ};
    library.use(parser, XML_PARSE_NONET | XML_PARSE_NOENT);
    // The context owns its handler; only what is set here is ever called back.
    memset(parser->sax, 0, sizeof *parser->sax);
    parser->sax->initialized = XML_SAX2_MAGIC;
    parser->sax->startElementNs = on_start;
    parser->sax->endElementNs = on_end;
    parser->sax->characters = on_text;
    parser->sax->cdataBlock = on_text;
    parser->sax->internalSubset = on_doctype;
    parser->sax->serror = on_error;
    parser->_private = &state;
    library.parse(parser);
    if (state.outcome == CXML2_READ && !parser->wellFormed) state.outcome = CXML2_MALFORMED;
    library.release(parser);
    free(state.attributes);
    return state.outcome;
}

const char *cxml2_version(void) {
    pthread_once(&once, load);
    return library.ready && library.version != NULL ? *library.version : NULL;
}

bool cxml2_ready(void) {
    pthread_once(&once, load);
    return library.ready;
}
