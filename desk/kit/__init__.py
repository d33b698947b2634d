"""Tools without domain knowledge: time, ids, money, database, journal, papers, search, access, web."""
