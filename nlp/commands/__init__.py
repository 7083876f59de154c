"""The commands, one module a family; thin over the modules that do the work, which are imported inside each command."""
