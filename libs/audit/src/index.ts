export { auditedActions, auditEntries, type AuditEntry, type AuditFilters } from './audit-entries';
export { recordAudit, type AuditSubject } from './record-audit';
