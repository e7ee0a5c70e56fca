# Part of ./manager (POSIX sh): finds a Node.js that runs TypeScript sources, and sets `node`.
# Uses: root, fail, own_node.

runs_sources='
const [major, minor] = process.versions.node.split(".").map(Number);
process.exit(major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18) ? 0 : 1);
'

find_node() {
  # The packages bring one for most machines.
  node=$root/node_modules/.bin/node
  [ "$own_node" = runs ] && [ -x "$node" ] && return
  node=node
  command -v node >/dev/null || fail 'there is no Node.js; version 22.18 or newer is needed'
  node -e "$runs_sources" || fail "Node.js 22.18 or newer is needed; this is $(node --version)"
}
