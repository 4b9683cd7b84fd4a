/* A gateway that only asks "which records do you have of me?", as often as it is told, and counts the answers.
 *
 *   gateway PORT HRP-PORT FACILITY RATE SECONDS CONNECTIONS REQUESTS.ndjson
 *
 * Listens on 127.0.0.1:PORT for sessions, keys and callbacks. Once the HRP on HRP-PORT is ready it is sent RATE
 * discover callbacks a second for SECONDS, each with a token, a request id and a transaction of its own. A call's
 * time begins when it was due, not when there was a connection for it: a server that falls behind cannot hide
 * it. Prints one JSON object: milliseconds until the acknowledgement, and until the answer came as a callback.
 */
#include <arpa/inet.h>
#include <cjose/cjose.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { reply_max = 4096, callback_max = 1 << 20, drain_seconds = 20 };

static const char id_form[] = "00000000-0000-4000-8000-%012zx";
static size_t calls;
static double *due, *acknowledged;
static _Atomic double *answered;
static atomic_size_t answers, repeated, strange, with_patient, refused;

static cjose_jwk_t *key;
static char *key_set;

static void stop(const char *why) {
    fprintf(stderr, "gateway: %s\n", why);
    exit(1);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* --- What the HRP is told: its session, our keys, and thanks for every callback. */

static char *sign(size_t number) {
    char claims[256];
    time_t seconds = time(NULL);
    int bytes = snprintf(
        claims, sizeof claims,
        "{\"iss\":\"bench\",\"sub\":\"gateway\",\"jti\":\"%zu\",\"iat\":%ld,\"exp\":%ld,"
        "\"realm_access\":{\"roles\":[\"gateway\"]}}", number, (long)seconds, (long)seconds + 3600);
    cjose_header_t *header = cjose_header_new(NULL);
    cjose_jws_t *signature = NULL;
    const char *text = NULL;
    if (header == NULL || !cjose_header_set(header, "alg", "RS256", NULL)
        || !cjose_header_set(header, "kid", "bench", NULL)
        || (signature = cjose_jws_sign(key, header, (uint8_t *)claims, (size_t)bytes, NULL)) == NULL
        || !cjose_jws_export(signature, &text, NULL))
        stop("cannot sign a token");
    char *copy = strdup(text);
    cjose_jws_release(signature);
    cjose_header_release(header);
    return copy;
}

static void make_key(void) {
    const uint8_t exponent[] = {1, 0, 1};
    key = cjose_jwk_create_RSA_random(2048, exponent, sizeof exponent, NULL);
    char *text = NULL;
    if (key == NULL || !cjose_jwk_set_kid(key, "bench", 5, NULL)
        || (text = cjose_jwk_to_json(key, false, NULL)) == NULL
        || asprintf(&key_set, "{\"keys\":[%s]}", text) < 0)
        stop("cannot make a key pair");
    free(text);
}

struct incoming {
    size_t bytes;
    char body[callback_max];
};

static void take_answer(const struct incoming *incoming) {
    const char *reply = strstr(incoming->body, "\"resp\"");
    if (reply == NULL) reply = strstr(incoming->body, "\"response\"");
    const char *id = reply == NULL ? NULL : strstr(reply, "00000000-0000-4000-8000-");
    size_t number = id == NULL ? SIZE_MAX : strtoull(id + 24, NULL, 16);
    if (number >= calls) {
        strange++;
        return;
    }
    if (atomic_load(&answered[number]) > 0) {
        repeated++;
        return;
    }
    atomic_store(&answered[number], now());
    if (strstr(incoming->body, "\"patient\":{") != NULL) with_patient++;
    answers++;
}

static enum MHD_Result reply(struct MHD_Connection *connection, unsigned status, const char *text) {
    struct MHD_Response *response =
        MHD_create_response_from_buffer(strlen(text), (void *)text, MHD_RESPMEM_MUST_COPY);
    MHD_add_response_header(response, "Content-Type", "application/json");
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result handle(
    void *context, struct MHD_Connection *connection, const char *url, const char *method,
    const char *version, const char *upload, size_t *upload_bytes, void **request) {
    (void)context, (void)method, (void)version;
    if (*request == NULL) {
        struct incoming *begun = malloc(sizeof *begun);
        if (begun == NULL) return MHD_NO;
        begun->bytes = 0;
        *request = begun;
        return MHD_YES;
    }
    struct incoming *incoming = *request;
    if (*upload_bytes > 0) {
        if (incoming->bytes + *upload_bytes >= callback_max) return MHD_NO;
        memcpy(incoming->body + incoming->bytes, upload, *upload_bytes);
        incoming->bytes += *upload_bytes;
        *upload_bytes = 0;
        return MHD_YES;
    }
    incoming->body[incoming->bytes] = 0;
    if (strstr(url, "/certs") != NULL) return reply(connection, 200, key_set);
    if (strstr(url, "/sessions") != NULL) {
        char text[2048], *token = sign(SIZE_MAX);
        snprintf(text, sizeof text,
                 "{\"accessToken\":\"%s\",\"expiresIn\":1800,\"refreshExpiresIn\":1800,"
                 "\"refreshToken\":\"none\",\"tokenType\":\"bearer\"}", token);
        free(token);
        return reply(connection, 200, text);
    }
    if (strstr(url, "/on-discover") != NULL) take_answer(incoming);
    return reply(connection, 202, "");
}

static void finish(
    void *context, struct MHD_Connection *connection, void **request,
    enum MHD_RequestTerminationCode reason) {
    (void)context, (void)connection, (void)reason;
    free(*request);
    *request = NULL;
}

static void listen_on(uint16_t port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (MHD_start_daemon(
            MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, handle, NULL, MHD_OPTION_SOCK_ADDR,
            &address, MHD_OPTION_NOTIFY_COMPLETED, finish, NULL, MHD_OPTION_CONNECTION_LIMIT, 1024u,
            MHD_OPTION_END) == NULL)
        stop("cannot listen");
}

/* --- The calls: bodies of a file, with ids and a time of ours in the places of theirs. */

static char **bodies;
static size_t bodies_count;

static void read_bodies(const char *path) {
    FILE *file = fopen(path, "r");
    if (file == NULL) stop("cannot read the requests");
    char *line = NULL;
    size_t room = 0;
    ssize_t bytes;
    while ((bytes = getline(&line, &room, file)) > 0) {
        if (line[bytes - 1] == '\n') line[bytes - 1] = 0;
        bodies = realloc(bodies, (bodies_count + 1) * sizeof *bodies);
        if (bodies == NULL) stop("no memory");
        bodies[bodies_count++] = strdup(line);
    }
    free(line);
    fclose(file);
    if (bodies_count == 0) stop("no requests");
}

/* Writes over the text of a member whose text is as long as the new one. */
static void put(char *body, const char *member, const char *text) {
    char *place = strstr(body, member);
    if (place == NULL || place[strlen(member) + strlen(text)] != '"') stop("a request of another form");
    memcpy(place + strlen(member), text, strlen(text));
}

static char *write_call(size_t number, const char *facility, const char *token, uint16_t hrp) {
    char id[48], stamp[40], *body = strdup(bodies[number % bodies_count]), *text;
    struct timespec time;
    struct tm parts;
    clock_gettime(CLOCK_REALTIME, &time);
    gmtime_r(&time.tv_sec, &parts);
    size_t bytes = strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(stamp + bytes, sizeof stamp - bytes, ".%03ldZ", time.tv_nsec / 1000000);
    snprintf(id, sizeof id, id_form, number);
    put(body, "\"requestId\":\"", id);
    put(body, "\"transactionId\":\"", id);
    put(body, "\"timestamp\":\"", stamp);
    if (asprintf(&text,
                 "POST /v0.5/care-contexts/discover HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nX-HIP-ID: %s\r\n"
                 "Authorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                 hrp, facility, token, strlen(body), body) < 0)
        stop("no memory");
    free(body);
    return text;
}

struct connection {
    int socket;
    bool is_busy;
    size_t number, bytes;
    char reply[reply_max];
};

static int connect_to(uint16_t port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int one = 1, found = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (found < 0 || connect(found, (struct sockaddr *)&address, sizeof address) != 0)
        stop("cannot connect to the HRP");
    setsockopt(found, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return found;
}

static void wait_until_ready(uint16_t port) {
    for (int tries = 0; tries < 600; tries++, usleep(100000)) {
        int found = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port),
                                      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
        char text[512] = "GET /readyz HTTP/1.1\r\nHost: hrp\r\nConnection: close\r\n\r\n";
        bool is_ready = connect(found, (struct sockaddr *)&address, sizeof address) == 0
            && write(found, text, strlen(text)) > 0 && read(found, text, sizeof text) > 12
            && memcmp(text + 9, "200", 3) == 0;
        close(found);
        if (is_ready) return;
    }
    stop("the HRP is not ready after a minute");
}

/* Whether the reply is whole; every acknowledgement says how long its body is. */
static bool is_whole(struct connection *connection) {
    connection->reply[connection->bytes] = 0;
    char *end = strstr(connection->reply, "\r\n\r\n");
    if (end == NULL) return false;
    char *length = strcasestr(connection->reply, "\r\nContent-Length:");
    size_t body = length == NULL ? 0 : strtoull(length + 17, NULL, 10);
    return connection->bytes >= (size_t)(end + 4 - connection->reply) + body;
}

static int by_size(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double at(const double *sorted, size_t count, double part) {
    return count == 0 ? 0 : sorted[(size_t)((double)(count - 1) * part)] * 1000;
}

int main(int count, char **words) {
    if (count != 8) {
        fprintf(stderr, "usage: gateway PORT HRP-PORT FACILITY RATE SECONDS CONNECTIONS REQUESTS.ndjson\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    uint16_t port = (uint16_t)atoi(words[1]), hrp = (uint16_t)atoi(words[2]);
    double rate = atof(words[4]);
    calls = (size_t)(rate * atof(words[5]));
    size_t width = (size_t)atoi(words[6]), running = 0, next = 0, done = 0;
    read_bodies(words[7]);
    due = calloc(calls, sizeof *due);
    acknowledged = calloc(calls, sizeof *acknowledged);
    answered = calloc(calls, sizeof *answered);
    char **tokens = calloc(calls, sizeof *tokens);
    struct connection *lines = calloc(width, sizeof *lines);
    if (due == NULL || acknowledged == NULL || answered == NULL || tokens == NULL || lines == NULL)
        stop("no memory");
    make_key();
    listen_on(port);
    /* Signing costs more than all the rest of this program. */
    for (size_t number = 0; number < calls; number++) tokens[number] = sign(number);
    wait_until_ready(hrp);

    int poll = epoll_create1(EPOLL_CLOEXEC);
    for (size_t index = 0; index < width; index++) {
        lines[index].socket = connect_to(hrp);
        struct epoll_event event = {.events = EPOLLIN, .data.u64 = index};
        epoll_ctl(poll, EPOLL_CTL_ADD, lines[index].socket, &event);
    }
    double start = now() + 0.5;
    for (size_t number = 0; number < calls; number++) due[number] = start + (double)number / rate;
    while (done < calls) {
        for (size_t index = 0; index < width && next < calls && due[next] <= now(); index++) {
            if (lines[index].is_busy) continue;
            char *text = write_call(next, words[3], tokens[next], hrp);
            size_t bytes = strlen(text);
            if (write(lines[index].socket, text, bytes) != (ssize_t)bytes) stop("cannot send");
            free(text);
            lines[index].is_busy = true;
            lines[index].bytes = 0;
            lines[index].number = next++;
            running++;
        }
        double left = next < calls && running < width ? due[next] - now() : 0.05;
        struct epoll_event events[64];
        int seen = epoll_wait(poll, events, 64, left <= 0 ? 0 : (int)(left * 1000));
        for (int index = 0; index < seen; index++) {
            struct connection *line = &lines[events[index].data.u64];
            ssize_t bytes = read(line->socket, line->reply + line->bytes, reply_max - 1 - line->bytes);
            if (bytes <= 0) stop("the HRP closed a connection");
            line->bytes += (size_t)bytes;
            if (!line->is_busy || !is_whole(line)) continue;
            if (memcmp(line->reply + 9, "202", 3) != 0) refused++;
            acknowledged[line->number] = now();
            line->is_busy = false;
            running--;
            done++;
        }
    }
    double end = now();
    while (answers < calls - refused && now() - end < drain_seconds) usleep(10000);

    double *first = calloc(calls, sizeof *first), *second = calloc(calls, sizeof *second), last = start;
    size_t got = 0;
    for (size_t number = 0; number < calls; number++) {
        first[number] = acknowledged[number] - due[number];
        double time = atomic_load(&answered[number]);
        if (time <= 0) continue;
        second[got++] = time - due[number];
        if (time > last) last = time;
    }
    qsort(first, calls, sizeof *first, by_size);
    qsort(second, got, sizeof *second, by_size);
    printf("{\"n\":%zu,\"rate\":%.0f,\"answers_per_second\":%.0f,\"acknowledged_p50_ms\":%.2f,"
           "\"acknowledged_p99_ms\":%.2f,\"callback_p50_ms\":%.2f,\"callback_p99_ms\":%.2f,"
           "\"callback_max_ms\":%.2f,\"with_patient\":%zu,\"refused\":%zu,\"missing\":%zu,"
           "\"repeated\":%zu,\"strange\":%zu}\n",
           calls, rate, (double)got / (last - start), at(first, calls, 0.5), at(first, calls, 0.99),
           at(second, got, 0.5), at(second, got, 0.99), at(second, got, 1), (size_t)with_patient,
           (size_t)refused, calls - got, (size_t)repeated, (size_t)strange);
    return 0;
}
