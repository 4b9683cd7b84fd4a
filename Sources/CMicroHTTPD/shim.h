#pragma once
#include <microhttpd.h>
#include <string.h>

/* Only what Swift cannot see: libmicrohttpd's variadic functions, with their arguments spelled out. */

struct cmicrohttpd_callbacks {
    MHD_LogCallback log;
    MHD_NotifyConnectionCallback connection;
    void *(*target)(void *closure, const char *target, struct MHD_Connection *connection);
    MHD_AccessHandlerCallback request;
    MHD_RequestCompletedCallback completed;
};

/* Leaves a target as it was sent: who reads it does so before the library would unescape it. */
static inline size_t cmicrohttpd_keep_escapes(
    void *closure, struct MHD_Connection *connection, char *text) {
    (void)closure;
    (void)connection;
    return strlen(text);
}

/* One event loop on a thread of its own. It has no listening socket: connections are added to it.
   Where `suspends` is not 0, connections may be set aside until an answer is there. */
static inline struct MHD_Daemon *cmicrohttpd_start(
    const struct cmicrohttpd_callbacks *callbacks, void *closure, unsigned int connections,
    size_t connection_bytes, int suspends) {
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ERROR_LOG
            | (suspends ? MHD_ALLOW_SUSPEND_RESUME : 0), 0, NULL, NULL,
        callbacks->request, closure,
        MHD_OPTION_EXTERNAL_LOGGER, callbacks->log, closure,
        MHD_OPTION_NOTIFY_CONNECTION, callbacks->connection, closure,
        MHD_OPTION_URI_LOG_CALLBACK, callbacks->target, closure,
        MHD_OPTION_NOTIFY_COMPLETED, callbacks->completed, closure,
        MHD_OPTION_UNESCAPE_CALLBACK, &cmicrohttpd_keep_escapes, NULL,
        MHD_OPTION_CONNECTION_LIMIT, connections,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, connection_bytes,
        MHD_OPTION_END);
}

static inline void *cmicrohttpd_context(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == NULL ? NULL : info->socket_context;
}

static inline int cmicrohttpd_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info == NULL ? -1 : info->connect_fd;
}

/* Bytes from the first of the method to the last of the empty line after the headers. */
static inline size_t cmicrohttpd_head_bytes(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info == NULL ? 0 : info->header_size;
}

/* A server with a thread for each connection, which may therefore be as slow as it likes. */
static inline struct MHD_Daemon *cmicrohttpd_listen(
    const struct sockaddr *address, MHD_AccessHandlerCallback request,
    MHD_RequestCompletedCallback completed, void *closure) {
    return MHD_start_daemon(
        MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL,
        request, closure,
        MHD_OPTION_NOTIFY_COMPLETED, completed, closure,
        MHD_OPTION_SOCK_ADDR, address,
        MHD_OPTION_CONNECTION_TIMEOUT, 60u,
        MHD_OPTION_END);
}

static inline uint16_t cmicrohttpd_port(struct MHD_Daemon *daemon) {
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info == NULL ? 0 : info->port;
}
