export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

/** The program as it was typed asks itself, so that `./manager` completes as `freshmaker` does. */
const scripts: Readonly<Record<Shell, string>> = {
  bash: `_freshmaker() {
  local IFS=$'\\n'
  COMPREPLY=($("\${COMP_WORDS[0]}" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _freshmaker freshmaker manager ./manager
`,
  zsh: `#compdef freshmaker manager
_freshmaker() {
  local -a found
  found=("\${(@f)$("\${words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  found=(\${found:#})
  if (( \${#found} )); then compadd -a found; else _files; fi
}
compdef _freshmaker freshmaker manager ./manager
`,
  fish: `function __freshmaker_complete
  set -l words (commandline -opc)
  $words[1] complete -- $words[2..] (commandline -ct) 2>/dev/null
end
complete -c freshmaker -a '(__freshmaker_complete)'
complete -c manager -a '(__freshmaker_complete)'
`,
};

/** What a shell reads to complete this program's words. */
export function completionScript(shell: Shell): string {
  return scripts[shell];
}
