/* Asks a server at a rate, whether it keeps up or not, and compares each answer with the one that is expected.
 *
 *   paced PORT|unix:PATH RATE SECONDS CONNECTIONS REQUESTS.ndjson ANSWERS.ndjson
 *
 * POSTs the bodies of a file to /v1/discover, over and over, RATE of them a second at even distances, over
 * connections that are kept alive, each with one request at a time; threads share them, as many as there are cores to
 * run on, two at most. A request's time begins
 * when it was due, not when a connection was free or this program had its turn: neither a server that falls behind nor
 * we can hide it. RATE 0 sends the next request wherever one is answered; its time begins when it is sent. Prints
 * one JSON object.
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { threads_max = 2, reply_max = 1 << 16, events_max = 64, stall_seconds = 10 };

static void stop(const char *why) {
    fprintf(stderr, "paced: %s\n", why);
    exit(1);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* --- Texts: the lines of a file. */

struct text {
    char *start;
    size_t bytes;
};

struct texts {
    struct text *list;
    size_t count;
};

static struct texts read_lines(const char *path) {
    FILE *file = fopen(path, "r");
    if (file == NULL) stop("cannot read a file");
    struct texts texts = {0};
    size_t room = 0, capacity = 0;
    char *line = NULL;
    ssize_t bytes;
    while ((bytes = getline(&line, &room, file)) > 0) {
        if (line[bytes - 1] == '\n') line[--bytes] = 0;
        if (texts.count == capacity) {
            capacity = capacity * 2 + 1024;
            texts.list = realloc(texts.list, capacity * sizeof *texts.list);
        }
        char *copy = strdup(line);
        if (texts.list == NULL || copy == NULL) stop("no memory");
        texts.list[texts.count++] = (struct text){copy, (size_t)bytes};
    }
    free(line);
    fclose(file);
    return texts;
}

/* Puts what HTTP wants in front of each body: while the time runs, a request is a look into a table. */
static void make_messages(struct texts *bodies) {
    for (size_t index = 0; index < bodies->count; index++) {
        struct text *body = &bodies->list[index];
        char *message;
        int bytes = asprintf(
            &message,
            "POST /v1/discover HTTP/1.1\r\nHost: milaan\r\nX-HIP-ID: HIP1\r\n"
            "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
            body->bytes, body->start);
        if (bytes < 0) stop("no memory");
        free(body->start);
        *body = (struct text){message, (size_t)bytes};
    }
}

/* --- Times, of which the greatest are wanted too. */

struct series {
    double *values;
    size_t count, capacity;
};

static void add(struct series *series, double value) {
    if (series->count == series->capacity) {
        series->capacity = series->capacity * 2 + 65536;
        series->values = realloc(series->values, series->capacity * sizeof *series->values);
        if (series->values == NULL) stop("no memory");
    }
    series->values[series->count++] = value;
}

