export { recordAudit, type AuditTarget } from "./record-audit";
