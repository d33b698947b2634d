// The words the scripts say, in the page's language.
const page = document.getElementById("words");
const words = page ? JSON.parse(page.textContent) : {};

// Return the sentence for `key`, with %(name)s filled in.
export function say(key, details = {}) {
  return (words[key] ?? key).replace(/%\((\w+)\)s/g, (whole, name) => details[name] ?? whole);
}
