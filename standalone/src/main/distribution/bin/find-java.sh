# Sets $java to the command of a Java 17 or newer, and $java_home to its folder.
# Without one it says what is missing and exits with status 1. Sourced by the start scripts.

java_missing() {
  printf 'error: %s\n  help: %s\n' "$1" "$2" >&2
  exit 1
}

if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
  [ -x "$java" ] || java_missing "JAVA_HOME is '$JAVA_HOME', but there is no bin/java in it" \
    "set JAVA_HOME to the folder of a JDK 17 or newer, or unset it to use the java on the PATH"
  java_help="set JAVA_HOME to the folder of a JDK 17 or newer, or unset it to use the java on the PATH"
else
  java=$(command -v java) || java_missing "no Java found: there is no java on the PATH, and JAVA_HOME is not set" \
    "install a JDK 17 or newer, or set JAVA_HOME to the folder of one"
  java_help="install a JDK 17 or newer, or set JAVA_HOME to the folder of one"
fi

# The file 'release' of a JDK names its version; asking java itself costs a start of a JVM.
java_real=$(readlink -f "$java" 2>/dev/null) || java_real=$java
java_home=$(dirname "$(dirname "$java_real")")
java_version=$(sed -n 's/^JAVA_VERSION="\([^"]*\)".*/\1/p' "$java_home/release" 2>/dev/null) || :
[ -n "$java_version" ] || java_version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p') || :
[ -n "$java_version" ] || java_missing "'$java' does not tell its version, so it seems not to work" "$java_help"
java_major=$(printf '%s\n' "$java_version" | sed -e 's/^1\.//' -e 's/[^0-9].*//')
[ "${java_major:-0}" -ge 17 ] || java_missing "'$java' is Java $java_version, and Millrace needs 17 or newer" "$java_help"
