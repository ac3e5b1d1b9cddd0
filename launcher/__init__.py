"""The `./gwa` command: standard library only, because it runs before anything is installed."""
