# Part of ./manager (POSIX sh): installs the npm packages when they are not those of package-lock.json.
# Uses: root, fail. Sets: own_node. The lock and its holder are one symbolic link: making it is atomic, and it lies outside
# node_modules, which npm removes.

stamp=$root/node_modules/.freshmaker-installed
install_lock=$root/.manager-install

# The stamp says what was installed, and whether the Node.js among it runs here: asking that takes longer than all the rest.
is_installed() {
  [ -f "$stamp" ] && { read -r installed_sum && read -r own_node; } <"$stamp" &&
    [ "$installed_sum" = "$(exec cksum <"$root/package-lock.json")" ]
}

# Somebody may have called npm, which keeps its own record of what it installed.
was_installed_by_npm() {
  [ -f "$root/node_modules/.package-lock.json" ] && node "$root/tooling/manager/installed.cjs" "$root" 2>/dev/null
}

write_stamp() {
  own_node=fails
  "$root/node_modules/.bin/node" --version >/dev/null 2>&1 && own_node=runs
  # In a checkout that is read-only for this user there is none, which is no reason not to run.
  { { cksum <"$root/package-lock.json" && echo "$own_node"; } >"$stamp.$$" && mv "$stamp.$$" "$stamp"; } 2>/dev/null || :
}

is_running() {
  kill -0 "$1" 2>/dev/null || [ -d "/proc/$1" ]
}

take_install_lock() {
  until ln -s "$$" "$install_lock" 2>/dev/null; do
    [ -w "$root" ] || fail "the packages are not installed, and $root is not writable"
    holder=$(readlink "$install_lock") || continue
    is_running "$holder" || rm -f "$install_lock" # It was killed.
    sleep 1
  done
  trap 'rm -f "$install_lock"' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

release_install_lock() {
  rm -f "$install_lock"
  trap - EXIT HUP INT TERM
}

run_npm_ci() {
  echo "manager: installing the packages of $root (npm ci) ..." >&2
  # Development packages too, whatever NODE_ENV says: the same packages serve the tests.
  if output=$(cd "$root" && npm ci --include=dev --no-audit --no-fund </dev/null 2>&1); then
    write_stamp
  else
    printf '%s\n' "$output" >&2
    fail 'npm ci failed, see above; it needs the npm registry. Run ./manager again once it can be reached'
  fi
}

install_packages() {
  is_installed && return
  if was_installed_by_npm; then
    write_stamp
    return
  fi
  command -v npm >/dev/null || fail 'npm is needed to install the packages; install Node.js with npm'
  take_install_lock
  is_installed || run_npm_ci
  release_install_lock
}
