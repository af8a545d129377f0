# Files that belong to the binary (playbooks, samples, the report's page) are compiled into it, so
# that it runs from any working directory.
