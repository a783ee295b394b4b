// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "CHTTPD.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// The functions of libmicrohttpd that are used, found once: a run that serves nobody never pays for them.
static struct {
    bool ready;
    struct MHD_Daemon *(*start)(
        unsigned, uint16_t, MHD_AcceptPolicyCallback, void *, MHD_AccessHandlerCallback, void *, ...);
    void (*stop)(struct MHD_Daemon *);
    MHD_socket (*quiesce)(struct MHD_Daemon *);
    const char *(*lookup)(struct MHD_Connection *, enum MHD_ValueKind, const char *);
    struct MHD_Response *(*make)(size_t, void *, enum MHD_ResponseMemoryMode);
    enum MHD_Result (*add)(struct MHD_Response *, const char *, const char *);
    enum MHD_Result (*queue)(struct MHD_Connection *, unsigned, struct MHD_Response *);
    void (*release)(struct MHD_Response *);
    const char *(*version)(void);
} library;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    void *handle = dlopen("libmicrohttpd.so.12", RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) return;
    *(void **)&library.start = dlsym(handle, "MHD_start_daemon");
    *(void **)&library.stop = dlsym(handle, "MHD_stop_daemon");
    *(void **)&library.quiesce = dlsym(handle, "MHD_quiesce_daemon");
    *(void **)&library.lookup = dlsym(handle, "MHD_lookup_connection_value");
    *(void **)&library.make = dlsym(handle, "MHD_create_response_from_buffer");
    *(void **)&library.add = dlsym(handle, "MHD_add_response_header");
    *(void **)&library.queue = dlsym(handle, "MHD_queue_response");
    *(void **)&library.release = dlsym(handle, "MHD_destroy_response");
    *(void **)&library.version = dlsym(handle, "MHD_get_version");
    library.ready = library.start && library.stop && library.quiesce && library.lookup && library.make && library.add
        && library.queue && library.release && library.version;
}

const char *chttpd_version(void) {
    pthread_once(&once, load);
    return library.ready ? library.version() : NULL;
}

struct chttpd {
    struct MHD_Daemon *daemon;
    int socket;
    chttpd_room room;
    chttpd_handler handler;
    void *context;
};

struct chttpd_request {
    struct MHD_Connection *connection;
    const char *method, *path;
    uint8_t *body;
    size_t count, capacity;
    int64_t room;
    int refused;
};

const char *chttpd_method(const chttpd_request *request) { return request->method; }
const char *chttpd_path(const chttpd_request *request) { return request->path; }

const char *chttpd_field(const chttpd_request *request, const char *name) {
    return library.lookup(request->connection, MHD_HEADER_KIND, name);
}

const char *chttpd_argument(const chttpd_request *request, const char *name) {
    return library.lookup(request->connection, MHD_GET_ARGUMENT_KIND, name);
}

const uint8_t *chttpd_body(const chttpd_request *request, size_t *count) {
    *count = request->count;
    return request->body;
}

// The next bytes of a body, as far as there is room for them.
static void take(chttpd_request *request, const char *bytes, size_t count) {
    if (request->refused != 0) return;
    if (count > (size_t)request->room - request->count) {
        request->refused = 413;
        return;
    }
    size_t wanted = request->count + count;
    if (wanted > request->capacity) {
        size_t capacity = request->capacity < 4096 ? 4096 : request->capacity * 2;
        if (capacity < wanted) capacity = wanted;
        uint8_t *larger = realloc(request->body, capacity);
        if (larger == NULL) {
            request->refused = 503;
            return;
        }
        request->body = larger;
        request->capacity = capacity;
    }
    memcpy(request->body + request->count, bytes, count);
    request->count = wanted;
}

static void begin(struct chttpd *daemon, chttpd_request *request) {
    int64_t announced = -1;
    const char *length = chttpd_field(request, "Content-Length");
    if (length != NULL) {
        char *end = NULL;
        errno = 0;
        long long value = strtoll(length, &end, 10);
        if (errno == 0 && end != length && *end == 0 && value >= 0) announced = value;
    }
    int64_t room = daemon->room(daemon->context, request, announced);
    if (room < 0) {
        request->refused = (int)-room;
    } else if (announced > room) {
        request->refused = 413;
    }
    request->room = room < 0 ? 0 : room;
}

