"""Chinese input in the page: pinyin to words, without the operating system's keyboard and without a network."""
