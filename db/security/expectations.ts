/**
 * Who reaches which rows of which table: the one declaration that lock 2 is measured against. A table, a role or a
 * right that is not in it fails the tests beside it.
 *
 * A reach is a list of words; all of them must hold for a row:
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
 *   pay pii traits secrets audit team   the setting has that grant on
 */
export const grantNames = ["pay", "pii", "traits", "secrets", "audit", "team"] as const;
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
export type DataClass = "pay" | "pii" | "traits" | "secrets" | "audit" | "sealed" | "raw";

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
const everywhere = (access: Access) => ({ perch_staff: access, perch_support: access });
const mirrorOf = (grant: string): TenantTable["roles"] => ({
  perch_tenant: read(`own connection ${grant}`),
  perch_employee: read("own one self"),
  perch_sync: all("own"),
});
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
      perch_support: { reach: { select: "every", insert: "own" } },
      perch_staff: { reach: { select: "every", insert: "own", update: "own" } },
      perch_sync: all("own"),
    },
  },
  sync_steps: {
    roles: {
      perch_tenant: {
        reach: { select: "own connection", insert: "own connection", update: "own connection" },
      },
      perch_support: { reach: { select: "every", insert: "own" } },
      perch_staff: { reach: { select: "every", insert: "own", update: "own" } },
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

const [s, i, u, d] = ["select", "insert", "update", "delete"];
const crud = `${s} ${i} ${u} ${d}`;

/** Tables without a tenant: the verbs of each login and role; what is left out is refused. */
export const globalTableRights: Record<string, Partial<Record<Login | TenantRole, string>>> = {
  users: { perch_auth: `${s} ${u}`, perch_worker: `${s} ${u}` },
  accounts: { perch_auth: crud },
  sessions: { perch_auth: crud, perch_worker: `${s} ${d}` },
  verification_tokens: { perch_auth: crud, perch_worker: `${s} ${u} ${d}` },
  permissions: Object.fromEntries(
    [...logins, ...tenantRoles].filter((role) => role !== "perch_reveal").map((role) => [role, s]),
  ),
  providers: {
    ...Object.fromEntries(
      [...logins, ...tenantRoles].filter((role) => role !== "perch_reveal").map((role) => [role, s]),
    ),
    perch_worker: crud,
  },
  mail_outbox: { perch_worker: crud },
  installation: { perch_app: s, perch_auth: s, perch_worker: `${s} ${i} ${u}` },
  lookups: { perch_worker: crud },
  rate_limits: { perch_app: crud, perch_auth: crud, perch_worker: crud },
  passkeys: { perch_auth: crud },
  totp_factors: { perch_auth: crud, perch_worker: `${s} ${u}` },
  recovery_codes: { perch_auth: crud },
  auth_challenges: { perch_auth: crud, perch_worker: `${s} ${d}` },
  known_devices: { perch_auth: crud, perch_worker: `${s} ${d}` },
  retention_runs: { perch_worker: crud, perch_staff: s, perch_support: s },
};

const people = "perch_tenant perch_employee perch_support perch_staff perch_sync";

/** Who may call which function of ours; nobody else may, and the public may call none. */
export const functionCallers: Record<string, string> = {
  audit_append: `${people} perch_auth`,
  audit_prune: "perch_sync",
  claim_installation: "perch_app perch_worker",
  confirm_restore: "perch_staff perch_worker",
  count_admins: "perch_tenant perch_staff",
  drop_api_request_partitions: "perch_worker",
  drop_lookup: people,
  enqueue: `${people} perch_app perch_worker`,
  ensure_api_request_partitions: "perch_worker",
  ensure_staff_identity: "perch_staff",
  ensure_user: "perch_tenant perch_staff",
  erase_audit_details: "perch_sync",
  find_user_id: "perch_staff",
  find_user_names: people,
  holds_permission: people,
  installation_state: "perch_app perch_worker",
  list_members: "perch_tenant perch_staff",
  live_database_identity: "",
  may_sign_in: "perch_auth perch_worker",
  notify_admins: "perch_tenant perch_staff perch_sync",
  notify_user: "perch_tenant perch_staff perch_sync perch_auth",
  put_lookup: people,
  quarantine_installation: "perch_worker",
  queue_mail: `${people} perch_app perch_worker`,
  record_reveal: "perch_tenant perch_staff",
  renew_sessions_of: "perch_tenant perch_staff",
  request_sign_in_mail: "perch_auth",
  reset_second_factors: "perch_tenant perch_staff",
  resolve_grants: "perch_app perch_auth perch_worker",
  resolve_lookup: `${people} perch_app perch_worker`,
  still_holds: "perch_tenant perch_staff",
};

/** The words of a reach. @throws where one is unknown */
export function wordsOf(reach: string): Word[] {
  return reach.split(" ").map((word) => {
    const known = words.find((each) => each === word);
    if (!known) throw new Error(`"${word}" is no word of a reach.`);
    return known;
  });
}
