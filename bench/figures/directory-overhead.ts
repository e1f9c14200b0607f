import { atMost, type Figure } from "@/bench/lib/figure";
import { ratio } from "@/bench/lib/measure";
import { startStand } from "@/bench/lib/stand";
import {
  createTestConnection,
  createTestCustomer,
  createTestIndividuals,
  createTestUser,
} from "@/db/seed/factories";
import { paths } from "@/lib/paths";

/** The directory with 10,000 people ÷ the same signed-in page of an employer without any. */
export async function directoryOverhead(): Promise<Figure[]> {
  const stand = await startStand();
  try {
    const employer = async (people: number) => {
      const customer = await createTestCustomer(stand.sql);
      const connection = await createTestConnection(stand.sql, { customerId: customer.id });
      if (people > 0) {
        await createTestIndividuals(stand.sql, {
          customerId: customer.id,
          connectionId: connection.id,
          count: people,
        });
      }
      const user = await createTestUser(stand.sql, { role: "employer_admin", customerId: customer.id });
      return { page: stand.url + paths.directory(customer.id), cookie: await stand.cookieOf(user.id) };
    };
    const full = await employer(10_000);
    const empty = await employer(0);
    await stand.sql`analyze`;
    const measured = await ratio(full.page, empty.page, { page: full.cookie, base: empty.cookie });
    return [atMost("directory.overhead", measured.ratio, 2, measured.detail)];
  } finally {
    await stand.stop();
  }
}
