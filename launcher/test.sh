# Prepares and runs all checks and tests. Sourced by ../axme; `run_tests` is the way in.
# shellcheck shell=sh disable=SC2154 # axme sets root

has_browser() {
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null
}

has_venv() { python3 -c 'import venv, ensurepip' >/dev/null 2>&1; }

# Sets `missing` to Debian's packages for what is not here, and `skipped` to the tests that need it.
look_for_tools() {
  missing='' skipped=''
  has_browser || note_missing chromium 'the pages in a browser'
  command -v strace >/dev/null || note_missing strace 'the watch over syncs to disk'
  command -v xz >/dev/null || note_missing xz-utils 'the store on PostgreSQL'
  command -v curl >/dev/null || note_missing curl 'the curl example'
  command -v python3 >/dev/null || note_missing python3 'the Python examples'
  has_venv || note_missing python3-venv 'the Python examples'
}

note_missing() {
  missing="$missing $1"
  case $skipped in
    *"$2"*) ;;
    *) skipped="$skipped${skipped:+, }$2" ;;
  esac
}

# Installs $missing if this is Debian or Ubuntu and needs no password; false otherwise.
install_missing() {
  command -v apt-get >/dev/null || return 1
  as_root=
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || return 1
    as_root=sudo
  fi
  say "installing what the tests need:$missing"
  # shellcheck disable=SC2086
  $as_root env DEBIAN_FRONTEND=noninteractive sh -c \
    'apt-get -q update && apt-get -q install -y --no-install-recommends "$@"' install $missing >&2
}

run_tests() {
  look_for_tools
  if [ -n "$missing" ]; then
    install_missing || say "could not install:$missing"
    look_for_tools
    [ -z "$missing" ] || say "missing:$missing; these tests will be skipped: $skipped"
  fi
  if [ "${CI-}" = true ]; then
    AXME_CI_NO_SKIP=1
    export AXME_CI_NO_SKIP
  fi
  cd "$root" || exit
  exec ./mvnw -ntp verify "$@"
}