static int by_size(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Microseconds, of a sorted series. */
static double at(const struct series *sorted, double part) {
    return sorted->count == 0 ? 0 : sorted->values[(size_t)((double)(sorted->count - 1) * part)] * 1e6;
}

/* --- Connections */

struct connection {
    int socket;
    bool is_busy;
    /* Which of the bodies was asked, and since when. */
    size_t number;
    double since;
    size_t bytes;
    char reply[reply_max + 1];
};

static int connect_to(const char *place) {
    int found, one = 1;
    if (strncmp(place, "unix:", 5) == 0) {
        struct sockaddr_un address = {.sun_family = AF_UNIX};
        if (strlen(place + 5) >= sizeof address.sun_path) stop("the path of the socket is too long");
        strcpy(address.sun_path, place + 5);
        found = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (found < 0 || connect(found, (struct sockaddr *)&address, sizeof address) != 0)
            stop("cannot connect");
        return found;
    }
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(place)),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    found = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (found < 0 || connect(found, (struct sockaddr *)&address, sizeof address) != 0)
        stop("cannot connect");
    setsockopt(found, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return found;
}

/* Takes what has come of a reply. Returns whether it is whole; *is_right, whether it is the expected one. */
static bool take(struct connection *connection, const struct text *expected, bool *is_right) {
    ssize_t bytes = read(
        connection->socket, connection->reply + connection->bytes, reply_max - connection->bytes);
    if (bytes <= 0) stop("the server closed a connection");
    connection->bytes += (size_t)bytes;
    connection->reply[connection->bytes] = 0;
    char *end = strstr(connection->reply, "\r\n\r\n");
    if (end != NULL) {
        char *length = strcasestr(connection->reply, "\r\nContent-Length:");
        if (length == NULL || length > end) stop("a reply does not say how long it is");
        size_t body = strtoull(length + 17, NULL, 10);
        size_t whole = (size_t)(end + 4 - connection->reply) + body;
        if (connection->bytes > whole) stop("more than one reply to a request");
        if (connection->bytes == whole) {
            *is_right = memcmp(connection->reply + 9, "200", 3) == 0 && body == expected->bytes
                && memcmp(end + 4, expected->start, body) == 0;
            return true;
        }
    }
    if (connection->bytes == reply_max) stop("a reply is too long");
    return false;
}

/* Waits for events, to the microsecond; seconds < 0 for as long as a server may think. */
static int wait_for(int poll, struct epoll_event *events, double seconds) {
    if (seconds < 0) {
        int seen = epoll_wait(poll, events, events_max, stall_seconds * 1000);
        if (seen == 0) stop("the server does not answer");
        return seen;
    }
    struct timespec time = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
    return epoll_pwait2(poll, events, events_max, &time, NULL);
}

/* --- A thread: its connections, and what it saw. */

static struct texts messages, expected;
static double rate, start, end;
static size_t threads;

/* One a core: two that share one would wait for each other. */
static size_t count_threads(void) {
    cpu_set_t cores;
    if (sched_getaffinity(0, sizeof cores, &cores) != 0) return threads_max;
    return CPU_COUNT(&cores) < threads_max ? 1 : threads_max;
}

struct worker {
    pthread_t thread;
    /* It sends every so manieth request, from this one on, of so many. */
    size_t first, calls;
    size_t width;
    struct connection *lines;
    /* Those that wait for a request, in turn, so that each has its share of them. */
    size_t *idle, idle_first, idle_count;
    int poll;
    size_t next, done, wrong;
    double last;
    /* Until the answer, and until the request was sent. */
    struct series latencies, delays;
};

static void prepare(struct worker *worker, const char *place) {
    worker->lines = calloc(worker->width, sizeof *worker->lines);
    worker->idle = calloc(worker->width, sizeof *worker->idle);
    worker->poll = epoll_create1(EPOLL_CLOEXEC);
    if (worker->lines == NULL || worker->idle == NULL || worker->poll < 0) stop("no memory");
    worker->idle_count = worker->width;
    for (size_t index = 0; index < worker->width; index++) {
        worker->lines[index].socket = connect_to(place);
        struct epoll_event event = {.events = EPOLLIN, .data.u64 = index};
        epoll_ctl(worker->poll, EPOLL_CTL_ADD, worker->lines[index].socket, &event);
        worker->idle[index] = index;
    }
}

/* When a request is due; without a rate, now. */
static double due(const struct worker *worker, double time) {
    return rate > 0 ? start + (double)(worker->first + worker->next * threads) / rate : time;
}

static void send_next(struct worker *worker, double since) {
    struct connection *line = &worker->lines[worker->idle[worker->idle_first]];
    worker->idle_first = (worker->idle_first + 1) % worker->width;
    worker->idle_count--;
    line->number = (worker->first + worker->next * threads) % messages.count;
    line->is_busy = true;
    line->bytes = 0;
    line->since = since;
    worker->next++;
    const struct text *message = &messages.list[line->number];
    if (write(line->socket, message->start, message->bytes) != (ssize_t)message->bytes)
        stop("cannot send");
}

static void take_answer(struct worker *worker, size_t place) {
    struct connection *line = &worker->lines[place];
    bool is_right;
    if (!line->is_busy) stop("the server closed a connection, or answered unasked");
    if (!take(line, &expected.list[line->number], &is_right)) return;
    worker->last = now();
    add(&worker->latencies, worker->last - line->since);
    if (!is_right) worker->wrong++;
    line->is_busy = false;
    worker->idle[(worker->idle_first + worker->idle_count++) % worker->width] = place;
    worker->done++;
}

static void *run(void *context) {
    struct worker *worker = context;
    /* By default the kernel lets a sleeper wait 50 microseconds longer than it asked for. */
    prctl(PR_SET_TIMERSLACK, 1);
    while (worker->done < worker->next || worker->next < worker->calls) {
        /* Without a rate, the time is up when it is. */
        if (rate == 0 && now() >= end) worker->calls = worker->next;
        while (worker->next < worker->calls && worker->idle_count > 0) {
            double time = now(), since = due(worker, time);
            if (since > time) break;
            add(&worker->delays, time - since);
            send_next(worker, since);
        }
        double left = -1;
        if (worker->next < worker->calls && worker->idle_count > 0) {
            left = due(worker, 0) - now();
            if (left < 0) left = 0;
        } else if (worker->done == worker->next) {
            continue;
        }
        struct epoll_event events[events_max];
        int seen = wait_for(worker->poll, events, left);
        for (int index = 0; index < seen; index++) take_answer(worker, events[index].data.u64);
    }
    return NULL;
}

static void append(struct series *series, const struct series *more) {
    for (size_t index = 0; index < more->count; index++) add(series, more->values[index]);
}

int main(int count, char **words) {
    if (count != 7) {
        fprintf(stderr, "usage: paced PORT|unix:PATH RATE SECONDS CONNECTIONS REQUESTS.ndjson ANSWERS.ndjson\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    double seconds = atof(words[3]);
    size_t width = (size_t)atoi(words[4]);
    rate = atof(words[2]);
    messages = read_lines(words[5]);
    expected = read_lines(words[6]);
    if (messages.count == 0 || messages.count != expected.count) stop("not one answer a request");
    threads = count_threads();
    if (rate < 0 || seconds <= 0 || width < threads) stop("needs a rate >= 0, a time and two connections");
    make_messages(&messages);

    struct worker workers[threads_max] = {0};
    size_t calls = (size_t)(rate * seconds);
    for (size_t index = 0; index < threads; index++) {
        struct worker *worker = &workers[index];
        worker->first = index;
        worker->calls = rate > 0 ? (calls + threads - 1 - index) / threads : SIZE_MAX;
        worker->width = (width + threads - 1 - index) / threads;
        prepare(worker, words[1]);
    }
    start = now() + (rate > 0 ? 0.05 : 0);
    end = start + seconds;
    for (size_t index = 0; index < threads; index++) {
        if (pthread_create(&workers[index].thread, NULL, run, &workers[index]) != 0) stop("no thread");
    }
    struct series latencies = {0}, delays = {0};
    size_t wrong = 0;
    double last = start;
    for (size_t index = 0; index < threads; index++) {
        pthread_join(workers[index].thread, NULL);
        append(&latencies, &workers[index].latencies);
        append(&delays, &workers[index].delays);
        wrong += workers[index].wrong;
        if (workers[index].last > last) last = workers[index].last;
    }
    qsort(latencies.values, latencies.count, sizeof *latencies.values, by_size);
    qsort(delays.values, delays.count, sizeof *delays.values, by_size);
    printf("{\"requests\":%zu,\"rate\":%.0f,\"seconds\":%.6f,\"wrong\":%zu,\"latency_p50_us\":%.1f,"
           "\"latency_p99_us\":%.1f,\"latency_p999_us\":%.1f,\"latency_max_us\":%.1f,"
           "\"sent_late_p99_us\":%.1f}\n",
           latencies.count, rate, last - start, wrong, at(&latencies, 0.5), at(&latencies, 0.99),
           at(&latencies, 0.999), at(&latencies, 1), at(&delays, 0.99));
    return 0;
}
