import { v7 } from 'uuid';

/** A new identifier: UUID version 7, ascending in the order in which one process makes them. */
export function newId(): string {
  return v7();
}
