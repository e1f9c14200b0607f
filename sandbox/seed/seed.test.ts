import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generateCompany } from "@/sandbox/seed/company";
import { individualId, indexOfIndividual, stableUuid } from "@/sandbox/seed/ids";
import { generatePerson } from "@/sandbox/seed/people";
import type { CompanyPlan } from "@/sandbox/seed/types";

const plan = (more: Partial<CompanyPlan> = {}): CompanyPlan => ({
  contentKey: "default/acme",
  idKey: "connection-1",
  size: 20,
  asOf: "2026-11-01",
  legalName: "Acme, Inc.",
  seed: "default",
  ...more,
});

const people = (from: CompanyPlan) =>
  Array.from({ length: from.size }, (_, index) => generatePerson(from, index));
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("generated data", () => {
  it("is the same for the same seed, in any order", () => {
    const forward = people(plan());
    const backward = Array.from({ length: 20 }, (_, i) => generatePerson(plan(), 19 - i));
    expect(backward.reverse()).toEqual(forward);
    expect(generateCompany(plan())).toEqual(generateCompany(plan()));
  });

  it("is other people for another customer, and the same people with other ids at another connection", () => {
    const names = (from: CompanyPlan) =>
      people(from).map((person) => `${person.first_name} ${person.last_name}`);
    expect(names(plan({ contentKey: "default/globex" }))).not.toEqual(names(plan()));
    const moved = plan({ idKey: "connection-2" });
    expect(names(moved)).toEqual(names(plan()));
    expect(people(moved).map((person) => person.id)).not.toEqual(people(plan()).map((person) => person.id));
  });

  it("uses numbers that nobody has: SSNs, EINs, bank accounts, phones and mail", () => {
    for (const person of people(plan({ size: 500 }))) {
      expect(person.ssn).toMatch(/^9\d{2}(0[1-9]|[1-4]\d)(?!0000)\d{4}$/);
      for (const email of person.emails ?? [])
        expect(email.data).toMatch(/^[a-z0-9.-]+@[a-z0-9.-]+\.example$/);
      for (const phone of person.phone_numbers ?? []) expect(phone?.data).toMatch(/^\+1\d{3}55501\d{2}$/);
    }
    const company = generateCompany(plan());
    expect(company.ein).toMatch(/^(07|08|09|17|18|19|28|29|49|69|70|78|79|89)-\d{7}$/);
    for (const account of company.accounts ?? [])
      expect(account.routing_number).toMatch(/^(1[3-9]|20)\d{7}$/);
  });

  it("has managers above everybody but one, without a circle", () => {
    const all = people(plan({ size: 700 }));
    const byId = new Map(all.map((person) => [person.id, person]));
    for (const person of all) {
      let steps = 0;
      for (let at = person; at.manager; at = byId.get(at.manager.id)!) expect(++steps).toBeLessThan(8);
    }
    expect(all.filter((person) => person.manager === null)).toHaveLength(1);
  });

  it("has a name beyond ASCII and nulls in every twenty, and no formula outside of the named cases", () => {
    const all = people(plan());
    expect(all.some((person) => /[^ -~]/.test(`${person.first_name}${person.last_name}`))).toBe(true);
    expect(all.some((person) => person.middle_name === null)).toBe(true);
    expect(all.some((person) => /^[=+\-@]/.test(String(person.first_name)))).toBe(false);
    expect(
      people(plan({ seed: "case-49" })).some((person) => person.first_name?.startsWith("=HYPERLINK")),
    ).toBe(true);
  });

  it("never works after it ended, and starts before it ends", () => {
    for (const person of people(plan({ size: 400 }))) {
      if (person.end_date)
        expect([person.is_active, person.start_date! < person.end_date]).toEqual([false, true]);
      if (person.latest_rehire_date) expect(person.start_date! < person.latest_rehire_date).toBe(true);
      expect(Number.isInteger(person.income?.amount)).toBe(true);
    }
  });
});

describe("ids", () => {
  it("of individuals lead back to their place, whatever the place", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(2_000_000), (key, index) => {
        const id = individualId(key, index);
        expect(id).toMatch(uuid);
        expect(indexOfIndividual(key, id, index + 1)).toBe(index);
        expect(indexOfIndividual(key, id, index)).toBeNull();
        expect(indexOfIndividual(`${key}x`, id, index + 1)).toBeNull();
      }),
    );
  });

  it("of 25,000 people differ", () => {
    expect(new Set(Array.from({ length: 25_000 }, (_, index) => individualId("big", index))).size).toBe(
      25_000,
    );
  });

  it("are UUIDs of version 4", () => {
    expect(stableUuid("connection", 1)).toMatch(uuid);
    expect(stableUuid("connection", 1)).toBe(stableUuid("connection", 1));
    expect(indexOfIndividual("key", "not an id", 20)).toBeNull();
  });
});
