// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stddef.h>
#include <stdint.h>

/// One request that came whole; it lives as long as the call that hands it over.
typedef struct chttpd_request chttpd_request;

/// "GET", "POST".
const char *chttpd_method(const chttpd_request *request);
/// With its escapes undone, from the first slash to the query.
const char *chttpd_path(const chttpd_request *request);
/// A field of the header; NULL when there is none.
const char *chttpd_field(const chttpd_request *request, const char *name);
/// An argument of the query with its escapes undone; NULL when there is none.
const char *chttpd_argument(const chttpd_request *request, const char *name);
/// The body; NULL and 0 when there is none.
const uint8_t *chttpd_body(const chttpd_request *request, size_t *count);

/// An answer; bytes are taken over and freed, texts are copied.
typedef struct {
    unsigned status;
    uint8_t *bytes;
    size_t count;
    /// "Name: value" each.
    const char *const *fields;
    size_t field_count;
} chttpd_answer;

/// How many bytes of a body are taken, before any came; negative: the status with which the request is refused.
///
/// - Parameter announced: Content-Length; -1 where it is not said.
typedef int64_t (*chttpd_room)(void *context, const chttpd_request *request, int64_t announced);

/// Answers a request, on the thread of its connection; it may take its time. Called for refused ones too, with the status.
typedef void (*chttpd_handler)(void *context, const chttpd_request *request, int refused, chttpd_answer *answer);

typedef struct {
    unsigned connections;
    unsigned connections_of_one_address;
    /// Seconds without a byte.
    unsigned idle_s;
} chttpd_limits;

typedef struct chttpd chttpd;

typedef enum {
    CHTTPD_LISTENS = 0,
    /// libmicrohttpd is not on this machine, or lacks a function.
    CHTTPD_ABSENT,
    /// The address is none of this machine, or not free; errno tells.
    CHTTPD_REFUSED,
} chttpd_outcome;

/// Loads libmicrohttpd and listens.
///
/// - Parameters:
///   - address: An IP address as text.
///   - port: 0 for one that is free.
///
/// Wraps MHD_start_daemon with a thread a connection.
chttpd_outcome chttpd_start(
    const char *address, uint16_t port, chttpd_limits limits, chttpd_room room, chttpd_handler handler, void *context,
    chttpd **daemon);

/// The port that it listens at.
uint16_t chttpd_port(const chttpd *daemon);

/// Takes no more connections; those that are open go on.
///
/// Wraps MHD_quiesce_daemon.
void chttpd_quiesce(chttpd *daemon);

/// Waits for the requests in hand and ends.
///
/// Wraps MHD_stop_daemon.
void chttpd_stop(chttpd *daemon);

/// "0.9.75"; NULL when it is absent.
const char *chttpd_version(void);
