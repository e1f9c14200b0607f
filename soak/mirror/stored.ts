import type { Sql } from "postgres";
import { decimal } from "./decimals";
import { emptyTables, keyOf, type Row, type TableName, type Tables } from "./tables";

/** What the mirror of one connection holds now: every row that is not marked deleted. */

export interface Mirror {
  /** A client that row-level security does not hold back. */
  sql: Sql;
  customerId: string;
  connectionId: string;
  /** Opens a sealed value. */
  open: (row: SealedRow) => string;
}

export interface SealedRow {
  owner_table: string;
  owner_id: string;
  kind: string;
  ordinal: number;
  ciphertext: string;
  key_id: string;
}

const person = "join individuals i on i.customer_id = t.customer_id and i.id = t.individual_id";

/** Columns by table; `@` marks numerics, `#` 64-bit integers, `!` days, `~` instants. */
const columns: Partial<Record<TableName, { key: string[]; columns: string; from?: string; live?: string }>> =
  {
    connections: {
      key: ["finch_connection_id"],
      columns: "products account_status username entities",
      live: "true",
    },
    companies: {
      key: ["entity_id"],
      columns:
        "finch_company_id legal_name entity_type entity_subtype ein primary_email primary_phone_number departments locations accounts",
    },
    individuals: {
      key: ["entity_id", "finch_individual_id"],
      columns: `first_name middle_name last_name preferred_name work_email manager_finch_id department is_active title
      employment_type employment_subtype employment_status start_date! end_date! latest_rehire_date! flsa_status class_code
      union_code union_local highly_compensated_employee key_employee location custom_fields source_id individual_error
      employment_error`,
    },
    individual_profiles: {
      key: ["i.entity_id", "i.finch_individual_id"],
      columns: "dob! residence emails phone_numbers",
      from: person,
      live: "i.deleted_at is null",
    },
    individual_traits: {
      key: ["i.entity_id", "i.finch_individual_id"],
      columns: "gender ethnicity marital_status",
      from: person,
      live: "i.deleted_at is null",
    },
    income_history: {
      key: ["i.entity_id", "i.finch_individual_id", "ordinal"],
      columns: "is_current unit amount_cents# currency effective_date!",
      from: person,
      live: "i.deleted_at is null",
    },
    pay_groups: { key: ["entity_id", "finch_pay_group_id"], columns: "name pay_frequencies individual_ids" },
    payments: {
      key: ["entity_id", "finch_payment_id"],
      columns: `pay_period_start! pay_period_end! pay_date! debit_date! company_debit_cents# company_debit_currency
      gross_pay_cents# gross_pay_currency net_pay_cents# net_pay_currency employer_taxes_cents# employer_taxes_currency
      employee_taxes_cents# employee_taxes_currency individual_ids pay_group_ids pay_frequencies statements_state
      statements_count statements_error`,
    },
    pay_statements: {
      key: ["entity_id", "p.finch_payment_id", "i.finch_individual_id", "ordinal"],
      columns: `type payment_method total_hours@ gross_pay_cents# gross_pay_currency net_pay_cents# net_pay_currency
      pay_period_start! pay_period_end! pay_date! null_categories extra`,
      from: `join payments p on p.customer_id = t.customer_id and p.id = t.payment_id ${person}`,
      live: "t.deleted_at is null and p.deleted_at is null",
    },
    pay_statement_lines: {
      key: ["s.entity_id", "p.finch_payment_id", "i.finch_individual_id", "s.ordinal", "ordinal"],
      columns: "category type name amount_cents# currency hours@ pre_tax employer attributes",
      from: `join pay_statements s on s.customer_id = t.customer_id and s.id = t.statement_id
      join payments p on p.customer_id = t.customer_id and p.id = s.payment_id
      join individuals i on i.customer_id = t.customer_id and i.id = s.individual_id`,
      live: "s.deleted_at is null and p.deleted_at is null",
    },
    wage_totals: {
      key: ["entity_id", "i.finch_individual_id", "year", "currency"],
      columns: `gross_cents# net_cents# hours@ statements without_gross without_net without_hours first_pay_date!
      last_pay_date!`,
      from: person,
      live: "true",
    },
    pay_statement_items: {
      key: ["entity_id", "ordinal"],
      columns: "category name type pre_tax employer metadata",
      live: "true",
    },
    pay_statement_rules: {
      key: ["entity_id", "finch_rule_id"],
      columns: `conditions attributes priority effective_start_date effective_end_date created_at_finch
      updated_at_finch`,
    },
    benefits: {
      key: ["entity_id", "finch_benefit_id"],
      columns: "type description frequency company_contribution enrollments_error",
    },
    enrollments: {
      key: ["entity_id", "b.finch_benefit_id", "i.finch_individual_id"],
      columns: `employee_deduction company_contribution annual_maximum_cents# catch_up hsa_contribution_limit error`,
      from: `join benefits b on b.customer_id = t.customer_id and b.id = t.benefit_id ${person}`,
      live: "t.deleted_at is null and b.deleted_at is null",
    },
    finch_jobs: {
      key: ["finch_job_id"],
      columns: "type status created_at_finch~ scheduled_at~ started_at~ completed_at~",
      live: "true",
    },
  };

/** What is compared, for the proof that a change of any of it is seen. */
export const comparedColumns = (): { table: TableName; column: string }[] =>
  Object.entries(columns).flatMap(([table, { columns: cells }]) =>
    cells
      .trim()
      .split(/\s+/)
      .map((cell) => ({ table: table as TableName, column: cell.replace(/\W$/, "") })),
  );

