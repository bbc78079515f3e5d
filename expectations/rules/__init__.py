"""Rules: a contract becomes SQL that is TRUE for a bad row, and every rule has its sentences in both languages."""
