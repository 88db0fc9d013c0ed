"""Words → numerals, numbers of headings, days, deadlines, sentences, tokens: one grammar each."""
