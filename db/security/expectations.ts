import type { Access, DataClass, TenantRole } from "./vocabulary";

/**
 * Who reaches which rows of which table: the one declaration that lock 2 is measured against, in the words of
 * vocabulary.ts. A table, a role or a right that is not in it fails the tests beside it.
 */
interface TenantTable {
  dataClass?: DataClass;
  roles: Partial<Record<TenantRole, Access>>;
}

const read = (reach: string, columns?: readonly string[]): Access => ({
  reach: { select: reach },
  ...(columns ? { columns: { select: columns } } : {}),
});
const all = (reach: string): Access => ({
  reach: { select: reach, insert: reach, update: reach, delete: reach },
});
/** What people enter is undone, never deleted. */
const entered = (reach: string): Access => ({ reach: { select: reach, insert: reach, update: reach } });
const written = (reach: string): Access => ({ reach: { select: reach, insert: reach, delete: reach } });
const everywhere = (access: Access) => ({ perch_staff: access, perch_support: access });
const mirrorOf = (grant: string): TenantTable["roles"] => ({
  perch_tenant: read(`own connection ${grant}`),
  perch_employee: read("own one self"),
  perch_sync: all("own"),
});
const companyWide = (grant: string): TenantTable["roles"] => ({
  perch_tenant: read(`own connection ${grant}`),
  perch_sync: all("own"),
});
/** What the mirror knows about itself: ids and counts, which staff see of every employer. */
const stateOfMirror: TenantTable["roles"] = {
  perch_tenant: read("own connection"),
  ...everywhere(read("every")),
  perch_sync: all("own"),
};
const nameColumns = [
  "customer_id",
  "id",
  "connection_id",
  "entity_id",
  "finch_individual_id",
  "first_name",
  "last_name",
  "sort_name",
  "is_active",
  "deleted_at",
  "individual_error",
  "employment_error",
];
const sealedPlace = ["customer_id", "id", "connection_id", "owner_table", "owner_id", "kind", "ordinal"];

