import { describe, expect, it } from "vitest";
import type { GrantRow } from "@/db/repositories/grants";
import { roleTable, type Role } from "@/lib/auth/permissions";
import { platformCustomerId } from "@/lib/domain/context";
import {
  employerContextOf,
  employersOf,
  isStaff,
  platformContextOf,
  selfContextOf,
  staffContextAt,
} from "./grants";

const person = { id: "u1", email: "vega@acme.test", name: "Marisol Vega" };
const [acme, initech] = ["acme", "initech"];

function grant(role: Role, customerId: string, more: Partial<GrantRow> = {}): GrantRow {
  const { label, databaseRole, permissions } = roleTable[role];
  return {
    customerId,
    customerName: customerId,
    timeZone: null,
    role,
    roleLabel: label,
    databaseRole,
    permissions: [...permissions],
    connectionId: null,
    individualId: null,
    ...more,
  };
}

describe("several roles at one employer", () => {
  it("for all connections add up", () => {
    const ctx = employerContextOf(person, [grant("hr_viewer", acme), grant("payroll_manager", acme)], acme);
    expect(ctx?.scope).toEqual({ kind: "customer", customerId: acme, connectionIds: "all" });
    expect(ctx?.permissions.has("individual:income")).toBe(true);
    expect(ctx?.grants.pay).toBe(true);
  });

  it("for different connections grant pay at neither where one of them lacks it", () => {
    const grants = [
      grant("payroll_manager", acme, { connectionId: "k1" }),
      grant("hr_viewer", acme, { connectionId: "k2" }),
    ];
    const ctx = employerContextOf(person, grants, acme);
    expect(ctx?.scope).toMatchObject({ connectionIds: ["k1", "k2"] });
    expect(ctx?.permissions.has("individual:income")).toBe(false);
    expect(ctx?.permissions.has("individual:read")).toBe(true);
  });

  it("for one connection add nothing to the role for all", () => {
    const grants = [grant("hr_viewer", acme), grant("payroll_manager", acme, { connectionId: "k1" })];
    expect(employerContextOf(person, grants, acme)?.permissions.has("individual:income")).toBe(false);
  });

  it("of the employer's own making grant what their rows say, and no more", () => {
    const own = grant("employer_admin", acme, {
      role: "auditor",
      permissions: ["connection:read", "no:such"],
    });
    const ctx = employerContextOf(person, [own], acme);
    expect([...(ctx?.permissions ?? [])]).toEqual(["connection:read"]);
    expect(ctx?.grants).toEqual({
      pay: false,
      payroll: false,
      pii: false,
      traits: false,
      secrets: false,
      deductions: false,
      documents: false,
      audit: false,
      team: false,
    });
  });
});

describe("another employer", () => {
  it("is not there, whatever one holds elsewhere", () => {
    const grants = [
      grant("employer_admin", acme),
      grant("employee", initech, { connectionId: "k", individualId: "i" }),
    ];
    expect(employerContextOf(person, grants, initech)).toBeNull();
    expect(platformContextOf(person, grants)).toBeNull();
    expect(staffContextAt(person, grants, initech)).toBeNull();
    expect(employersOf(grants).map(({ customerId }) => customerId)).toEqual([acme]);
  });

  it("has its own rights: pay at one is not pay at the other", () => {
    const grants = [grant("payroll_manager", acme), grant("hr_viewer", initech)];
    expect(employerContextOf(person, grants, acme)?.grants.pay).toBe(true);
    expect(employerContextOf(person, grants, initech)?.grants.pay).toBe(false);
  });
});

describe("staff", () => {
  it("at an employer hold their platform role's permissions, and no personal data", () => {
    const grants = [grant("staff_admin", platformCustomerId)];
    expect(isStaff(grants)).toBe(true);
    const ctx = staffContextAt(person, grants, acme);
    expect(ctx).toMatchObject({ role: "staff_admin", scope: { customerId: acme } });
    expect(ctx?.permissions.has("individual:read")).toBe(false);
    expect(ctx?.grants).toEqual({
      pay: false,
      payroll: false,
      pii: false,
      traits: false,
      secrets: false,
      deductions: false,
      documents: false,
      audit: false,
      team: false,
    });
  });

  it("are not made by a role of that name at an employer", () => {
    const grants = [grant("staff_admin", acme)];
    expect(isStaff(grants)).toBe(false);
    expect(platformContextOf(person, grants)).toBeNull();
    expect(employerContextOf(person, grants, acme)).toBeNull();
  });
});

describe("an employee", () => {
  const grants = [
    grant("employee", acme, { connectionId: "k1", individualId: "i1" }),
    grant("employee", initech, { connectionId: "k2", individualId: "i2" }),
  ];

  it("is one person at a time", () => {
    expect(selfContextOf(person, grants)?.ctx.scope).toEqual({
      kind: "customer",
      customerId: acme,
      connectionIds: ["k1"],
      individualId: "i1",
    });
    expect(selfContextOf(person, grants, "i2")?.pair.customerId).toBe(initech);
  });

  it("is nobody else", () => {
    expect(selfContextOf(person, grants, "i3")).toBeNull();
    expect(employerContextOf(person, grants, acme)).toBeNull();
  });
});
