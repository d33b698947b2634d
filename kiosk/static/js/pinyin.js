// What is being typed in pinyin: the letters that wait, and the words the kiosk offers for them. It knows no page.

const LONGEST = 60; // letters that the kiosk takes at once
const FIRST = 60; // words asked for at first
const ALL = 400; // and when somebody turns the pages to the end

export class Composer {
  letters = "";
  words = []; // [word, how many letters it takes]
  answered = ""; // the letters that `words` belong to
  hasAll = false;

  constructor(url, fuzzy, changed) {
    Object.assign(this, { url, fuzzy, changed });
  }

  get waits() {
    return this.answered !== this.letters;
  }

  get isFull() {
    return this.letters.length >= LONGEST;
  }

  type(letter) {
    this.set(this.letters + letter);
  }

  back() {
    this.set(this.letters.slice(0, -1));
  }

  set(letters) {
    this.letters = letters;
    if (letters) this.ask(FIRST);
    else this.forget();
    this.changed();
  }

  // Take the word at `at` and return it; the letters it does not take go on waiting. Nothing offered: the letters themselves.
  take(at = 0) {
    const [word, used] = this.waits ? [this.letters, this.letters.length] : (this.words[at] ?? ["", 0]);
    if (word) this.set(this.letters.slice(used));
    return word;
  }

  // Take everything that waits, by the best word each time; what was not answered yet stays letters.
  takeAll() {
    const [word, used] = this.waits ? ["", 0] : this.words[0];
    const all = word + this.letters.slice(used);
    this.set("");
    return all;
  }

  more() {
    if (!this.hasAll && !this.waits && this.words.length >= FIRST) return this.ask(ALL);
  }

  async ask(most) {
    const letters = this.letters;
    const query = new URLSearchParams({ q: letters, n: most, fuzzy: this.fuzzy ? 1 : 0 });
    let words = [[letters, letters.length]];
    try {
      const answer = await fetch(`${this.url}?${query}`);
      if (answer.ok) words = (await answer.json()).words;
    } catch {
      // No answer: the letters can still be chosen, so nothing is lost.
    }
    if (letters !== this.letters) return;
    Object.assign(this, { words, answered: letters, hasAll: most === ALL });
    this.changed();
  }

  forget() {
    Object.assign(this, { letters: "", words: [], answered: "", hasAll: false });
  }
}
