/**
 * The words in which db/security/expectations.ts says who reaches what. All words of a reach must hold for a row:
 *   own         the row's customer is the one in the setting
 *   every       rows of every customer
 *   builtin     additionally the rows of the nil customer (roles that come with Perch)
 *   platform    the row's customer is the nil customer
 *   connection  the row's connection is among those of the setting
 *   one         the row's connection is the only one of the setting
 *   whole       the setting is not limited to some connections
 *   self        the row's individual is the one in the setting
 *   person      the row's user is the one in the setting
 *   revealed    a reveal of this very value was recorded for that user within the last minute
 *   pay payroll pii traits secrets deductions documents audit team   the setting has that grant on
 */
export const grantNames = [
  "pay",
  "payroll",
  "pii",
  "traits",
  "secrets",
  "deductions",
  "documents",
  "audit",
  "team",
] as const;
export type GrantName = (typeof grantNames)[number];

const words = [
  "own",
  "every",
  "builtin",
  "platform",
  "connection",
  "one",
  "whole",
  "self",
  "person",
  "revealed",
  ...grantNames,
] as const;
export type Word = (typeof words)[number];

export const verbs = ["select", "insert", "update", "delete"] as const;
export type Verb = (typeof verbs)[number];

export const tenantRoles = [
  "perch_tenant",
  "perch_employee",
  "perch_support",
  "perch_staff",
  "perch_sync",
  "perch_reveal",
] as const;
export type TenantRole = (typeof tenantRoles)[number];
export const logins = ["perch_app", "perch_auth", "perch_worker"] as const;
export type Login = (typeof logins)[number];

export interface Access {
  /** Reach of each verb; a verb that is left out is refused. */
  reach: Partial<Record<Verb, string>>;
  /** The columns of a verb, where it is not all of them. */
  columns?: Partial<Record<Verb, readonly string[]>>;
}

/** What a table holds beyond names, connections and health (DESIGN §5). */
export type DataClass =
  "pay" | "payroll" | "pii" | "traits" | "secrets" | "deductions" | "documents" | "audit" | "sealed" | "raw";

/** The words of a reach. @throws where one is unknown */
export function wordsOf(reach: string): Word[] {
  return reach.split(" ").map((word) => {
    const known = words.find((each) => each === word);
    if (!known) throw new Error(`"${word}" is no word of a reach.`);
    return known;
  });
}
