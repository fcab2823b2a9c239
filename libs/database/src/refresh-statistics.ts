import type { EntityManager } from 'typeorm';

/**
 * Lets the planner know what a large import has put into these tables: without, pages are slow until the database looks by itself.
 * To be called after the import is committed. A table that the application may not maintain is left out.
 */
export async function refreshStatistics(tx: EntityManager, tables: readonly string[]): Promise<void> {
  await tx.query(`ANALYZE ${tables.join(', ')}`);
}
