/** Lower case, without accents and punctuation. */
export function normalize(text) {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** How many letters have to be changed, added, left out or swapped; no more than `most` is counted. */
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    before = last;
    last = row;
  }
  return last[b.length];
}

/** How well one typed word fits one word of a name; 0 where it does not. */
export function wordScore(typed, word) {
  if (word === typed) return 100;
  if (word.startsWith(typed)) return 80;
  if (typed.length >= 2 && word.includes(typed)) return 60;
  const most = typed.length >= 7 ? 2 : typed.length >= 4 ? 1 : 0;
  if (most === 0) return 0;
  // What is still being typed is compared with as much of the word.
  const wrong = Math.min(
    distance(typed, word, most),
    distance(typed, word.slice(0, typed.length), most),
    distance(typed, word.slice(0, typed.length + 1), most),
  );
  return wrong <= most ? 40 - 10 * wrong : 0;
}

/** How well a search fits a normalized name: every typed word must fit a word of it. 0 where one does not. */
export function score(search, name) {
  const typed = normalize(search);
  if (typed === "") return 1;
  const compact = name.replaceAll(" ", "");
  const joined = typed.replaceAll(" ", "");
  const whole = compact.startsWith(joined) ? 90 : joined.length >= 3 && compact.includes(joined) ? 55 : 0;
  const words = name.split(" ");
  let sum = 0;
  let all = true;
  const parts = typed.split(" ");
  for (const part of parts) {
    const best = Math.max(...words.map((word) => wordScore(part, word)));
    if (best === 0) all = false;
    sum += best;
  }
  const byWords = all ? sum / parts.length + (wordScore(parts[0], words[0]) >= 60 ? 5 : 0) : 0;
  return Math.max(whole, byWords);
}

/** The best first. Where something fits to the letter, what is only similar is left out. */
export function rank(search, rows) {
  const scored = rows.map((row, place) => ({ row, place, points: score(search, row.text) }));
  const best = Math.max(0, ...scored.map(({ points }) => points));
  const least = best > 45 ? 46 : 1;
  return scored
    .filter(({ points }) => points >= least || (points > 0 && best <= 45) || normalize(search) === "")
    .sort((a, b) => b.points - a.points || a.place - b.place)
    .map(({ row }) => row);
}
