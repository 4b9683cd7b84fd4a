/* What can be said of blocks before any of their letters is looked at. Included by a path behind its
   `survivors_of`. */

/* Whether no name of a block can be within the limit.

   By length first; then by signature, at limits where that is worth a look: names that have nothing to do with
   each other differ in about half of their letters, so that at higher ones hardly a block would be left out.
   Where a name is longer than the pattern by d, it has d more letters without a partner than the pattern has: if x
   of the pattern's are missing, that takes x + d edits. The same holds the other way round. */
INLINE bool is_left_out(
    const ctextdistance_pattern *pattern, const ctextdistance_names *names, size_t index, unsigned limit) {
    const ctextdistance_block *block = &names->blocks[index];
    const unsigned length = pattern->length;
    if (block->longest + limit < length || length + limit < block->shortest) return true;
    if (limit * 3 > length) return false;
    const unsigned longer = block->shortest > length ? block->shortest - length : 0;
    const unsigned shorter = length > block->longest ? length - block->longest : 0;
    const uint64_t *signatures = names->signatures + index * ctextdistance_lanes;
    return survivors_of(signatures, pattern->signature, limit - longer, limit - shorter) == 0;
}

/* Whether a block and the next can go abreast. */
INLINE bool have_one_shape(const ctextdistance_block *block) {
    return block[0].shortest == block[1].shortest && block[0].longest == block[1].longest;
}
