"""Reading the boundary and settlement files that countries are published in."""
