# What happens when no JDK is new enough: says how to install one, and offers to fetch Eclipse Temurin.
# Sourced by jdk.sh. `get_jdk` sets `jdk` or ends the launcher.
# shellcheck shell=sh disable=SC2154 # jdk.sh sets these

explain() {
  cat >&2 <<END
axme needs a JDK $jdk_needed or newer (it is built from source, then run).
Found: ${older:-no Java at all}.

Install one, then run this command again:

  Debian, Ubuntu
    sudo apt-get install -y wget gpg
    wget -qO- https://packages.adoptium.net/artifactory/api/gpg/key/public | sudo gpg --yes --dearmor -o /etc/apt/trusted.gpg.d/adoptium.gpg
    echo "deb https://packages.adoptium.net/artifactory/deb \$(. /etc/os-release; echo \${UBUNTU_CODENAME:-\$VERSION_CODENAME}) main" | sudo tee /etc/apt/sources.list.d/adoptium.list
    sudo apt-get update && sudo apt-get install -y temurin-$jdk_needed-jdk
  Fedora
    sudo dnf install -y java-$jdk_needed-openjdk-devel
  macOS
    brew install openjdk@$jdk_needed
  Windows (run axme in WSL as on Debian, or in Git Bash)
    winget install EclipseAdoptium.Temurin.$jdk_needed.JDK

Or let axme fetch Eclipse Temurin $jdk_needed (about 140 MB, from adoptium.net, SHA-256 checked)
into $(fetched_jdks), for itself alone:

    AXME_INSTALL_JDK=1 $0${arguments:+ $arguments}
END
}

# Yes only by AXME_INSTALL_JDK=1 or by a person at a terminal.
agreed() {
  case ${AXME_INSTALL_JDK-} in
    1) return 0 ;;
    ?*) return 1 ;;
  esac
  [ -t 0 ] && [ -t 2 ] || return 1
  printf '\nFetch it now? [y/N] ' >&2
  read -r answer || return 1
  case $answer in
    [Yy]*) return 0 ;;
  esac
  return 1
}

# Sets os, arch and archive as Adoptium names them; false where it has no build.
platform() {
  archive=tar.gz
  case $(uname -s) in
    Linux) os=linux ;;
    Darwin) os=mac ;;
    MINGW* | MSYS*) os=windows archive=zip ;;
    *) return 1 ;;
  esac
  [ ! -f /etc/alpine-release ] || os=alpine-linux
  case $(uname -m) in
    x86_64 | amd64) arch=x64 ;;
    aarch64 | arm64) arch=aarch64 ;;
    ppc64le | s390x | riscv64) arch=$(uname -m) ;;
    *) return 1 ;;
  esac
}

# Downloads $1 to the file $2, with a progress bar on a terminal.
download() {
  if command -v curl >/dev/null; then
    bar=-sS
    [ ! -t 2 ] || bar=--progress-bar
    curl -fL "$bar" --retry 3 --connect-timeout 20 -o "$2" "$1"
  elif command -v wget >/dev/null; then
    bar=-nv
    [ ! -t 2 ] || bar=--show-progress
    wget -q "$bar" --tries=3 --timeout=20 -O "$2" "$1"
  else
    say 'neither curl nor wget is here; install one of them'
    return 1
  fi
}

sha256_of() {
  if command -v sha256sum >/dev/null; then
    sha256sum <"$1"
  elif command -v shasum >/dev/null; then
    shasum -a 256 <"$1"
  else
    openssl dgst -sha256 -r <"$1"
  fi | cut -d ' ' -f 1
}

# Fetches, checks and unpacks into $1, which only this process uses.
fetch_into() {
  api=${AXME_ADOPTIUM_API:-https://api.adoptium.net}
  platform || die "Adoptium has no JDK for $(uname -s) on $(uname -m); please install one by hand"
  say "asking $api for the newest Temurin $jdk_needed for $os on $arch"
  download "$api/v3/assets/latest/$jdk_needed/hotspot?architecture=$arch&image_type=jdk&os=$os&vendor=eclipse" "$1/answer.json" ||
    die "$api did not answer; try again, or install a JDK by hand"
  package=$(tr -d '\n\r' <"$1/answer.json" | sed -n 's/.*"package"[[:space:]]*:[[:space:]]*{\([^}]*\)}.*/\1/p')
  link=$(printf '%s\n' "$package" | member link)
  expected=$(printf '%s\n' "$package" | member checksum)
  if [ -z "$link" ] || [ ${#expected} -ne 64 ]; then
    die "$api answered without a link and a SHA-256 checksum; please install a JDK by hand"
  fi
  case $link in
    https://*) ;;
    *) [ -n "${AXME_ADOPTIUM_API-}" ] || die "refusing to download over an unprotected connection: $link" ;;
  esac

  say "fetching $link"
  download "$link" "$1/jdk.$archive" || die "the download of $link failed; please try again"
  found=$(sha256_of "$1/jdk.$archive")
  [ "$found" = "$expected" ] ||
    die "the download is not what Adoptium published (expected SHA-256 $expected, found $found); it was deleted"
  mkdir "$1/unpacked"
  case $archive in
    zip) unzip -q "$1/jdk.zip" -d "$1/unpacked" ;;
    *) tar -xzf "$1/jdk.tar.gz" -C "$1/unpacked" ;;
  esac || die "could not unpack the JDK into $1; is the disk full?"
}

get_jdk() {
  [ "${AXME_INSTALL_JDK-}" = 1 ] || explain
  agreed || exit 1
  jdks=$(fetched_jdks)
  mkdir -p "$jdks" || die "cannot make the directory $jdks"
  lock "$jdks/.lock" 'another axme is fetching a JDK; waiting for it'
  if ! look_in "$jdks"; then
    scratch=$jdks/.fetching
    rm -rf "$scratch"
    mkdir "$scratch"
    fetch_into "$scratch"
    mv "$scratch"/unpacked/* "$jdks"/
    look_in "$jdks" || die "what was fetched into $jdks is no JDK $jdk_needed"
  fi
  unlock
  say "installed Java $java_version in $jdk"
}
