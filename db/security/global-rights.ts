import { logins, tenantRoles, type Login, type TenantRole } from "./vocabulary";

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
  // Changed by functions alone, also by the worker.
  quota_endpoints: { perch_staff: s, perch_support: s },
  quota_slots: { perch_staff: s, perch_support: s },
  quota_lanes: { perch_staff: s, perch_support: s },
  quota_tickets: { perch_staff: s, perch_support: s },
  workers: { perch_worker: crud },
  worker_reaps: { perch_worker: crud, perch_staff: s, perch_support: s },
};
