# Completes commands, options and values of nabla in PowerShell.
# For this shell: nabla completions pwsh | Out-String | Invoke-Expression
# For all shells: add that line to the file $PROFILE

Register-ArgumentCompleter -Native -CommandName nabla -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    # The syntax tree ends at the last word; a space may follow it.
    $length = $cursorPosition - $commandAst.Extent.StartOffset
    $line = $commandAst.Extent.Text.PadRight($length).Substring(0, $length)
    $files = $false
    nabla '[suggest]' $line 2>$null | ForEach-Object {
        $label, $description = $_ -split ' ', 2
        if ($label -eq ':files') {
            $files = $true
        } else {
            $text = if ($description) { $description } else { $label }
            [System.Management.Automation.CompletionResult]::new($label, $label, 'ParameterValue', $text)
        }
    }
    if ($files) {
        [System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete)
    }
}
