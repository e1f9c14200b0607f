import { atMost, type Figure } from "@/bench/lib/figure";
import { median, p95 } from "@/bench/lib/measure";
import { startStand } from "@/bench/lib/stand";
import {
  createTestConnection,
  createTestCustomer,
  createTestIndividuals,
  createTestUser,
} from "@/db/seed/factories";
import { paths } from "@/lib/paths";

const peopleEach = 20;

/** The directory of one employer with 10,000 connections of others in the database ÷ with 10. */
export async function scaleConnections(): Promise<Figure[]> {
  const stand = await startStand();
  const { sql } = stand;
  const grow = async (count: number) => {
    await sql`insert into customers (id, name) select gen_random_uuid(), 'Other ' || n from generate_series(1, ${count}) n`;
    await sql`insert into connections (customer_id, id, finch_connection_id, finch_customer_id, provider_id, provider_name)
      select c.id, gen_random_uuid(), gen_random_uuid()::text, c.id::text, 'gusto', 'Gusto' from customers c
      where not exists (select from connections k where k.customer_id = c.id)`;
    await sql`insert into individuals (customer_id, connection_id, finch_individual_id, first_name, last_name, sort_name, fetched_at)
      select k.customer_id, k.id, 'person-' || n, 'Person', n::text, 'person ' || n, now()
      from connections k cross join generate_series(1, ${peopleEach}) n
      where not exists (select from individuals i where i.customer_id = k.customer_id and i.connection_id = k.id)`;
    await sql`analyze`;
  };
  try {
    const customer = await createTestCustomer(sql);
    const connection = await createTestConnection(sql, { customerId: customer.id });
    await createTestIndividuals(sql, { customerId: customer.id, connectionId: connection.id, count: 500 });
    const user = await createTestUser(sql, { role: "employer_admin", customerId: customer.id });
    const cookie = await stand.cookieOf(user.id);
    const page = stand.url + paths.directory(customer.id);
    const measure = async () => {
      await p95(page, cookie, { requests: 60 });
      return median([await p95(page, cookie), await p95(page, cookie), await p95(page, cookie)]);
    };
    await grow(9);
    const few = await measure();
    await grow(9_990);
    const many = await measure();
    const detail = `p95 at concurrency 8: ${many.toFixed(1)} ms with 10,000 connections ÷ ${few.toFixed(1)} ms with 10`;
    return [atMost("scale.connections", many / few, 1.2, detail)];
  } finally {
    await stand.stop();
  }
}
