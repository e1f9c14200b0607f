/**
 * Tables without a tenant, in one list. Every other table of the schema leads
 * its keys with customer_id and is under forced row-level security; a test reads
 * the catalog and holds it to that.
 */
export const globalTables = [
  "users",
  "accounts",
  "sessions",
  "verification_tokens",
  "permissions",
  "providers",
  "mail_outbox",
  "installation",
  "lookups",
  "rate_limits",
  "passkeys",
  "totp_factors",
  "recovery_codes",
  "auth_challenges",
  "known_devices",
  "retention_runs",
  "quota_endpoints",
  "quota_slots",
  "quota_lanes",
  "quota_tickets",
  "workers",
  "worker_reaps",
] as const;
