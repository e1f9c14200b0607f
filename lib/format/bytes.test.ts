import { expect, it } from "vitest";
import { formatBytes } from "./bytes";

it.each([
  [0, "0 B"],
  [812, "812 B"],
  [999, "999 B"],
  [1_000, "1 kB"],
  [1_449, "1.4 kB"],
  [9_960, "10 kB"],
  [999_600, "1 MB"],
  [76_400_000, "76 MB"],
  [2_500_000_000, "2.5 GB"],
  [4_000_000_000_000, "4,000 GB"],
])("%d bytes are %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
