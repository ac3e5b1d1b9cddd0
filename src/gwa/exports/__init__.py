"""Lists of households and persons that people take away, under their rights."""
