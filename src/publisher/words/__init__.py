"""The grammars of words: numerals, numbers of headings, days, deadlines, sentences, tokens."""
