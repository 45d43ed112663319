"""A question becomes an answer whose every sentence cites the words that it rests on."""
