# Builds a module when its sources are newer than its last build, once even when called twice at the same time.
# Sourced by ../axme. `build_if_stale MODULE` is the way in; it sets `app` and `class_path`.
#
# MODULE/target/launcher/ is the launcher's own: built (the stamp: it names the copy to run; its own time is when
# the build started) and app/ID/ (a copy of the jars, which later builds leave alone: a server may run from it).
# Maven builds into it too (profile `launcher`), so that a launcher's build and `mvn verify` never meet.
# shellcheck shell=sh disable=SC2154,SC2034 # axme sets root, jdk and the flags, and uses class_path

lock_file=
scratch=

# Takes the lock file $1, from a dead owner too; while another has it, says $2 and waits.
lock() {
  trap 'unlock' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  trap 'exit 129' HUP
  said=
  unnamed=0
  until (set -C && printf '%s\n' "$$" >"$1") 2>/dev/null; do
    owner=
    { read -r owner <"$1"; } 2>/dev/null || unnamed=$((unnamed + 1))
    if [ -n "$owner" ]; then unnamed=0; fi
    if { [ -n "$owner" ] && ! runs_axme "$owner"; } || [ "$unnamed" -gt 50 ]; then
      take_over "$1" "$owner"
    else
      [ -n "$said" ] || say "$2"
      said=yes
      sleep 0.1 2>/dev/null || sleep 1
    fi
  done
  lock_file=$1
}

# Removes the lock of the dead owner $2: one process at a time, and only if it is still that owner's.
take_over() {
  if mkdir "$1.takeover" 2>/dev/null; then
    now=
    { read -r now <"$1"; } 2>/dev/null || :
    [ "$now" != "$2" ] || rm -f "$1"
    rmdir "$1.takeover"
  else
    sleep 1
    # Whoever took over takes milliseconds; one that is still here was killed.
    rmdir "$1.takeover" 2>/dev/null || :
  fi
}

unlock() {
  [ -z "$scratch" ] || rm -rf "$scratch"
  [ -z "$lock_file" ] || rm -f "$lock_file"
  scratch='' lock_file=''
  trap - EXIT INT TERM HUP
}

# True if process $1 is a launcher, not something that got its number later.
runs_axme() {
  if [ -r "/proc/$1/cmdline" ]; then
    grep -q axme "/proc/$1/cmdline" 2>/dev/null
  else
    kill -0 "$1" 2>/dev/null
  fi
}

# Sets `app` to what the last build left to run; false if there is none.
read_stamp() {
  app=
  [ -r "$home/built" ] || return 1
  read -r id <"$home/built" || return 1
  [ -f "$home/app/$id/axme.jar" ] || return 1
  app=$home/app/$id
}

# True unless the module $1 is built and nothing is newer. A directory counts: it changes when a file comes or goes.
stale() {
  read_stamp || return 0
  module=$1
  set -- "$root/pom.xml" "$root/.mvn"
  for pom in "$root"/*/pom.xml; do
    case $pom in
      */examples/pom.xml) ;;
      */bench/pom.xml) [ "$module" = cli ] || set -- "$@" "$pom" "${pom%/*}/src/main" ;;
      *) set -- "$@" "$pom" "${pom%/*}/src/main" ;;
    esac
  done
  [ -n "$(find "$@" -newer "$home/built" -print -quit 2>/dev/null)" ]
}

build_if_stale() {
  home=$root/$1/target/launcher
  if stale "$1"; then
    if mkdir -p "$home" 2>/dev/null && [ -w "$home" ]; then
      lock "$home/lock" 'another axme is building; waiting for it'
      ! stale "$1" || build "$1"
      unlock
    elif [ -z "$app" ]; then
      die "it must be built once, but $home cannot be written; run it once as the owner of $root"
    fi
  fi
  class_path="$app/axme.jar:$app/lib/*"
  if [ -n "${MSYSTEM-}" ]; then
    app=$(cygpath -m "$app")
    class_path="$app/axme.jar;$app/lib/*"
  fi
}

build() {
  module=$1
  log=$home/build.log
  id=$(date +%Y%m%d-%H%M%S)-$$
  scratch=$home/app/.new
  rm -rf "$scratch"
  mkdir -p "$scratch/lib"
  printf '%s\n' "$id" >"$scratch/built"
  forget_removed_files
  if [ -n "$app" ]; then
    say "sources have changed; building $module"
  else
    say "building $module, for the first time: fetches Maven and the libraries where they are missing, which may take minutes"
  fi
  rm -rf "${home:?}/lib"
  stand_in_for_unzip
  if ! maven -DskipTests -DskipChecks -Dlauncher package -pl "$module" -am; then
    grep -v -e '^\[INFO\]' -e '^ *at ' -e '^\[ERROR\] *$' -e 're-run Maven' -e 'Help 1\] http' "$log" | tail -n 30 >&2
    die "the build failed; the whole log is in $log"
  fi
  publish
  say "built $module"
}

# A file that was removed or renamed would live on in target/: modules whose resources changed start anew.
forget_removed_files() {
  [ -n "$app" ] || return 0
  find "$root"/*/src/main -mindepth 1 -type d -newer "$home/built" ! -path '*/src/main/java*' -print 2>/dev/null |
    while IFS= read -r changed; do
      rm -rf "${changed%%/src/main/*}/target/launcher/classes" "${changed%%/src/main/*}/target/launcher/generated-sources"
    done
}

