import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { guardCell, isFormulaLike, toCsv } from "./csv";

/** A reader of RFC 4180, written apart from the writer. */
function parse(csv: string): string[][] {
  const rows: string[][] = [[""]];
  let quoted = false;
  for (let at = 0; at < csv.length; at++) {
    const character = csv[at] ?? "";
    const row = rows.at(-1) ?? [];
    const append = (text: string) => (row[row.length - 1] = (row.at(-1) ?? "") + text);
    if (quoted && character === '"' && csv[at + 1] === '"') append(csv[at++] ?? "");
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === ",") row.push("");
    else if (!quoted && character === "\r" && csv[at + 1] === "\n") {
      at++;
      rows.push([""]);
    } else append(character);
  }
  rows.pop();
  return rows;
}

const dangerous = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹢", "﹣", "﹦", "﹫"];
const invisible = fc.stringMatching(/^[ \u00a0\u200b\ufeff\u2066]{0,3}$/);

describe("the formula guard", () => {
  it("no text cell of a file starts with what a spreadsheet runs", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(invisible, fc.constantFrom(...dangerous, "a", '"', ","), fc.string()), {
          minLength: 1,
        }),
        (cells) => {
          const texts = cells.map(([blank, start, rest]) => blank + start + rest);
          const [row = []] = parse(toCsv([texts]));
          expect(row).toHaveLength(texts.length);
          for (const cell of row) {
            const first = cell.replace(/^[\p{Z}\p{Cf}\p{Cc}]*/u, "").normalize("NFKC")[0] ?? "";
            expect("=+-@".includes(first) && first !== "").toBe(false);
            expect(/^[\t\r\n]/.test(cell)).toBe(false);
          }
        },
      ),
    );
  });

  it("what was not dangerous comes back as it went in", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 2 }), (texts) => {
        const [row = []] = parse(toCsv([texts]));
        expect(row).toEqual(texts.map((text) => (isFormulaLike(text) ? `'${text}` : text)));
      }),
    );
  });

  it("a name =HYPERLINK(…) is text (DOMAIN case 49)", () => {
    expect(guardCell('=HYPERLINK("http://x.test","a")')).toBe('\'=HYPERLINK("http://x.test","a")');
  });

  it("a typed negative number stays a number", () => {
    expect(toCsv([[{ number: "-12.50" }, "-12.50"]])).toBe('-12.50,"\'-12.50"\r\n');
  });
});
