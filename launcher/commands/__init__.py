"""One file per word of `./gwa`: each holds `SUMMARY`, `describe` and `run`."""
