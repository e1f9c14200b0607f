import { expect, it } from "vitest";
import { ListEmployeesInput } from "@/lib/domain/invitations/list-employees";
import { employeesHref, readEmployeesAddress } from "./employees-url";

const at = "2026-03-01T10:00:00.000001Z_00000000-0000-4000-8000-000000000000";
const readHref = (href: string) =>
  readEmployeesAddress(Object.fromEntries(new URL(href, "http://x").searchParams));

it("an address reads back as what it was made of", () => {
  const address = { search: "ada & co", state: "invited" as const };
  expect(readHref(employeesHref("/e/1", address, { after: at }))).toEqual({
    ...address,
    after: at,
    before: null,
  });
  expect(employeesHref("/e/1", { search: "", state: null })).toBe("/e/1");
});

it("what an address may not say is left out, and the rest is taken by the list", () => {
  const odd = {
    q: ["  x\0y ", "z"],
    state: "all",
    after: "2026-03-01_1; drop table",
    before: at,
    other: "1",
  };
  const address = readEmployeesAddress(odd);
  expect(address).toEqual({ search: "xy", state: null, after: null, before: at });
  expect(ListEmployeesInput.parse(address)).toEqual(address);
});

it("a place whose time does not exist is left out: the database would refuse it", () => {
  const id = "_00000000-0000-4000-8000-000000000000";
  for (const time of [
    "2026-02-30T10:00:00",
    "2026-13-01T10:00:00",
    "2026-01-01T24:00:00",
    "9999-99-99T99:99:99",
  ])
    expect(readEmployeesAddress({ after: `${time}.000001Z${id}` }).after).toBeNull();
});
