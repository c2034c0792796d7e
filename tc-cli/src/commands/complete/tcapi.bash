# Completion of tcapi for bash.
_tcapi() {
    local IFS=$'\n' line
    local current=${COMP_WORDS[COMP_CWORD]}
    COMPREPLY=()
    while read -r line; do
        line=${line%%$'\t'*}
        # Bash has cut the word at `=`: only what follows is replaced.
        [[ $line == --*=* && ${COMP_WORDS[COMP_CWORD-1]} == = || $current == = ]] && line=${line#*=}
        COMPREPLY+=("$line")
    done < <(tcapi __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *. ]] && compopt -o nospace
}
complete -o bashdefault -o default -F _tcapi tcapi
