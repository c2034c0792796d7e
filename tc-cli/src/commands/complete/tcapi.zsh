#compdef tcapi
# Completion of tcapi for zsh.
_tcapi() {
    local -a offers
    local line word about
    for line in ${(f)"$(tcapi __complete "${(@)words[2,CURRENT]}" 2>/dev/null)"}; do
        word=${line%%$'\t'*}
        about=${line#*$'\t'}
        [[ $about == $line ]] && about=
        offers+=("${word//:/\\:}:$about")
    done
    if (( $#offers )); then
        _describe -o 'tcapi' offers
    else
        _files
    fi
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _tcapi "$@"
else
    compdef _tcapi tcapi
fi
