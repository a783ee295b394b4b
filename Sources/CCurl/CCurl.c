// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "CCurl.h"
#include "address.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>

// The functions of libcurl that are used; found once. It stands on thirty libraries, which a run without network never
// pays for.
static struct {
    bool ready;
    CURLcode (*begin)(long);
    CURL *(*create)(void);
    CURLcode (*set)(CURL *, CURLoption, ...);
    CURLcode (*perform)(CURL *);
    CURLcode (*info)(CURL *, CURLINFO, ...);
    void (*reset)(CURL *);
    void (*release)(CURL *);
    const char *(*words)(CURLcode);
    char *(*version)(void);
    struct curl_slist *(*append)(struct curl_slist *, const char *);
    void (*drop)(struct curl_slist *);
} library;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    void *handle = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) handle = dlopen("libcurl-gnutls.so.4", RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) return;
    *(void **)&library.begin = dlsym(handle, "curl_global_init");
    *(void **)&library.create = dlsym(handle, "curl_easy_init");
    *(void **)&library.set = dlsym(handle, "curl_easy_setopt");
    *(void **)&library.perform = dlsym(handle, "curl_easy_perform");
    *(void **)&library.info = dlsym(handle, "curl_easy_getinfo");
    *(void **)&library.reset = dlsym(handle, "curl_easy_reset");
    *(void **)&library.release = dlsym(handle, "curl_easy_cleanup");
    *(void **)&library.words = dlsym(handle, "curl_easy_strerror");
    *(void **)&library.version = dlsym(handle, "curl_version");
    *(void **)&library.append = dlsym(handle, "curl_slist_append");
    *(void **)&library.drop = dlsym(handle, "curl_slist_free_all");
    library.ready = library.begin && library.create && library.set && library.perform && library.info
        && library.reset && library.release && library.words && library.version && library.append && library.drop
        && library.begin(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

struct ccurl_session {
    CURL *handle;
};

ccurl_session *ccurl_open(void) {
    pthread_once(&once, load);
    if (!library.ready) return NULL;
    ccurl_session *session = calloc(1, sizeof *session);
    if (session == NULL) return NULL;
    session->handle = library.create();
    if (session->handle != NULL) return session;
    free(session);
    return NULL;
}

void ccurl_close(ccurl_session *session) {
    if (session == NULL) return;
    library.release(session->handle);
    free(session);
}

// One request under way.
struct way {
    ccurl_feed feed;
    // Bytes of the body, those that were handed over, and what moved when last looked at.
    int64_t body, fed, moved;
    struct timespec since;
    long idle_s, silent_s;
    // Nothing moved for too long.
    bool is_silent;
    ccurl_line line;
    ccurl_sink sink;
    void *context;
    ccurl_answer *answer;
    bool allows_private;
    // An address was not asked.
    bool is_refused;
    // The sink has had enough.
    bool is_stopped;
    // Bytes of the header.
    size_t header;
};

static const size_t most_header = 1 << 16;

// Called with each address of the host before anything is sent to it.
static curl_socket_t open_socket(void *data, curlsocktype purpose, struct curl_sockaddr *address) {
    struct way *way = data;
    ccurl_address_text(&address->addr, way->answer->address, sizeof way->answer->address);
    if (purpose != CURLSOCKTYPE_IPCXN || (!way->allows_private && !ccurl_address_is_public(&address->addr))) {
        way->is_refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t take_line(char *bytes, size_t size, size_t count, void *data) {
    struct way *way = data;
    size_t all = size * count;
    way->header += all;
    if (way->header > most_header) return 0;
    size_t length = all;
    while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) length--;
    way->line(way->context, bytes, length);
    return all;
}

static size_t take_bytes(char *bytes, size_t size, size_t count, void *data) {
    struct way *way = data;
    size_t all = size * count;
    if (way->sink(way->context, (const uint8_t *)bytes, all) == 0) return all;
    way->is_stopped = true;
    return all == 0 ? 1 : 0;
}

// What a request that did not come through is called.
static ccurl_outcome outcome_of(CURLcode code, const struct way *way) {
    switch (code) {
    case CURLE_OK: return CCURL_ANSWERED;
    case CURLE_COULDNT_CONNECT: return way->is_refused ? CCURL_NOT_PUBLIC : CCURL_NO_CONNECTION;
    case CURLE_OPERATION_TIMEDOUT: return CCURL_TIMED_OUT;
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR: return CCURL_CUT;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS: return CCURL_CERTIFICATE;
    case CURLE_ABORTED_BY_CALLBACK:
        if (way->is_silent) return CCURL_TIMED_OUT;
        return way->is_stopped ? CCURL_STOPPED : CCURL_FAILED;
    default: return way->is_stopped ? CCURL_STOPPED : CCURL_FAILED;
    }
}

// Why a host has no address: it does not exist, or nobody could tell.
static ccurl_outcome unresolved(const char *url) {
    const char *start = strstr(url, "://");
    char host[256] = "";
    if (start != NULL) {
        start += 3;
        size_t length = strcspn(start, ":/?#");
        if (length < sizeof host) memcpy(host, start, length);
    }
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    int code = getaddrinfo(host, NULL, &hints, &found);
    if (code == 0) freeaddrinfo(found);
    return code == EAI_NONAME ? CCURL_UNKNOWN_HOST : CCURL_UNRESOLVED;
}

// A server that hangs up while something is sent to it ends no process by SIGPIPE.
static CURLcode quietly(CURL *curl) {
    sigset_t pipe, before, pending;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    sigpending(&pending);
    bool was_pending = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe, &before);
    CURLcode code = library.perform(curl);
    struct timespec none = {0, 0};
    if (!was_pending) while (sigtimedwait(&pipe, NULL, &none) == SIGPIPE) {}
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return code;
}

#define SET(option, value) is_set = is_set && library.set(curl, option, value) == CURLE_OK

// What keeps every request safe, and where its answer goes: without one of these nothing is asked.
static bool is_made_safe(CURL *curl, const char *url, struct way *way, char *error) {
    bool is_set = true;
    SET(CURLOPT_URL, url);
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_REDIR_PROTOCOLS_STR, "https");
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    SET(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    SET(CURLOPT_PROXY, "");
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
    SET(CURLOPT_OPENSOCKETDATA, way);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    SET(CURLOPT_HTTP09_ALLOWED, 0L);
    SET(CURLOPT_HEADERFUNCTION, take_line);
    SET(CURLOPT_HEADERDATA, way);
    SET(CURLOPT_WRITEFUNCTION, take_bytes);
    SET(CURLOPT_WRITEDATA, way);
    SET(CURLOPT_ERRORBUFFER, error);
    return is_set;
}

// Makes the request that is set; what points into it is taken back by the caller.
static ccurl_outcome made(CURL *curl, const char *url, struct way *way, const char *error) {
    const CURLcode code = quietly(curl);
    ccurl_answer *answer = way->answer;
    library.info(curl, CURLINFO_RESPONSE_CODE, &answer->status);
    char *address = NULL;
    if (library.info(curl, CURLINFO_PRIMARY_IP, &address) == CURLE_OK && address != NULL && address[0] != 0)
        snprintf(answer->address, sizeof answer->address, "%s", address);
    if (code != CURLE_OK) snprintf(answer->reason, sizeof answer->reason, "%s", error[0] ? error : library.words(code));
    return code == CURLE_COULDNT_RESOLVE_HOST ? unresolved(url) : outcome_of(code, way);
}

ccurl_outcome ccurl_get(
    ccurl_session *session, const ccurl_request *request, ccurl_line line, ccurl_sink sink, void *context,
    ccurl_answer *answer) {
    CURL *curl = session->handle;
    struct way way = {
        .line = line, .sink = sink, .context = context, .answer = answer, .allows_private = request->allows_private};
    memset(answer, 0, sizeof *answer);
    library.reset(curl);
    char error[CURL_ERROR_SIZE] = "";
    char condition[512];
    struct curl_slist *headers = library.append(NULL, "Accept-Encoding: identity");
    if (headers != NULL && request->condition != NULL) {
        snprintf(condition, sizeof condition, "If-Range: %s", request->condition);
        struct curl_slist *more = library.append(headers, condition);
        if (more == NULL) library.drop(headers);
        headers = more;
    }
    if (headers == NULL) return CCURL_ABSENT;
    bool is_set = is_made_safe(curl, request->url, &way, error);
    SET(CURLOPT_HTTPGET, 1L);
    SET(CURLOPT_HTTPHEADER, headers);
    SET(CURLOPT_USERAGENT, request->agent);
    SET(CURLOPT_CONNECTTIMEOUT_MS, request->connect_ms);
    SET(CURLOPT_LOW_SPEED_LIMIT, 256L);
    SET(CURLOPT_LOW_SPEED_TIME, request->idle_s);
    SET(CURLOPT_TIMEOUT_MS, request->total_ms);
    if (request->range != NULL) SET(CURLOPT_RANGE, request->range);
    const ccurl_outcome outcome = is_set ? made(curl, request->url, &way, error) : CCURL_ABSENT;
    // What points into this call is taken back before it ends.
    library.reset(curl);
    library.drop(headers);
    return outcome;
}

// Hands the next bytes of the body to the connection.
static size_t give_bytes(char *room, size_t size, size_t count, void *data) {
    struct way *way = data;
    size_t wanted = size * count;
    if ((int64_t)wanted > way->body - way->fed) wanted = (size_t)(way->body - way->fed);
    if (wanted == 0) return 0;
    size_t given = way->feed(way->context, (uint8_t *)room, wanted);
    if (given > wanted) {
        way->is_stopped = true;
        return CURL_READFUNC_ABORT;
    }
    way->fed += (int64_t)given;
    return given;
}

// Called at least once a second: ends a request in which nothing moves.
static int look_on(void *data, curl_off_t all_in, curl_off_t in, curl_off_t all_out, curl_off_t out) {
    (void)all_in;
    (void)all_out;
    struct way *way = data;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t moved = in + out + (int64_t)way->header;
    if (moved != way->moved || way->since.tv_sec == 0) {
        way->moved = moved;
        way->since = now;
        return 0;
    }
    long patience = out >= way->body ? way->silent_s : way->idle_s;
    if (now.tv_sec - way->since.tv_sec < patience) return 0;
    way->is_silent = true;
    return 1;
}

ccurl_outcome ccurl_send(
    ccurl_session *session, const ccurl_call *call, ccurl_line line, ccurl_feed feed, ccurl_sink sink, void *context,
    ccurl_answer *answer, int64_t *sent) {
    CURL *curl = session->handle;
    struct way way = {
        .line = line, .sink = sink, .context = context, .answer = answer, .allows_private = call->allows_private,
        .feed = feed, .body = call->body, .idle_s = call->idle_s, .silent_s = call->silent_s};
    memset(answer, 0, sizeof *answer);
    *sent = 0;
    library.reset(curl);
    char error[CURL_ERROR_SIZE] = "";
    // No answer in between is waited for: whoever refuses a body ends the connection.
    struct curl_slist *headers = library.append(NULL, "Expect:");
    for (size_t index = 0; headers != NULL && index < call->field_count; index++) {
        struct curl_slist *more = library.append(headers, call->fields[index]);
        if (more == NULL) library.drop(headers);
        headers = more;
    }
    if (headers == NULL) return CCURL_ABSENT;
    bool is_set = is_made_safe(curl, call->url, &way, error);
    SET(CURLOPT_HTTPHEADER, headers);
    SET(CURLOPT_USERAGENT, call->agent);
    SET(CURLOPT_CONNECTTIMEOUT_MS, call->connect_ms);
    SET(CURLOPT_NOPROGRESS, 0L);
    SET(CURLOPT_XFERINFOFUNCTION, look_on);
    SET(CURLOPT_XFERINFODATA, &way);
    if (!call->may_reuse) {
        // libcurl sends a request again that dies on an old connection, without a word.
        SET(CURLOPT_FRESH_CONNECT, 1L);
        SET(CURLOPT_FORBID_REUSE, 1L);
    }
    if (call->body >= 0) {
        SET(CURLOPT_UPLOAD, 1L);
        SET(CURLOPT_INFILESIZE_LARGE, (curl_off_t)call->body);
        SET(CURLOPT_READFUNCTION, give_bytes);
        SET(CURLOPT_READDATA, &way);
        SET(CURLOPT_UPLOAD_BUFFERSIZE, 1L << 19);
    } else {
        SET(CURLOPT_HTTPGET, 1L);
    }
    SET(CURLOPT_CUSTOMREQUEST, call->method);
    const ccurl_outcome outcome = is_set ? made(curl, call->url, &way, error) : CCURL_ABSENT;
    if (is_set) {
        curl_off_t out = 0;
        library.info(curl, CURLINFO_SIZE_UPLOAD_T, &out);
        *sent = out;
    }
    library.reset(curl);
    library.drop(headers);
    return outcome;
}

#undef SET

void ccurl_hide_memory(void) {
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    // Whoever prints registers and what they point to at a crash would print what is hidden here.
    const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGQUIT};
    for (size_t index = 0; index < sizeof signals / sizeof signals[0]; index++) signal(signals[index], SIG_DFL);
}

const char *ccurl_version(void) {
    pthread_once(&once, load);
    return library.ready ? library.version() : NULL;
}