# The Maven wrapper wants unzip; where there is none, the JDK's jar does what the wrapper asks of it.
stand_in_for_unzip() {
  if command -v unzip >/dev/null; then return; fi
  mkdir -p "$home/bin"
  cat >"$home/bin/unzip" <<'END'
#!/bin/sh
# Called as: unzip -q FILE -d DIRECTORY
cd "$4" && "$JAVA_HOME/bin/jar" xf "$2" && chmod +x ./*/bin/mvn
END
  chmod +x "$home/bin/unzip"
  PATH=$PATH:$home/bin
  export PATH
}

# Runs Maven with its output in $log, showing on standard error what it does.
maven() {
  {
    cd "$root" || exit
    if ./mvnw -B "$@" </dev/null; then echo AXME-DONE 0; else echo AXME-DONE "$?"; fi
  } 2>&1 | show_progress
}

# Copies Maven's lines from standard input to $log, shows modules and a count of downloads, returns Maven's result.
show_progress() {
  fetched=0
  shown=
  [ ! -t 2 ] || shown=terminal
  while IFS= read -r line; do
    case $line in
      'AXME-DONE '*)
        [ -z "$shown" ] || printf '\r\033[K' >&2
        [ "$line" = 'AXME-DONE 0' ] || return 1
        return 0
        ;;
      *'Downloaded from '*)
        fetched=$((fetched + 1))
        if [ -n "$shown" ]; then
          printf '\r\033[K  fetched %d files' "$fetched" >&2
        elif [ $((fetched % 100)) -eq 0 ]; then
          printf '  fetched %d files\n' "$fetched" >&2
        fi
        ;;
      '[INFO] Building axme'*' ['*)
        [ -z "$shown" ] || printf '\r\033[K' >&2
        name=${line#'[INFO] Building '}
        printf '  %s\n' "${name%% *} ${name##* }" >&2
        ;;
    esac
    printf '%s\n' "$line" >&3
  done 3>"$log"
  return 1
}

# Turns what Maven built into a new app directory; from here on it is what runs.
publish() {
  version=$(sed -n 's:^  <version>\(.*\)</version>.*:\1:p' "$root/pom.xml" | head -n 1)
  cp "$home/axme-$module-$version.jar" "$scratch/axme.jar"
  cp "$home"/lib/*.jar "$scratch/lib/"
  previous=$app
  app=$home/app/$id
  mv "$scratch" "$app"
  scratch=
  [ "$module" != cli ] || train
  mv "$app/built" "$home/built"
  for old in "$home"/app/*; do
    if [ "$old" != "$app" ] && [ "$old" != "$previous" ] && ! in_use "$old"; then rm -rf "$old"; fi
  done
}

# True if a server runs from the app directory $1.
in_use() {
  for mark in "$1"/pid.*; do
    [ -e "$mark" ] && runs_axme "${mark##*.}" && return 0
  done
  return 1
}

# Records what starts load, so that later ones find it ready-made: a server on a scratch data directory, and a command
# that asks it. A failure costs only speed.
train() {
  say 'recording what a start needs, to make later ones quick'
  scratch=$home/training
  rm -rf "$scratch"
  mkdir "$scratch"
  if mkfifo "$scratch/ready" 2>/dev/null; then
    (record server "$jvm_flags" up --json --no-context --port 0 --data "$scratch/data") >"$scratch/ready" 2>/dev/null &
    server=$!
    end_after_a_minute "$server" >/dev/null 2>&1 &
    started=
    read -r started <"$scratch/ready" || :
  fi
  address=$(printf '%s\n' "${started-}" | member base_url)
  key=$(printf '%s\n' "${started-}" | member api_key)
  # With no server to ask, the command's own start is still worth recording.
  (record client "$client_flags" tasks list --base-url "${address:-http://127.0.0.1:9}" --api-key "${key:-none}") \
    >/dev/null 2>&1 || :
  kill "${server-}" 2>/dev/null || :
  wait
  [ -n "$address" ] || rm -f "$app/server.aot"
  rm -rf "$scratch"
  scratch=
}

# Becomes a JVM that records into the cache $1, with the flags $2; the caller's settings must not reach it.
record() {
  cache=$app/$1.aot
  flags=$2
  shift 2
  set -f
  # shellcheck disable=SC2086
  exec env -i PATH="$PATH" HOME="$scratch" "$jdk/bin/java" $flags "-XX:AOTCacheOutput=$cache" \
    -cp "$app/axme.jar:$app/lib/*" dev.axme.cli.Main "$@" </dev/null
}

end_after_a_minute() {
  tries=0
  while kill -0 "$1"; do
    tries=$((tries + 1))
    [ "$tries" -lt 120 ] || kill -9 "$1"
    sleep 0.5 || sleep 1
  done
}

# Prints the string member $1 of the one flat JSON object on standard input.
member() { sed -n "s/.*\"$1\"[[:space:]]*:[[:space:]]*\"\([^\"]*\)\".*/\1/p"; }
