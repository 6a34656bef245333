# Completes commands, options and values of nabla in fish.
# For this shell: nabla completions fish | source
# For all shells: nabla completions fish > ~/.config/fish/completions/nabla.fish

function __nabla_candidates
    set -l line (commandline --current-process --cut-at-cursor | string join ' ')
    set -l word (commandline --current-token --cut-at-cursor)
    for candidate in (command nabla '[suggest]' "$line" 2>/dev/null)
        if test "$candidate" = :files
            # A file may follow an option and a = in the same word.
            set -l option (string match --regex '^--[^=]*=' -- $word)
            for file in (__fish_complete_path (string replace --regex '^--[^=]*=' '' -- $word))
                echo "$option$file"
            end
        else
            string replace ' ' \t -- $candidate
        end
    end
end

complete --command nabla --no-files --arguments '(__nabla_candidates)'
