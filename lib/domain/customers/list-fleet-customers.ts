import { z } from "zod";
import { inScope } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { countCustomers, countPeople, findCustomer, listCustomers } from "@/db/repositories/customers";
import { listFleetOf } from "@/db/repositories/customers-fleet";
import { can, requirePermission } from "@/lib/auth/permissions";
import type { ConnectionState } from "@/lib/domain/connections/status";
import type { Context } from "@/lib/domain/context";
import { toFleetConnection } from "./to-fleet-connection";

export const ListFleetCustomersInput = z.strictObject({
  search: z
    .string()
    .max(200)
    .transform((text) => text.replaceAll("\0", ""))
    .default(""),
  /** The employer that the page follows. */
  after: z.uuid().nullable().default(null),
});
export type ListFleetCustomersInput = z.input<typeof ListFleetCustomersInput>;

export interface FleetCustomerView {
  id: string;
  name: string;
  createdAt: Date;
  people: number;
  activePeople: number;
  /** Statuses of the connections, disconnected ones included. */
  connections: { id: string; providerName: string; status: ConnectionState }[];
}

export interface FleetCustomersView {
  customers: FleetCustomerView[];
  total: number;
  next: string | null;
  mayCreate: boolean;
  now: Date;
}

export const customersPageSize = 50;

/** Employers by name, with their connections' health and the number of their people. @throws DomainError FORBIDDEN */
export async function listFleetCustomers(
  ctx: Context,
  raw: ListFleetCustomersInput,
): Promise<FleetCustomersView> {
  const input = ListFleetCustomersInput.parse(raw);
  requirePermission(ctx, "platform:read");
  return inScope(
    { ...ctx, scope: { kind: "platform" } },
    async (tx) => {
      const now = await readClock(tx);
      const after = input.after ? await findCustomer(tx, input.after) : null;
      const found = await listCustomers(tx, { search: input.search, after, limit: customersPageSize + 1 });
      const page = found.slice(0, customersPageSize);
      const ids = page.map((customer) => customer.id);
      const [total, people, connections] = await Promise.all([
        countCustomers(tx),
        countPeople(tx, ids),
        listFleetOf(tx, ids),
      ]);
      const peopleOf = new Map(people.map((row) => [row.customerId, row]));
      return {
        customers: page.map((customer) => ({
          ...customer,
          people: peopleOf.get(customer.id)?.total ?? 0,
          activePeople: peopleOf.get(customer.id)?.active ?? 0,
          connections: connections
            .filter(({ connection }) => connection.customerId === customer.id)
            .map((row) => toFleetConnection({ ...row, customerName: customer.name }, now))
            .map(({ id, providerName, status }) => ({ id, providerName, status })),
        })),
        total,
        next: found.length > customersPageSize ? (page.at(-1)?.id ?? null) : null,
        mayCreate: can(ctx, "platform:customers"),
        now,
      };
    },
    { readOnly: true },
  );
}
