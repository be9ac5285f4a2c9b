/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/codec.h"

#define STRATA_CODEC(lower, UPPER) extern const StrataCodec strata_##lower##_codec;
#include "codecs.inc"
#undef STRATA_CODEC

/**
 * strata_codec_get: (skip)
 *
 * Returns: (nullable): how things of a kind are read and written, where that is not by parameters alone
 */
const StrataCodec *
strata_codec_get (StrataKind kind)
{
  switch ((int) kind)
    {
#define STRATA_CODEC(lower, UPPER) \
    case STRATA_KIND_##UPPER:      \
      return &strata_##lower##_codec;
#include "codecs.inc"
#undef STRATA_CODEC
    default:
      return NULL;
    }
}
