# Finds a JDK that is new enough, without starting a JVM; else says how to get one, or fetches it.
# Sourced by ../axme. `need_jdk` is the way in; it sets `jdk` and JAVA_HOME.
# shellcheck shell=sh disable=SC2154 # axme sets root

jdk_needed=25
jdk=
older_major=0
older=

# Sets java_version and java_major from the release file of the JDK in $1.
read_version() {
  java_version=
  [ -r "$1/release" ] || return 1
  while IFS='=' read -r key value || [ -n "$key" ]; do
    if [ "$key" = JAVA_VERSION ]; then
      value=${value#\"}
      java_version=${value%%\"*}
      break
    fi
  done <"$1/release"
  java_major=${java_version#1.}
  java_major=${java_major%%[!0-9]*}
  [ -n "$java_major" ]
}

# Takes the JDK in $1 if it is new enough; remembers the newest of those that are not.
consider() {
  { [ -x "$1/bin/java" ] && read_version "$1"; } || return 1
  if [ "$java_major" -lt "$jdk_needed" ]; then
    note="Java $java_version in $1, which is too old"
  elif [ ! -x "$1/bin/javac" ]; then
    note="Java $java_version in $1, which has no compiler (a JRE, or a JDK in parts)"
  else
    jdk=$1
    return 0
  fi
  if [ "$java_major" -gt "$older_major" ]; then
    older_major=$java_major older=$note
  fi
  return 1
}

# Takes the first usable one of the given directories, each a JDK or, as on macOS, the bundle around one.
first_of() {
  for dir; do
    if consider "$dir" || consider "$dir/Contents/Home"; then return 0; fi
  done
  return 1
}

# Looks through a PATH-like list of JDKs and of directories that hold JDKs.
look_in() {
  old_ifs=$IFS
  IFS=:
  set -f
  # shellcheck disable=SC2086
  set -- $1
  set +f
  IFS=$old_ifs
  for place; do
    if [ -n "$place" ] && first_of "$place" "$place"/*; then return 0; fi
  done
  return 1
}

look_in_usual_places() {
  home=${HOME:-/nonexistent}
  first_of /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/openjdk* \
    /Library/Java/JavaVirtualMachines/* "$home"/Library/Java/JavaVirtualMachines/* \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk /usr/local/opt/openjdk*/libexec/openjdk.jdk \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec \
    "$home"/.sdkman/candidates/java/* "$home"/.jdks/* "$home"/.asdf/installs/java/* \
    "$home"/.local/share/mise/installs/java/* "$home"/.gradle/jdks/* \
    '/c/Program Files/Eclipse Adoptium'/* '/c/Program Files/Java'/* && return 0
  if [ -x /usr/libexec/java_home ] && found=$(/usr/libexec/java_home -v "$jdk_needed" 2>/dev/null); then
    first_of "$found" && return 0
  fi
  if found=$(command -v java); then
    found=$(follow "$found")
    first_of "${found%/bin/java*}" && return 0
  fi
  return 1
}

fetched_jdks() { printf '%s\n' "${XDG_DATA_HOME:-${HOME:-/nonexistent}/.local/share}/axme/jdk"; }

# AXME_JDK_PATH lists further places, searched first; AXME_JDK_SEARCH replaces the usual places.
find_jdk() {
  look_in "${AXME_JDK_PATH-}" && return 0
  [ -z "${JAVA_HOME-}" ] || ! consider "$JAVA_HOME" || return 0
  if [ -n "${AXME_JDK_SEARCH+set}" ]; then
    look_in "$AXME_JDK_SEARCH" && return 0
  else
    look_in_usual_places && return 0
  fi
  look_in "$(fetched_jdks)"
}

need_jdk() {
  if ! find_jdk; then
    . "$root/launcher/fetch-jdk.sh"
    get_jdk
  fi
  JAVA_HOME=$jdk
  export JAVA_HOME
}
