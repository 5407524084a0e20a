"""What happens over time: the thermal network of one build, solved exactly, with its fans and its throttle."""
