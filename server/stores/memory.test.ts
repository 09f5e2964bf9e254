import { storeContract } from './contract.ts';
import { memoryStore } from './memory.ts';

storeContract('memory', async () => {
  const store = memoryStore();
  await store.open();
  return store;
});