const cast: Record<string, string> = { "@": "::text", "#": "::text", "!": "::text", "~": "::text" };
const qualified = (name: string) => (name.includes(".") ? name : `t.${name}`);

function valueOf(mark: string, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (mark === "@") return decimal(value as string);
  if (mark === "#") return BigInt(value as string);
  return mark === "~" ? new Date(value as string).toISOString() : value;
}

async function read({ sql, customerId, connectionId }: Mirror, name: TableName, tables: Tables) {
  const wanted = columns[name];
  if (!wanted) return;
  const cells = wanted.columns.trim().split(/\s+/);
  const selected = cells.map((cell) => {
    const mark = /\W$/.exec(cell)?.[0] ?? "";
    const column = mark ? cell.slice(0, -1) : cell;
    return { column, mark, text: `t.${column}${cast[mark] ?? ""} as ${column}` };
  });
  const key = wanted.key.map((part, place) => `${qualified(part)}::text as key_${place}`);
  const own = name === "connections" ? "t.id" : "t.connection_id";
  const rows = await sql.unsafe<Row[]>(
    `select ${[...key, ...selected.map(({ text }) => text)].join(", ")} from ${name} t ${wanted.from ?? ""}
     where t.customer_id = $1 and ${own} = $2 and ${wanted.live ?? "t.deleted_at is null"}`,
    [customerId, connectionId],
  );
  for (const row of rows) {
    const id = keyOf(...wanted.key.map((_part, place) => row[`key_${place}`] as string));
    if (tables[name].has(id)) throw new Error(`${name} has two rows for ${id}`);
    tables[name].set(
      id,
      Object.fromEntries(selected.map(({ column, mark }) => [column, valueOf(mark, row[column])])),
    );
  }
}

async function readLineTotals({ sql, customerId, connectionId }: Mirror, tables: Tables): Promise<void> {
  const rows = await sql<Row[]>`
    select t.entity_id, i.finch_individual_id as person, t.year, t.currency, t.category, t.type, t.name, t.pre_tax, t.employer,
      t.amount_cents::text as amount_cents, t.hours::text as hours, t.lines, t.without_amount,
      t.first_pay_date::text as first_pay_date, t.last_pay_date::text as last_pay_date
    from wage_total_lines t join individuals i on i.customer_id = t.customer_id and i.id = t.individual_id
    where t.customer_id = ${customerId} and t.connection_id = ${connectionId}`;
  for (const { entity_id, person, year, currency, amount_cents, hours, ...row } of rows) {
    const { category, type, name, pre_tax, employer } = row;
    const what = JSON.stringify([category, type, name, pre_tax, employer]);
    const id = keyOf(entity_id as string, person as string, year as number, currency as string, what);
    if (tables.wage_total_lines.has(id)) throw new Error(`wage_total_lines has two rows for ${id}`);
    tables.wage_total_lines.set(id, {
      ...row,
      amount_cents: BigInt(amount_cents as string),
      hours: decimal(hours as string),
    });
  }
}

async function readDocuments({ sql, customerId, connectionId }: Mirror, tables: Tables): Promise<void> {
  const rows = await sql<Row[]>`
    select t.entity_id, t.finch_document_id, i.finch_individual_id as individual, t.type, t.year, t.content, t.content_error
    from documents t left join individuals i on i.customer_id = t.customer_id and i.id = t.individual_id
    where t.customer_id = ${customerId} and t.connection_id = ${connectionId} and t.deleted_at is null`;
  for (const { entity_id, finch_document_id, ...row } of rows)
    tables.documents.set(keyOf(entity_id as string, finch_document_id as string), row);
}

async function readSealed({ sql, customerId, connectionId, open }: Mirror, tables: Tables): Promise<void> {
  const rows = await sql<(SealedRow & { person: string | null; entity_id: string })[]>`
    select t.owner_table, t.owner_id, t.kind, t.ordinal, t.ciphertext, t.key_id,
      i.finch_individual_id as person, coalesce(i.entity_id, c.entity_id, '?') as entity_id
    from sealed_values t
      left join individuals i on i.customer_id = t.customer_id and t.owner_table = 'individuals' and i.id = t.owner_id
      left join companies c on c.customer_id = t.customer_id and t.owner_table = 'companies' and c.id = t.owner_id
    where t.customer_id = ${customerId} and t.connection_id = ${connectionId} and i.deleted_at is null`;
  for (const row of rows) {
    const id =
      row.person === null
        ? keyOf("company", row.entity_id, row.kind, row.ordinal)
        : keyOf("person", keyOf(row.entity_id, row.person), row.kind, row.ordinal);
    tables.sealed_values.set(id, { plaintext: open(row) });
  }
}

/** All tables of one connection. */
export async function readMirror(mirror: Mirror): Promise<Tables> {
  const tables = emptyTables();
  for (const name of Object.keys(columns) as TableName[]) await read(mirror, name, tables);
  await readLineTotals(mirror, tables);
  await readDocuments(mirror, tables);
  await readSealed(mirror, tables);
  for (const row of tables.connections.values()) {
    row["products"] = [...(row["products"] as string[])].sort();
  }
  for (const row of tables.pay_statements.values()) {
    row["null_categories"] = [...((row["null_categories"] as string[] | null) ?? [])].sort();
  }
  return tables;
}