export const tenantTables: Record<string, TenantTable> = {
  customers: {
    roles: {
      perch_tenant: read("own"),
      perch_employee: read("own"),
      perch_support: read("every"),
      perch_staff: { reach: { select: "every", insert: "every" } },
      perch_sync: read("own"),
    },
  },
  roles: {
    roles: { perch_tenant: read("own builtin"), ...everywhere(read("every")), perch_sync: read("own") },
  },
  role_permissions: {
    roles: { perch_tenant: read("own builtin"), ...everywhere(read("every")), perch_sync: read("own") },
  },
  user_roles: {
    roles: {
      perch_tenant: {
        reach: { select: "own connection", insert: "own connection team", delete: "own connection team" },
      },
      perch_support: read("every"),
      perch_staff: { reach: { select: "every", insert: "every", delete: "every" } },
      perch_sync: read("own"),
    },
  },
  connect_sessions: {
    roles: {
      perch_tenant: {
        reach: { select: "own connection", insert: "own connection", update: "own connection" },
      },
      ...everywhere(read("every")),
      perch_sync: all("own"),
    },
  },
  connections: {
    roles: {
      perch_tenant: {
        reach: { select: "own connection", insert: "own connection", update: "own connection" },
      },
      perch_employee: read("own one"),
      perch_support: read("every"),
      perch_staff: { reach: { select: "every", update: "own" } },
      perch_sync: all("own"),
    },
  },
  connection_events: {
    roles: {
      perch_tenant: { reach: { select: "own connection", insert: "own connection" } },
      ...everywhere({ reach: { select: "every", insert: "own" } }),
      perch_sync: all("own"),
    },
  },
  sync_runs: {
    roles: {
      perch_tenant: {
        reach: { select: "own connection", insert: "own connection", update: "own connection" },
      },
      ...everywhere({ reach: { select: "every", insert: "own", update: "own" } }),
      perch_sync: all("own"),
    },
  },
  sync_steps: {
    roles: {
      perch_tenant: {
        reach: { select: "own connection", insert: "own connection", update: "own connection" },
      },
      ...everywhere({ reach: { select: "every", insert: "own", update: "own" } }),
      perch_sync: all("own"),
    },
  },
  api_requests: {
    roles: {
      perch_tenant: { reach: { select: "own connection", insert: "own connection" } },
      ...everywhere(read("every")),
      perch_sync: all("own"),
    },
  },
  access_tokens: {
    dataClass: "sealed",
    roles: {
      perch_tenant: {
        reach: { select: "own connection", insert: "own connection", update: "own connection" },
        columns: {
          select: [
            "customer_id",
            "id",
            "connection_id",
            "products",
            "key_id",
            "state",
            "created_at",
            "replaced_at",
            "destroyed_at",
          ],
          update: ["ciphertext", "key_id", "state", "replaced_at", "destroyed_at"],
        },
      },
      perch_staff: {
        reach: { select: "every", update: "own" },
        columns: {
          select: ["customer_id", "id", "connection_id", "state"],
          update: ["state", "replaced_at"],
        },
      },
      perch_sync: all("own"),
    },
  },
  data_keys: {
    roles: {
      perch_tenant: { reach: { select: "own", insert: "own" } },
      perch_sync: all("own"),
      perch_reveal: read("own"),
    },
  },
  sealed_values: {
    dataClass: "secrets",
    roles: {
      perch_tenant: read("own connection secrets", [...sealedPlace, "last_four", "updated_at"]),
      perch_employee: read("own one self", [...sealedPlace, "last_four", "updated_at"]),
      perch_staff: read("own", [...sealedPlace, "updated_at"]),
      perch_sync: all("own"),
      perch_reveal: read("own person revealed"),
    },
  },
  companies: { roles: { perch_tenant: read("own connection"), perch_sync: all("own") } },
  individuals: {
    roles: {
      perch_tenant: read("own connection"),
      perch_employee: read("own one self"),
      ...everywhere(read("every", nameColumns)),
      perch_sync: all("own"),
    },
  },
  individual_profiles: { dataClass: "pii", roles: mirrorOf("pii") },
  individual_traits: { dataClass: "traits", roles: mirrorOf("traits") },
  income_history: { dataClass: "pay", roles: mirrorOf("pay") },
  pay_groups: { roles: { perch_tenant: read("own connection"), perch_sync: all("own") } },
  payments: { dataClass: "payroll", roles: companyWide("payroll") },
  pay_statements: { dataClass: "payroll", roles: mirrorOf("payroll") },
  pay_statement_lines: { dataClass: "payroll", roles: mirrorOf("payroll") },
  wage_totals: { dataClass: "payroll", roles: mirrorOf("payroll") },
  wage_total_lines: { dataClass: "payroll", roles: mirrorOf("payroll") },
  wage_day_sums: { dataClass: "payroll", roles: companyWide("payroll") },
  pay_statement_items: { dataClass: "payroll", roles: companyWide("payroll") },
  pay_statement_rules: { dataClass: "payroll", roles: companyWide("payroll") },
  benefits: { dataClass: "deductions", roles: companyWide("deductions") },
  enrollments: { dataClass: "deductions", roles: mirrorOf("deductions") },
  documents: { dataClass: "documents", roles: mirrorOf("documents") },
  document_syncs: {
    dataClass: "documents",
    roles: { perch_tenant: entered("own connection documents"), perch_sync: all("own") },
  },
  document_sync_people: {
    dataClass: "documents",
    roles: {
      perch_tenant: { reach: { select: "own connection documents", insert: "own connection documents" } },
      perch_sync: all("own"),
    },
  },
  item_classifications: {
    dataClass: "payroll",
    roles: {
      perch_tenant: entered("own connection payroll"),
      perch_employee: read("own one"),
      perch_sync: all("own"),
    },
  },
  item_rule_changes: {
    dataClass: "payroll",
    roles: {
      perch_tenant: { reach: { select: "own connection payroll", insert: "own connection payroll" } },
      perch_sync: all("own"),
    },
  },
  individual_links: {
    dataClass: "payroll",
    roles: { perch_tenant: entered("own whole payroll"), perch_sync: all("own") },
  },
  opening_balances: {
    dataClass: "payroll",
    roles: {
      perch_tenant: entered("own connection payroll"),
      perch_employee: read("own one self"),
      perch_sync: all("own"),
    },
  },
  pay_calendar_entries: {
    dataClass: "payroll",
    roles: { perch_tenant: all("own connection payroll"), perch_sync: all("own") },
  },
  limit_confirmations: {
    dataClass: "payroll",
    roles: { perch_tenant: entered("own payroll"), perch_sync: all("own") },
  },
  export_snapshots: {
    dataClass: "payroll",
    roles: { perch_tenant: all("own person payroll"), perch_sync: all("own") },
  },
  export_snapshot_rows: {
    dataClass: "payroll",
    roles: {
      // Written and dropped with the file that they tell of.
      perch_tenant: written("own connection person payroll"),
      perch_sync: written("own"),
    },
  },
  invitations: { roles: { perch_tenant: entered("own connection team"), perch_sync: all("own") } },
  finch_jobs: { roles: stateOfMirror },
  item_errors: { roles: stateOfMirror },
  reconciliations: { roles: stateOfMirror },
  sync_holds: {
    roles: {
      perch_tenant: {
        reach: { select: "own connection", update: "own connection" },
        columns: { update: ["accepted_at", "accepted_by"] },
      },
      ...everywhere({
        reach: { select: "every", update: "own" },
        columns: { update: ["accepted_at", "accepted_by"] },
      }),
      perch_sync: all("own"),
    },
  },
  suppressions: { roles: { perch_sync: all("own") } },
  raw_records: { dataClass: "raw", roles: { perch_sync: all("own") } },
  audit_log: {
    dataClass: "audit",
    roles: { perch_tenant: read("own audit whole"), perch_staff: read("own"), perch_sync: read("own") },
  },
  audit_details: {
    dataClass: "audit",
    roles: {
      perch_tenant: read("own audit whole"),
      perch_staff: read("own platform"),
      perch_sync: read("own"),
    },
  },
  audit_heads: {
    dataClass: "audit",
    roles: { perch_tenant: read("own audit whole"), perch_staff: read("every"), perch_sync: read("own") },
  },
  audit_signatures: {
    dataClass: "audit",
    roles: {
      perch_tenant: read("own audit whole"),
      perch_staff: read("every"),
      perch_sync: { reach: { select: "own", insert: "own" } },
    },
  },
  audit_checks: {
    dataClass: "audit",
    roles: {
      perch_tenant: read("own audit whole"),
      perch_staff: read("every"),
      perch_sync: { reach: { select: "own", insert: "own", update: "own" } },
    },
  },
  reveals: {
    dataClass: "audit",
    roles: {
      perch_reveal: read("own person"),
      perch_sync: { reach: { select: "own", delete: "own" } },
    },
  },
};
