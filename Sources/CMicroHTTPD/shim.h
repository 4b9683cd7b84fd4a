#pragma once
#include <microhttpd.h>

/* Only what Swift cannot see: libmicrohttpd's variadic functions, with their arguments spelled out. */

struct cmicrohttpd_callbacks {
    MHD_LogCallback log;
    MHD_NotifyConnectionCallback connection;
    void *(*target)(void *closure, const char *target, struct MHD_Connection *connection);
    MHD_AccessHandlerCallback request;
    MHD_RequestCompletedCallback completed;
};

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
