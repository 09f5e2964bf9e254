import type { StoredAction } from '../core/ports.ts';
import { outboxContract, tabsContract } from './contract.ts';
import { memoryOutbox } from './memory.ts';

const stores = () => {
  const rows = new Map<string, StoredAction>();
  return { first: memoryOutbox(rows, 'a tab'), again: () => memoryOutbox(rows, 'another tab') };
};

outboxContract('memory', stores);
tabsContract('memory', stores);
