#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# usage: public-headers.sh [documented]
# Lists the headers that programs may include, below this folder, or those of them that the reference tells of; the rest
# is how the library is made.
set -eu
cd "$(dirname "$0")"
{
  find base tensor text graph ops models data -name '*.h' -not -name '*-private.h' -not -name '*-op.h' \
    -not -name rows.h -not -name epilogue.h
  for kind in activation application callback constraint initializer layer loss metric optimizer \
    regularizer schedule; do
    ls ./*/$kind.h
  done
  for name in download example table formats/csv formats/npy formats/npz keras/keras-file keras/model-config \
    keras/model-file code/python; do
    echo "io/$name.h"
  done
  # What those include.
  if [ "${1-}" != documented ]; then
    for name in applications/assembly applications/imagenet io/formats/archive kernels/conv kernels/gemm kernels/isa \
      kernels/pooling layers/symbol; do
      echo "$name.h"
    done
  fi
} | sed 's|^\./||' | LC_ALL=C sort -u
