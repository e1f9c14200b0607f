import type { Sql } from "postgres";
import { closeDatabase, configureDatabase, inScope } from "@/db/client";
import {
  createTestConnection,
  createTestCustomer,
  createTestIndividuals,
  createTestUser,
  type TestConnection,
} from "@/db/seed/factories";
import type { TestDatabase } from "@/db/testing";
import type { Role } from "@/lib/auth/permissions";
import { Secret } from "@/lib/crypto";
import { workerContext, type Context, type CustomerContext } from "@/lib/domain/context";
import { loadVault } from "@/lib/domain/keys/customer-vault";
import { sealValues } from "@/lib/domain/sync/seal-values";
import { testContext, testPlatformContext } from "@/lib/domain/testing";

/** Employers whose people and accounts have really sealed numbers. For tests only. */

export interface SealedEmployer {
  customerId: string;
  connection: TestConnection;
  people: string[];
  companyId: string;
}

/** What the people of an employer have: each another number. */
export const ssnOf = (at: number) => `900-${String(10 + at)}-${String(1000 + at)}`;
export const accountNumber = "000123450042";
export const routingNumber = "021000021";

export class RevealWorld {
  constructor(readonly database: () => TestDatabase) {}

  sql(): Sql {
    return this.database().sql("superuser");
  }

  async addEmployer(count = 3, products?: string[]): Promise<SealedEmployer> {
    const { id: customerId } = await createTestCustomer(this.sql());
    return this.addConnection(customerId, count, products);
  }

  async addConnection(customerId: string, count = 3, products?: string[]): Promise<SealedEmployer> {
    const sql = this.sql();
    const connection = await createTestConnection(sql, { customerId, ...(products ? { products } : {}) });
    const people = await createTestIndividuals(sql, { customerId, connectionId: connection.id, count });
    // The factory's sealed values are no real ciphertexts.
    await sql`delete from sealed_values where connection_id = ${connection.id}`;
    const companyId = crypto.randomUUID();
    const accounts = [
      { accountName: "Payroll", institutionName: "Bank of Tern", accountType: "checking" },
      { accountName: null, institutionName: null, accountType: null },
    ];
    await sql`insert into companies (customer_id, id, connection_id, finch_company_id, legal_name, ein, accounts, fetched_at)
      values (${customerId}, ${companyId}, ${connection.id}, ${companyId}, 'Larkspur Dental LLC', '12-3456789', ${sql.json(accounts)}, now())`;
    await this.seal({ customerId, connection, people, companyId });
    return { customerId, connection, people, companyId };
  }

  /** As a sync does it, on the worker's login. */
  private async seal({ customerId, connection, people, companyId }: SealedEmployer): Promise<void> {
    await configureDatabase({ url: this.database().urls.worker });
    const scope = { customerId, connectionId: connection.id };
    const ssns = people.map((ownerId, at) => ({
      ...{ ownerId, kind: "ssn", ordinal: 0 },
      secret: new Secret(ssnOf(at)),
    }));
    const numbers = [
      { ownerId: companyId, kind: "account", ordinal: 0, secret: new Secret(accountNumber) },
      { ownerId: companyId, kind: "routing", ordinal: 0, secret: new Secret(routingNumber) },
    ];
    await inScope(workerContext(customerId, "test"), async (tx) => {
      const vault = await loadVault(tx, customerId);
      await sealValues(tx, vault, { ...scope, ownerTable: "individuals" }, people, ["ssn"], ssns);
      const kinds = ["account", "routing"];
      await sealValues(tx, vault, { ...scope, ownerTable: "companies" }, [companyId], kinds, numbers);
    });
    await closeDatabase();
    await configureDatabase({ url: this.database().urls.app });
  }

  /** A person whose role stands in the database too. */
  async as(
    role: Role,
    customerId: string,
    options: { connectionIds?: string[]; steppedUpAt?: Date | null } = {},
  ): Promise<CustomerContext & { userId: string }> {
    const connectionId = options.connectionIds?.[0] ?? null;
    const user = await createTestUser(this.sql(), { role, customerId, connectionId });
    return { ...testContext(role, customerId, { ...options, userId: user.id }), userId: user.id };
  }

  async asStaff(role: "staff_admin" | "staff_support"): Promise<Context & { userId: string }> {
    const user = await createTestUser(this.sql(), { role });
    return { ...testPlatformContext(role, user.id), userId: user.id };
  }

  /** The audit of an employer, oldest first, with what may be erased. */
  audit(customerId: string) {
    return this.sql()<
      {
        action: string;
        actor_id: string;
        target_type: string;
        target_id: string;
        details: Record<string, unknown> | null;
      }[]
    >`
      select l.action, l.actor_id, l.target_type, l.target_id, d.details from audit_log l
      left join audit_details d on d.customer_id = l.customer_id and d.seq = l.seq
      where l.customer_id = ${customerId} order by l.seq`;
  }

  mails(template: string) {
    return this.sql()<{ recipient: string; parameters: Record<string, unknown> }[]>`
      select recipient, parameters from mail_outbox where template = ${template} order by created_at`;
  }
}
