import { beforeEach, expect, test } from "vitest";
import { dismiss, listNotices, notify, subscribe } from "./notices";

beforeEach(() => {
  for (const { id } of listNotices()) dismiss(id);
});

test("a notice stays until it is dismissed, and those who listen hear of both", () => {
  let heard = 0;
  const stop = subscribe(() => (heard += 1));
  const id = notify({ title: "Export is ready" });
  expect(listNotices()).toEqual([{ id, tone: "healthy", title: "Export is ready" }]);
  dismiss(id);
  expect(listNotices()).toEqual([]);
  expect(heard).toBe(2);
  stop();
  notify({ title: "Unheard" });
  expect(heard).toBe(2);
});

test("only the latest three are kept", () => {
  for (const title of ["a", "b", "c", "d"]) notify({ title });
  expect(listNotices().map((notice) => notice.title)).toEqual(["b", "c", "d"]);
});
