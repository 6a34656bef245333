#compdef nabla
# Completes commands, options and values of nabla in zsh.
# For this shell, after compinit: source <(nabla completions zsh)
# For all shells: nabla completions zsh > FOLDER/_nabla, where FOLDER is in $fpath

_nabla() {
    local candidate label files=
    local -a candidates suffix
    for candidate in "${(@f)$("$words[1]" '[suggest]' "${(j: :)words[1,CURRENT-1]} $IPREFIX$PREFIX" 2>/dev/null)}"; do
        label=${candidate%% *}
        if [[ $label == :files ]]; then
            files=1
        elif [[ -n $label ]]; then
            [[ $label == *= ]] && suffix=(-S '')
            # A colon divides a candidate from its description.
            candidates+=("${label//:/\\:}:${candidate#* }")
        fi
    done
    (( $#candidates )) && _describe nabla candidates "${suffix[@]}"
    if [[ -n $files ]]; then
        compset -P '--*='
        _files
    fi
}

if [[ $funcstack[1] == _nabla ]]; then
    _nabla "$@"
else
    compdef _nabla nabla
fi
