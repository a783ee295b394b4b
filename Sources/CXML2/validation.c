// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "validation.h"

#include "CXML2.h"

#include <dlfcn.h>
#include <limits.h>
#include <libxml/parser.h>
#include <libxml/xmlIO.h>
#include <libxml/xmlschemas.h>
#include <pthread.h>
#include <string.h>

static struct {
    bool ready;
    xmlDocPtr (*read)(const char *, int, const char *, const char *, int);
    void (*release)(xmlDocPtr);
    xmlSchemaParserCtxtPtr (*schema_parser)(const char *, int);
    void (*schema_errors)(xmlSchemaParserCtxtPtr, xmlStructuredErrorFunc, void *);
    xmlSchemaPtr (*schema_parse)(xmlSchemaParserCtxtPtr);
    void (*schema_parser_release)(xmlSchemaParserCtxtPtr);
    void (*schema_release)(xmlSchemaPtr);
    xmlSchemaValidCtxtPtr (*validator)(xmlSchemaPtr);
    void (*validator_errors)(xmlSchemaValidCtxtPtr, xmlStructuredErrorFunc, void *);
    int (*validate)(xmlSchemaValidCtxtPtr, xmlDocPtr);
    void (*validator_release)(xmlSchemaValidCtxtPtr);
    xmlParserInputPtr (*from_memory)(xmlParserCtxtPtr, xmlParserInputBufferPtr, xmlCharEncoding);
    xmlParserInputBufferPtr (*buffer)(const char *, int, xmlCharEncoding);
    void (*set_loader)(xmlExternalEntityLoader);
    void (*set_errors)(void *, xmlStructuredErrorFunc);
} library;

// The library has one loader of entities for all threads: one validation at a time, and what it may load.
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static const char *held_location;
static const void *held_bytes;
static size_t held_length;

static xmlParserInputPtr load_held(const char *address, const char *identifier, xmlParserCtxtPtr context) {
    (void)identifier;
    if (address == NULL || held_length == 0 || held_length > INT_MAX || strcmp(address, held_location) != 0) return NULL;
    xmlParserInputBufferPtr buffer = library.buffer(held_bytes, (int)held_length, XML_CHAR_ENCODING_NONE);
    return buffer == NULL ? NULL : library.from_memory(context, buffer, XML_CHAR_ENCODING_NONE);
}

void cxml2_load_validation(void *handle) {
    *(void **)&library.read = dlsym(handle, "xmlReadMemory");
    *(void **)&library.release = dlsym(handle, "xmlFreeDoc");
    *(void **)&library.schema_parser = dlsym(handle, "xmlSchemaNewMemParserCtxt");
    *(void **)&library.schema_errors = dlsym(handle, "xmlSchemaSetParserStructuredErrors");
    *(void **)&library.schema_parse = dlsym(handle, "xmlSchemaParse");
    *(void **)&library.schema_parser_release = dlsym(handle, "xmlSchemaFreeParserCtxt");
    *(void **)&library.schema_release = dlsym(handle, "xmlSchemaFree");
    *(void **)&library.validator = dlsym(handle, "xmlSchemaNewValidCtxt");
    *(void **)&library.validator_errors = dlsym(handle, "xmlSchemaSetValidStructuredErrors");
    *(void **)&library.validate = dlsym(handle, "xmlSchemaValidateDoc");
    *(void **)&library.validator_release = dlsym(handle, "xmlSchemaFreeValidCtxt");
    *(void **)&library.from_memory = dlsym(handle, "xmlNewIOInputStream");
    *(void **)&library.buffer = dlsym(handle, "xmlParserInputBufferCreateMem");
    *(void **)&library.set_loader = dlsym(handle, "xmlSetExternalEntityLoader");
    *(void **)&library.set_errors = dlsym(handle, "xmlSetStructuredErrorFunc");
    library.ready = library.read && library.release && library.schema_parser && library.schema_errors &&
                    library.schema_parse && library.schema_parser_release && library.schema_release &&
                    library.validator && library.validator_errors && library.validate && library.validator_release &&
                    library.from_memory && library.buffer && library.set_loader && library.set_errors;
    // Nothing is ever loaded but what is held.
    if (library.ready) library.set_loader(load_held);
}

static void first_words(void *context, xmlErrorPtr error) {
    cxml2_fault *fault = context;
    if (fault->message[0] != 0 || error->message == NULL) return;
    fault->line = error->line;
    strncpy(fault->message, error->message, sizeof fault->message - 1);
    fault->message[strcspn(fault->message, "\n")] = 0;
}

struct teller {
    void *context;
    cxml2_breach breach;
};

static void tell(void *context, xmlErrorPtr error) {
    struct teller *teller = context;
    if (error->message == NULL || error->level < XML_ERR_ERROR) return;
    const xmlNode *node = error->node;
    const char *name = node != NULL && node->type == XML_ELEMENT_NODE && node->name != NULL ? (const char *)node->name : "";
    long line = error->line;
    teller->breach(teller->context, line, name, error->message);
}

static cxml2_outcome validate(xmlSchemaPtr schema, xmlDocPtr document, struct teller *teller) {
    xmlSchemaValidCtxtPtr validator = library.validator(schema);
    if (validator == NULL) return CXML2_NO_MEMORY;
    library.validator_errors(validator, tell, teller);
    int count = library.validate(validator, document);
    library.validator_release(validator);
    return count < 0 ? CXML2_ENDED : CXML2_READ;
}

cxml2_outcome cxml2_validate(const void *document, size_t document_length, const void *schema, size_t schema_length,
                             const char *location, const void *imported, size_t imported_length, void *context,
                             cxml2_breach breach, cxml2_fault *fault) {
    memset(fault, 0, sizeof *fault);
    if (!cxml2_ready() || !library.ready) return CXML2_NO_LIBRARY;
    if (document_length == 0 || document_length > INT_MAX || schema_length > INT_MAX) return CXML2_MALFORMED;
    pthread_mutex_lock(&turn);
    held_location = location, held_bytes = imported, held_length = imported_length;
    // Errors that belong to no context would be printed.
    library.set_errors(fault, first_words);
    cxml2_outcome outcome = CXML2_SCHEMA;
    xmlSchemaParserCtxtPtr parser = library.schema_parser(schema, (int)schema_length);
    if (parser != NULL) {
        library.schema_errors(parser, first_words, fault);
        xmlSchemaPtr parsed = library.schema_parse(parser);
        library.schema_parser_release(parser);
        if (parsed != NULL) {
            memset(fault, 0, sizeof *fault);
            xmlDocPtr read = library.read(document, (int)document_length, "record", NULL, XML_PARSE_NONET);
            outcome = CXML2_MALFORMED;
            if (read != NULL) {
                struct teller teller = {context, breach};
                outcome = validate(parsed, read, &teller);
                library.release(read);
            }
            library.schema_release(parsed);
        }
    }
    library.set_errors(NULL, NULL);
    held_length = 0;
    pthread_mutex_unlock(&turn);
    return outcome;
}
