import { formatDate, formatLongDate } from "@/lib/format/dates";
import { enumLabel } from "@/lib/format/enums";
import { moneyParts } from "@/lib/format/money";
import { displayName, sortName } from "@/lib/format/names";
import {
  asPayload,
  clientOf,
  database,
  demoUserId,
  demoUsers,
  employerPages,
  expect,
  platformPages,
  readDemo,
  test,
  type Answer,
  type DemoRole,
  type Place,
} from "@/e2e/support";

/**
 * Which of the demo's real values are in an answer, over HTTP, as HTML and as the payload of a navigation. Who may open
 * what is in matrix.ts.
 */

const health = ["connections", "connection", "connectionsJson", "connectionJson"];

type Value = "name" | "birth date" | "home address" | "income" | "traits" | "last four of the SSN";

const mayRead: Partial<Record<DemoRole, Value[]>> = {
  admin: ["name", "birth date", "home address", "income", "traits", "last four of the SSN"],
  payroll: ["name", "birth date", "home address", "income"],
  viewer: ["name", "birth date", "home address"],
};

for (const role of ["admin", "payroll", "viewer"] as const) {
  test(`${role} finds in a profile what the role may read, and nothing else is in the answer`, async () => {
    const { acme } = await readDemo();
    const get = await clientOf(await demoUserId(role));
    const forms = await valuesOf(acme);
    const path = employerPages(acme)["profile"] ?? "";
    for (const answer of [await get(path), await get(path, asPayload)]) {
      const text = plainText(answer);
      const found = Object.entries(forms).filter(([, shapes]) =>
        shapes.some((shape) => text.includes(shape)),
      );
      expect(found.map(([value]) => value)).toEqual(mayRead[role]);
    }
  });
}

test("a viewer's directory and export hold no pay, no traits and no SSN", async () => {
  const { acme } = await readDemo();
  const get = await clientOf(await demoUserId("viewer"));
  const forms = await valuesOf(acme);
  for (const page of ["directory", "export", "overview", "connection"]) {
    const path = employerPages(acme)[page] ?? "";
    for (const answer of [await get(path), await get(path, asPayload)]) {
      for (const value of ["income", "traits", "last four of the SSN"] as const) {
        for (const shape of forms[value])
          expect(plainText(answer), `${value} in ${page}`).not.toContain(shape);
      }
    }
  }
});

test("staff see an employer's connections without any personal value", async () => {
  const { acme } = await readDemo();
  const forms = await valuesOf(acme);
  for (const role of ["staff", "support"] as const) {
    const get = await clientOf(await demoUserId(role));
    for (const path of [
      ...health.map((page) => employerPages(acme)[page] ?? ""),
      ...Object.values(platformPages),
    ]) {
      for (const answer of [await get(path), await get(path, asPayload)]) {
        for (const [value, shapes] of Object.entries(forms)) {
          if (value === "name") continue;
          for (const shape of shapes)
            expect(plainText(answer), `${value} for ${role} in ${path}`).not.toContain(shape);
        }
      }
    }
  }
});

test("an employee finds the own income, and no colleague's name", async () => {
  const { acme } = await readDemo();
  const get = await clientOf(await demoUserId("employee"));
  const [own] = await database()<{ individualId: string }[]>`
    select individual_id as "individualId" from user_roles r join users u on u.id = r.user_id
    where u.email = ${demoUsers.employee}`;
  const mine = await valuesOf({ ...acme, individualId: own?.individualId ?? "" });
  const colleagues = await database()<{ first: string; last: string; preferred: string | null }[]>`
    select first_name as first, last_name as last, preferred_name as preferred from individuals
    where customer_id = ${acme.customerId} and id <> ${own?.individualId ?? ""}`;
  for (const answer of [
    await get(platformPages["me"] ?? ""),
    await get(platformPages["me"] ?? "", asPayload),
  ]) {
    const text = plainText(answer);
    for (const value of ["name", "income", "birth date"] as const) {
      expect(
        mine[value].some((shape) => text.includes(shape)),
        value,
      ).toBe(true);
    }
    for (const colleague of colleagues) {
      expect(text).not.toContain(displayName(colleague));
      expect(text).not.toContain(sortName(colleague));
    }
  }
});

/** The text of an answer, so that a value split by markup or escaped is found too. */
function plainText({ text }: Answer): string {
  const decoded = text.replaceAll("&#x27;", "'").replaceAll("&amp;", "&").replaceAll('\\"', '"');
  return `${decoded}\n${decoded
    .replace(/<!-- -->/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")}`;
}

/** A person's values in every shape that they could be written in. */
async function valuesOf({ customerId, individualId }: Pick<Place, "customerId" | "individualId">) {
  const sql = database();
  const [row] = await sql<Record<string, string | null>[]>`
    select i.first_name, i.last_name, i.preferred_name, p.dob::text as dob, p.residence->>'line1' as line1, t.ethnicity,
      c.amount_cents::text as cents, c.currency, s.last_four
    from individuals i
    join individual_profiles p on p.customer_id = i.customer_id and p.individual_id = i.id
    join individual_traits t on t.customer_id = i.customer_id and t.individual_id = i.id
    join income_history c on c.customer_id = i.customer_id and c.individual_id = i.id and c.is_current
    left join sealed_values s on s.customer_id = i.customer_id and s.owner_id = i.id and s.kind = 'ssn'
    where i.customer_id = ${customerId} and i.id = ${individualId}`;
  if (!row) throw new Error("The demo's person is not complete.");
  const { dob = "", line1 = "", ethnicity = "", cents = "", currency = "", last_four: four = "" } = row;
  const { whole } = moneyParts(Number(cents), currency ?? null);
  const { first_name: first = null, last_name: last = null, preferred_name: preferred = null } = row;
  const present = (...shapes: (string | null | undefined)[]) =>
    shapes.filter((shape): shape is string => Boolean(shape));
  return {
    name: present(displayName({ first, last, preferred })),
    "birth date": present(dob, dob && formatDate(dob), dob && formatLongDate(dob)),
    "home address": present(line1),
    income: present(whole, `"${cents}"`, `:${cents},`, `:${cents}}`),
    traits: present(
      ethnicity && `"${ethnicity}"`,
      ethnicity && `>${enumLabel("ethnicity", ethnicity)}<`,
      ethnicity && `"${enumLabel("ethnicity", ethnicity)}"`,
    ),
    "last four of the SSN": present(four && `ends in ${four}`, four && `"${four}"`, four && `••${four}`),
  } satisfies Record<Value, string[]>;
}
