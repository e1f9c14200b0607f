import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { beyond, orderBy, type SortKey } from "./keyset";

/** Employees with access to their own pages, and those who are invited to it, as one list. */

export const employeeStates = ["active", "invited", "expired"] as const;
export type EmployeeState = (typeof employeeStates)[number];

export interface EmployeeFilter {
  customerId: string;
  connectionIds: "all" | readonly string[];
  /** Connections whose people may be named. */
  visible: readonly string[];
  /** Lower-case words, each of which is in the person's search text or in an invited address. */
  words: readonly string[];
  state: EmployeeState | null;
}

const rowSchema = z.object({
  id: z.string(),
  state: z.enum(employeeStates),
  individual_id: z.string(),
  user_id: z.string().nullable(),
  email: z.string().nullable(),
  at: z.coerce.date(),
  position: z.string(),
  expires_at: z.coerce.date().nullable(),
  by: z.string().nullable(),
  known: z.boolean(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  preferred_name: z.string().nullable(),
});
export type EmployeeAccessRow = z.output<typeof rowSchema>;

const list = (ids: readonly string[]) => sql`${`{${ids.join(",")}}`}::text::uuid[]`;

/** Roles and pending invitations that name a person, with that person where the mirror still shows one. */
function entries({ customerId, connectionIds, visible }: EmployeeFilter): SQL {
  const within = connectionIds === "all" ? sql`true` : sql`e.connection_id = any (${list(connectionIds)})`;
  return sql`(
    select e.*, p.id is not null as known, p.first_name, p.last_name, p.preferred_name, p.search_text from (
      select g.id, 'active' as state, g.connection_id, g.individual_id, g.user_id, null as email, g.created_at as at,
        null::timestamptz as expires_at, g.granted_by as by
      from user_roles g where g.customer_id = ${customerId}::uuid and g.individual_id is not null
      union all
      select i.id, case when i.expires_at <= now() then 'expired' else 'invited' end, i.connection_id, i.individual_id, null,
        i.email, i.created_at, i.expires_at, i.invited_by
      from invitations i where i.customer_id = ${customerId}::uuid and i.individual_id is not null
        and i.accepted_at is null and i.revoked_at is null
    ) e left join individuals p on p.customer_id = ${customerId}::uuid and p.id = e.individual_id and p.deleted_at is null
      and p.connection_id = any (${list(visible)})
    where ${within}) as found`;
}

const likePattern = (word: string) => `%${word.replace(/[\\%_]/g, "\\$&")}%`;

function matching({ words, state }: EmployeeFilter): SQL {
  const parts = words.map(
    (word) => sql`(search_text like ${likePattern(word)} or email like ${likePattern(word)})`,
  );
  if (state) parts.push(sql`state = ${state}`);
  return parts.length > 0 ? sql.join(parts, sql` and `) : sql`true`;
}

/** The newest first. */
const keys: readonly SortKey[] = [
  { expression: sql`at`, descending: true, type: "timestamptz" },
  { expression: sql`id`, descending: true, type: "uuid" },
];

/** A run of the list. `from` holds position and id of the row that it follows (or precedes, read backwards). */
export async function listEmployeeAccess(
  tx: Tx,
  filter: EmployeeFilter,
  { from, backwards, limit }: { from: readonly string[] | null; backwards: boolean; limit: number },
): Promise<EmployeeAccessRow[]> {
  const place = from ? beyond(keys, from, backwards) : sql`true`;
  const rows = z.array(rowSchema).parse([
    ...(await tx.execute(sql`
      select id, state, individual_id, user_id, email, at, to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as position,
        expires_at, by, known, first_name, last_name, preferred_name
      from ${entries(filter)} where ${matching(filter)} and ${place}
      order by ${orderBy(keys, backwards)} limit ${limit}::int`)),
  ]);
  return backwards ? rows.reverse() : rows;
}

const countRows = z.array(z.object({ state: z.enum(employeeStates), count: z.coerce.number() }));

/** How many match of each state, whichever is chosen. */
export async function countEmployeeAccess(
  tx: Tx,
  filter: EmployeeFilter,
): Promise<Record<EmployeeState, number>> {
  const rows = countRows.parse([
    ...(await tx.execute(
      sql`select state, count(*)::int as count from ${entries(filter)} where ${matching({ ...filter, state: null })} group by state`,
    )),
  ]);
  const of = (state: EmployeeState) => rows.find((row) => row.state === state)?.count ?? 0;
  return { active: of("active"), invited: of("invited"), expired: of("expired") };
}
