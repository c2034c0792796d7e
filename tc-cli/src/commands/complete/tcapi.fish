# Completion of tcapi for fish.
complete -c tcapi -e
complete -c tcapi -a '(tcapi __complete (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
