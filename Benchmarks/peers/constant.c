/* The bare library as a floor: reads a request, body and all, and answers with a constant.
 *
 *   constant PORT BYTES THREADS
 *
 * libmicrohttpd over epoll with a pool of threads on 127.0.0.1, until SIGTERM.
 */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct MHD_Response *answer;

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_bytes, void **request) {
    static int seen;
    (void)context, (void)url, (void)method, (void)version, (void)upload;
    if (*request == NULL) { /* the headers are there */
        *request = &seen;
        return MHD_YES;
    }
    if (*upload_bytes > 0) { /* a part of the body */
        *upload_bytes = 0;
        return MHD_YES;
    }
    return MHD_queue_response(connection, MHD_HTTP_OK, answer);
}

int main(int count, char **words) {
    if (count != 4) {
        fprintf(stderr, "usage: constant PORT BYTES THREADS\n");
        return 2;
    }
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)atoi(words[1])),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    size_t bytes = (size_t)atol(words[2]);
    char *body = malloc(bytes + 1);
    if (body == NULL) return 1;
    memset(body, 'x', bytes);

    /* Before the threads, so that they inherit it. */
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    sigprocmask(SIG_BLOCK, &stop, NULL);

    answer = MHD_create_response_from_buffer(bytes, body, MHD_RESPMEM_MUST_FREE);
    if (answer == NULL) return 1;
    MHD_add_response_header(answer, "Content-Type", "application/json");
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, handle, NULL, MHD_OPTION_SOCK_ADDR, &address,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)atoi(words[3]), MHD_OPTION_CONNECTION_LIMIT, 1024u,
        MHD_OPTION_END);
    if (daemon == NULL) {
        fprintf(stderr, "constant: cannot listen on port %s\n", words[1]);
        return 1;
    }
    int received;
    sigwait(&stop, &received);
    MHD_stop_daemon(daemon);
    MHD_destroy_response(answer);
    return 0;
}
