# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# What ./penstock and ./build share: finding a JDK and Maven, and running Maven with them.
# Sourced; the caller sets `root` (the checkout) and `self` (the name in messages).

: "${root:?}" "${self:?}"
jdk_wanted=25.0.3
maven_wanted=3.8.0

die() {
    printf '%s: %s\n' "$self" "$*" >&2
    exit 1
}

# The folder of a file, with every symbolic link of its name followed.
folder_of() {
    _file=$1
    while [ -h "$_file" ]; do
        _link=$(readlink "$_file")
        case $_link in
            /*) _file=$_link ;;
            *) _file=$(dirname "$_file")/$_link ;;
        esac
    done
    (CDPATH='' && cd -- "$(dirname "$_file")" && pwd -P)
}

# Sets `number` to something that orders versions: 25.0.3-ea+1 becomes 25000003. Fails for what is
# no version.
number_of() {
    number=0
    _version=${1%%[-+_]*}
    case $_version in '' | *[!0-9.]* | .* | *..*) return 1 ;; esac
    _fields=$IFS
    IFS=.
    # shellcheck disable=SC2086 # splitting is the point
    set -- $_version
    IFS=$_fields
    number=$((${1:-0} * 1000000 + ${2:-0} * 1000 + ${3:-0}))
}

# Sets `version` and `number` of the JDK in this folder from its file `release`: starting each java
# to ask it would take seconds. Fails where there is no JDK.
read_jdk() {
    version=
    [ -n "$1" ] && [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    while IFS= read -r _line || [ -n "$_line" ]; do
        case $_line in
            JAVA_VERSION=*)
                version=${_line#JAVA_VERSION=}
                version=${version#\"}
                version=${version%\"*}
                ;;
        esac
    done <"$1/release"
    number_of "$version"
}

# Keeps the JDK in this folder when it is better than the best so far: those of the release that
# Penstock is tested with before all others, then the newer one.
consider_jdk() {
    read_jdk "$1" || return 0
    if [ "$number" -lt "$_wanted" ]; then
        [ "$number" -le "$_newest_old" ] || { _newest_old=$number && too_old=$version; }
        return 0
    fi
    _rank=$number
    [ "$((number / 1000000))" -ne "$((_wanted / 1000000))" ] || _rank=$((number + 1000000000))
    [ "$_rank" -le "$_best_rank" ] || { _best_rank=$_rank && best=$1; }
}

# Sets and exports JAVA_HOME: as it is when that is suitable, otherwise the best JDK in the usual
# places. PENSTOCK_JDK_ROOT is a folder to take for / (tests set it).
find_jdk() {
    number_of "$jdk_wanted"
    _wanted=$number
    if read_jdk "${JAVA_HOME:-}" && [ "$number" -ge "$_wanted" ]; then
        return 0
    fi
    best='' too_old='' _best_rank=0 _newest_old=0
    _javac=$(command -v javac || :)
    [ -z "$_javac" ] || consider_jdk "$(dirname "$(folder_of "$_javac")")"
    _top=${PENSTOCK_JDK_ROOT:-}
    for _home in \
        "$_top"/usr/lib/jvm/* \
        "$_top"/usr/lib64/jvm/* \
        "$_top"/usr/java/* \
        "$_top"/usr/local/openjdk* \
        "$_top"/opt/java/* \
        "$_top"/opt/jdk* \
        "$_top"/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "$_top"/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "$_top"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-/}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${SDKMAN_CANDIDATES_DIR:-${HOME:-/}/.sdkman/candidates}"/java/* \
        "${HOME:-/}"/.jdks/* \
        "${HOME:-/}"/.asdf/installs/java/* \
        "${HOME:-/}"/.local/share/mise/installs/java/*; do
        consider_jdk "$_home"
    done
    if [ -x "$_top/usr/libexec/java_home" ]; then
        consider_jdk "$("$_top/usr/libexec/java_home" -v "${jdk_wanted%%.*}+" 2>/dev/null || :)"
    fi
    if [ -z "$best" ]; then
        die "no JDK $jdk_wanted or newer found${too_old:+ (the newest here is $too_old)}:" \
            "install one, or set JAVA_HOME to its folder"
    fi
    JAVA_HOME=$best
    export JAVA_HOME
}

# Checks that there is a Maven and sets what it runs with.
find_maven() {
    command -v mvn >/dev/null ||
        die "no Maven found (no mvn on PATH): install Maven $maven_wanted or newer"
    # Maven's own libraries still use what newer JDKs warn about.
    _quiet='--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED'
    MAVEN_OPTS="$_quiet${MAVEN_OPTS:+ $MAVEN_OPTS}"
    export MAVEN_OPTS
    _line=$(mvn --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][^ ]*\).*/\1/p' | head -n 1)
    number_of "$maven_wanted"
    _wanted=$number
    if number_of "$_line" && [ "$number" -lt "$_wanted" ]; then
        die "Maven $_line is too old: install Maven $maven_wanted or newer"
    fi
}

# Runs Maven in the checkout. When the program was packaged, notes that everything changed before
# now is in it; ./penstock then knows that it need not build.
run_maven() (
    cd "$root" || exit 1
    mkdir -p target/penstock
    _started=target/penstock/started.$$
    : >"$_started"
    mvn "$@"
    _result=$?
    if [ "$_result" -eq 0 ] &&
        [ -n "$(find app/target/runtime-classpath -newer "$_started" 2>/dev/null)" ]; then
        mv -f "$_started" target/penstock/packaged
    else
        rm -f "$_started"
    fi
    exit "$_result"
)
