"""The synthetic country: places drawn once, people drawn from a number and a seed."""
