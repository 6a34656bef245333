# Completes commands, options and values of nabla in bash 4.4 or newer.
# For this shell: source <(nabla completions bash)
# For all shells: nabla completions bash > ~/.local/share/bash-completion/completions/nabla

_nabla() {
    local line=${COMP_LINE:0:COMP_POINT} candidate files=
    local word=${line##*[[:space:]]} before= breaks=${COMP_WORDBREAKS//[^:=]/}
    # Readline replaces only what follows the last : or =, unless COMP_WORDBREAKS says otherwise.
    if [[ -n $breaks && $word == *[$breaks]* ]]; then
        before=${word%"${word##*[$breaks]}"}
    fi
    COMPREPLY=()
    while IFS= read -r candidate; do
        candidate=${candidate%% *}
        if [[ $candidate == :files ]]; then
            files=1
        else
            COMPREPLY+=("${candidate#"$before"}")
            if [[ $candidate == *= ]]; then
                compopt -o nospace
            fi
        fi
    done < <("$1" '[suggest]' "$line" 2>/dev/null)
    if [[ -n $files && ${#COMPREPLY[@]} -eq 0 ]]; then
        # Readline completes quoted names too.
        compopt -o default
    elif [[ -n $files ]]; then
        compopt -o filenames
        while IFS= read -r candidate; do
            COMPREPLY+=("$candidate")
        done < <(compgen -f -- "${word#"$before"}")
    fi
}

complete -F _nabla nabla
