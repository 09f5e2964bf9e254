import type { StoredAction } from '../core/ports.ts';
import { outboxContract } from './contract.ts';
import { memoryOutbox } from './memory.ts';

outboxContract('memory', () => {
  const rows = new Map<string, StoredAction>();
  return { first: memoryOutbox(rows, 'a tab'), again: () => memoryOutbox(rows, 'another tab') };
});
