"""One folder per workflow; each holds its rules, tables, commands, papers, pages and duties."""
