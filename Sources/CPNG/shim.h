/* Only what Swift cannot see: libpng's simplified face is half macros. */
#pragma once
#include <png.h>
#include <string.h>

/* Writes an image of one byte a pixel, 0 black and 255 white, rows without padding.
 *
 * With memory NULL only says in *bytes how much it takes. Returns 0 where libpng refuses. */
static inline int cpng_write_gray(
    const unsigned char *pixels, unsigned int width, unsigned int height, void *memory,
    size_t *bytes) {
    png_image image;
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    image.width = width;
    image.height = height;
    image.format = PNG_FORMAT_GRAY;
    png_alloc_size_t size = memory == NULL ? 0 : *bytes;
    int written = png_image_write_to_memory(&image, memory, &size, 0, pixels, (png_int_32)width, NULL);
    png_image_free(&image);
    *bytes = size;
    return written;
}
