#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Measures the kit beside its rivals: builds with the profile that has them, then runs the suite.
# Arguments are those of the suite, for example: tools/rivals.sh --only W1,W5 --rounds 5
set -eu

self=rivals.sh
root=$(CDPATH='' cd -- "$(dirname "$0")/.." && pwd -P)
# shellcheck source=tools/toolchain.sh
. "$root/tools/toolchain.sh"

find_jdk
find_maven
run_maven package -q -Privals -DskipTests -pl benchmarks -am
cd "$root"
exec "$JAVA_HOME/bin/java" -jar benchmarks/target/benchmarks.jar rivals "$@"
