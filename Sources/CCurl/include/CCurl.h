// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// How a request ended, before anybody looks at the status of the answer.
typedef enum {
    CCURL_ANSWERED = 0,
    /// libcurl.so.4 is not on this machine, or lacks what keeps a request safe.
    CCURL_ABSENT,
    /// The sink asked to stop; status and header lines are there.
    CCURL_STOPPED,
    /// The name server says that the host does not exist.
    CCURL_UNKNOWN_HOST,
    /// No name server could tell.
    CCURL_UNRESOLVED,
    /// Every address of the host is one that is not asked; `address` has the last of them.
    CCURL_NOT_PUBLIC,
    CCURL_NO_CONNECTION,
    /// A limit of time was met.
    CCURL_TIMED_OUT,
    /// The connection ended before the answer did.
    CCURL_CUT,
    /// The certificate is not one that this machine trusts for the host.
    CCURL_CERTIFICATE,
    /// Anything else; `reason` has the words of libcurl.
    CCURL_FAILED,
} ccurl_outcome;

/// One request: GET, by HTTP/1.1, without credentials, cookies, proxies and redirects.
typedef struct {
    const char *url;
    /// "0-65535" or "-65536"; NULL for all.
    const char *range;
    /// The value of If-Range; NULL for none.
    const char *condition;
    const char *agent;
    /// Milliseconds until a connection stands.
    long connect_ms;
    /// Seconds with less than 256 bytes each.
    long idle_s;
    /// Milliseconds in all.
    long total_ms;
    /// Addresses of this machine and of private networks are asked as well.
    bool allows_private;
} ccurl_request;

typedef struct {
    /// Status of HTTP; 0 when no answer came.
    long status;
    /// The address that was connected to, or refused; empty when there is none.
    char address[64];
    /// Words of libcurl where the outcome alone does not say it.
    char reason[256];
} ccurl_answer;

/// Takes one line of the header, without its end.
typedef void (*ccurl_line)(void *context, const char *line, size_t count);

/// Takes the next bytes of the body; returns 0 to go on.
typedef int (*ccurl_sink)(void *context, const uint8_t *bytes, size_t count);

/// Connections that are kept open between requests; one for one thread at a time.
typedef struct ccurl_session ccurl_session;

/// Loads libcurl when first called; NULL when it is absent or has no memory.
///
/// Wraps curl_global_init, curl_easy_init.
ccurl_session *ccurl_open(void);

/// Wraps curl_easy_cleanup.
void ccurl_close(ccurl_session *session);

/// Asks once and hands over what comes.
///
/// Wraps curl_easy_setopt, curl_easy_perform, curl_easy_getinfo.
ccurl_outcome ccurl_get(
    ccurl_session *session, const ccurl_request *request, ccurl_line line, ccurl_sink sink, void *context,
    ccurl_answer *answer);

/// One request that may change something on a server: always over a connection of its own, so that it is sent once.
typedef struct {
    /// GET, POST, PUT, DELETE.
    const char *method;
    const char *url;
    /// "Name: value", without line ends.
    const char *const *fields;
    size_t field_count;
    const char *agent;
    /// Bytes of the body; negative for none.
    int64_t body;
    /// Milliseconds until a connection stands.
    long connect_ms;
    /// Seconds without a byte in either direction.
    long idle_s;
    /// The same once the body is sent: the server may have to look at all of it.
    long silent_s;
    /// Addresses of this machine and of private networks are asked as well.
    bool allows_private;
    /// The connection may be one that was used before.
    bool may_reuse;
} ccurl_call;

/// Fills the room with the next bytes of the body; SIZE_MAX gives up.
typedef size_t (*ccurl_feed)(void *context, uint8_t *bytes, size_t room);

/// Sends a request with its body and hands over what is answered. Redirects are not followed.
///
/// - Parameter sent: Bytes of the body that were handed to the connection.
///
/// Wraps curl_easy_setopt, curl_easy_perform, curl_easy_getinfo.
ccurl_outcome ccurl_send(
    ccurl_session *session, const ccurl_call *call, ccurl_line line, ccurl_feed feed, ccurl_sink sink, void *context,
    ccurl_answer *answer, int64_t *sent);

/// Keeps the memory of this process out of core files and away from other processes of the user; it holds a secret.
///
/// Wraps prctl with PR_SET_DUMPABLE.
void ccurl_hide_memory(void);

/// The words of the library that was loaded, such as "libcurl/7.88.1 OpenSSL/3.0"; NULL when it is absent.
const char *ccurl_version(void);

/// True for an address, as text, that lies in the public part of the Internet.
bool ccurl_is_public(const char *address);

/// True when a name server knows the host; wraps getaddrinfo.
bool ccurl_resolves(const char *host);