static enum MHD_Result answer(struct chttpd *daemon, chttpd_request *request) {
    chttpd_answer told = {.status = 500};
    daemon->handler(daemon->context, request, request->refused, &told);
    struct MHD_Response *response = library.make(told.count, told.bytes, MHD_RESPMEM_MUST_FREE);
    if (response == NULL) {
        free(told.bytes);
        return MHD_NO;
    }
    for (size_t index = 0; index < told.field_count; index++) {
        char name[64];
        if (told.fields[index] == NULL) continue;
        const char *colon = strchr(told.fields[index], ':');
        if (colon == NULL || (size_t)(colon - told.fields[index]) >= sizeof name) continue;
        memcpy(name, told.fields[index], (size_t)(colon - told.fields[index]));
        name[colon - told.fields[index]] = 0;
        library.add(response, name, colon + 1 + (colon[1] == ' '));
    }
    for (size_t index = 0; index < told.field_count; index++) free((void *)told.fields[index]);
    free((void *)told.fields);
    // The rest of a body that is refused is not waited for.
    if (request->refused != 0) library.add(response, "Connection", "close");
    enum MHD_Result result = library.queue(request->connection, told.status, response);
    library.release(response);
    return result;
}

static enum MHD_Result handle(
    void *context, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
    const char *bytes, size_t *count, void **state) {
    (void)version;
    struct chttpd *daemon = context;
    chttpd_request *request = *state;
    if (request == NULL) {
        request = calloc(1, sizeof *request);
        if (request == NULL) return MHD_NO;
        *state = request;
        request->connection = connection;
        request->method = method;
        request->path = url;
        begin(daemon, request);
        // A body that is refused by its announcement is answered before it comes.
        return request->refused != 0 ? answer(daemon, request) : MHD_YES;
    }
    request->method = method;
    request->path = url;
    if (*count > 0) {
        take(request, bytes, *count);
        *count = 0;
        return MHD_YES;
    }
    return answer(daemon, request);
}

static void completed(
    void *context, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code) {
    (void)context;
    (void)connection;
    (void)code;
    chttpd_request *request = *state;
    if (request == NULL) return;
    free(request->body);
    free(request);
    *state = NULL;
}

// A socket that listens; -1 with errno.
static int listening(const char *text, uint16_t port) {
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons(port)};
    bool is_six = inet_pton(AF_INET6, text, &six.sin6_addr) == 1;
    if (!is_six && inet_pton(AF_INET, text, &four.sin_addr) != 1) {
        errno = EINVAL;
        return -1;
    }
    int own = socket(is_six ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (own < 0) return -1;
    int yes = 1;
    setsockopt(own, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    int code = is_six ? bind(own, (struct sockaddr *)&six, sizeof six)
                      : bind(own, (struct sockaddr *)&four, sizeof four);
    if (code == 0 && listen(own, 128) == 0) return own;
    int kept = errno;
    close(own);
    errno = kept;
    return -1;
}

chttpd_outcome chttpd_start(
    const char *address, uint16_t port, chttpd_limits limits, chttpd_room room, chttpd_handler handler, void *context,
    chttpd **daemon) {
    pthread_once(&once, load);
    if (!library.ready) return CHTTPD_ABSENT;
    struct chttpd *made = calloc(1, sizeof *made);
    if (made == NULL) return CHTTPD_REFUSED;
    made->room = room;
    made->handler = handler;
    made->context = context;
    made->socket = listening(address, port);
    if (made->socket >= 0) {
        made->daemon = library.start(
            MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL | MHD_USE_ITC, 0, NULL, NULL,
            handle, made, MHD_OPTION_LISTEN_SOCKET, made->socket, MHD_OPTION_NOTIFY_COMPLETED, completed, made,
            MHD_OPTION_CONNECTION_LIMIT, limits.connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
            limits.connections_of_one_address, MHD_OPTION_CONNECTION_TIMEOUT, limits.idle_s,
            MHD_OPTION_THREAD_STACK_SIZE, (size_t)(4 << 20), MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)(64 << 10),
            MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    }
    if (made->daemon == NULL) {
        int kept = errno;
        if (made->socket >= 0) close(made->socket);
        free(made);
        errno = kept;
        return CHTTPD_REFUSED;
    }
    *daemon = made;
    return CHTTPD_LISTENS;
}

uint16_t chttpd_port(const chttpd *daemon) {
    struct sockaddr_storage bound;
    socklen_t size = sizeof bound;
    if (getsockname(daemon->socket, (struct sockaddr *)&bound, &size) != 0) return 0;
    return ntohs(
        bound.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&bound)->sin6_port
                                    : ((struct sockaddr_in *)&bound)->sin_port);
}

void chttpd_quiesce(chttpd *daemon) { library.quiesce(daemon->daemon); }

void chttpd_stop(chttpd *daemon) {
    library.stop(daemon->daemon);
    close(daemon->socket);
    free(daemon);
}
