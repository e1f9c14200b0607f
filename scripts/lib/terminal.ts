/** What the supervisor and the test commands print: colours only where a person looks, one look everywhere. */
const colourful = process.stdout.isTTY && !process.env["NO_COLOR"];
const paint = (code: number) => (text: string) => (colourful ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = paint(1);
export const dim = paint(2);
export const red = paint(31);
export const green = paint(32);
export const yellow = paint(33);
export const cyan = paint(36);

const escapes = /\u001b\[\d+m/g;
const widthOf = (text: string) => [...text.replace(escapes, "")].length;
const pad = (text: string, width: number) => text + " ".repeat(Math.max(0, width - widthOf(text)));

/** Columns padded to their widest cell, two spaces apart. */
export function columns(rows: string[][]): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, widthOf(cell))));
  return rows.map((row) =>
    row
      .map((cell, i) => pad(cell, widths[i] ?? 0))
      .join("   ")
      .trimEnd(),
  );
}

/** A frame around sections of lines, a rule between them. */
export function frame(title: string, sections: string[][]): string {
  const inner = Math.max(widthOf(title) + 2, ...sections.flat().map(widthOf)) + 2;
  const rule = (left: string, right: string) => dim(`${left}${"─".repeat(inner + 2)}${right}`);
  const top = `${dim("╭─")} ${title} ${dim(`${"─".repeat(inner - widthOf(title) - 1)}╮`)}`;
  const body = sections.map((lines) => lines.map((line) => `${dim("│")}  ${pad(line, inner)}${dim("│")}`));
  return [top, body.map((lines) => lines.join("\n")).join(`\n${rule("├", "┤")}\n`), rule("╰", "╯")].join(
    "\n",
  );
}

/** Says a line of progress, with the seconds since the start of the process. */
export function say(text: string): void {
  console.log(`${dim(`${(performance.now() / 1000).toFixed(1).padStart(5)} s`)}  ${text}`);
}
